/**
 * The way for keys that cannot leave Key Vault: a command for each wrapped key that is locked, and a field for the
 * vault answer.
 */

import { hostParts, knownKey, readKeyName, readVault } from '../key-vault/key-identifier.js';
import { ALGORITHMS, azCommand, needs, powershellCommand, restCommand, targetOf } from '../key-vault/vault-command.js';
import { isLocked } from '../state/locked.js';
import { printable } from '../words/format.js';
import { text } from '../words/text.js';
import { h, icon, keyed, setAttribute, setText } from './dom.js';
import { problemPlace } from './problem.js';

/**
 * @import { KeyDetailsState } from '../../index.js'
 * @import { Tool } from '../key-vault/vault-command.js'
 * @import { Session } from '../state/session.js'
 * @import { Child } from './dom.js'
 */

/** @typedef {{ entry: KeyDetailsState, command: string }} Command */

const TOOLS = { az: azCommand, powershell: powershellCommand, rest: restCommand };
const PATIENCE_MS = 600;
/** Maximum commands shown; a person would not run more by hand. */
const MOST_COMMANDS = 20;

let instances = 0;

/** @param {Session} session */
export function vaultPart(session) {
  /** @type {KeyDetailsState[]} */
  let locked = [];
  /** @type {Tool} */
  let tool = 'az';
  let chosen = false;

  const vault = h('input', {
    type: 'text',
    ...PLAIN,
    'data-testid': 'vault-name',
    'data-kept': 'vault',
    oninput: readNames,
  });
  const key = h('input', {
    type: 'text',
    ...PLAIN,
    'data-testid': 'vault-key',
    'data-kept': 'key',
    oninput: readNames,
  });
  const advice = h('p', { class: 'muted', role: 'status', hidden: true });
  const names = h(
    'li',
    {},
    h('p', { class: 'step' }, text.vault.stepName),
    h('div', { class: 'fields' }, field(text.vault.name, vault), field(text.vault.key, key)),
    advice,
  );
  const foreign = h('p', { class: 'problem-text', hidden: true });
  const onAlgorithm = () => {
    chosen = true;
    write();
  };
  /** @param {Tool} name */
  const onTool = (name) => {
    tool = name;
    write();
  };
  const algorithm = h(
    'select',
    {
      'data-testid': 'vault-algorithm',
      'data-kept': 'algorithm',
      'aria-label': text.vault.algorithm,
      title: text.vault.algorithm,
      onchange: onAlgorithm,
    },
    ...ALGORITHMS.map((name) => h('option', {}, name)),
  );
  const before = h('p', { class: 'muted' });
  const list = h('ul', { class: 'commands' });
  const more = h('p', { class: 'muted', hidden: true });
  /** @param {Command} command */
  const keyOf = ({ entry }) => `${entry.path} ${entry.place} ${entry.wrappedKey}`;
  const show = keyed(list, keyOf, commandRow);
  instances += 1;
  const answerTitle = `answer-${instances}`;
  const answer = answerField(session, answerTitle);
  const run = h('p', { class: 'step' });
  const node = h(
    'section',
    { class: 'way vault', 'data-testid': 'vault', 'aria-label': text.keyStep.vaultTitle, hidden: true },
    h('h3', {}, text.keyStep.vaultTitle),
    h('p', { class: 'muted' }, text.vault.intro),
    h(
      'ol',
      { class: 'steps' },
      names,
      h(
        'li',
        {},
        run,
        foreign,
        h('div', { class: 'vault-choices' }, toolChoice(onTool), algorithm),
        before,
        list,
        more,
      ),
      h('li', {}, h('p', { class: 'step', id: answerTitle }, text.vault.stepAnswer), answer.node),
    ),
    h(
      'details',
      { class: 'technical' },
      h('summary', {}, text.vault.trouble),
      h('p', {}, text.vault.algorithmHint),
      h('p', {}, text.vault.permissionText),
    ),
  );

  return {
    node,
    render() {
      const entries = session.drop?.keyDetails ?? [];
      locked = entries.filter(isLocked);
      setAttribute(node, 'hidden', locked.length > 0 ? null : '');
      answer.render();
      setText(run, locked.length > 1 ? text.vault.stepRunAll : text.vault.stepRun);
      if (locked.length === 0) return;
      // The padding of an entry that is already unlocked is the most likely one.
      const told = entries.find((entry) => ALGORITHMS.includes(entry.algorithm))?.algorithm;
      if (told && !chosen) algorithm.value = told;
      names.hidden = locked.every(({ keyIdentifier }) => knownKey(keyIdentifier));
      const odd = locked.find(({ keyIdentifier }) => keyIdentifier !== null && !knownKey(keyIdentifier));
      foreign.hidden = !odd;
      setText(foreign, odd ? text.vault.foreign(printable(odd.keyIdentifier ?? '')) : '');
      write();
    },
  };

  /**
   * A key identifier in either field fills both. Any other text stays as it was typed.
   * @param {{ readonly currentTarget: HTMLInputElement }} event
   */
  function readNames({ currentTarget: target }) {
    const read = readVault(target.value);
    if (read?.name) {
      vault.value = read.host;
      key.value = read.name;
      vault.dataset.version = read.version ?? '';
    } else if (target === vault) vault.dataset.version = '';
    write();
  }

  function write() {
    const host = readVault(vault.value)?.host ?? null;
    const typed = { host, name: readKeyName(key.value), version: vault.dataset.version || null };
    const words = text.vault.advice({
      vault: vault.value.trim(),
      key: key.value.trim(),
      ...typed,
      known: hostParts(host)?.known ?? false,
      wanted: locked.map(({ publicKeyVersion }) => publicKeyVersion),
    });
    setText(advice, words);
    advice.hidden = words === '';
    const { signIn, token } = needs(tool, targetOf(locked[0] ?? {}, typed)) ?? {};
    const condition = signIn ? text.vault.signIn(signIn) : token ? text.vault.token(token) : '';
    setText(before, condition);
    before.hidden = condition === '';
    more.hidden = locked.length <= MOST_COMMANDS;
    setText(more, more.hidden ? '' : text.vault.more(locked.length - MOST_COMMANDS));
    show(
      locked
        .slice(0, MOST_COMMANDS)
        .map((entry) => ({ entry, command: TOOLS[tool](targetOf(entry, typed), algorithm.value, entry.wrappedKey) })),
    );
  }
}

// The browser need not store these inputs or suggest them again.
const PLAIN = { autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' };

/**
 * @param {string} label
 * @param {Child} control
 */
function field(label, control) {
  return h('label', {}, h('span', {}, label), control);
}

/** @param {(name: Tool) => void} choose */
function toolChoice(choose) {
  instances += 1;
  /** @param {Tool} name */
  const option = (name) =>
    h(
      'label',
      { class: 'check' },
      h('input', {
        type: 'radio',
        name: `tool-${instances}`,
        value: name,
        checked: name === 'az',
        'data-testid': `vault-tool-${name}`,
        'data-kept': `tool-${name}`,
        onchange: () => choose(name),
      }),
      text.vault.tools[name],
    );
  return h(
    'fieldset',
    { class: 'tools' },
    h('legend', { class: 'visually-hidden' }, text.vault.tool),
    .../** @type {Tool[]} */ (Object.keys(TOOLS)).map(option),
  );
}

function commandRow() {
  const label = h('span', { dir: 'auto' });
  const code = h('code', { 'data-testid': 'vault-command', tabindex: '0' });
  const done = h('span', { class: 'muted', role: 'status' });
  const copy = h(
    'button',
    { type: 'button', 'data-testid': 'vault-copy', onclick: copyCommand },
    icon('copy'),
    text.vault.copy,
  );
  return {
    node: h(
      'li',
      { 'data-testid': 'vault-entry' },
      h('div', { class: 'command-line' }, label, done, copy),
      h('pre', {}, code),
    ),
    /** @param {Command} command */
    render({ entry, command }) {
      const version = printable(entry.publicKeyVersion ?? '');
      setText(label, version ? text.vault.entry(version) : text.details.noVersion);
      setAttribute(label, 'title', version);
      setAttribute(code, 'aria-label', text.vault.command(version));
      setAttribute(copy, 'aria-label', text.vault.copyOf(version));
      if (code.textContent !== command) setText(done, '');
      setText(code, command);
    },
  };

  async function copyCommand() {
    try {
      await navigator.clipboard.writeText(code.textContent ?? '');
      setText(done, text.vault.copied);
    } catch {
      // There is no clipboard on http:// and in some frames, so select the command instead.
      getSelection()?.selectAllChildren(code);
      setText(done, text.vault.copyFailed);
    }
  }
}

/**
 * @param {Session} session
 * @param {string} titleId
 */
function answerField(session, titleId) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const box = h('textarea', {
    rows: '2',
    'data-testid': 'vault-answer',
    'data-kept': 'answer',
    'aria-labelledby': titleId,
    ...PLAIN,
    oninput: () => {
      setText(result, '');
      attempt(false);
    },
  });
  const problem = problemPlace(box);
  const result = h('p', { class: 'good', 'data-testid': 'vault-result' });
  return {
    node: h(
      'div',
      { class: 'answer' },
      box,
      problem.node,
      result,
      h(
        'div',
        { class: 'answer-line' },
        h('p', { class: 'muted' }, text.vault.answerHint),
        h('button', { type: 'button', onclick: () => attempt(true) }, text.vault.open),
      ),
    ),
    render() {
      box.disabled = session.phase === 'running';
    },
  };

  /**
   * Uses a right answer at once. The error of a wrong one is shown only when the person stops typing, or with `insist`.
   * @param {boolean} insist
   */
  async function attempt(insist) {
    clearTimeout(timer);
    problem.render(null);
    const pasted = box.value;
    if (pasted.trim() === '') return;
    try {
      setText(result, text.vault.opened(await session.answer(pasted)));
      if (box.value === pasted) box.value = '';
    } catch (error) {
      const complain = () => box.value === pasted && problem.render(/** @type {Error} */ (error));
      if (insist) complain();
      else timer = setTimeout(complain, PATIENCE_MS);
    }
  }
}
