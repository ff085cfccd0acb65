/** Rows out of JSON text that comes in pieces: JSON Lines, objects over several lines, or one array of objects. */

import { MgdcDecryptError } from '../core/errors.js';
import { Broken } from './row-scanner.js';

/** @import { RowScanner } from './row-scanner.js' */

/** The most characters of a row. The longest row seen in a drop had 3 MiB. */
const ROW_LIMIT = 64 * 1024 * 1024;

/**
 * `endRow` is called after each row, `beginRow` before it; a row that is not complete yet is begun again. `isFull`: what
 * was made of the rows is to be taken away before there are more.
 *
 * @typedef {{ beginRow(): void, endRow(): void, readonly isFull: boolean }} RowTaker
 */

export class JsonRows {
  /** The line, from 1, of the beginning of the text that is held. */
  line = 1;
  /** Whether rows are left because the taker was full: then push nothing once more. */
  isPaused = false;
  #scanner;
  #rest = '';
  /** Not before the text is this long the unfinished row is looked at again, or a long row would be read many times. */
  #need = 0;
  #isArray = false;
  /** What comes next. @type {'first' | 'row' | 'comma' | 'after comma' | 'nothing'} */
  #expects = 'first';
  /** @type {RowTaker} */
  #taker;

  /**
   * @param {RowScanner} scanner
   * @param {RowTaker} taker
   */
  constructor(scanner, taker) {
    this.#scanner = scanner;
    this.#taker = taker;
  }

  /** How many characters are held. */
  get held() {
    return this.#rest.length;
  }

  /**
   * Reads all rows that end in this piece.
   * @param {string} piece
   * @param {boolean} [isLast]
   * @throws ERR_ROW_INVALID, ERR_ROW_LIMIT
   */
  push(piece, isLast = false) {
    const text = this.#rest === '' ? piece : this.#rest + piece;
    if (text.length < this.#need && !isLast) {
      this.#rest = text;
      return;
    }
    this.#scanner.use(text);
    this.isPaused = false;
    let at = 0;
    try {
      for (at = this.#scanner.skipSpace(at); at < text.length && !this.isPaused; at = this.#scanner.skipSpace(at)) {
        at = this.#step(text, at);
        this.isPaused = this.#taker.isFull;
      }
      if (isLast && !this.isPaused && this.#isArray && this.#expects !== 'nothing')
        throw new Broken(at, 'the array has no end');
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      if (isLast || error.at < text.length) throw this.#invalid(text, at, error);
      if (text.length - at > ROW_LIMIT) throw this.#tooLong(text, at);
    }
    this.line += lineFeeds(text, at);
    this.#rest = text.slice(at);
    this.#need = this.isPaused ? 0 : 2 * this.#rest.length;
  }

  /**
   * Reads a row, or what is between rows; returns where it ends.
   * @param {string} text
   * @param {number} at
   */
  #step(text, at) {
    const character = text[at];
    if (this.#expects === 'nothing') throw new Broken(at, 'something follows the end of the array');
    if (this.#expects === 'first' && character === '[') {
      this.#isArray = true;
      this.#expects = 'row';
      return at + 1;
    }
    if (this.#isArray && character === ']' && this.#expects !== 'after comma') {
      this.#expects = 'nothing';
      return at + 1;
    }
    if (this.#expects === 'comma') {
      if (character !== ',') throw new Broken(at, 'a comma or the end of the array is missing');
      this.#expects = 'after comma';
      return at + 1;
    }
    this.#taker.beginRow();
    const end = this.#scanner.row(at);
    this.#taker.endRow();
    this.#expects = this.#isArray ? 'comma' : 'row';
    return end;
  }

  /**
   * @param {string} text
   * @param {number} at where the row begins
   * @param {Broken} error
   */
  #invalid(text, at, error) {
    const line = this.line + lineFeeds(text, Math.min(Math.max(error.at, at), text.length));
    return invalidRow(line, error.message);
  }

  /**
   * @param {string} text
   * @param {number} at
   */
  #tooLong(text, at) {
    const line = this.line + lineFeeds(text, at);
    const limit = `rows of up to ${ROW_LIMIT / 2 ** 20} Mi characters can be converted`;
    return new MgdcDecryptError('ERR_ROW_LIMIT', `line ${line}: the row is longer: ${limit}; ${WITHOUT}`);
  }
}

export const WITHOUT = 'decrypt the file without conversion, and read it with another program';

/**
 * @param {number} line
 * @param {string} problem
 */
export function invalidRow(line, problem) {
  return new MgdcDecryptError(
    'ERR_ROW_INVALID',
    `line ${line} cannot be converted: ${problem}; expected one JSON object for each row; ${WITHOUT}`,
  );
}

/**
 * @param {string} text
 * @param {number} end
 */
function lineFeeds(text, end) {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
