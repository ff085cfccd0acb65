/** The files that were added so far, and the paths with which the drop is opened. */

import { Yielder } from '../../core/yielding.js';
import { isDatasetName } from '../../drop/datasets.js';
import { sortInTurns } from './sorting.js';

/**
 * @import { DropItem } from '../../index.js'
 * @import { AnyBlob } from '../../drop/left-out.js'
 */

/**
 * An added file, with its path as picked; `pasted`: its text. @typedef {{ path: string, blob: AnyBlob,
 * copyKey?: boolean, pasted?: string }} AddedItem
 */

/** What does not lie in the folder of a dataset. An archive may be a drop. */
const NO_DATA = /encryptionKeyDetails[^/]*$|\.zip$/i;

/** Files in the order in which they were added. */
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
   * Marks the file of an item to be delivered even though it is a private key.
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
   * The single picked folder; `null` if there is none, or more than one. Loose files beside it do not count.
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
   * Whether the picked folder is a drop, and not a part of one, which the paths keep: a folder named metadata shows that
   * its files are metadata, and one that is named like a dataset and has only data in it names the dataset.
   * @param {string} folder
   */
  #isDrop(folder) {
    if (folder.toLowerCase() === 'metadata') return false;
    if (!isDatasetName(folder)) return true;
    return [...this.#items].some(({ path }) => {
      if (!path.startsWith(`${folder}/`)) return false;
      const [, below] = path.split('/').slice(0, -1);
      return NO_DATA.test(path) || (below && (isDatasetName(below) || below.toLowerCase() === 'metadata'));
    });
  }

  /**
   * The items for `openDrop`: with distinct paths inside the drop, and sorted, because browsers list folders in no
   * particular order.
   * @returns {Promise<DropItem[]>}
   */
  async list() {
    const { folder } = this;
    const strip = folder !== null && this.#isDrop(folder) ? folder.length + 1 : 0;
    const taken = new Set();
    /** @type {DropItem[]} */
    const list = [];
    const yielder = new Yielder();
    const numbers = new Map();
    for (const { path, blob, copyKey } of [...this.#items]) {
      if (yielder.isDue) await yielder.yield();
      const wanted = strip > 0 && path.includes('/') ? path.slice(strip) : path;
      let free = wanted;
      // Loose files of two datasets are often all named part-00000.json. They keep that name, in numbered folders.
      for (let number = numbers.get(wanted) ?? 2; taken.has(free); number += 1) {
        free = `(${number})/${wanted}`;
        numbers.set(wanted, number + 1);
      }
      taken.add(free);
      // This may also be a NoBlob, which stands for something unreadable: `openDrop` makes it a file that fails.
      list.push({ path: free, blob: /** @type {Blob} */ (blob), copyKey });
    }
    return sortInTurns(list, (one, other) => (one.path < other.path ? -1 : 1), yielder);
  }
}
