/** The files that were added, and the drop made of them, which is opened again whenever files are added. */

import { openDrop } from '../../api.js';
import { DropFile } from '../../drop/drop-file.js';
import { Items } from './items.js';
import { count, NO_TOTALS, weigh } from './totals.js';

/**
 * @import { DataDrop, DropFile as File } from '../../index.js'
 * @import { AddedItem } from './items.js'
 * @import { Totals } from '../words/shapes.js'
 */

/** If reading the sizes takes longer than this, the list is shown without them. */
const LIST_AFTER_MS = 50;

export class OpenedDrop {
  /** @type {DataDrop | null} */
  drop = null;
  /** `drop.files` as of the last call of `look`. @type {readonly File[]} */
  files = [];
  /** @type {Totals} */
  totals = NO_TOTALS;
  /** Whether the drop must be opened again. */
  isStale = false;
  #items = new Items();
  /** Sizes of the files, once they are known. @type {number | null} */
  #bytes = null;
  /** Blobs of private keys in the drop that were already returned by `foundKeys`. */
  #found = new WeakSet();

  /** How many files were added. */
  get size() {
    return this.#items.size;
  }

  /** The picked folder's name. */
  get folder() {
    return this.#items.folder;
  }

  /** Whether any key details entry is unlocked. If so, files that were not examined yet count as ready. */
  get isUnlocked() {
    return this.drop?.keyDetails.some(({ kind, unlocked }) => kind === 'file' && unlocked) ?? false;
  }

  /** @param {AddedItem} item */
  add(item) {
    this.#items.add(item);
    this.isStale = true;
  }

  /**
   * Marks the file of an item to be delivered even though it is a private key.
   * @param {AddedItem} item
   */
  copyKey(item) {
    this.#items.copyKey(item);
    this.isStale = true;
  }

  /**
   * Opens a drop of the files that were added; null if there are none.
   * @param {AbortSignal} signal
   */
  async open(signal) {
    return this.#items.size > 0 ? openDrop(await this.#items.list(), { signal }) : null;
  }

  /** @param {DataDrop | null} drop */
  replace(drop) {
    this.drop?.dispose();
    this.drop = drop;
    this.isStale = false;
    this.#bytes = null;
    this.look();
  }

  /**
   * Private keys in the drop that were not returned before. The drop does not deliver them.
   * @returns {AddedItem[]}
   */
  foundKeys() {
    return this.files.flatMap((file) => {
      const blob = file.role === 'private-key' ? DropFile.blobOf(file) : null;
      if (!blob || this.#found.has(blob)) return [];
      this.#found.add(blob);
      return [{ path: file.path, blob }];
    });
  }

  /**
   * Reads the sizes of the files. If that takes long, `onlate` is called, so that the list is shown meanwhile.
   * @param {AbortSignal} signal
   * @param {() => void} onlate
   */
  async weigh(signal, onlate) {
    const late = setTimeout(onlate, LIST_AFTER_MS);
    this.#bytes ??= await weigh(this.files, signal);
    clearTimeout(late);
  }

  /** Updates `files` and `totals` from the drop. */
  look() {
    this.files = this.drop?.files ?? [];
    this.totals = count(this.files, this.#bytes, this.isUnlocked);
  }

  clear() {
    this.#items.clear();
    this.#found = new WeakSet();
    this.replace(null);
  }
}
