/** The side “Check a key”: what was added, what is asked, a card for each service, and what can be done with it. */

import { h, icon, keyed, setText } from '../view/dom.js';
import { breakable } from '../view/names.js';
import { explained } from '../view/problem.js';
import { printable } from '../words/format.js';
import { ruleWords, words } from './check-words.js';
import { comparison } from './comparison.js';
import { policyPart } from './policy-part.js';
import { questions } from './questions.js';
import { rehearsalPart } from './rehearsal-part.js';
import { reportButtons } from './report-buttons.js';
import { exactly, messageOf } from './said.js';
import { serviceCard } from './service-card.js';

/**
 * @import { KeyCheck, ServiceReadiness } from '../../check.js'
 * @import { AddedItem } from '../state/items.js'
 * @import { Added, CheckSession } from './check-session.js'
 */

/**
 * `ondecrypt` takes files to the other side.
 * @param {CheckSession} session
 * @param {(items: AddedItem[]) => void} ondecrypt
 */
export function checkView(session, ondecrypt) {
  const list = h('ul', { class: 'entries' });
  const showAdded = keyed(
    list,
    (/** @type {Added} */ added) => added,
    (added) => addedRow(session, added),
  );
  const leftOut = h('p', { class: 'problem-text', hidden: true });
  const privateWords = h('span', {});
  const privateNote = h('p', { class: 'hint', hidden: true }, icon('warning'), privateWords);
  const messages = h('ul', { class: 'messages' });
  const failure = h('div', { class: 'problem-text', role: 'alert', hidden: true });
  const again = h('button', { type: 'button', hidden: true, onclick: () => session.check() }, words.result.again);
  const wrongSide = h(
    'div',
    { class: 'hint', hidden: true },
    icon('info'),
    h(
      'div',
      {},
      words.added.wrongSide,
      h(
        'button',
        { type: 'button', 'data-testid': 'decrypt-instead', onclick: decryptInstead },
        words.added.decryptInstead,
      ),
    ),
  );
  const added = h(
    'section',
    { class: 'card', hidden: true },
    h('h2', {}, words.added.title),
    list,
    leftOut,
    privateNote,
    messages,
    wrongSide,
    failure,
    again,
  );
  const cards = h('div', { class: 'services' });
  const showCards = keyed(
    cards,
    (/** @type {ServiceReadiness} */ { service }) => service,
    () => serviceCard(session),
  );
  const parts = [questions(session), comparison(session), policyPart(session), rehearsalPart(session)];
  const [asked, table, policy, rehearsal] = parts;
  const report = reportButtons(session);
  const node = h(
    'div',
    { class: 'side check-side', hidden: true },
    added,
    asked.node,
    cards,
    table.node,
    policy.node,
    report.node,
    rehearsal.node,
  );

  /** @type {Error | null} */
  let shown = null;

  return {
    node,
    render() {
      const { result, error } = session;
      added.hidden = session.added.length === 0;
      showAdded(session.added);
      leftOut.hidden = session.leftOut === 0;
      if (!leftOut.hidden) setText(leftOut, words.added.leftOut(session.leftOut));
      const told = result?.messages ?? [];
      const isPrivate = told.find(saysPrivate);
      privateNote.hidden = !isPrivate;
      setText(privateWords, isPrivate ? (messageOf(isPrivate) ?? isPrivate.text) : '');
      messages.replaceChildren(...told.filter((message) => !saysPrivate(message)).map(messageRow));
      wrongSide.hidden = !(result && result.findings.length === 0 && filesOf(session.added).length > 0);
      failure.hidden = again.hidden = error === null;
      if (error !== shown) failure.replaceChildren(...(error ? explained(error) : []));
      shown = error;
      cards.setAttribute('aria-busy', String(session.isChecking));
      showCards(result && result.findings.length > 0 ? result.services : []);
      for (const part of [...parts, report]) part.render();
    },
  };

  function decryptInstead() {
    const files = filesOf(session.added);
    session.clear();
    ondecrypt(files);
  }
}

/** @param {readonly Added[]} added */
function filesOf(added) {
  return added.flatMap(({ file }) => file ?? []);
}

/** Once for all private keys, and in a box. @param {KeyCheck['messages'][number]} message */
const saysPrivate = ({ remark }) => remark === 'private-key';

/** @param {KeyCheck['messages'][number]} message */
function messageRow({ item, code, remark, text, say }) {
  const words = messageOf({ code, remark });
  return h(
    'li',
    { 'data-testid': 'check-message' },
    item && h('bdi', { class: 'name' }, ...breakable(printable(item))),
    words ? h('p', {}, words) : h('p', { lang: ruleWords() ? 'en' : null, dir: 'auto' }, text),
    words && exactly(text),
    say && h('pre', {}, h('code', {}, say)),
  );
}

/**
 * @param {CheckSession} session
 * @param {Added} added
 */
function addedRow(session, added) {
  const name = printable(added.name);
  const field = h('input', { type: 'password', autocomplete: 'off', spellcheck: 'false', onchange: submit });
  const password = h(
    'div',
    { class: 'password', hidden: true },
    h('label', {}, h('span', {}, words.added.password), field),
    h('button', { type: 'button', onclick: submit }, words.added.open),
  );
  const remove = h(
    'button',
    {
      type: 'button',
      class: 'quiet square',
      'aria-label': words.added.remove(name),
      title: words.added.remove(name),
      onclick: () => session.remove(added),
    },
    icon('cross'),
  );
  const node = h(
    'li',
    { class: 'entry', 'data-testid': 'check-item' },
    icon(typeof added.item === 'string' ? 'lock' : 'file'),
    h('div', { class: 'entry-text' }, h('bdi', { class: 'name' }, ...breakable(name)), password),
    remove,
  );
  return {
    node,
    render() {
      const base = added.name.slice(added.name.lastIndexOf('/') + 1);
      password.hidden = !session.result?.keys.some(({ file, opened }) => file === base && opened === false);
    },
  };

  function submit() {
    const { value } = field;
    field.value = '';
    if (value !== '') session.enterPassword(added, value);
  }
}
