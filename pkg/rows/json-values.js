/** JSON that is not one object on each line: one array of objects, or objects over many lines. */

import { MgdcDecryptError } from '../core/errors.js';
import { Rest, ROW_LIMIT, tooLong } from './lines.js';

/** @import { Extent } from './lines.js' */

/**
 * `lines`: JSON Lines, one object on each line. `array`: one array of objects. `objects`: objects that are spread over
 * lines, or share one.
 *
 * @typedef {'lines' | 'array' | 'objects'} JsonShape
 */

const [QUOTE, BACKSLASH, LF, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = bytesOf('"\\\n{}[]');
const WHITESPACE = bytesOf(' \t\r\n');
const BOM = [0xef, 0xbb, 0xbf];

/** What may follow between two objects, and what is expected then. @type {Record<string, Record<string, string>>} */
const BETWEEN = {
  'an object or an array of objects': { '[': 'an object or the end of the array', '{': 'another object' },
  'an object or the end of the array': { '{': 'a comma or the end of the array', ']': 'nothing more' },
  'a comma or the end of the array': { ',': 'an object', ']': 'nothing more' },
  'an object': { '{': 'a comma or the end of the array' },
  'another object': { '{': 'another object' },
  'nothing more': {},
};

/**
 * Splits JSON of the shapes `array` and `objects` into its objects; it is used like LineSplitter. It looks for where
 * an object ends, not for what is wrong inside: that is parseRow's part.
 */
export class ObjectSplitter {
  #limit;
  #rest = new Rest();
  /** How many brackets and braces are open in the present object; 0 between objects. */
  #depth = 0;
  #inString = false;
  #escaped = false;
  #expects = 'an object or an array of objects';

  /** @param {{ limit?: number }} [options] the longest object in bytes */
  constructor({ limit = ROW_LIMIT } = {}) {
    this.#limit = limit;
  }

  /** How many bytes of an unfinished object are held. */
  get held() {
    return this.#rest.length;
  }

  /**
   * Gives the objects that end in this piece. Take all of them: what is not taken is lost.
   * @param {Uint8Array} piece
   * @returns {Generator<Extent, void>}
   * @throws ERR_ROW_LIMIT, ERR_ROW_INVALID
   */
  *push(piece) {
    let at = 0;
    while (at < piece.length) {
      if (this.#depth === 0) at = this.#objectStart(piece, at);
      const end = this.#objectEnd(piece, at);
      if (this.#rest.length + end - at > this.#limit) throw tooLong(this.#rest.start, this.#limit);
      const part = piece.subarray(at, end);
      if (this.#depth === 0 && part.length > 0) yield this.#rest.take(part, 0);
      else this.#rest.add(part);
      at = end;
    }
  }

  /**
   * Checks that the input may end here. It gives nothing, because an object ends with its brace.
   * @returns {Generator<Extent, void>}
   * @throws ERR_ROW_INVALID
   */
  // biome-ignore lint/correctness/useYield: it is used like LineSplitter's
  *end() {
    const { start } = this.#rest;
    if (this.#depth > 0) throw invalidRow(start, 'the object has no end', 'the brace that closes it');
    if (Object.values(BETWEEN[this.#expects]).includes('nothing more')) {
      throw invalidRow(start, 'the array has no end', 'the bracket that closes it');
    }
  }

  /**
   * Skips what is between objects. Returns where the next one begins, or the end of the piece.
   * @param {Uint8Array} piece
   * @param {number} from
   */
  #objectStart(piece, from) {
    const { start } = this.#rest;
    let at = from;
    for (; at < piece.length; at += 1) {
      const byte = piece[at];
      if (WHITESPACE.includes(byte) || byte === BOM[start + at - from]) continue;
      const next = BETWEEN[this.#expects][String.fromCharCode(byte)];
      if (!next) throw invalidRow(start + at - from, 'this is not JSON with one object for each row', this.#expects);
      this.#expects = next;
      if (byte === OPEN_BRACE) break;
    }
    this.#rest.skip(at - from);
    return at;
  }

  /**
   * Returns where the present object ends, or the end of the piece.
   * @param {Uint8Array} piece
   * @param {number} from
   */
  #objectEnd(piece, from) {
    let depth = this.#depth;
    let inString = this.#inString;
    let escaped = this.#escaped;
    let at = from;
    for (; at < piece.length; at += 1) {
      const byte = piece[at];
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth -= 1;
        if (depth === 0) {
          at += 1;
          break;
        }
      }
    }
    this.#depth = depth;
    this.#inString = inString;
    this.#escaped = escaped;
    return at;
  }
}

/**
 * Tells the shape from the beginning of the content, which may end anywhere. Null: not JSON with objects as rows.
 * @param {Uint8Array} head some KiB, or more where rows are long
 * @returns {JsonShape | null}
 */
export function jsonShape(head) {
  const bytes = BOM.every((byte, at) => head[at] === byte) ? head.subarray(BOM.length) : head;
  const start = skipWhitespace(bytes, 0);
  const second = bytes[skipWhitespace(bytes, start + 1)];
  if (bytes[start] === OPEN_BRACKET) {
    return second === OPEN_BRACE || second === CLOSE_BRACKET || second === undefined ? 'array' : null;
  }
  if (bytes[start] !== OPEN_BRACE || !(second === QUOTE || second === CLOSE_BRACE || second === undefined)) return null;
  const [first] = new ObjectSplitter({ limit: Number.POSITIVE_INFINITY }).push(bytes.subarray(start));
  const lineEnd = bytes.indexOf(LF, start);
  if (lineEnd < 0) return first && skipSpaces(bytes, start + first.end) < bytes.length ? 'objects' : 'lines';
  if (first && start + first.end <= lineEnd) {
    return skipSpaces(bytes, start + first.end) >= lineEnd ? 'lines' : 'objects';
  }
  return isBrokenLine(bytes, lineEnd) ? 'lines' : 'objects';
}

/**
 * Whether JSON Lines begins with a line that is damaged: after it a line begins with a brace, where inside of an object
 * only a colon, a comma or a bracket could precede it.
 * @param {Uint8Array} bytes
 * @param {number} lineEnd
 */
function isBrokenLine(bytes, lineEnd) {
  const before = bytes.subarray(0, lineEnd).findLast((byte) => !WHITESPACE.includes(byte)) ?? 0;
  return bytes[lineEnd + 1] === OPEN_BRACE && !bytesOf(':,[').includes(before);
}

/**
 * @param {Uint8Array} bytes
 * @param {number} from
 */
function skipWhitespace(bytes, from) {
  let at = from;
  while (WHITESPACE.includes(bytes[at])) at += 1;
  return at;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} from
 */
function skipSpaces(bytes, from) {
  let at = from;
  while (bytes[at] !== LF && WHITESPACE.includes(bytes[at])) at += 1;
  return at;
}

/**
 * @param {number} start
 * @param {string} found
 * @param {string} expected
 * @param {'byte' | 'character'} [unit]
 */
export function invalidRow(start, found, expected, unit = 'byte') {
  const message = `at ${unit} ${start} of the content, ${found}: expected ${expected}; look at the decrypted file there`;
  return new MgdcDecryptError('ERR_ROW_INVALID', message);
}

/** @param {string} text */
function bytesOf(text) {
  return [...text].map((character) => character.charCodeAt(0));
}
