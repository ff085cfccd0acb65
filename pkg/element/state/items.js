/** The files that were added so far, with the paths under which the drop is opened. */

import { Yielder } from '../../core/yielding.js';

/** Paths that are sorted in one go: some milliseconds. */
const SORTED_AT_ONCE = 4096;

/** Files in the order in which they came. */
export class Items {
  #items = new Set();

  get size() {
    return this.#items.size;
  }

  /** `{ path, blob }` with the path as it was picked. */
  add(item) {
    this.#items.add(item);
  }

  /** Lets the file of an item be delivered though it is a private key. */
  copyKey({ path, blob }) {
    let item = [...this.#items].find((other) => other.blob === blob);
    if (!item) this.#items.add((item = { path, blob }));
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
   */
  async list() {
    const { folder } = this;
    // A folder named metadata is a part of a drop, never the drop: its name says that its files are clear.
    const strip = folder !== null && folder.toLowerCase() !== 'metadata' ? folder.length + 1 : 0;
    const taken = new Set();
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
      list.push({ path: free, blob, copyKey });
    }
    return sort(list, yielder);
  }
}

// Merge sort, for a sort() of a hundred thousand paths holds the page up.
async function sort(list, yielder) {
  let runs = [];
  for (let start = 0; start < list.length; start += SORTED_AT_ONCE) {
    if (yielder.isDue) await yielder.yield();
    runs.push(list.slice(start, start + SORTED_AT_ONCE).sort((one, other) => (one.path < other.path ? -1 : 1)));
  }
  while (runs.length > 1) {
    const merged = [];
    for (let pair = 0; pair < runs.length; pair += 2)
      merged.push(await merge(runs[pair], runs[pair + 1] ?? [], yielder));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge(left, right, yielder) {
  const merged = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    if (merged.length % SORTED_AT_ONCE === 0 && yielder.isDue) await yielder.yield();
    merged.push(left[l].path < right[r].path ? left[l++] : right[r++]);
  }
  return merged.concat(left.slice(l), right.slice(r));
}
