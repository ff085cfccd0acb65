/** Rows as CSV: RFC 4180, in UTF-8. */

import { BOOLEAN, hasHalfPair, NESTED, NULL, NUMBER, STRING, unescaped } from './row-scanner.js';

/** @import { Column, Entry } from './row-tree.js' */

/**
 * With these a cell is a formula for spreadsheets, whatever quotes are around it
 * (https://owasp.org/www-community/attacks/CSV_Injection). A text that is a number stays as it is: it does nothing.
 */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Lines that Excel opens; the first one is the header. */
export const EXCEL_ROWS = 1_048_576 - 1;

const LINE_END = '\r\n';

/** Characters of lines that are gathered before they must be taken. */
const FULL = 1024 * 1024;

/** How many names of late columns are told. */
const NAMES_TOLD = 5;

/**
 * Takes the values of rows and makes lines of them. Text is always in quotes, and everything else only where it must
 * be, so that an empty text differs from a value that is missing, and "5" from 5.
 */
export class CsvLines {
  /** Rows that were taken, and how many of them are among those to write. Everything else counts over all rows. */
  rows = 0;
  written = 0;
  /** Cells that were made harmless. */
  neutralized = 0;
  /** Values with half of a surrogate pair, which UTF-8 cannot hold. */
  replaced = 0;
  /** Rows with a name twice. */
  repeated = 0;
  /** Rows with values that have no column. */
  lateRows = 0;
  /** @type {Set<string>} */
  lateNames = new Set();
  #columns;
  #from;
  #to;
  /** @type {string[]} */
  #cells;
  /** Counts rows, and each time that a row is begun again. */
  #attempt = 0;
  /** For each column, the attempt that set its cell last. @type {Float64Array} */
  #setBy;
  /** The columns that the row has, in the order of its names. @type {number[]} */
  #set = [];
  #last = -1;
  #isInOrder = true;
  #neutralized = 0;
  #replaced = 0;
  #isRepeated = false;
  /** @type {string[][]} */
  #late = [];
  /** @type {string[]} */
  #lines = [];
  #length = 0;

  /**
   * Writes the rows from `from` to before `to`.
   * @param {readonly Column[]} columns
   * @param {{ bom: boolean, from?: number, to?: number }} options
   */
  constructor(columns, { bom, from = 0, to = Number.POSITIVE_INFINITY }) {
    this.#columns = columns;
    this.#from = from;
    this.#to = to;
    this.#cells = new Array(columns.length).fill('');
    this.#setBy = new Float64Array(columns.length).fill(-1);
    const names = columns.map(({ name }) => this.#quoted(name));
    this.neutralized = this.#neutralized;
    this.#lines.push(`${bom ? '\uFEFF' : ''}${names.join(',')}`);
  }

  beginRow() {
    this.#attempt += 1;
    this.#neutralized = this.#replaced = 0;
    this.#isRepeated = false;
    for (const column of this.#set) this.#cells[column] = '';
    this.#set.length = 0;
    this.#last = -1;
    this.#isInOrder = true;
    if (this.#late.length > 0) this.#late = [];
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
    const { column } = entry;
    if (column < 0) {
      if (kind !== NULL) this.#late.push([...entry.path]);
      return;
    }
    if (this.#setBy[column] === this.#attempt) this.#isRepeated = true;
    else {
      if (column < this.#last) this.#isInOrder = false;
      this.#last = column;
      this.#set.push(column);
      this.#setBy[column] = this.#attempt;
    }
    this.#cells[column] = this.#cell(kind, text, from, to, escaped);
  }

  /** @param {readonly string[]} path */
  late(path) {
    this.#late.push([...path]);
  }

  endRow() {
    const { rows } = this;
    this.rows += 1;
    this.neutralized += this.#neutralized;
    this.replaced += this.#replaced;
    if (this.#isRepeated) this.repeated += 1;
    if (this.#late.length > 0) this.#tellLate();
    if (rows < this.#from || rows >= this.#to) return;
    const line = this.#line();
    // A line without anything is no row to many readers.
    this.#lines.push(line === '' ? '""' : line);
    this.#length += line.length + LINE_END.length;
    this.written += 1;
  }

  get isFull() {
    return this.#length >= FULL;
  }

  /** The row's cells. Joining all is faster than adding one to the other; but not where most are empty. */
  #line() {
    const set = this.#set;
    const cells = this.#cells;
    if (4 * set.length >= cells.length) return cells.join(',');
    if (!this.#isInOrder) set.sort((one, other) => one - other);
    let line = '';
    let last = 0;
    for (const column of set) {
      line += ','.repeat(column - last) + cells[column];
      last = column;
    }
    return line + ','.repeat(cells.length - 1 - last);
  }

  /** The lines since the last call. */
  take() {
    if (this.#lines.length === 0) return '';
    const lines = this.#lines.join(LINE_END) + LINE_END;
    this.#lines = [];
    this.#length = 0;
    return lines;
  }

  get columns() {
    return this.#columns.length;
  }

  /**
   * @param {number} kind
   * @param {string} text
   * @param {number} from
   * @param {number} to
   * @param {boolean} escaped
   */
  #cell(kind, text, from, to, escaped) {
    switch (kind) {
      case STRING: {
        if (escaped) {
          const value = unescaped(text, from, to);
          if (hasHalfPair(text.slice(from, to), value)) this.#replaced += 1;
          return this.#quoted(value);
        }
        const first = text.charCodeAt(from);
        // Letters and digits begin no formula; the quotes of JSON are those of CSV.
        if ((first >= 0x41 && first < 0xff00) || (first >= 0x30 && first <= 0x39)) return text.slice(from - 1, to + 1);
        return this.#quoted(text.slice(from, to));
      }
      case NUMBER:
      case BOOLEAN:
        return text.slice(from, to);
      case NESTED:
        return `"${text.slice(from, to).replace(/"/g, '""')}"`;
      default:
        return '';
    }
  }

  /** @param {string} value */
  #quoted(value) {
    let cell = value;
    if (FORMULA.test(value) && !PLAIN_NUMBER.test(value)) {
      this.#neutralized += 1;
      cell = `'${value}`;
    }
    return `"${cell.replace(/"/g, '""')}"`;
  }

  #tellLate() {
    this.lateRows += 1;
    for (const path of this.#late) {
      if (this.lateNames.size < NAMES_TOLD) this.lateNames.add(path.join('.'));
      else if (!this.lateNames.has(path.join('.'))) this.hasMoreLate = true;
    }
  }

  /** Whether more names came late than `lateNames` has. */
  hasMoreLate = false;
}
