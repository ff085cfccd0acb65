/** The files that were added, and the drop that they make: opened anew whenever files come. */

import { DropFile } from '../../drop/drop-files.js';
import { openDrop } from '../../index.js';
import { Items } from './items.js';
import { count, NO_TOTALS, weigh } from './totals.js';

/**
 * @import { DataDrop, DropFile as File } from '../../index.js'
 * @import { AddedItem } from './items.js'
 * @import { Totals } from '../words/text.js'
 */

/** What takes longer than this shows what is known so far. */
const LIST_AFTER_MS = 50;

export class OpenedDrop {
  /** @type {DataDrop | null} */
  drop = null;
  /** `drop.files` as of the last look. @type {readonly File[]} */
  files = [];
  /** @type {Totals} */
  totals = NO_TOTALS;
  /** Whether it must be opened anew. */
  isStale = false;
  #items = new Items();
  /** Sizes of the files, once they are known. @type {number | null} */
  #bytes = null;
  /** Blobs of the private keys that lay in the drop: each is found once. */
  #found = new WeakSet();

  /** How many files were added. */
  get size() {
    return this.#items.size;
  }

  /** The picked folder's name. */
  get folder() {
    return this.#items.folder;
  }

  /** Whether some key details entry is open: files that were not looked at yet then count as ready. */
  get isUnlocked() {
    return this.drop?.keyDetails.some(({ kind, unlocked }) => kind === 'file' && unlocked) ?? false;
  }

  /** @param {AddedItem} item */
  add(item) {
    this.#items.add(item);
    this.isStale = true;
  }

  /**
   * Lets the file of an item be delivered though it is a private key.
   * @param {AddedItem} item
   */
  copyKey(item) {
    this.#items.copyKey(item);
    this.isStale = true;
  }

  /**
   * Opens a drop of what was added; null where nothing was.
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
   * Private keys that lay in the drop and were not found before. The drop delivers none of them.
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
   * Asks for the sizes. The list does not wait for those of very many files: `onlate` shows it.
   * @param {AbortSignal} signal
   * @param {() => void} onlate
   */
  async weigh(signal, onlate) {
    const late = setTimeout(onlate, LIST_AFTER_MS);
    this.#bytes ??= await weigh(this.files, signal);
    clearTimeout(late);
  }

  /** Takes note of what became known of the files. */
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
