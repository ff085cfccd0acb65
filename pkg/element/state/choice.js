/** Which files of the drop the next run is to save. At first all of them are chosen. */

import { isDelivered } from '../../drop/left-out.js';

/** @import { DropFile } from '../../index.js' */

export class Choice {
  /** Paths that the person left out. @type {Set<string>} */
  #without = new Set();

  /** Whether everything is chosen. */
  get isAll() {
    return this.#without.size === 0;
  }

  /** @param {Pick<DropFile, 'path'>} file */
  has({ path }) {
    return !this.#without.has(path);
  }

  /**
   * Chooses files, or leaves them out.
   * @param {Iterable<Pick<DropFile, 'path' | 'role'>>} files
   * @param {boolean} on
   */
  set(files, on) {
    for (const file of files) {
      if (on) this.#without.delete(file.path);
      else if (isDelivered(file)) this.#without.add(file.path);
    }
  }

  /**
   * Chooses these files, and no others.
   * @param {Iterable<Pick<DropFile, 'path' | 'role'>>} wanted
   * @param {Iterable<Pick<DropFile, 'path' | 'role'>>} all
   */
  only(wanted, all) {
    this.set(all, false);
    this.set(wanted, true);
  }

  clear() {
    this.#without.clear();
  }

  /**
   * The chosen ones among the files that are delivered.
   * @template {DropFile} File
   * @param {readonly File[]} files
   */
  of(files) {
    return files.filter((file) => isDelivered(file) && this.has(file));
  }
}
