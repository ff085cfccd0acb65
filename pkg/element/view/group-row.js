/** The row of a dataset, and the heading of one of several drops. */

import { STATUSES } from '../state/status.js';
import { bytes, printable } from '../words/format.js';
import { text } from '../words/text.js';
import { h, icon, setAttribute, setText } from './dom.js';
import { halves, shortened } from './names.js';
import { statusStrip } from './status-strip.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { Delivery } from '../state/listing.js'
 * @import { Group } from '../state/overview.js'
 * @import { Session } from '../state/session.js'
 */

/**
 * What the rows need to know. `biggest`: the size of the biggest dataset.
 *
 * @typedef {object} Surroundings
 * @property {Session} session
 * @property {() => { biggest: number, isWeighed: boolean, isSeveral: boolean, hasOthers: boolean }} facts
 * @property {(group: Group) => boolean} isFolded
 * @property {(group: Group, on: boolean) => void} fold
 */

/** @param {Surroundings} surroundings */
export function groupRow({ session, facts, isFolded, fold }) {
  /** @type {Group | null} */
  let shown = null;
  const chevron = icon('chevron');
  const box = choiceBox(session);
  const name = shortened('');
  const words = h('span', { class: 'words' });
  const strip = statusStrip();
  /** The size again, for small screens. */
  const narrow = h('span', { class: 'narrow', 'aria-hidden': 'true' });
  const size = h('span', {});
  const bar = h('span', { class: 'size-bar', 'aria-hidden': 'true' }, h('span', {}));
  const only = h(
    'button',
    { type: 'button', class: 'quiet only', tabindex: '-1', 'data-testid': 'only-dataset', onclick: chooseOnly },
    text.review.only,
  );
  const node = h(
    'div',
    { class: 'file-row group', role: 'row' },
    h('span', { class: 'fold', role: 'gridcell' }, chevron),
    box.node,
    h(
      'div',
      { class: 'file-text', role: 'gridcell' },
      h('div', { class: 'group-name' }, name.node),
      h('div', { class: 'state' }, strip.node, narrow, words),
    ),
    h('div', { class: 'size', role: 'gridcell' }, size, bar),
    h('div', { class: 'last', role: 'gridcell' }, only),
  );
  return { node, show, act, toggle: box.toggle, arrow };

  /** @param {Group} group */
  function show(group) {
    shown = group;
    const { biggest, isWeighed, isSeveral, hasOthers } = facts();
    const label = nameOf(group);
    name.show(halves(label));
    setAttribute(name.node, 'title', label);
    setAttribute(node, 'data-name', group.kind === 'data' ? group.name : label);
    setAttribute(node, 'data-kind', group.kind);
    setAttribute(node, 'data-testid', group.kind === 'data' ? 'dataset' : 'other-files');
    setAttribute(node, 'aria-level', isSeveral && group.kind !== 'apart' ? 2 : 1);
    setAttribute(node, 'aria-expanded', isFolded(group) ? 'false' : 'true');
    const n = group.files.length;
    setText(words, group.kind === 'apart' ? text.review.apartState(n) : text.review.groupState(n, statesOf(group)));
    strip.node.hidden = group.kind === 'apart';
    strip.render(group.count);
    for (const place of [size, narrow]) setText(place, isWeighed && group.kind !== 'apart' ? bytes(group.size) : '');
    const share = biggest > 0 ? group.size / biggest : 0;
    const width = `${Math.max(share * 100, group.size > 0 ? 2 : 0)}%`;
    const fill = /** @type {HTMLElement} */ (bar.firstElementChild);
    if (fill.style.inlineSize !== width) fill.style.inlineSize = width;
    bar.hidden = group.kind === 'apart';
    box.show(
      () => group.files,
      group.kind === 'apart' ? null : { chosen: group.chosen, of: group.files.length },
      text.review.choose(label),
    );
    only.hidden = !hasOthers;
    // The place stays, so that the sizes are below each other.
    only.style.visibility = group.kind === 'data' ? 'visible' : 'hidden';
    setAttribute(only, 'aria-label', text.review.onlyThis(label));
    setAttribute(only, 'title', text.review.onlyThis(label));
  }

  function act() {
    if (shown) fold(shown, !isFolded(shown));
  }

  /** @param {boolean} onward */
  function arrow(onward) {
    if (!shown) return false;
    const folded = isFolded(shown);
    if (folded === onward) fold(shown, !folded);
    else if (onward && shown.kind === 'data' && !only.hidden) only.focus({ preventScroll: true });
    return folded === onward || onward;
  }

  function chooseOnly() {
    if (shown) session.chooseOnly(shown.files);
  }
}

/** @param {Surroundings} surroundings */
export function deliveryRow({ session, facts }) {
  const box = choiceBox(session);
  const name = shortened('');
  const size = h('div', { class: 'size', role: 'gridcell' });
  const node = h(
    'div',
    { class: 'file-row delivery', role: 'row', 'data-testid': 'delivery', 'aria-level': 1 },
    h('span', { class: 'fold', role: 'gridcell' }, icon('folder')),
    box.node,
    h('div', { class: 'file-text', role: 'gridcell' }, h('div', { class: 'group-name' }, name.node)),
    size,
    h('div', { class: 'last', role: 'gridcell' }),
  );
  return {
    node,
    /** @param {Delivery} delivery */
    show({ root, groups }) {
      const label = printable(root.slice(0, -1)) || text.review.outside;
      name.show(halves(label));
      setAttribute(name.node, 'title', label);
      setAttribute(node, 'data-name', root.slice(0, -1));
      const total = { chosen: 0, of: 0, size: 0 };
      for (const group of groups) {
        total.chosen += group.chosen;
        total.of += group.files.length;
        total.size += group.size;
      }
      box.show(() => groups.flatMap(({ files }) => files), total, text.review.choose(label));
      setText(size, facts().isWeighed ? bytes(total.size) : '');
    },
    toggle: box.toggle,
  };
}

/** @param {Group} group */
export function nameOf({ kind, name }) {
  if (kind === 'metadata') return text.review.metadata;
  if (kind === 'apart') return text.review.apart;
  return printable(name) || text.review.loose;
}

/** The parts of a group by status, in words. @param {Group} group */
function statesOf({ count, files }) {
  return STATUSES.filter((status) => count[status] > 0).map((status) =>
    text.review.state(status, count[status], files.length),
  );
}

/**
 * A check box for several files: it is mixed if only some of them are chosen.
 * @param {Session} session
 */
function choiceBox(session) {
  let files = () => /** @type {readonly DropFile[]} */ ([]);
  const input = h('input', {
    type: 'checkbox',
    tabindex: '-1',
    'data-testid': 'choose',
    onchange: ({ currentTarget }) => session.choose(files(), currentTarget.checked),
  });
  const node = h('div', { class: 'choose', role: 'gridcell' }, h('label', {}, input));
  return {
    node,
    toggle: () => {
      if (!input.hidden && !input.disabled) input.click();
    },
    /**
     * @param {() => readonly DropFile[]} next
     * @param {{ chosen: number, of: number } | null} counted
     * @param {string} label
     */
    show(next, counted, label) {
      files = next;
      input.hidden = counted === null;
      const { chosen, of } = counted ?? { chosen: 0, of: 0 };
      input.checked = of > 0 && chosen === of;
      input.indeterminate = chosen > 0 && chosen < of;
      input.disabled = session.phase === 'running';
      setAttribute(input, 'aria-label', label);
    },
  };
}
