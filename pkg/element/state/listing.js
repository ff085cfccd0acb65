/** What the list shows, in which order: datasets with their files, or, while it is narrowed, the files that match. */

import { Yielder } from '../../core/yielding.js';
import { byRoot, Group } from './overview.js';
import { sortInTurns } from './sorting.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { Overview } from './overview.js'
 * @import { Filter, Status } from './status.js'
 */

export const ORDERS = /** @type {const} */ (['path', 'size', 'status']);

/** @typedef {typeof ORDERS[number]} Order */
/** What the person asked for; `search`: a part of the path. @typedef {{ search: string, filter: Filter, order: Order }} View */
/** @typedef {Delivery | Group | DropFile} Line */

/** Up to this many files, datasets are unfolded at first. */
const UNFOLDED_FILES = 500;

/** The heading of one of several drops. */
export class Delivery {
  /**
   * `root`: its folder, with a `/` at the end; '' for what is in none.
   * @param {string} root
   * @param {Group[]} groups
   */
  constructor(root, groups) {
    this.id = `delivery:${root}`;
    this.root = root;
    this.groups = groups;
  }
}

export class Listing {
  /** @type {readonly Line[]} */
  lines = [];
  /** The files that match if the list is narrowed; otherwise null. @type {readonly DropFile[] | null} */
  matches = null;

  /** Whether the files come from several drops. */
  isSeveral = false;

  #overview;
  /** Whether datasets are folded at first. */
  #isLong = false;
  #folded;

  /**
   * `folded`: what the person folded or unfolded, by id.
   * @param {Overview} overview
   * @param {Map<string, boolean>} folded
   */
  constructor(overview, folded) {
    this.#overview = overview;
    this.#folded = folded;
  }

  /** @param {Group} group */
  isFolded(group) {
    if (group.kind === 'apart') return this.#folded.get(group.id) ?? !group.files.some(({ error }) => error !== null);
    return this.#folded.get(group.id) ?? this.#isLong;
  }

  /**
   * @param {Iterable<Group>} groups
   * @param {boolean} on
   */
  fold(groups, on) {
    for (const { id } of groups) this.#folded.set(id, on);
  }

  /**
   * Makes the lines anew. Resolves to false if `isCurrent` says meanwhile that they are no longer wanted.
   * @param {View} view
   * @param {() => boolean} isCurrent
   */
  async arrange({ search, filter, order }, isCurrent) {
    const yielder = new Yielder();
    const { groups, files } = this.#overview;
    const delivered = groups.filter(({ kind }) => kind !== 'apart');
    this.isSeveral = new Set(delivered.map(({ root }) => root)).size > 1;
    this.#isLong = files.length > UNFOLDED_FILES && delivered.length > 1;
    const wanted = search.toLowerCase();
    const isNarrowed = wanted !== '' || filter !== 'all';
    /** @type {readonly Line[]} */
    let lines;
    if (isNarrowed) {
      /** @type {DropFile[]} */
      const found = [];
      for (const file of files) {
        if (yielder.isDue) await yielder.yield();
        if (!isCurrent()) return false;
        if (this.#overview.passes(file, filter) && file.path.toLowerCase().includes(wanted)) found.push(file);
      }
      lines = await this.#sort(found, order, yielder);
    } else {
      /** @type {(Line | readonly DropFile[])[]} */
      const parts = [];
      for (const { heading, groups: ofDelivery } of this.#deliveries(this.#sortGroups(order))) {
        if (heading) parts.push(heading);
        for (const group of ofDelivery) {
          parts.push(group);
          if (!this.isFolded(group)) parts.push(await this.#sort(group.files, order, yielder));
        }
      }
      lines = parts.flat();
    }
    if (!isCurrent()) return false;
    this.lines = lines;
    this.matches = isNarrowed ? /** @type {DropFile[]} */ (lines) : null;
    return true;
  }

  /** @param {Group[]} groups */
  #deliveries(groups) {
    if (!this.isSeveral) return [{ heading: null, groups }];
    /** @type {Map<string, Group[]>} */
    const parts = new Map();
    for (const group of groups) {
      if (group.kind === 'apart') continue;
      const ofRoot = parts.get(group.root);
      if (ofRoot) ofRoot.push(group);
      else parts.set(group.root, [group]);
    }
    const sorted = [...parts].sort(([one], [other]) => byRoot(one, other));
    return [
      ...sorted.map(([root, ofRoot]) => ({ heading: new Delivery(root, ofRoot), groups: ofRoot })),
      { heading: null, groups: groups.filter(({ kind }) => kind === 'apart') },
    ];
  }

  /** @param {Order} order */
  #sortGroups(order) {
    const groups = [...this.#overview.groups];
    if (order === 'path') return groups;
    /** @type {(group: Group) => number} */
    const rank = order === 'size' ? ({ size }) => -size : worst;
    return groups.sort((one, other) => isApart(one) - isApart(other) || rank(one) - rank(other));
  }

  /**
   * The files come sorted by path.
   * @param {readonly DropFile[]} files
   * @param {Order} order
   * @param {Yielder} yielder
   */
  async #sort(files, order, yielder) {
    if (order === 'path') return files;
    const overview = this.#overview;
    /** @type {(file: DropFile) => number} */
    const rank = order === 'size' ? ({ size }) => -size : (file) => rankOf(file, overview);
    return sortInTurns(files, (one, other) => rank(one) - rank(other), yielder);
  }
}

/** @param {Group} group */
function isApart({ kind }) {
  return Number(kind === 'apart');
}

/** What needs a look comes first. @type {Record<Status, number>} */
const RANKS = { failed: 0, damaged: 1, locked: 2, ready: 4, clear: 5, done: 6, apart: 7 };
const WARNED = 3;

/**
 * @param {DropFile} file
 * @param {Overview} overview
 */
function rankOf(file, overview) {
  const rank = RANKS[overview.statusOf(file)];
  return rank > WARNED && overview.passes(file, 'problem') ? WARNED : rank;
}

/** @param {Group} group */
function worst({ count, problems }) {
  const ranks = Object.entries(RANKS).flatMap(([status, rank]) =>
    count[/** @type {Status} */ (status)] > 0 ? [rank] : [],
  );
  return Math.min(...ranks, problems > 0 ? WARNED : RANKS.apart);
}
