/** What became of each file, and what goes on with those that are under way. */

import { wantsKey } from './file-state.js';

/** @import { DropFile, FileProgress, FileResult } from '../../index.js' */

/** Plaintext that is so many times the bytes of its file is worth a word. */
const HIGH_EXPANSION = 200;

export class Results {
  /** By path. @type {Map<string, FileResult>} */
  finished = new Map();
  /** By path. @type {Map<string, FileProgress>} */
  underway = new Map();
  /** Paths of files that grew a great deal. @type {Set<string>} */
  expanded = new Set();

  /** @param {FileProgress} file */
  advance(file) {
    if (file.bytesRead > 0 && file.bytesWritten > file.bytesRead * HIGH_EXPANSION) this.expanded.add(file.path);
    if (file.result) this.settle(file.result);
    else this.underway.set(file.path, file);
  }

  /** @param {FileResult} result */
  settle(result) {
    this.underway.delete(result.path);
    this.finished.set(result.path, result);
  }

  /**
   * What failed for want of a key is ready once the key is there.
   * @param {readonly DropFile[]} files
   */
  forgetUnlocked(files) {
    for (const { path, keyDetails } of files) {
      const result = this.finished.get(path);
      if (keyDetails !== null && result && wantsKey(result)) this.finished.delete(path);
    }
  }

  clear() {
    this.finished.clear();
    this.underway.clear();
    this.expanded.clear();
  }
}
