/** The ways to add files: the drop area with its two inputs, a drop anywhere on the page, and a paste. */

import { fromFiles, fromText, fromTransfer } from '../state/collect.js';
import { text } from '../words/text.js';
import { h, icon, setText } from './dom.js';

/**
 * @import { KeyChecker } from './modes.js'
 * @import { AddedItem } from '../state/items.js'
 * @import { Session } from '../state/session.js'
 * @import { Attributes, IconName } from './dom.js'
 */

/**
 * `onsample` is called by the sample button. `checker()`: the side “Check a key” while it is the one that is shown.
 * @param {Session} session
 * @param {() => void} onsample
 * @param {() => KeyChecker | null} checker
 */
export function intake(session, onsample, checker) {
  const title = h('h2', {}, text.intake.title);
  const files = input(text.intake.addFiles, 'file', { 'data-testid': 'add-files', multiple: true });
  const folder = input(text.intake.addFolder, 'folder', {
    'data-testid': 'add-folder',
    webkitdirectory: true,
    multiple: true,
  });
  const sample = h(
    'button',
    { type: 'button', class: 'link', 'data-testid': 'sample', hidden: true, onclick: onsample },
    text.intake.sample,
  );
  const clear = h(
    'button',
    { type: 'button', class: 'quiet', 'data-testid': 'clear', hidden: true, onclick: clearAll },
    text.intake.clear,
  );
  const hint = h('p', { class: 'intake-hint' }, text.intake.hint);
  const note = h('p', { class: 'muted' }, text.intake.folderNote);
  const waiting = h('p', { class: 'muted', hidden: true }, text.intake.waiting);
  const bar = h('progress', { class: 'reading', 'aria-label': text.found.reading(0), hidden: true });
  const sampleNote = h(
    'p',
    { class: 'sample-note', hidden: true, 'data-testid': 'sample-note' },
    icon('info'),
    text.intake.sampleNote,
  );
  const node = h(
    'section',
    { class: 'intake' },
    h('div', { class: 'intake-words' }, h('span', { class: 'hero' }, icon('drop')), h('div', {}, title, hint)),
    h('div', { class: 'buttons' }, files, folder, clear, sample),
    note,
    waiting,
    bar,
    sampleNote,
  );

  return {
    node,
    /** @param {{ hasSample: boolean }} sample */
    render({ hasSample }) {
      const checking = checker();
      if (checking) {
        renderCheck(checking);
        return;
      }
      const empty = session.phase === 'empty';
      setText(hint, text.intake.hint);
      node.classList.toggle('compact', !empty);
      const reading = session.phase === 'reading';
      setText(title, empty ? text.intake.title : saysReading() ? session.doing : text.intake.titleMore);
      bar.hidden = !reading;
      hint.hidden = !empty;
      note.hidden = !empty;
      waiting.hidden = !session.waiting;
      clear.hidden = empty;
      clear.disabled = session.phase === 'running';
      sample.hidden = !empty || !hasSample;
      sampleNote.hidden = !session.sample;
    },
    connect,
  };

  /** @param {KeyChecker} checking */
  function renderCheck({ intake: words, isEmpty, isBusy }) {
    node.classList.toggle('compact', !isEmpty);
    setText(title, isEmpty ? words.title : words.titleMore);
    setText(hint, words.hint);
    hint.hidden = !isEmpty;
    bar.hidden = !isBusy;
    clear.hidden = isEmpty;
    clear.disabled = false;
    note.hidden = waiting.hidden = sample.hidden = sampleNote.hidden = true;
  }

  /** @param {AddedItem[] | Promise<AddedItem[]>} items */
  function put(items) {
    const checking = checker();
    if (checking) checking.add(items);
    else session.add(items);
  }

  /**
   * @param {string} label
   * @param {IconName} mark
   * @param {Attributes<HTMLInputElement>} attributes
   */
  function input(label, mark, attributes) {
    const field = h('input', { type: 'file', ...attributes, onchange: take });
    return h('label', { class: 'button' }, icon(mark), h('span', {}, label), field);
  }

  // As soon as there are files, the bar at the bottom says it instead.
  function saysReading() {
    return session.phase === 'reading' && session.files.length === 0;
  }

  function clearAll() {
    const checking = checker();
    if (checking) checking.clear();
    else session.clear();
    files.querySelector('input')?.focus();
  }

  /** @param {{ readonly currentTarget: HTMLInputElement }} event */
  function take({ currentTarget: field }) {
    const items = fromFiles(field.files ?? []);
    field.value = ''; // the same file may come again after it was removed
    if (items.length > 0) put(items);
  }

  /**
   * Listens on the whole page until the signal ends.
   * @param {AbortSignal} signal
   */
  function connect(signal) {
    /** What is dragged, if it is files and no other listener handles them. @param {DragEvent} event */
    const filesOf = ({ defaultPrevented, dataTransfer }) =>
      !defaultPrevented && dataTransfer?.types.includes('Files') ? dataTransfer : null;
    /** @param {boolean} on */
    const mark = (on) => node.classList.toggle('over', on);
    /**
     * @template {keyof DocumentEventMap} Name
     * @param {Name} name
     * @param {(event: DocumentEventMap[Name]) => void} listener
     */
    const listen = (name, listener) => document.addEventListener(name, listener, { signal });
    listen('dragover', (event) => {
      const transfer = filesOf(event);
      if (!transfer) return;
      event.preventDefault();
      transfer.dropEffect = 'copy';
      mark(true);
    });
    listen('dragleave', (event) => event.relatedTarget === null && mark(false));
    listen('drop', (event) => {
      mark(false);
      const transfer = filesOf(event);
      if (!transfer) return;
      event.preventDefault();
      /** @param {number} files */
      const count = (files) => saysReading() && setText(title, text.found.reading(files));
      put(fromTransfer(transfer, count));
    });
    listen('paste', (event) => {
      const { clipboardData, defaultPrevented } = event;
      const [into] = event.composedPath();
      const isTyped = into instanceof Element && into.matches('input, textarea, [contenteditable]');
      if (defaultPrevented || isTyped || !clipboardData) return;
      const pasted = fromText(clipboardData.getData('text/plain'));
      const items = [...fromFiles(clipboardData.files), ...(pasted ? [pasted] : [])];
      if (items.length > 0) put(items);
    });
  }
}
