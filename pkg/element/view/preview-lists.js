/** The rows of a preview as JSON, and its columns. */

import { Yielder } from '../../core/yielding.js';
import { percent, printable } from '../words/format.js';
import { text } from '../words/text.js';
import { h } from './dom.js';
import { toJson } from './values.js';

/** @import { Preview } from '../../index.js' */

/** Characters of a row that are shown. */
const MOST = 20_000;

export function previewJson() {
  const node = h('ol', { class: 'preview-json', 'data-testid': 'preview-json' });
  /** @type {{ path: string, count: number } | null} */
  let made = null;
  let asked = 0;
  return {
    node,
    clear() {
      asked += 1;
      made = null;
      node.replaceChildren();
    },
    /** @param {Preview} preview */
    async show({ path, rows }) {
      asked += 1;
      const own = asked;
      if (made?.path !== path || made.count > rows.length) {
        node.replaceChildren();
        made = { path, count: 0 };
      }
      const yielder = new Yielder();
      const here = made;
      while (here.count < rows.length) {
        const { json, isCut } = toJson(rows[here.count], MOST);
        here.count += 1;
        node.append(
          h(
            'li',
            {},
            h('pre', { dir: 'auto' }, json),
            isCut && h('p', { class: 'muted' }, text.preview.valueCut(MOST)),
          ),
        );
        if (yielder.isDue) await yielder.yield();
        if (own !== asked) return;
      }
    },
  };
}

export function previewColumns() {
  const { name, type, values, longest } = text.preview.columnHeads;
  const body = h('tbody', {});
  const heads = [name, type, values, longest].map((words) => h('th', { scope: 'col' }, words));
  const node = h(
    'table',
    { class: 'preview-table columns', 'data-testid': 'preview-columns' },
    h('thead', {}, h('tr', {}, ...heads)),
    body,
  );
  return {
    node,
    clear: () => body.replaceChildren(),
    /** @param {Preview} preview */
    show({ columns, rows }) {
      body.replaceChildren(
        ...columns.map((column) => {
          const { fillRate } = column;
          const fill = h('span', {});
          fill.style.inlineSize = `${(fillRate ?? 0) * 100}%`;
          const words =
            fillRate === null
              ? text.preview.unknown
              : text.preview.filledOf(column.filled, rows.length, percent(fillRate, 1));
          return h(
            'tr',
            {},
            h('th', { scope: 'row' }, h('bdi', {}, printable(column.name))),
            h('td', {}, text.preview.types[column.type]),
            h(
              'td',
              {},
              fillRate !== null && h('span', { class: 'size-bar', 'aria-hidden': 'true' }, fill),
              h('span', {}, words),
            ),
            h('td', { class: 'number' }, column.longest > 0 ? text.preview.characters(column.longest) : ''),
          );
        }),
      );
    },
  };
}
