/** One bar of all bytes: a part for each dataset, coloured and patterned by status. A table says the same in words. */

import { STATUSES } from '../state/status.js';
import { percent, printable } from '../words/format.js';
import { text } from '../words/text.js';
import { h, keyed, setAttribute } from './dom.js';
import { nameOf } from './group-row.js';
import { breakable, halves, shortened } from './names.js';
import { statusStrip } from './status-strip.js';

/** @import { Group, Overview } from '../state/overview.js' */

/** From this share of the bar on, a part has room for its name. */
const NAMED = 0.14;
/** Parts of the bar, and rows of the table. What is beyond is one part, and one row. */
const MOST_PARTS = 60;
const MOST_ROWS = 200;

/** A part of the bar. @typedef {Pick<Group, 'id' | 'bytes' | 'count' | 'size'> & { files: number, name: string, short: string }} Part */

export function bytesBar() {
  const bar = h('div', { class: 'bytes-bar', 'aria-hidden': 'true' });
  const legend = h('ul', { class: 'legend', 'aria-hidden': 'true' });
  const head = h('tr', {});
  const body = h('tbody', {});
  const table = h('table', { class: 'bytes-table' }, h('thead', {}, head), body);
  const details = h(
    'details',
    { class: 'as-table', ontoggle: () => fillTable() },
    h('summary', {}, text.review.bar.table),
    h('div', { class: 'scrolls', tabindex: 0, role: 'group', 'aria-label': text.review.bar.title }, table),
  );
  const node = h(
    'figure',
    { class: 'bytes', 'aria-label': text.review.bar.title, 'data-testid': 'bytes-bar', hidden: true },
    bar,
    h('div', { class: 'bytes-foot' }, legend, details),
  );
  /** @type {ReturnType<typeof keyed<Part & { whole: number }, string>>} */
  const showParts = keyed(bar, ({ id }) => id, barPart);
  const showLegend = keyed(legend, (status) => status, legendItem);
  /** @type {Part[]} */
  let parts = [];
  /** @type {(typeof STATUSES)[number][]} */
  let present = [];
  return {
    node,
    /** @param {Overview} overview */
    render(overview) {
      const { bytes: amounts, count } = overview.all;
      const whole = STATUSES.reduce((sum, status) => sum + amounts[status], 0);
      const groups = overview.groups.filter(({ kind }) => kind !== 'apart');
      // Its place is kept until the sizes are known.
      node.hidden = groups.length === 0;
      if (node.hidden) return;
      const isSeveral = groups.some(({ root }) => root !== groups[0].root);
      parts = groups.map((group) => partOf(group, isSeveral));
      present = STATUSES.filter((status) => count[status] > 0);
      const inBar = upTo(
        MOST_PARTS,
        parts.filter(({ size }) => size > 0),
      );
      showParts(inBar.map((part) => ({ ...part, whole })));
      showLegend(present);
      fillTable();
    },
  };

  // Only while it is open: with very many datasets it is long.
  function fillTable() {
    if (!details.open) return;
    const { dataset, files, size } = text.review.bar;
    head.replaceChildren(
      ...[dataset, files, size, ...present.map((status) => text.review.status[status])].map((words) =>
        h('th', { scope: 'col' }, words),
      ),
    );
    body.replaceChildren(
      ...upTo(MOST_ROWS, parts).map((part) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, h('bdi', {}, ...breakable(part.name))),
          h('td', {}, text.review.number(part.files)),
          h('td', {}, text.review.bytes(part.size)),
          ...present.map((status) => h('td', {}, text.review.number(part.count[status]))),
        ),
      ),
    );
  }
}

/**
 * @param {Group} group
 * @param {boolean} isSeveral
 * @returns {Part}
 */
function partOf(group, isSeveral) {
  const { id, bytes, count, size, files } = group;
  const short = nameOf(group);
  const name = isSeveral && group.root !== '' ? `${printable(group.root)}${short}` : short;
  return { id, bytes, count, size, files: files.length, name, short };
}

/**
 * The first so many parts; the others as one.
 * @param {number} most
 * @param {Part[]} parts
 */
function upTo(most, parts) {
  if (parts.length <= most) return parts;
  const others = parts.slice(most - 1);
  const sum = { ...others[0], bytes: { ...others[0].bytes }, count: { ...others[0].count } };
  for (const { bytes, count, size, files } of others.slice(1)) {
    for (const status of STATUSES) {
      sum.bytes[status] += bytes[status];
      sum.count[status] += count[status];
    }
    sum.size += size;
    sum.files += files;
  }
  const name = text.review.bar.others(others.length);
  return [...parts.slice(0, most - 1), { ...sum, id: 'others', name, short: name }];
}

function barPart() {
  const strip = statusStrip();
  const label = shortened('part-name');
  const node = h('div', { class: 'bytes-part' }, strip.node, label.node);
  return {
    node,
    /** @param {Part & { whole: number }} part */
    render({ bytes, size, files, name, short, whole }) {
      const grow = String(size / whole);
      if (node.style.flexGrow !== grow) node.style.flexGrow = grow;
      strip.render(bytes);
      label.show(size / whole >= NAMED ? halves(short) : ['', '']);
      setAttribute(node, 'title', text.review.bar.segment(name, size, percent(size, whole), files));
    },
  };
}

/** @param {(typeof STATUSES)[number]} status */
function legendItem(status) {
  const node = h('li', {}, h('span', { class: 'segment', 'data-status': status }), text.review.status[status]);
  return { node, render() {} };
}
