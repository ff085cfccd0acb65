/** Splits pieces of bytes into lines, and holds no more than one line. */

import { joined } from '../core/bytes.js';
import { MgdcDecryptError } from '../core/errors.js';

/**
 * What a splitter gives. `bytes` has no line end, and is a view that is valid until the splitter is called again.
 * `start` and `end` are its place in the input, in bytes.
 *
 * @typedef {object} Extent
 * @property {Uint8Array} bytes
 * @property {number} start
 * @property {number} end
 */

/** The longest row in bytes, unless the caller sets another limit: a row is held in memory as a whole. */
export const ROW_LIMIT = 64 * 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;
const BOM = [0xef, 0xbb, 0xbf];

/**
 * Lines end with LF or CRLF; the last one may have no line end. A UTF-8 byte order mark at the beginning is skipped.
 * Empty lines are given, too.
 */
export class LineSplitter {
  #limit;
  #rest = new Rest();

  /** @param {{ limit?: number }} [options] the longest line in bytes */
  constructor({ limit = ROW_LIMIT } = {}) {
    this.#limit = limit;
  }

  /** How many bytes of an unfinished line are held. */
  get held() {
    return this.#rest.length;
  }

  /**
   * Gives the lines that end in this piece. Take all of them: what is not taken is lost.
   * @param {Uint8Array} piece
   * @returns {Generator<Extent, void>}
   * @throws ERR_ROW_LIMIT
   */
  *push(piece) {
    let from = 0;
    for (let end = piece.indexOf(LF); end >= 0; end = piece.indexOf(LF, from)) {
      this.#assertFits(end - from);
      yield this.#line(piece.subarray(from, end), 1);
      from = end + 1;
    }
    this.#assertFits(piece.length - from);
    this.#rest.add(piece.subarray(from));
  }

  /**
   * Gives what follows the last line end, if anything does.
   * @returns {Generator<Extent, void>}
   */
  *end() {
    const line = this.#line(new Uint8Array(), 0);
    if (line.bytes.length > 0) yield line;
  }

  /**
   * @param {Uint8Array} last the line's last part
   * @param {number} lineEnd
   * @returns {Extent}
   */
  #line(last, lineEnd) {
    const extent = this.#rest.take(last, lineEnd);
    return extent.bytes.at(-1) === CR
      ? { ...extent, bytes: extent.bytes.subarray(0, -1), end: extent.end - 1 }
      : extent;
  }

  /** @param {number} more */
  #assertFits(more) {
    if (this.#rest.length + more > this.#limit) throw tooLong(this.#rest.start, this.#limit);
  }
}

/** The beginning of a row that is not complete, and where it is in the input. */
export class Rest {
  /** Where in the input it begins. */
  start = 0;
  length = 0;
  /** @type {Uint8Array[]} */
  #parts = [];

  /**
   * Keeps a copy, because pieces lie in buffers that are used again.
   * @param {Uint8Array} part
   */
  add(part) {
    if (part.length === 0) return;
    this.#parts.push(part.slice());
    this.length += part.length;
  }

  /**
   * What is held, with its last part behind it; then nothing is held. `skipped`: bytes of the input after it that
   * belong to no row.
   * @param {Uint8Array} last
   * @param {number} skipped
   * @returns {Extent}
   */
  take(last, skipped) {
    const whole = this.#parts.length > 0 ? joined([...this.#parts, last]) : last;
    const marked = this.start === 0 && BOM.every((byte, at) => whole[at] === byte);
    const bytes = marked ? whole.subarray(BOM.length) : whole;
    const end = this.start + whole.length;
    const start = end - bytes.length;
    this.skip(whole.length + skipped);
    return { bytes, start, end };
  }

  /**
   * Drops what is held, and goes on so many bytes in the input.
   * @param {number} count
   */
  skip(count) {
    for (const part of this.#parts) part.fill(0);
    this.#parts = [];
    this.length = 0;
    this.start += count;
  }
}

/**
 * @param {number} start
 * @param {number} limit
 * @param {'byte' | 'character'} [unit]
 */
export function tooLong(start, limit, unit = 'byte') {
  return new MgdcDecryptError(
    'ERR_ROW_LIMIT',
    `the row at ${unit} ${start} of the content has more than ${limit} ${unit}s: rows of up to ${limit} ${unit}s are ` +
      'read; decrypt the file and read it with another program',
  );
}
