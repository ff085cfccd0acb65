// The files of the drop. Up to a thousand all rows are there; beyond that only those in view.

import { h, setAttribute, setText } from './dom.js';
import { fileRow } from './file-row.js';
import { isFailing } from './file-state.js';
import { text } from './text.js';

const ALL_ROWS = 1000;
const ROW_HEIGHT = 64; // --row-height in styles.js
const MARGIN_ROWS = 10;
const REFRESH_MS = 100;

/** `save(file)` is called by a row's button. */
export function fileList(session, save) {
  const summary = h('span', { class: 'muted' });
  const filter = h('input', { type: 'checkbox', onchange: render });
  const filterWords = h('span', {});
  const filterLabel = h('label', { class: 'check', hidden: true }, filter, filterWords);
  const list = h('ul', { class: 'files', 'aria-label': text.files.list });
  const view = h('div', { class: 'files-view', onscroll: () => windowed && place() }, list);
  const node = h('section', { class: 'card', hidden: true }, h('div', { class: 'card-head' }, h('h2', {}, text.files.title, ' ', summary), filterLabel), view);

  let shown = []; // files after the filter
  let windowed = false;
  let rows = new Map(); // place in `shown` → row
  let at = new Map(); // path → place in `shown`
  const dirty = new Set();
  let timer = null;

  return { node, render, progress };

  function render() {
    node.hidden = session.files.length === 0;
    setText(summary, text.files.summary(session.totals));
    const failing = session.files.filter((file) => isFailing(file, session));
    filterLabel.hidden = failing.length === 0 || failing.length === session.files.length;
    if (filterLabel.hidden) filter.checked = false;
    setText(filterWords, text.files.onlyProblems(failing.length));
    rebuild(filter.checked ? failing : session.files);
  }

  /** Some rows changed: shown at the next tenth of a second. */
  function progress(paths) {
    for (const path of paths) if (at.has(path)) dirty.add(at.get(path));
    timer ??= setTimeout(() => {
      timer = null;
      for (const index of dirty) rows.get(index)?.show(shown[index]);
      dirty.clear();
    }, REFRESH_MS);
  }

  function rebuild(files) {
    const same = files === shown || (files.length === shown.length && files.every(({ path }, index) => path === shown[index].path));
    shown = files;
    if (!same) {
      at = new Map(files.map(({ path }, index) => [path, index]));
      windowed = files.length > ALL_ROWS;
      rows.clear();
      list.replaceChildren();
      view.scrollTop = 0;
      view.classList.toggle('windowed', windowed);
      setAttribute(view, 'tabindex', windowed ? 0 : null);
      setAttribute(view, 'role', windowed ? 'region' : null);
      setAttribute(view, 'aria-label', windowed ? text.files.list : null);
      list.style.blockSize = windowed ? `${files.length * ROW_HEIGHT}px` : '';
    }
    if (windowed) place();
    else fill();
    for (const [index, row] of rows) row.show(shown[index]);
  }

  function fill() {
    if (rows.size === shown.length) return;
    const fragment = document.createDocumentFragment();
    for (const index of shown.keys()) fragment.append(make(index).node);
    list.append(fragment);
  }

  // Rows that came into view are made, those that left it go. Who had the focus in one of them keeps it in the list.
  function place() {
    const height = view.clientHeight || 640;
    const first = Math.max(0, Math.floor(view.scrollTop / ROW_HEIGHT) - MARGIN_ROWS);
    const last = Math.min(shown.length, Math.ceil((view.scrollTop + height) / ROW_HEIGHT) + MARGIN_ROWS);
    for (const [index, row] of rows) {
      if (index >= first && index < last) continue;
      if (row.node.contains(view.getRootNode().activeElement)) view.focus({ preventScroll: true });
      row.node.remove();
      rows.delete(index);
    }
    for (let index = first; index < last; index += 1) {
      if (rows.has(index)) continue;
      const { node: row, show } = make(index);
      row.style.insetBlockStart = `${index * ROW_HEIGHT}px`;
      row.setAttribute('aria-setsize', shown.length);
      row.setAttribute('aria-posinset', index + 1);
      // In the order of the list, for Tab and for screen readers.
      const next = [...rows.keys()].filter((other) => other > index).sort((a, b) => a - b)[0];
      list.insertBefore(row, rows.get(next)?.node ?? null);
      show(shown[index]);
    }
    rows = new Map([...rows].sort(([a], [b]) => a - b));
  }

  function make(index) {
    const row = fileRow(session, save);
    rows.set(index, row);
    return row;
  }
}
