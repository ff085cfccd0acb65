/** The rows of a preview as a table. */

import { Yielder } from '../../core/yielding.js';
import { percent, printable } from '../words/format.js';
import { text } from '../words/text.js';
import { h, icon } from './dom.js';
import { isNested, toJson, visible } from './values.js';

/** @import { Preview, PreviewColumn } from '../../index.js' */

/** Characters of a text that are in its cell. */
const CUT = 64;
/** Characters of a value that are shown when it is opened. */
const MOST = 20_000;
const NUMBERS = new Set(['integer', 'number']);

export function previewTable() {
  const head = h('tr', {});
  const body = h('tbody', {});
  const node = h('table', { class: 'preview-table', 'data-testid': 'preview-table' }, h('thead', {}, head), body);
  /** What the rows in the document are of. @type {{ path: string, names: string, count: number } | null} */
  let made = null;
  /** Counts the calls of `show`, of which only the last goes on. */
  let asked = 0;

  return { node, show, clear };

  function clear() {
    asked += 1;
    made = null;
    head.replaceChildren();
    body.replaceChildren();
  }

  /**
   * Makes the rows in turns, because a thousand wide ones take long. Those that are there already stay.
   * @param {Preview} preview
   */
  async function show({ path, rows, columns, content }) {
    asked += 1;
    const own = asked;
    const isPlain = content === 'text' || content === 'bytes';
    const names = JSON.stringify(columns.map(({ name }) => name));
    if (made?.path !== path || made.names !== names || made.count > rows.length) {
      body.replaceChildren();
      made = { path, names, count: 0 };
    }
    head.replaceChildren(
      h('th', { scope: 'col', class: 'row-number' }, h('span', { class: 'visually-hidden' }, text.preview.row)),
      ...columns.map((column) => heading(column, isPlain)),
    );
    node.classList.toggle('plain', isPlain);
    const yielder = new Yielder();
    const here = made;
    while (here.count < rows.length) {
      const row = rows[here.count];
      here.count += 1;
      body.append(tableRow(here.count, row, columns));
      if (yielder.isDue) await yielder.yield();
      if (own !== asked) return;
    }
  }
}

/**
 * @param {PreviewColumn} column
 * @param {boolean} isPlain
 */
function heading({ name, type, fillRate }, isPlain) {
  const label = h('bdi', {}, printable(isPlain ? (text.preview.plain[name] ?? name) : name));
  if (isPlain) return h('th', { scope: 'col' }, label);
  const filled = fillRate === null ? '' : text.preview.filled(percent(fillRate, 1));
  return h(
    'th',
    { scope: 'col', title: filled ? `${name} · ${text.preview.types[type]} · ${filled}` : name },
    label,
    h('span', { class: 'column-facts' }, text.preview.types[type], filled && ` · ${filled}`),
  );
}

/**
 * @param {number} number
 * @param {Record<string, unknown>} row
 * @param {readonly PreviewColumn[]} columns
 */
function tableRow(number, row, columns) {
  const node = h('tr', {});
  node.append(
    h('th', { scope: 'row', class: 'row-number' }, text.preview.number(number)),
    ...columns.map(({ name, type }) => {
      const value = Object.hasOwn(row, name) ? row[name] : undefined;
      return h('td', { class: NUMBERS.has(type) ? 'number' : null }, cell(value, name, node, columns.length));
    }),
  );
  return node;
}

/**
 * @param {unknown} value
 * @param {string} name
 * @param {HTMLElement} row
 * @param {number} columns
 */
function cell(value, name, row, columns) {
  if (value === undefined) return '';
  if (value === null) return h('span', { class: 'nothing' }, 'null');
  if (value === '') return h('span', { class: 'nothing' }, '""');
  if (isNested(value)) {
    const words = Array.isArray(value)
      ? text.preview.items(value.length)
      : text.preview.fields(Object.keys(value).length);
    return opener(words, name, row, columns, () => toJson(value, MOST));
  }
  if (typeof value !== 'string') return String(value);
  if (value.length <= CUT) return h('bdi', { dir: 'auto' }, printable(value));
  const beginning = printable(value.slice(0, CUT).replace(/\s+/g, ' ').toWellFormed?.() ?? value.slice(0, CUT));
  return h(
    'span',
    { class: 'long' },
    h('bdi', { dir: 'auto' }, `${beginning}…`),
    opener(text.preview.whole(value.length), name, row, columns, () => ({
      json: visible(value.slice(0, MOST)),
      isCut: value.length > MOST,
    })),
  );
}

/**
 * A button that shows a value below its row, and hides it again.
 * @param {string} words
 * @param {string} name
 * @param {HTMLElement} row
 * @param {number} columns
 * @param {() => { json: string, isCut: boolean }} make
 */
function opener(words, name, row, columns, make) {
  /** @type {HTMLElement | null} */
  let opened = null;
  const button = h(
    'button',
    { type: 'button', class: 'quiet nested', 'aria-expanded': 'false', onclick: toggle },
    icon('chevron'),
    words,
  );
  return button;

  function toggle() {
    if (opened) {
      opened.remove();
      opened = null;
    } else {
      const { json, isCut } = make();
      opened = h(
        'tr',
        { class: 'opened' },
        h(
          'td',
          { colspan: columns + 1 },
          h('div', {}, h('h4', {}, h('bdi', {}, printable(name))), h('pre', { dir: 'auto' }, json)),
          isCut && h('p', { class: 'muted' }, text.preview.valueCut(MOST)),
        ),
      );
      row.after(opened);
    }
    button.setAttribute('aria-expanded', String(opened !== null));
  }
}
