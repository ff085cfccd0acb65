/** The datasets of the drop with their files, and the controls to find, sort and choose them. */

import { isDelivered } from '../../drop/left-out.js';
import { Delivery, Listing } from '../state/listing.js';
import { Group, Overview } from '../state/overview.js';
import { text } from '../words/text.js';
import { bytesBar } from './bytes-bar.js';
import { h, keepingFocus, setText } from './dom.js';
import { fileRow } from './file-row.js';
import { deliveryRow, groupRow } from './group-row.js';
import { listTools } from './list-tools.js';
import { rowView } from './row-view.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { Line } from '../state/listing.js'
 * @import { Session } from '../state/session.js'
 */

/**
 * `save(file)` is called by a row's button, `open(file)` when a row is chosen.
 * @param {Session} session
 * @param {{ save: (file: DropFile) => void, open: (file: DropFile) => void, isOpen: (file: DropFile) => boolean }} host
 */
export function fileList(session, { save, open, isOpen }) {
  const overview = new Overview(session);
  const listing = new Listing(overview, session.folded);
  const summary = h('span', { class: 'muted', 'data-testid': 'review-summary' });
  const bar = bytesBar();
  const tools = listTools(session, { narrow: () => arrange(), fold: foldAll });
  let biggest = 0;
  let hasOthers = false;
  const facts = () => ({
    biggest,
    isWeighed: overview.isWeighed,
    isSeveral: listing.isSeveral && !listing.matches,
    hasOthers,
  });
  const rowHost = {
    session,
    save,
    open,
    isOpen,
    folderOf: (/** @type {DropFile} */ file) => (listing.matches ? '' : overview.folderOf(file)),
    level: () => (listing.matches ? 1 : listing.isSeveral ? 3 : 2),
  };
  const groupHost = { session, facts, isFolded: (/** @type {Group} */ group) => listing.isFolded(group), fold };
  /** @type {import('./row-view.js').Rows<Line>} */
  const kinds = {
    kind: (line) => (line instanceof Group ? 'group' : line instanceof Delivery ? 'delivery' : 'file'),
    key: keyOf,
    create(line) {
      const row =
        line instanceof Group
          ? groupRow(groupHost)
          : line instanceof Delivery
            ? deliveryRow(groupHost)
            : fileRow(rowHost);
      return /** @type {import('./row-view.js').Row<Line>} */ (row);
    },
  };
  const rows = rowView(text.files.list, kinds);
  const notPrinted = h('p', { class: 'only-printed' });
  const node = h(
    'section',
    { class: 'card review-list', part: 'files', 'aria-labelledby': 'review-title' },
    tools.node,
    rows.node,
    notPrinted,
  );
  const head = h('div', { class: 'card-head' }, h('h2', { id: 'review-title' }, text.review.title), summary);

  /** `session.files` as of the last render. @type {readonly DropFile[]} */
  let known = [];
  let counting = false;
  let isDue = false;
  /** Counts the requests to arrange the list, of which only the last counts. */
  let asked = 0;

  return { head, bar: bar.node, node, render, progress, refresh: () => rows.refresh(), focusRow };

  function render() {
    if (known !== session.files) {
      // At first nothing is known: what is typed there may be from before a change of the language.
      if (known.length > 0) tools.clear();
      known = session.files;
    }
    rows.refresh();
    survey();
  }

  /** Counts everything anew, and once more if something changed meanwhile. */
  async function survey() {
    isDue = true;
    if (counting) return;
    counting = true;
    while (isDue) {
      isDue = false;
      if (await overview.survey()) await arrange();
      else isDue = true;
    }
    counting = false;
  }

  async function arrange() {
    asked += 1;
    const own = asked;
    if (await listing.arrange(tools.view, () => own === asked)) show();
  }

  function show() {
    const root = node.getRootNode();
    const write = () => {
      const delivered = overview.groups.filter(({ kind }) => kind !== 'apart');
      biggest = delivered.reduce((most, { size }) => Math.max(most, size), 0);
      hasOthers = delivered.length > 1;
      showFigures();
      rows.node.classList.toggle('flat', listing.matches !== null);
      rows.show(listing.lines);
      setText(notPrinted, rows.isWindowed ? text.review.notPrinted(session.totals.files) : '');
    };
    if (root instanceof ShadowRoot) keepingFocus(root, write);
    else write();
  }

  function showFigures() {
    const { matches } = listing;
    const { all } = overview;
    const datasets = overview.groups.filter(({ kind, name }) => kind === 'data' && name !== '');
    setText(summary, text.review.summary(session.totals, datasets.length));
    bar.render(overview);
    const failing = all.count.failed + all.count.damaged + all.count.locked;
    tools.render({
      all,
      matches,
      delivered: matches?.filter(isDelivered).length ?? 0,
      isWarned: all.problems > failing,
      isWeighed: overview.isWeighed,
      chosenBytes: all.chosenBytes,
      isFolded: overview.groups.every((group) => group.kind === 'apart' || listing.isFolded(group)),
    });
  }

  /**
   * Call it when some files have changed. The cost depends only on these, not on the length of the list.
   * @param {string[]} paths
   */
  function progress(paths) {
    const changed = overview.update(paths);
    const keys = new Set(paths);
    if (changed) {
      if (tools.view.filter === 'problem') arrange();
      for (const line of listing.lines) if (!isFile(line)) keys.add(keyOf(line));
      showFigures();
    }
    rows.refresh(keys);
  }

  /**
   * @param {Group} group
   * @param {boolean} on
   */
  function fold(group, on) {
    listing.fold([group], on);
    arrange();
  }

  /** @param {boolean} on */
  function foldAll(on) {
    listing.fold(
      overview.groups.filter(({ kind }) => kind !== 'apart'),
      on,
    );
    arrange();
  }

  /** @param {DropFile} file */
  function focusRow(file) {
    rows.focusRow(file.path);
  }
}

/**
 * @param {Line} line
 * @returns {line is DropFile}
 */
function isFile(line) {
  return !(line instanceof Group || line instanceof Delivery);
}

/** @param {Line} line */
function keyOf(line) {
  return isFile(line) ? line.path : line.id;
}
