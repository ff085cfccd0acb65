/** What the columns of rows are: names, types, and how many rows have them. */

import { isLosslessNumber } from '../vendor/lossless-json.js';

/**
 * `date`: a day in ISO 8601; `timestamp`: a time of a day with its zone, or a mix of both. `null`: no row has a value.
 * `mixed`: values of several types, such as numbers and text.
 *
 * @typedef {'null' | 'boolean' | 'integer' | 'number' | 'text' | 'date' | 'timestamp' | 'object' | 'array' | 'mixed'}
 * ColumnType
 */

/**
 * `filled`: how many rows have a value other than null; `fillRate`: their part of all rows, 0 to 1. `longest`: the most
 * characters of a text.
 *
 * @typedef {{ name: string, type: ColumnType, filled: number, fillRate: number, longest: number }} Column
 */

/** Collects columns over rows. */
export class ColumnCollector {
  #ofText;
  /** @type {Map<string, { type: ColumnType, filled: number, longest: number }>} */
  #columns = new Map();

  /** How many rows were added. */
  rows = 0;

  /**
   * `ofText`: all values are text, as in CSV, so that types are told by how the text looks, and an empty one is no value.
   * @param {{ ofText?: boolean }} [options]
   */
  constructor({ ofText = false } = {}) {
    this.#ofText = ofText;
  }

  /** @param {Readonly<Record<string, unknown>>} row */
  add(row) {
    this.rows += 1;
    for (const name of Object.keys(row)) this.#addValue(name, row[name]);
  }

  /** In the order in which their names appeared. @returns {Column[]} */
  get columns() {
    return Array.from(this.#columns, ([name, { type, filled, longest }]) => ({
      name,
      type,
      filled,
      fillRate: filled / this.rows,
      longest,
    }));
  }

  /**
   * @param {string} name
   * @param {unknown} value
   */
  #addValue(name, value) {
    let column = this.#columns.get(name);
    if (!column) {
      column = { type: 'null', filled: 0, longest: 0 };
      this.#columns.set(name, column);
    }
    const type = this.#ofText && typeof value === 'string' ? typeOfText(value) : typeOf(value);
    if (type === 'null') return;
    column.type = commonType(column.type, type);
    column.filled += 1;
    if (typeof value === 'string') column.longest = Math.max(column.longest, value.length);
  }
}

/**
 * The type of one value; also of Date and Uint8Array, which Parquet has.
 * @param {unknown} value
 * @returns {ColumnType}
 */
export function typeOf(value) {
  switch (typeof value) {
    case 'undefined':
      return 'null';
    case 'boolean':
      return 'boolean';
    case 'bigint':
      return 'integer';
    case 'number':
      return Number.isSafeInteger(value) ? 'integer' : 'number';
    case 'string':
      return timeType(value) ?? 'text';
    default:
      if (value === null) return 'null';
      if (Array.isArray(value)) return 'array';
      if (isLosslessNumber(value)) return 'number';
      return value instanceof Date ? 'timestamp' : 'object';
  }
}

/**
 * The type that a text looks like. Numbers with leading zeros are text, because they would lose them: `007`.
 * @param {string} text
 * @returns {ColumnType}
 */
export function typeOfText(text) {
  if (text === '') return 'null';
  if (/^-?(?:0|[1-9]\d*)$/.test(text)) return 'integer';
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text)) return 'number';
  if (/^(?:true|false)$/i.test(text)) return 'boolean';
  return timeType(text) ?? 'text';
}

/**
 * The type that has room for values of both.
 * @param {ColumnType} one
 * @param {ColumnType} other
 * @returns {ColumnType}
 */
export function commonType(one, other) {
  if (one === other || other === 'null') return one;
  if (one === 'null') return other;
  for (const type of /** @type {const} */ (['number', 'timestamp', 'text'])) {
    if (WIDENS[type].includes(one) && WIDENS[type].includes(other)) return type;
  }
  return 'mixed';
}

/** Which types are also of another. @type {Record<'number' | 'timestamp' | 'text', ColumnType[]>} */
const WIDENS = { number: ['integer', 'number'], timestamp: ['date', 'timestamp'], text: ['date', 'timestamp', 'text'] };

/** A day, and a time with its zone. Without a zone it is no point in time, and 20240101 is a number. */
const TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[-+](?:[01]\d|2[0-3]):?[0-5]\d))?$/;

/**
 * Whether the text is a day or a point in time by ISO 8601.
 * @param {string} text
 * @returns {'date' | 'timestamp' | null}
 */
export function timeType(text) {
  if (text.length < 10 || text.length > 35) return null;
  const [found, year, month, day] = TIME.exec(text) ?? [];
  if (!found) return null;
  const date = new Date(Date.UTC(2000, Number(month) - 1, Number(day)));
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // A day that the month does not have would be one of the next month.
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return exists ? (found.length === 10 ? 'date' : 'timestamp') : null;
}

/**
 * Sets a key as JSON.parse does, `__proto__` too, which assignment would take for the prototype.
 * @template Value
 * @param {Record<string, Value>} object
 * @param {string} name
 * @param {Value} value
 */
export function defineKey(object, name, value) {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  } else object[name] = value;
}
