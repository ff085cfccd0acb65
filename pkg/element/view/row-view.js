/**
 * Shows the rows of a list. Up to a few hundred rows are all in the document. Of a longer list only the rows in view
 * are; it is a grid, so that assistive technology knows its full length.
 */

import { h, setAttribute } from './dom.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { fileRow } from './file-row.js'
 */

/** @typedef {ReturnType<typeof fileRow>} FileRow */

/** Up to this length all rows are in the document, so that the browser's own search finds them. */
export const ALL_ROWS = 500;

const ROW_HEIGHT = 64; // --row-height in styles.js
const MARGIN_ROWS = 10;
/** Firefox does not draw elements higher than about 17 million pixels. Beyond this height, scrolling skips rows. */
const MOST_PIXELS = 10_000_000;

/**
 * `create()` makes a row: see file-row.js. `show(items)` shows these items; `refresh(paths)` updates some of them.
 * @param {string} label
 * @param {() => FileRow} create
 */
export function rowView(label, create) {
  const list = h('div', { class: 'files', role: 'list', 'aria-label': label });
  const node = h('div', { class: 'files-view', onscroll: () => windowed && place(), onkeydown, onfocusin }, list);

  /** @type {readonly DropFile[]} */
  let items = [];
  let windowed = false;
  /** Rows by their index in `items`, in ascending order. @type {Map<number, FileRow>} */
  let rows = new Map();
  let active = 0; // the only row of the grid that Tab reaches

  return { node, show, refresh };

  /** @param {readonly DropFile[]} next */
  function show(next) {
    const kept = windowed === next.length > ALL_ROWS ? common(items, next) : 0;
    items = next;
    if (kept === 0) start();
    for (const [index, row] of rows) {
      if (index < kept) continue;
      row.node.remove();
      rows.delete(index);
    }
    active = Math.min(active, Math.max(items.length - 1, 0));
    if (windowed) {
      list.style.blockSize = `${height()}px`;
      setAttribute(list, 'aria-rowcount', items.length);
      place();
    } else add(items.keys());
    for (const [index, row] of rows) row.show(items[index]);
  }

  /** @param {Set<string>} paths */
  function refresh(paths) {
    for (const [index, row] of rows) if (paths.has(items[index].path)) row.show(items[index]);
  }

  function start() {
    windowed = items.length > ALL_ROWS;
    active = 0;
    rows.clear();
    list.replaceChildren();
    node.classList.toggle('windowed', windowed);
    list.setAttribute('role', windowed ? 'grid' : 'list');
    setAttribute(list, 'aria-rowcount', null);
    list.style.blockSize = '';
    node.scrollTop = 0;
  }

  function height() {
    return Math.min(items.length * ROW_HEIGHT, MOST_PIXELS);
  }

  // How many pixels of the rows correspond to one pixel of the scroll bar.
  function scale() {
    const viewed = node.clientHeight;
    return height() > viewed ? Math.max(1, (items.length * ROW_HEIGHT - viewed) / (height() - viewed)) : 1;
  }

  // Makes the rows that came into view, and removes those that left it, except the active row, which Tab must reach.
  function place() {
    const top = node.scrollTop * scale();
    const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - MARGIN_ROWS);
    const last = Math.min(items.length, Math.ceil((top + (node.clientHeight || 640)) / ROW_HEIGHT) + MARGIN_ROWS);
    for (const [index, row] of rows) {
      if ((index >= first && index < last) || index === active) continue;
      row.node.remove();
      rows.delete(index);
    }
    const wanted = Array.from({ length: Math.max(0, last - first) }, (_, place) => first + place);
    add(items.length > 0 ? [...wanted, active] : []);
    const shift = node.scrollTop - top;
    for (const [index, row] of rows) row.node.style.insetBlockStart = `${index * ROW_HEIGHT + shift}px`;
  }

  /** @param {Iterable<number>} wanted */
  function add(wanted) {
    /** @type {Map<number, FileRow>} */
    const made = new Map();
    for (const index of wanted) if (!rows.has(index) && !made.has(index)) made.set(index, create());
    if (made.size === 0) return;
    for (const [index, row] of made) {
      if (windowed) row.inGrid(index, index === active);
      row.show(items[index]);
    }
    rows = new Map([...rows, ...made].sort(([one], [other]) => one - other));
    // Existing rows are not moved, because a moved row would lose the focus.
    /** @type {HTMLElement | null} */
    let after = null;
    for (const [index, { node: row }] of [...rows].reverse()) {
      if (made.has(index)) list.insertBefore(row, after);
      after = row;
    }
  }

  /**
   * Handles the keys of a grid: https://www.w3.org/WAI/ARIA/apg/patterns/grid/
   * @param {KeyboardEvent} event
   */
  function onkeydown(event) {
    if (!windowed || event.altKey || event.shiftKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(node.clientHeight / ROW_HEIGHT) - 1);
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -items.length, End: items.length };
    if (event.key in steps) activate(Math.min(Math.max(active + steps[event.key], 0), items.length - 1));
    else if (event.key === 'ArrowRight') rows.get(active)?.focusButton();
    else if (event.key === 'ArrowLeft') rows.get(active)?.focus();
    else return;
    event.preventDefault();
  }

  /** @param {number} index */
  function activate(index) {
    const last = active;
    active = index;
    const top = index * ROW_HEIGHT;
    const viewed = node.scrollTop * scale();
    if (top < viewed) node.scrollTop = top / scale();
    else if (top + ROW_HEIGHT > viewed + node.clientHeight)
      node.scrollTop = (top + ROW_HEIGHT - node.clientHeight) / scale();
    add([index]);
    rows.get(last)?.inGrid(last, false);
    rows.get(index)?.inGrid(index, true);
    place();
    rows.get(index)?.focus();
  }

  /**
   * After a click, the keys continue from the row that has the focus.
   * @param {FocusEvent} event
   */
  function onfocusin({ target }) {
    if (!windowed) return;
    for (const [index, row] of rows) {
      const isActive = row.node.contains(/** @type {Node | null} */ (target));
      if (isActive) active = index;
      row.inGrid(index, isActive);
    }
  }
}

/**
 * @param {readonly DropFile[]} one
 * @param {readonly DropFile[]} other
 */
function common(one, other) {
  if (one === other) return one.length;
  let length = 0;
  while (length < one.length && length < other.length && one[length].path === other[length].path) length += 1;
  return length;
}
