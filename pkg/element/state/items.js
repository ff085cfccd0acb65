/** The files that were added so far, with the paths under which the drop is opened. */

import { Yielder } from '../../core/yielding.js';

/**
 * @import { DropItem } from '../../index.js'
 * @import { AnyBlob } from '../../drop/left-out.js'
 */

/**
 * What was added, with its path as it was picked; `pasted`: its text. @typedef {{ path: string, blob: AnyBlob,
 * copyKey?: boolean, pasted?: string }} AddedItem
 */

/** Paths that are sorted in one go: some milliseconds. */
const SORTED_AT_ONCE = 4096;

/** Files in the order in which they came. */
export class Items {
  /** @type {Set<AddedItem>} */
  #items = new Set();

  get size() {
    return this.#items.size;
  }

  /**
   * `{ path, blob }` with the path as it was picked.
   * @param {AddedItem} item
   */
  add(item) {
    this.#items.add(item);
  }

  /**
   * Lets the file of an item be delivered though it is a private key.
   * @param {AddedItem} item
   */
  copyKey({ path, blob }) {
    let item = [...this.#items].find((other) => other.blob === blob);
    if (!item) {
      item = { path, blob };
      this.#items.add(item);
    }
    item.copyKey = true;
  }

  clear() {
    this.#items.clear();
  }

  /**
   * The one picked folder that everything lies in; `null` when there is none, or several. Loose files beside it do not
   * count.
   */
  get folder() {
    /** @type {string | null} */
    let folder = null;
    for (const { path } of this.#items) {
      const end = path.indexOf('/');
      if (end < 0) continue;
      const top = path.slice(0, end);
      if (folder !== null && top !== folder) return null;
      folder = top;
    }
    return folder;
  }

  /**
   * What `openDrop` takes: paths inside the drop, each of them once, sorted: browsers give a folder in no order at all.
   * @returns {Promise<DropItem[]>}
   */
  async list() {
    const { folder } = this;
    // A folder named metadata is a part of a drop, never the drop: its name says that its files are clear.
    const strip = folder !== null && folder.toLowerCase() !== 'metadata' ? folder.length + 1 : 0;
    const taken = new Set();
    /** @type {DropItem[]} */
    const list = [];
    const yielder = new Yielder();
    const numbers = new Map();
    for (const { path, blob, copyKey } of [...this.#items]) {
      if (yielder.isDue) await yielder.yield();
      const wanted = strip > 0 && path.includes('/') ? path.slice(strip) : path;
      let free = wanted;
      // Loose files of two datasets are often all named part-00000.json: the name stays, a folder tells them apart.
      for (let number = numbers.get(wanted) ?? 2; taken.has(free); number += 1) {
        free = `(${number})/${wanted}`;
        numbers.set(wanted, number + 1);
      }
      taken.add(free);
      // What cannot be read stands for a Blob, too: `openDrop` makes it a file that fails.
      list.push({ path: free, blob: /** @type {Blob} */ (blob), copyKey });
    }
    return sort(list, yielder);
  }
}

/**
 * Merge sort, for a sort() of a hundred thousand paths holds the page up.
 * @param {DropItem[]} list
 * @param {Yielder} yielder
 */
async function sort(list, yielder) {
  let runs = [];
  for (let start = 0; start < list.length; start += SORTED_AT_ONCE) {
    if (yielder.isDue) await yielder.yield();
    runs.push(list.slice(start, start + SORTED_AT_ONCE).sort((one, other) => (one.path < other.path ? -1 : 1)));
  }
  while (runs.length > 1) {
    /** @type {DropItem[][]} */
    const merged = [];
    for (let pair = 0; pair < runs.length; pair += 2)
      merged.push(await merge(runs[pair], runs[pair + 1] ?? [], yielder));
    runs = merged;
  }
  return runs[0] ?? [];
}

/**
 * @param {DropItem[]} left
 * @param {DropItem[]} right
 * @param {Yielder} yielder
 */
async function merge(left, right, yielder) {
  /** @type {DropItem[]} */
  const merged = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    if (merged.length % SORTED_AT_ONCE === 0 && yielder.isDue) await yielder.yield();
    merged.push(left[l].path < right[r].path ? left[l++] : right[r++]);
  }
  return merged.concat(left.slice(l), right.slice(r));
}
