/**
 * Shows the lines of a list as a tree grid: https://www.w3.org/WAI/ARIA/apg/patterns/treegrid/. Tab reaches one row,
 * and the arrow keys move. Up to a few hundred rows are all in the document. Of a longer list only the rows in view are.
 */

import { Yielder } from '../../core/yielding.js';
import { h, setAttribute } from './dom.js';

/**
 * A row of the list. `active`: Tab reaches it; `act` does what a click on it does; `toggle` changes its check box;
 * `arrow` unfolds it or enters its buttons (`true`), or folds it (`false`), and says whether it did.
 *
 * @template Line
 * @typedef {object} Row
 * @property {HTMLElement} node
 * @property {(line: Line) => void} show
 * @property {() => void} [act]
 * @property {() => void} [toggle]
 * @property {(onward: boolean) => boolean} [arrow]
 */
/**
 * `kind`: rows of one kind can show each other's lines; `key` tells lines apart; `create` makes a row for a line's kind.
 *
 * @template Line
 * @typedef {object} Rows
 * @property {(line: Line) => string} kind
 * @property {(line: Line) => string} key
 * @property {(line: Line) => Row<Line>} create
 */

/** Up to this length all rows are in the document, so that the browser's own search finds them. */
export const ALL_ROWS = 500;

const ROW_HEIGHT = 44; // --row-height in styles/tokens.js
const MARGIN_ROWS = 10;
/** Rows that are made at once. More than fit on a screen; making 500 of them takes 60 ms. */
const BATCH = 48;
/** Firefox does not draw elements higher than about 17 million pixels. Beyond this height, scrolling skips rows. */
const MOST_PIXELS = 10_000_000;

/**
 * `show(lines)` shows these lines; `refresh(keys)` updates some of them, by default all; `focusRow(key)` gives a row the
 * focus.
 * @template Line
 * @param {string} label
 * @param {Rows<Line>} of
 */
export function rowView(label, { kind, key, create }) {
  const list = h('div', { class: 'files', role: 'treegrid', 'aria-label': label });
  const node = h(
    'div',
    { class: 'files-view', onscroll: () => windowed && place(), onkeydown, onfocusin, onclick },
    list,
  );

  /** @type {readonly Line[]} */
  let lines = [];
  let windowed = false;
  /** Rows by their index in `lines`, in ascending order. @type {Map<number, Row<Line> & { kind: string }>} */
  let rows = new Map();
  /** Rows that were dropped and can be used again at once, by kind. @type {Map<string, (Row<Line> & { kind: string })[]>} */
  const spare = new Map();
  let active = 0; // the only row that Tab reaches

  return {
    node,
    show,
    refresh,
    focusRow,
    /** Whether only the rows in view exist. */
    get isWindowed() {
      return windowed;
    },
  };

  /** @param {readonly Line[]} next */
  function show(next) {
    // Even reading where it is scrolled to lays out the whole page: 20 ms before an empty page is shown.
    if (next.length === 0 && lines.length === 0) return;
    const kept = windowed === next.length > ALL_ROWS ? common(next) : 0;
    lines = next;
    for (const index of [...rows.keys()]) if (index >= kept) drop(index);
    if (kept === 0) start();
    active = Math.min(active, Math.max(lines.length - 1, 0));
    // The others are made below, and show their lines from the start.
    for (const [index, row] of rows) row.show(lines[index]);
    if (windowed) {
      list.style.blockSize = `${height()}px`;
      setAttribute(list, 'aria-rowcount', lines.length);
      place();
    } else addInTurns();
    for (const [index, row] of rows) mark(index, row);
  }

  /** Makes all rows. Those that are in view at first are there at once. */
  async function addInTurns() {
    const own = lines;
    const yielder = new Yielder();
    for (let first = 0; first < own.length; first += BATCH) {
      if (first > 0 && yielder.isDue) await yielder.yield();
      if (lines !== own) return;
      add(Array.from({ length: Math.min(BATCH, own.length - first) }, (_, place) => first + place));
    }
    spare.clear();
  }

  /** @param {Set<string>} [keys] */
  function refresh(keys) {
    for (const [index, row] of rows) if (!keys || keys.has(key(lines[index]))) row.show(lines[index]);
  }

  /** @param {string} wanted */
  function focusRow(wanted) {
    const index = lines.findIndex((line) => key(line) === wanted);
    if (index >= 0) activate(index);
  }

  /**
   * How many lines at the beginning stay as they are.
   * @param {readonly Line[]} next
   */
  function common(next) {
    if (next === lines) return lines.length;
    const most = Math.min(lines.length, next.length);
    /** @type {(one: Line, other: Line) => boolean} */
    const isSame = (one, other) => one === other || (kind(one) === kind(other) && key(one) === key(other));
    let length = 0;
    while (length < most && isSame(lines[length], next[length])) length += 1;
    return length;
  }

  /**
   * Removes a row. It may be used again for another line, unless that would take the focus elsewhere.
   * @param {number} index
   */
  function drop(index) {
    const row = rows.get(index);
    if (!row) return;
    const hasFocus = row.node.matches(':focus-within');
    row.node.remove();
    rows.delete(index);
    if (hasFocus) return;
    const same = spare.get(row.kind);
    if (same) same.push(row);
    else spare.set(row.kind, [row]);
  }

  function start() {
    windowed = lines.length > ALL_ROWS;
    active = 0;
    node.classList.toggle('windowed', windowed);
    setAttribute(list, 'aria-rowcount', null);
    list.style.blockSize = '';
    node.scrollTop = 0;
  }

  function height() {
    return Math.min(lines.length * ROW_HEIGHT, MOST_PIXELS);
  }

  // How many pixels of the rows correspond to one pixel of the scroll bar.
  function scale() {
    const viewed = node.clientHeight;
    return height() > viewed ? Math.max(1, (lines.length * ROW_HEIGHT - viewed) / (height() - viewed)) : 1;
  }

  // Makes the rows that came into view, and removes those that left it, except the active row, which Tab must reach.
  function place() {
    const top = node.scrollTop * scale();
    const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - MARGIN_ROWS);
    const last = Math.min(lines.length, Math.ceil((top + (node.clientHeight || 640)) / ROW_HEIGHT) + MARGIN_ROWS);
    for (const index of [...rows.keys()]) if ((index < first || index >= last) && index !== active) drop(index);
    const wanted = Array.from({ length: Math.max(0, last - first) }, (_, place) => first + place);
    add(lines.length > 0 ? [...wanted, active] : []);
    spare.clear();
    const shift = node.scrollTop - top;
    for (const [index, row] of rows) row.node.style.insetBlockStart = `${index * ROW_HEIGHT + shift}px`;
  }

  /** @param {Iterable<number>} wanted */
  function add(wanted) {
    /** @type {typeof rows} */
    const made = new Map();
    for (const index of wanted) {
      if (rows.has(index) || made.has(index)) continue;
      const own = kind(lines[index]);
      const row = spare.get(own)?.pop() ?? { ...create(lines[index]), kind: own };
      row.show(lines[index]);
      mark(index, row);
      made.set(index, row);
    }
    if (made.size === 0) return;
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
   * @param {number} index
   * @param {Row<Line>} row
   */
  function mark(index, row) {
    setAttribute(row.node, 'tabindex', index === active ? 0 : -1);
    setAttribute(row.node, 'aria-rowindex', windowed ? index + 1 : null);
  }

  /** @param {KeyboardEvent} event */
  function onkeydown(event) {
    if (event.altKey || event.shiftKey || event.metaKey || event.ctrlKey) return;
    const row = rows.get(active);
    const isOnRow = event.target === row?.node;
    const page = Math.max(1, Math.floor((node.clientHeight || 640) / ROW_HEIGHT) - 1);
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -lines.length, End: lines.length };
    if (event.key in steps) activate(Math.min(Math.max(active + steps[event.key], 0), lines.length - 1));
    else if (event.key === 'ArrowRight') row?.arrow?.(true);
    else if (event.key === 'ArrowLeft') {
      if (!isOnRow) row?.node.focus({ preventScroll: true });
      else if (!row?.arrow?.(false)) toParent();
    } else if (isOnRow && event.key === 'Enter') row?.act?.();
    else if (isOnRow && event.key === ' ') row?.toggle?.();
    else return;
    event.preventDefault();
  }

  function toParent() {
    const own = kind(lines[active]);
    for (let index = active - 1; index >= 0; index -= 1) if (kind(lines[index]) !== own) return activate(index);
  }

  /** @param {number} index */
  function activate(index) {
    const last = active;
    active = index;
    if (windowed) {
      const top = index * ROW_HEIGHT;
      const viewed = node.scrollTop * scale();
      if (top < viewed) node.scrollTop = top / scale();
      else if (top + ROW_HEIGHT > viewed + node.clientHeight)
        node.scrollTop = (top + ROW_HEIGHT - node.clientHeight) / scale();
    }
    add([index]);
    for (const each of [last, index]) {
      const row = rows.get(each);
      if (row) mark(each, row);
    }
    if (windowed) place();
    rows.get(index)?.node.focus({ preventScroll: windowed });
  }

  /**
   * After a click, the keys continue from the row that has the focus.
   * @param {FocusEvent} event
   */
  function onfocusin({ target }) {
    const before = active;
    active = indexOf(target) ?? active;
    for (const index of [before, active]) {
      const row = rows.get(index);
      if (row) mark(index, row);
    }
  }

  /**
   * A click on a row's check box or button is theirs.
   * @param {MouseEvent} event
   */
  function onclick({ target }) {
    if (!(target instanceof Element) || target.closest('input, button, label')) return;
    const index = indexOf(target);
    const row = index === null ? undefined : rows.get(index);
    row?.node.focus({ preventScroll: true });
    row?.act?.();
  }

  /** @param {EventTarget | null} target */
  function indexOf(target) {
    for (const [index, row] of rows) if (row.node.contains(/** @type {Node | null} */ (target))) return index;
    return null;
  }
}
