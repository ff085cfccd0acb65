/** One bar of all bytes: a part for each dataset, coloured and patterned by status. A table says the same in words. */

import { STATUSES } from '../state/status.js';
import { percent } from '../words/format.js';
import { text } from '../words/text.js';
import { h, keyed, setAttribute, setText } from './dom.js';
import { nameOf } from './group-row.js';
import { statusStrip } from './status-strip.js';

/** @import { Group, Overview } from '../state/overview.js' */

/** From this share of the bar on, a part has room for its name. */
const NAMED = 0.14;

export function bytesBar() {
  const bar = h('div', { class: 'bytes-bar', 'aria-hidden': 'true' });
  const legend = h('ul', { class: 'legend', 'aria-hidden': 'true' });
  const head = h('tr', {});
  const body = h('tbody', {});
  const table = h('table', { class: 'bytes-table' }, h('thead', {}, head), body);
  const details = h(
    'details',
    { class: 'as-table' },
    h('summary', {}, text.review.bar.table),
    h('div', { class: 'scrolls', tabindex: 0, role: 'group', 'aria-label': text.review.bar.title }, table),
  );
  const node = h(
    'figure',
    { class: 'bytes', 'aria-label': text.review.bar.title, 'data-testid': 'bytes-bar', hidden: true },
    bar,
    h('div', { class: 'bytes-foot' }, legend, details),
  );
  /** @type {ReturnType<typeof keyed<{ group: Group, whole: number, name: string }, string>>} */
  const showParts = keyed(bar, ({ group }) => group.id, part);
  const showLegend = keyed(legend, (status) => status, legendItem);
  return {
    node,
    /** @param {Overview} overview */
    render(overview) {
      const groups = overview.groups.filter(({ kind }) => kind !== 'apart');
      const { bytes: amounts } = overview.all;
      const whole = STATUSES.reduce((sum, status) => sum + amounts[status], 0);
      node.hidden = !overview.isWeighed || whole === 0;
      if (node.hidden) return;
      const roots = new Set(groups.map(({ root }) => root));
      const named = groups.map((group) => ({ group, whole, name: fullName(group, roots.size > 1) }));
      showParts(named.filter(({ group }) => group.size > 0));
      const present = STATUSES.filter((status) => amounts[status] > 0);
      showLegend(present);
      // The table is made only when it is looked at: with very many datasets it is long.
      fillTable(named, present);
    },
  };

  /**
   * @param {{ group: Group, name: string }[]} rows
   * @param {(typeof STATUSES)[number][]} present
   */
  function fillTable(rows, present) {
    const { dataset, files, size } = text.review.bar;
    head.replaceChildren(
      ...[dataset, files, size, ...present.map((status) => text.review.status[status])].map((words) =>
        h('th', { scope: 'col' }, words),
      ),
    );
    body.replaceChildren(
      ...rows.map(({ group, name }) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, h('bdi', {}, name)),
          h('td', {}, text.review.number(group.files.length)),
          h('td', {}, text.review.bytes(group.size)),
          ...present.map((status) => h('td', {}, text.review.number(group.count[status]))),
        ),
      ),
    );
  }
}

/**
 * @param {Group} group
 * @param {boolean} isSeveral
 */
function fullName(group, isSeveral) {
  return isSeveral && group.root !== '' ? `${group.root}${nameOf(group)}` : nameOf(group);
}

function part() {
  const strip = statusStrip();
  const label = h('bdi', { class: 'part-name' });
  const node = h('div', { class: 'bytes-part' }, strip.node, label);
  return {
    node,
    /** @param {{ group: Group, whole: number, name: string }} shown */
    render({ group, whole, name }) {
      const grow = String(group.size / whole);
      if (node.style.flexGrow !== grow) node.style.flexGrow = grow;
      strip.render(group.bytes);
      setText(label, group.size / whole >= NAMED ? nameOf(group) : '');
      const share = percent(group.size, whole);
      setAttribute(node, 'title', text.review.bar.segment(name, group.size, share, group.files.length));
    },
  };
}

/** @param {(typeof STATUSES)[number]} status */
function legendItem(status) {
  const node = h('li', {}, h('span', { class: 'segment', 'data-status': status }), text.review.status[status]);
  return { node, render() {} };
}
