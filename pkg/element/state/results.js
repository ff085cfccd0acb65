/** The result of each file, and the progress of those being processed. */

import { wantsKey } from './file-state.js';

/** @import { DropFile, FileProgress, FileResult } from '../../index.js' */

/** If the plaintext is this many times as big as its file, the person gets a warning. */
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
   * Forgets the failures of files that only lacked a key and have it now.
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
