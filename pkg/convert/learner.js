/** Learns from rows which columns there are, and for Parquet of which types. */

import { NESTED, NULL, STRING } from './row-scanner.js';
import { withValue } from './types.js';

/**
 * @import { RowScanner } from './row-scanner.js'
 * @import { Entry } from './row-tree.js'
 */

export class Learner {
  rows = 0;
  isFull = false;
  #scanner;
  #most;
  #types;

  /**
   * Learns from the first `most` rows; after them the scanner's names are closed. `types`: see types.js.
   * @param {RowScanner} scanner
   * @param {{ most: number, types: boolean }} options
   */
  constructor(scanner, { most, types }) {
    this.#scanner = scanner;
    this.#most = most;
    this.#types = types;
  }

  beginRow() {
    if (this.rows >= this.#most) this.#scanner.isClosed = true;
  }

  /**
   * @param {Entry} entry
   * @param {number} kind
   * @param {string} text
   * @param {number} from
   * @param {number} to
   * @param {boolean} escaped
   */
  value(entry, kind, text, from, to, escaped) {
    if (kind === NULL || this.#scanner.isClosed) return;
    entry.isValue = true;
    if (!this.#types) return;
    // A date needs no escapes; that a value is JSON, no look at it.
    const seen = kind === NESTED || (kind === STRING && (escaped || to - from > 40)) ? '' : text.slice(from, to);
    entry.mask = withValue(entry.mask, kind, seen);
  }

  late() {}

  endRow() {
    this.rows += 1;
  }
}
