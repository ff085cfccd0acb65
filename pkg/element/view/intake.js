/**
 * Where things are added. On an empty page it is a large target; afterwards it is one line that says what is there, with
 * the same buttons. What is dragged or pasted anywhere on the page comes here, too, unless it is for another element:
 * see addressee.js.
 */

import { fromFiles, fromTransfer } from '../state/collect.js';
import { printable } from '../words/format.js';
import { text } from '../words/text.js';
import { addresseeOf } from './addressee.js';
import { h, icon, setText } from './dom.js';
import { dragOverlay } from './drag-overlay.js';
import { drawing } from './drawings.js';
import { setName } from './names.js';
import { pasteBox, pasted } from './paste-box.js';

/**
 * @import { KeyChecker } from './modes.js'
 * @import { AddedItem } from '../state/items.js'
 * @import { Session } from '../state/session.js'
 * @import { Attributes, IconName } from './dom.js'
 */

/** The address of a key in Key Vault. */
const ADDRESS = /^\s*["'<]?https:\/\/[^\s/]+\/keys\/\S+\s*$/i;

/**
 * @typedef {object} IntakeActions
 * @property {() => void} sample loads the sample
 * @property {() => void} clear
 * @property {(address: string) => boolean} address takes the address of a key in Key Vault; false if none is asked for
 * @property {() => KeyChecker | null} checker the side “Check a key” while it is the one that is shown
 */
/**
 * `canSay`: whether the element is the whole page, and can close its own network; `isSealed`: whether it has.
 *
 * @typedef {{ hasSample: boolean, isRehearsing: boolean, canSay: boolean, isSealed: boolean }} IntakeState
 */

/**
 * @param {Session} session
 * @param {IntakeActions} actions
 */
export function intake(session, { sample: onsample, clear: onclear, address: onaddress, checker }) {
  const stays = h('span', { class: 'stays' });
  const leadWords = h('span', {});
  const lead = h('h2', { class: 'lead' }, leadWords, ' ', stays);
  const name = h('bdi', {});
  const title = h('h2', { class: 'line-name' }, icon('folder'), name);
  const totals = h('p', { class: 'line-totals', 'data-testid': 'totals' });
  const target = h('p', { class: 'target' });
  const hint = h('p', { class: 'intake-hint' });
  const files = input('file', { 'data-testid': 'add-files', multiple: true });
  const folder = input('folder', { 'data-testid': 'add-folder', webkitdirectory: true, multiple: true });
  const paste = pasteBox(put);
  const sample = h(
    'button',
    { type: 'button', class: 'link', 'data-testid': 'sample', hidden: true, onclick: onsample },
    text.welcome.sample,
  );
  const clear = h(
    'button',
    { type: 'button', class: 'quiet', 'data-testid': 'clear', hidden: true, onclick: onclear },
    text.line.clear,
  );
  const note = h('p', { class: 'muted intake-note' }, text.intake.folderNote);
  const waiting = h('p', { class: 'muted', hidden: true }, text.intake.waiting);
  const bar = h('progress', { class: 'reading', 'aria-label': text.found.reading(0), hidden: true });
  const sampleNote = h(
    'p',
    { class: 'sample-note', hidden: true, 'data-testid': 'sample-note' },
    icon('info'),
    h('span', {}, text.intake.sampleNote),
  );
  const pictures = { whole: drawing('whole', text.welcome.picture), check: drawing('check') };
  const box = h(
    'section',
    { class: 'intake', part: 'intake' },
    pictures.whole,
    pictures.check,
    h('div', { class: 'line' }, title, totals),
    target,
    hint,
    h('div', { class: 'buttons' }, folder.node, files.node, paste.toggle, clear),
    paste.node,
    sample,
    note,
    waiting,
    sampleNote,
    bar,
  );
  const node = h('div', { class: 'into' }, lead, box);
  const overlay = dragOverlay(
    (transfer) => put(fromTransfer(transfer, counted)),
    () => checker() !== null,
  );
  /** How many files a folder that was dragged here has, while they are being listed. */
  let listed = 0;

  return {
    node,
    overlay: overlay.node,
    /** Gives the likeliest way to add something the focus. @param {boolean} isCheck */
    focus: (isCheck) => (isCheck ? files : folder).field.focus({ preventScroll: true }),
    /** @param {IntakeState} state */
    render(state) {
      const checking = checker();
      if (checking) showCheck(checking, state.isRehearsing);
      else showDelivery(state);
    },
    /**
     * Listens on the whole page until the signal ends.
     * @param {AbortSignal} signal
     */
    connect(signal) {
      overlay.connect(signal);
      document.addEventListener('paste', onpaste, { signal });
    },
  };

  /** @param {IntakeState} state */
  function showDelivery({ hasSample, canSay, isSealed }) {
    const { phase } = session;
    const isEmpty = phase === 'empty';
    setText(leadWords, text.welcome.title);
    setText(stays, canSay ? text.welcome.stays : '');
    stays.classList.toggle('unsaid', !isSealed);
    setText(target, text.welcome.target);
    setText(hint, canSay ? text.welcome.targetHint : text.welcome.targetHintHere);
    shape(isEmpty, text.welcome, true);
    setName(name, nameOf());
    if (phase !== 'reading') listed = 0;
    setText(totals, isEmpty ? '' : totalsOf());
    bar.hidden = phase !== 'reading';
    waiting.hidden = !session.waiting;
    clear.disabled = phase === 'running';
    sample.hidden = !isEmpty || !hasSample;
    sampleNote.hidden = !session.sample;
  }

  /**
   * @param {KeyChecker} checking
   * @param {boolean} isRehearsing
   */
  function showCheck({ intake: words, isEmpty, isBusy }, isRehearsing) {
    setText(leadWords, isRehearsing ? words.rehearse : words.title);
    setText(stays, '');
    setText(target, words.target);
    setText(hint, isRehearsing ? words.rehearseHint : words.hint);
    shape(isEmpty, words, false);
    setName(name, words.line);
    setText(totals, words.titleMore);
    bar.hidden = !isBusy;
    clear.disabled = false;
    waiting.hidden = sample.hidden = sampleNote.hidden = true;
  }

  /**
   * A target, or a line.
   * @param {boolean} isEmpty
   * @param {{ addFolder: string, addFiles: string, paste: string }} words of the buttons of the target
   * @param {boolean} isFolderFirst which of them is the likeliest
   */
  function shape(isEmpty, words, isFolderFirst) {
    box.classList.toggle('compact', !isEmpty);
    pictures.whole.toggleAttribute('hidden', !isFolderFirst);
    pictures.check.toggleAttribute('hidden', isFolderFirst);
    folder.node.classList.toggle('primary', isEmpty && isFolderFirst);
    files.node.classList.toggle('primary', isEmpty && !isFolderFirst);
    setText(folder.words, isEmpty ? words.addFolder : text.line.addFolder);
    setText(files.words, isEmpty ? words.addFiles : text.line.addFiles);
    setText(paste.words, isEmpty ? words.paste : text.line.paste);
    lead.hidden = target.hidden = hint.hidden = note.hidden = !isEmpty;
    title.hidden = totals.hidden = clear.hidden = isEmpty;
  }

  function nameOf() {
    if (session.sample) return text.line.sample;
    if (session.folder) return printable(session.folder);
    return session.drop || session.phase === 'reading' ? text.line.unnamed : text.line.noDelivery;
  }

  function totalsOf() {
    if (session.files.length > 0) return text.line.totals(session.totals);
    if (session.phase === 'reading') return text.line.arriving(Math.max(listed, session.arrived));
    return text.line.keys(session.keys.entries.length);
  }

  /** @param {number} count */
  function counted(count) {
    listed = count;
    if (session.phase === 'reading') setText(totals, totalsOf());
  }

  /** @param {AddedItem[] | Promise<AddedItem[]>} items */
  function put(items) {
    const checking = checker();
    if (checking) checking.add(items);
    else if (!isAddress(items) || !onaddress(items[0].pasted ?? '')) session.add(items);
  }

  /**
   * @param {IconName} mark
   * @param {Attributes<HTMLInputElement>} attributes
   */
  function input(mark, attributes) {
    const field = h('input', { type: 'file', ...attributes, onchange: take });
    const words = h('span', {});
    return { field, words, node: h('label', { class: 'button' }, icon(mark), words, field) };
  }

  /** @param {{ readonly currentTarget: HTMLInputElement }} event */
  function take({ currentTarget: field }) {
    const items = fromFiles(field.files ?? []);
    field.value = ''; // the same file may come again after it was removed
    if (items.length > 0) put(items);
  }

  /** @param {ClipboardEvent} event */
  function onpaste(event) {
    const [into] = event.composedPath();
    const isTyped = into instanceof Element && into.matches('input, textarea, [contenteditable]');
    const { host } = /** @type {ShadowRoot} */ (node.getRootNode());
    if (event.defaultPrevented || isTyped || addresseeOf(event) !== host) return;
    const items = pasted(event.clipboardData);
    if (items.length === 0) return;
    event.preventDefault(); // so that another element of the page leaves it alone
    put(items);
  }
}

/**
 * Whether this is nothing but the address of a key.
 * @param {AddedItem[] | Promise<AddedItem[]>} items
 * @returns {items is [AddedItem]}
 */
function isAddress(items) {
  return Array.isArray(items) && items.length === 1 && ADDRESS.test(items[0].pasted ?? '');
}
