/** One row of the file list. */

import { fileState } from '../state/file-state.js';
import { bytes, printable } from '../words/format.js';
import { text } from '../words/text.js';
import { h, icon, setAttribute, setIcon, setText } from './dom.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { Session } from '../state/session.js'
 */

const TAIL = 18;

/**
 * `{ node, show(file), inGrid(index, active), focus(), focusButton() }`. It is an item of a list until `inGrid` makes
 * it a row of a grid, in which Tab reaches only the active row.
 * @param {Session} session
 * @param {(file: DropFile) => void} save
 */
export function fileRow(session, save) {
  /** @type {DropFile | null} */
  let shown = null;
  const mark = icon('file');
  const head = h('span', { class: 'head' });
  const tail = h('span', { class: 'tail' });
  const name = h('bdi', { class: 'name' }, head, tail);
  const words = h('span', { class: 'words' });
  const note = h('bdi', { class: 'note' });
  const warning = h('span', { class: 'warning' });
  const bar = h('progress', { class: 'row-progress', hidden: true });
  const size = h('span', { class: 'size' });
  const cell = h('div', { class: 'file-text' }, name, h('div', { class: 'state' }, words, note, warning), bar);
  const button = h(
    'button',
    { type: 'button', class: 'quiet square', 'data-testid': 'save-file', onclick: () => shown && save(shown) },
    icon('drop'),
  );
  const lastCell = h('div', {}, button);
  const node = h('div', { class: 'file-row', role: 'listitem', 'data-testid': 'file-row' }, mark, cell, size, lastCell);
  return {
    node,
    show,
    inGrid,
    focus: () => cell.focus({ preventScroll: true }),
    focusButton: () => button.focus({ preventScroll: true }),
  };

  /** @param {DropFile} file */
  function show(file) {
    if (file.path !== shown?.path) rename(file);
    shown = file;
    const state = fileState(file, session);
    setIcon(mark, state.icon);
    setText(words, state.words);
    setText(note, state.note);
    setText(warning, state.warning);
    setAttribute(words, 'title', state.words.length > 60 ? state.words : null);
    setAttribute(warning, 'title', state.warning.length > 60 ? state.warning : null);
    setAttribute(node, 'data-tone', state.tone);
    setAttribute(node, 'data-outcome', state.outcome);
    setAttribute(node, 'data-code', state.code);
    setAttribute(button, 'disabled', state.saves ? null : '');
    // Not `disabled`, because this is only temporary, and the button that was pressed must keep the focus.
    setAttribute(button, 'aria-disabled', session.phase === 'ready' ? null : 'true');
    setAttribute(bar, 'hidden', state.progress ? null : '');
    if (!state.progress) return;
    const [done, total] = state.progress;
    setAttribute(bar, 'max', Math.max(total, 1));
    setAttribute(bar, 'value', done);
  }

  /**
   * @param {number} index
   * @param {boolean} active
   */
  function inGrid(index, active) {
    setAttribute(node, 'role', 'row');
    setAttribute(node, 'aria-rowindex', index + 1);
    for (const each of [cell, size, lastCell]) setAttribute(each, 'role', 'gridcell');
    for (const each of [cell, button]) setAttribute(each, 'tabindex', active ? 0 : -1);
  }

  /**
   * If there is no room, the folder is shortened, because the name matters more. Of a very long name the end is kept.
   * @param {DropFile} file
   */
  function rename(file) {
    const label = printable(file.path);
    const letters = Array.from(label);
    const slash = letters.lastIndexOf('/');
    const cut = letters.length <= 2 * TAIL ? 0 : letters.length - slash > 2 * TAIL ? letters.length - TAIL : slash;
    fill(head, letters.slice(0, cut));
    fill(tail, letters.slice(cut));
    setText(size, bytes(file.size));
    name.title = label;
    setAttribute(node, 'data-path', file.path);
    setAttribute(button, 'aria-label', text.files.save(label));
    setAttribute(button, 'title', text.files.save(label.slice(label.lastIndexOf('/') + 1)));
    setAttribute(bar, 'aria-label', label);
  }
}

/**
 * Lets long paths break after a slash, on small screens where they take several lines.
 * @param {Element} node
 * @param {string[]} letters
 */
function fill(node, letters) {
  const parts = letters.join('').split(/(?<=\/)/);
  node.replaceChildren(...parts.flatMap((part, index) => (index > 0 ? [h('wbr'), part] : [part])));
}
