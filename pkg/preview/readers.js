/** Rows out of the pieces of a plaintext, by what it is. */

import { CsvSplitter, columnNames, csvObject } from '../rows/csv-rows.js';
import { parseRow } from '../rows/json-rows.js';
import { ObjectSplitter } from '../rows/json-values.js';
import { LineSplitter } from '../rows/lines.js';

/**
 * @import { Row } from '../rows/json-rows.js'
 * @import { Extent } from '../rows/lines.js'
 * @import { Encoding, Recognised } from './recognise.js'
 */

/**
 * Takes plaintext and gives the rows that end in it, in pieces and at the end. `held`: how much of an unfinished row it
 * keeps; `most`: how much is too much to wait for.
 *
 * @typedef {object} Reader
 * @property {(piece: Uint8Array) => Generator<Row, void>} push
 * @property {() => Generator<Row, void>} end
 * @property {number} held
 * @property {number} most
 */

/** Most bytes of a row: parsing more of them, with exact numbers, may hold up the page for longer than 50 ms. */
const ROW_MOST = 1 << 20;
/** Most bytes of a line of text: nobody reads more of one. */
const LINE_MOST = 1 << 16;
/** Bytes in a row of a hex dump. */
const DUMP = 16;

/**
 * @param {Exclude<Recognised, { content: 'parquet' } | { content: 'empty' }>} what
 * @returns {Reader}
 */
export function readerOf(what) {
  switch (what.content) {
    case 'json':
      return new JsonReader(what.shape === 'lines' ? new LineSplitter() : new ObjectSplitter(), what.encoding);
    case 'csv':
      return new CsvReader(new CsvSplitter(what.separator), what.encoding);
    case 'text':
      return new TextReader(what.encoding);
    default:
      return new DumpReader();
  }
}

/** @implements {Reader} */
class JsonReader {
  most = ROW_MOST;
  #splitter;
  #toUtf8;

  /**
   * @param {LineSplitter | ObjectSplitter} splitter
   * @param {Encoding} encoding
   */
  constructor(splitter, encoding) {
    this.#splitter = splitter;
    this.#toUtf8 = toUtf8(encoding);
  }

  get held() {
    return this.#splitter.held;
  }

  /** @param {Uint8Array} piece */
  *push(piece) {
    yield* rowsOf(this.#splitter.push(this.#toUtf8(piece)));
  }

  *end() {
    yield* rowsOf(this.#splitter.end());
  }
}

/** @param {Iterable<Extent>} extents */
function* rowsOf(extents) {
  for (const extent of extents) {
    const row = parseRow(extent);
    if (row) yield row;
  }
}

/** The first row has the names of the columns. @implements {Reader} */
class CsvReader {
  most = ROW_MOST;
  #splitter;
  #decoder;
  /** @type {string[] | null} */
  #names = null;

  /**
   * @param {CsvSplitter} splitter
   * @param {Encoding} encoding
   */
  constructor(splitter, encoding) {
    this.#splitter = splitter;
    this.#decoder = new TextDecoder(encoding);
  }

  get held() {
    return this.#splitter.held;
  }

  /** @param {Uint8Array} piece */
  *push(piece) {
    yield* this.#rows(this.#splitter.push(this.#decoder.decode(piece, { stream: true })));
  }

  *end() {
    yield* this.#rows(this.#splitter.push(this.#decoder.decode()));
    yield* this.#rows(this.#splitter.end());
  }

  /** @param {Iterable<string[]>} rows */
  *#rows(rows) {
    for (const cells of rows) {
      if (this.#names) yield csvObject(this.#names, cells);
      else this.#names = columnNames(cells);
    }
  }
}

/** @implements {Reader} */
class TextReader {
  most = LINE_MOST;
  #splitter = new LineSplitter();
  #toUtf8;
  #decoder = new TextDecoder();

  /** @param {Encoding} encoding */
  constructor(encoding) {
    this.#toUtf8 = toUtf8(encoding);
  }

  get held() {
    return this.#splitter.held;
  }

  /** @param {Uint8Array} piece */
  *push(piece) {
    for (const { bytes } of this.#splitter.push(this.#toUtf8(piece))) yield { line: this.#decoder.decode(bytes) };
  }

  *end() {
    for (const { bytes } of this.#splitter.end()) yield { line: this.#decoder.decode(bytes) };
  }
}

/** A hex dump. @implements {Reader} */
class DumpReader {
  most = DUMP;
  #offset = 0;
  #held = new Uint8Array();

  get held() {
    return this.#held.length;
  }

  /** @param {Uint8Array} piece */
  *push(piece) {
    const bytes = new Uint8Array(this.#held.length + piece.length);
    bytes.set(this.#held);
    bytes.set(piece, this.#held.length);
    const end = bytes.length - (bytes.length % DUMP);
    for (let at = 0; at < end; at += DUMP) yield this.#row(bytes.subarray(at, at + DUMP));
    this.#held = bytes.slice(end);
  }

  *end() {
    if (this.#held.length > 0) yield this.#row(this.#held);
  }

  /** @param {Uint8Array} bytes */
  #row(bytes) {
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    const row = { offset: this.#offset, hex, text };
    this.#offset += bytes.length;
    return row;
  }
}

/**
 * @param {Encoding} encoding
 * @returns {(piece: Uint8Array) => Uint8Array}
 */
function toUtf8(encoding) {
  if (encoding === 'utf-8') return (piece) => piece;
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  return (piece) => encoder.encode(decoder.decode(piece, { stream: true }));
}
