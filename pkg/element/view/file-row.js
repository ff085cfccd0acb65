/** The row of a file. */

import { isDelivered } from '../../drop/left-out.js';
import { fileState } from '../state/file-state.js';
import { bytes, printable } from '../words/format.js';
import { text } from '../words/text.js';
import { h, icon, setAttribute, setIcon, setText } from './dom.js';
import { shortened, TAIL } from './names.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { Session } from '../state/session.js'
 */

/**
 * `folderOf(file)`: the part of its path that the rows above it say already; `open` shows what is in the file.
 *
 * @typedef {object} FileRowHost
 * @property {Session} session
 * @property {(file: DropFile) => void} save
 * @property {(file: DropFile) => void} open
 * @property {(file: DropFile) => boolean} isOpen
 * @property {(file: DropFile) => string} folderOf
 * @property {() => number} level
 */

/** @param {FileRowHost} host */
export function fileRow({ session, save, open, isOpen, folderOf, level }) {
  /** @type {DropFile | null} */
  let shown = null;
  let label = '';
  const box = h('input', {
    type: 'checkbox',
    tabindex: '-1',
    'data-testid': 'choose',
    onchange: ({ currentTarget }) => shown && session.choose([shown], currentTarget.checked),
  });
  const mark = icon('file');
  const name = shortened('name');
  const words = h('span', { class: 'words' });
  const note = h('bdi', { class: 'note' });
  const warning = h('span', { class: 'warning' });
  const bar = h('progress', { class: 'row-progress', hidden: true });
  const size = h('div', { class: 'size', role: 'gridcell' });
  const button = h(
    'button',
    {
      type: 'button',
      class: 'quiet square',
      tabindex: '-1',
      'data-testid': 'save-file',
      onclick: () => shown && save(shown),
    },
    icon('drop'),
  );
  const node = h(
    'div',
    { class: 'file-row', role: 'row', 'data-testid': 'file-row' },
    h('span', { class: 'fold', role: 'gridcell' }),
    h('div', { class: 'choose', role: 'gridcell' }, h('label', {}, box)),
    h(
      'div',
      { class: 'file-text', role: 'gridcell' },
      mark,
      h('div', {}, name.node, h('div', { class: 'state' }, words, note, warning), bar),
    ),
    size,
    h('div', { class: 'last', role: 'gridcell' }, button),
  );
  return { node, show, act: () => shown && open(shown), toggle, arrow };

  /** @param {DropFile} file */
  function show(file) {
    const path = printable(file.path);
    const folder = printable(folderOf(file));
    const wanted = path.startsWith(folder) ? path.slice(folder.length) : path;
    if (file.path !== shown?.path || wanted !== label) rename(file, path, wanted);
    shown = file;
    const state = fileState(file, session);
    setIcon(mark, state.icon);
    setText(words, state.words);
    setText(note, state.note);
    setText(warning, state.warning);
    setAttribute(words, 'title', state.detail ?? (state.words.length > 40 ? state.words : null));
    setAttribute(warning, 'title', state.warning.length > 40 ? state.warning : null);
    setAttribute(node, 'data-tone', state.tone);
    setAttribute(node, 'data-outcome', state.outcome);
    setAttribute(node, 'data-code', state.code);
    setAttribute(node, 'aria-level', level());
    setAttribute(node, 'aria-selected', isOpen(file) ? 'true' : 'false');
    box.hidden = !isDelivered(file);
    box.checked = session.choice.has(file);
    box.disabled = session.phase === 'running';
    setAttribute(button, 'disabled', state.saves ? null : '');
    // Not `disabled`, because this is only temporary, and the button that was pressed must keep the focus.
    setAttribute(button, 'aria-disabled', session.phase === 'ready' ? null : 'true');
    setAttribute(bar, 'hidden', state.progress ? null : '');
    if (!state.progress) return;
    const [done, total] = state.progress;
    setAttribute(bar, 'max', Math.max(total, 1));
    setAttribute(bar, 'value', done);
  }

  function toggle() {
    if (!box.hidden && !box.disabled) box.click();
  }

  /** @param {boolean} onward */
  function arrow(onward) {
    if (onward && !button.disabled) button.focus({ preventScroll: true });
    return onward;
  }

  /**
   * If there is no room, the folder is shortened, because the name matters more. Of a very long name the end is kept.
   * @param {DropFile} file
   * @param {string} path
   * @param {string} wanted
   */
  function rename(file, path, wanted) {
    label = wanted;
    const letters = Array.from(wanted);
    const slash = letters.lastIndexOf('/');
    const cut = letters.length <= 2 * TAIL ? 0 : letters.length - slash > 2 * TAIL ? letters.length - TAIL : slash;
    name.show([letters.slice(0, cut).join(''), letters.slice(cut).join('')]);
    setText(size, bytes(file.size));
    name.node.title = path;
    setAttribute(node, 'data-path', file.path);
    setAttribute(box, 'aria-label', text.review.choose(path));
    setAttribute(button, 'aria-label', text.files.save(path));
    setAttribute(button, 'title', text.files.save(path.slice(path.lastIndexOf('/') + 1)));
    setAttribute(bar, 'aria-label', path);
  }
}
