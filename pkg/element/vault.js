// The way for a key that cannot leave Key Vault: a command to copy, and a field for what it prints.

import { h, icon, setAttribute, setText } from './dom.js';
import { printable } from './format.js';
import { problemPlace } from './problem.js';
import { text } from './text.js';
import { decryptCommand, knownVault } from './vault-command.js';

// In the order in which they are likely; Data Connect's public text names none.
const ALGORITHMS = ['RSA-OAEP', 'RSA-OAEP-256', 'RSA1_5'];
const PATIENCE_MS = 600;

export function vaultPart(session) {
  let details = null;
  let index = -1;
  let touched = false;
  let timer = null;

  const vault = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', oninput: writeCommand });
  const key = h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', oninput: writeCommand });
  const names = h('div', { class: 'fields' }, h('label', {}, h('span', {}, text.vault.name), vault), h('label', {}, h('span', {}, text.vault.key), key));
  const foreign = h('p', { class: 'problem-text', hidden: true });
  const algorithm = h('select', { onchange: writeCommand }, ...ALGORITHMS.map((name) => h('option', {}, name)));
  const command = h('code', { 'data-testid': 'vault-command', tabindex: '0' });
  const copyWords = h('span', {}, text.vault.copy);
  const copy = h('button', { type: 'button', onclick: copyCommand }, icon('copy'), copyWords);
  const answer = h('textarea', { rows: '3', 'data-testid': 'vault-answer', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', oninput: () => ((touched = true), attempt(false)) });
  const problem = problemPlace();
  const node = h(
    'details',
    { class: 'vault', hidden: true },
    h('summary', { onclick: () => (touched = true) }, text.vault.summary),
    h('p', {}, text.vault.intro),
    h('p', { class: 'step' }, text.vault.step1),
    names,
    foreign,
    h('div', { class: 'fields' }, h('label', {}, h('span', {}, text.vault.algorithm), algorithm), h('p', { class: 'muted' }, text.vault.algorithmHint)),
    h('pre', {}, command),
    copy,
    h('p', { class: 'step' }, text.vault.step2),
    h('label', {}, h('span', {}, text.vault.answer), answer),
    h('p', { class: 'muted' }, text.vault.answerHint),
    problem.node,
    h('button', { type: 'button', onclick: () => attempt(true) }, text.vault.open),
  );

  return {
    node,
    render({ entry, index: place, locked, expanded }) {
      index = place;
      setAttribute(node, 'hidden', locked ? null : '');
      if (!touched) node.open = locked && expanded;
      answer.disabled = session.phase === 'running';
      if (details?.wrappedKey === entry.wrappedKey) return;
      details = entry;
      const named = entry.keyIdentifier !== null;
      names.hidden = knownVault(entry.keyIdentifier);
      foreign.hidden = !named || knownVault(entry.keyIdentifier);
      setText(foreign, named ? text.vault.foreign(printable(entry.keyIdentifier)) : '');
      writeCommand();
    },
  };

  function writeCommand() {
    setText(command, decryptCommand(details, algorithm.value, vault.value, key.value));
    setText(copyWords, text.vault.copy);
  }

  async function copyCommand() {
    try {
      await navigator.clipboard.writeText(command.textContent);
      setText(copyWords, text.vault.copied);
    } catch {
      // No clipboard on http:// or in a frame: the command is selected instead.
      getSelection().selectAllChildren(command);
      setText(copyWords, text.vault.copyFailed);
    }
  }

  // A right answer opens at once. What is wrong with another one is said when the person stops typing.
  async function attempt(insist) {
    clearTimeout(timer);
    problem.render(null);
    const pasted = answer.value;
    if (pasted.trim() === '') return;
    try {
      await session.answer(index, pasted);
      answer.value = '';
    } catch (error) {
      const complain = () => answer.value === pasted && problem.render(error);
      if (insist) complain();
      else timer = setTimeout(complain, PATIENCE_MS);
    }
  }
}
