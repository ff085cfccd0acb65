/** What became of each file, and what goes on with those that are under way. */

import { wantsKey } from './file-state.js';

/** Plaintext that is so many times the bytes of its file is worth a word. */
const HIGH_EXPANSION = 200;

export class Results {
  /** Path → FileResult. */
  finished = new Map();
  /** Path → FileProgress. */
  underway = new Map();
  /** Paths of files that grew a great deal. */
  expanded = new Set();

  /** Takes a FileProgress. */
  advance(file) {
    if (file.bytesRead > 0 && file.bytesWritten > file.bytesRead * HIGH_EXPANSION) this.expanded.add(file.path);
    if (file.result) this.settle(file.result);
    else this.underway.set(file.path, file);
  }

  settle(result) {
    this.underway.delete(result.path);
    this.finished.set(result.path, result);
  }

  /** What failed for want of a key is ready once the key is there. */
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
