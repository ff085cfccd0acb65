/**
 * CSV by RFC 4180: rows of text, with separators and line breaks in quotes.
 *
 * Own code, because no library fits under the page's seal and content policy: papaparse (7 KB gzip) contains
 * XMLHttpRequest for its downloads, d3-dsv and uDSV make functions out of text, and csv-parse (215 KB) brings Node's
 * Buffer.
 */

import { defineKey } from './columns.js';
import { invalidRow } from './json-values.js';
import { ROW_LIMIT, tooLong } from './lines.js';

/** @typedef {',' | ';' | '\t'} Separator */

/** @type {readonly Separator[]} */
const SEPARATORS = [',', ';', '\t'];

/**
 * Splits text into rows of cells. Lines end with LF or CRLF; empty lines are left out. A quote inside of a cell that
 * does not begin with one is a character like any other, and so is what follows a closing quote, as in spreadsheets.
 */
export class CsvSplitter {
  #separator;
  #limit;
  /** @type {string[]} */
  #cells = [];
  #cell = '';
  /** Where in a cell the splitter is. `closed`: behind a quote that closes the cell, if no other quote follows. */
  #state = /** @type {'start' | 'plain' | 'quoted' | 'closed'} */ ('start');
  /** Whether the cell's last character is a CR outside of quotes: then it is half of a line end. */
  #endsInCr = false;
  /** Where in the input the row begins, and how much was seen, in characters. */
  #start = 0;
  #seen = 0;

  /**
   * @param {Separator} separator see `csvSeparator`
   * @param {{ limit?: number }} [options] the longest row in characters
   */
  constructor(separator, { limit = ROW_LIMIT } = {}) {
    this.#separator = separator;
    this.#limit = limit;
  }

  /** How many characters of an unfinished row were seen. */
  get held() {
    return this.#seen - this.#start;
  }

  /**
   * Gives the rows that end in this piece. Take all of them: what is not taken is lost.
   * @param {string} piece
   * @returns {Generator<string[], void>}
   * @throws ERR_ROW_LIMIT
   */
  *push(piece) {
    const before = this.#seen;
    let at = 0;
    while (at < piece.length) {
      if (this.#state === 'quoted') {
        at = this.#quoted(piece, at);
        continue;
      }
      if (piece[at] === '"' && this.#state !== 'plain') {
        // The second of two quotes is one character of the cell.
        if (this.#state === 'closed') this.#cell += '"';
        this.#state = 'quoted';
        at += 1;
        continue;
      }
      const end = this.#plainEnd(piece, at);
      if (end > at) {
        this.#cell += piece.slice(at, end);
        this.#endsInCr = piece[end - 1] === '\r';
        this.#state = 'plain';
      }
      at = end + 1;
      if (piece[end] === this.#separator) this.#endCell();
      else if (piece[end] === '\n') {
        const row = this.#endRow();
        this.#start = before + at;
        if (row) yield row;
      }
    }
    this.#seen = before + piece.length;
    if (this.held > this.#limit) throw tooLong(this.#start, this.#limit, 'character');
  }

  /**
   * Gives the row behind the last line end, if there is one.
   * @returns {Generator<string[], void>}
   * @throws ERR_ROW_INVALID when a quote is not closed
   */
  *end() {
    if (this.#state === 'quoted') throw invalidRow(this.#start, 'a quote is not closed', 'another quote', 'character');
    const row = this.#endRow();
    if (row) yield row;
  }

  /**
   * @param {string} piece
   * @param {number} from
   */
  #quoted(piece, from) {
    const quote = piece.indexOf('"', from);
    const end = quote < 0 ? piece.length : quote;
    this.#cell += piece.slice(from, end);
    this.#endsInCr = false;
    if (quote >= 0) this.#state = 'closed';
    return end + 1;
  }

  /**
   * @param {string} piece
   * @param {number} from
   */
  #plainEnd(piece, from) {
    let at = from;
    while (at < piece.length && piece[at] !== this.#separator && piece[at] !== '\n') at += 1;
    return at;
  }

  #endCell() {
    this.#cells.push(this.#cell);
    this.#cell = '';
    this.#state = 'start';
    this.#endsInCr = false;
  }

  /** @returns {string[] | null} null for an empty line */
  #endRow() {
    if (this.#endsInCr) this.#cell = this.#cell.slice(0, -1);
    const isEmpty = this.#cells.length === 0 && this.#cell === '' && this.#state !== 'closed';
    this.#endCell();
    const row = this.#cells;
    this.#cells = [];
    return isEmpty ? null : row;
  }
}

/**
 * The separator with which each row of the text's beginning has the same number of cells, more than one. Null: this
 * does not look like CSV.
 * @param {string} head the beginning; its last row may be cut
 * @param {{ isWhole?: boolean }} [options] whether it is all there is
 * @returns {Separator | null}
 */
export function csvSeparator(head, { isWhole = false } = {}) {
  let best = /** @type {{ separator: Separator, width: number } | null} */ (null);
  for (const separator of SEPARATORS) {
    const splitter = new CsvSplitter(separator, { limit: Number.POSITIVE_INFINITY });
    const rows = [...splitter.push(head)];
    try {
      if (isWhole) rows.push(...splitter.end());
    } catch {
      continue; // with this separator the quotes do not fit
    }
    const width = rows[0]?.length ?? 0;
    // One row alone has no other to agree with: any sentence has a comma.
    if (rows.length < 2 || width < 2 || rows.some((row) => row.length !== width)) continue;
    if (!best || width > best.width) best = { separator, width };
  }
  return best?.separator ?? null;
}

/**
 * Column names out of the first row: an empty one becomes `column 3`, and one that is there already `name (2)`.
 * @param {readonly string[]} header
 */
export function columnNames(header) {
  /** @type {Set<string>} */
  const names = new Set();
  for (const [index, cell] of header.entries()) {
    const name = cell.trim() || `column ${index + 1}`;
    let unique = name;
    for (let count = 2; names.has(unique); count += 1) unique = `${name} (${count})`;
    names.add(unique);
  }
  return [...names];
}

/**
 * A row object. Cells beyond the names are called `column 4`; a row that is too short lacks its last columns.
 * @param {readonly string[]} names
 * @param {readonly string[]} row
 */
export function csvObject(names, row) {
  /** @type {Record<string, string>} */
  const object = {};
  for (const [index, cell] of row.entries()) defineKey(object, names[index] ?? `column ${index + 1}`, cell);
  return object;
}
