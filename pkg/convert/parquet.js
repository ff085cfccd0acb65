/** Rows as Parquet: each group of rows is written when it is full, and none is held afterwards. */

import { MgdcDecryptError } from '../core/errors.js';
import { ByteWriter, ParquetWriter } from '../vendor/hyparquet-writer.js';
import { WITHOUT } from './json-rows.js';
import { BOOLEAN, hasHalfPair, NESTED, NULL, NUMBER, STRING, unescaped } from './row-scanner.js';
import { daysOf, ticksOf, typeOf } from './types.js';

/**
 * @import { SchemaElement } from 'hyparquet'
 * @import { Column, Entry } from './row-tree.js'
 * @import { ColumnType } from './types.js'
 */

/** @typedef {string | number | bigint | boolean | null} Value */

/**
 * Characters and rows of a group. Bigger groups take more memory: with 8 Mi characters the command line takes 370 MiB at
 * most, without conversion 100. DuckDB makes groups of 122,880 rows.
 */
const GROUP_CHARACTERS = 8 * 1024 * 1024;
const GROUP_ROWS = 122_880;
/** Values of a group, also those that are missing. */
const GROUP_VALUES = 4 * 1024 * 1024;
/** Columns of all groups: the end of the file lists them, and until then they are held. */
const CHUNKS = 500_000;

/** Bytes of the file's beginning. */
const HEADER = 4;

export class ParquetRows {
  rows = 0;
  /** Values with half of a surrogate pair, which UTF-8 cannot hold. */
  replaced = 0;
  /** Rows with a name twice. */
  repeated = 0;
  #columns;
  #types;
  #schema;
  #bytes = new ByteWriter();
  #writer;
  /** The group's values by column. @type {Value[][]} */
  #values;
  #groupRows = 0;
  #groupCharacters = 0;
  /** The present row's. @type {Value[]} */
  #row;
  /** Counts rows, and each time that a row is begun again. */
  #attempt = 0;
  /** For each column, the attempt that set its value last. @type {Float64Array} */
  #setBy;
  #chunks = 0;
  #characters = 0;
  #replaced = 0;
  #isRepeated = false;

  /** @param {readonly Column[]} columns */
  constructor(columns) {
    this.#columns = columns;
    this.#types = columns.map(({ entry }) => typeOf(entry.mask));
    this.#values = columns.map(() => []);
    this.#row = new Array(columns.length).fill(null);
    this.#setBy = new Float64Array(columns.length).fill(-1);
    const elements = columns.map(({ name }, index) => elementOf(name, this.#types[index]));
    /** @type {SchemaElement[]} */
    this.#schema = [{ name: 'schema', num_children: columns.length }, ...elements];
    this.#writer = new ParquetWriter({ writer: this.#bytes, schema: this.#schema, createdBy: 'mgdc-decrypt' });
  }

  /** Whether there are bytes of a group. */
  get isFull() {
    return this.#bytes.index > HEADER;
  }

  get columns() {
    return this.#columns.length;
  }

  /** Names of columns that are text because their values were of several kinds. */
  get mixed() {
    return this.#columns.filter((_, index) => this.#types[index].isMixed).map(({ name }) => name);
  }

  beginRow() {
    this.#attempt += 1;
    this.#characters = this.#replaced = 0;
    this.#isRepeated = false;
  }

  /**
   * @param {Entry} entry
   * @param {number} kind
   * @param {string} text
   * @param {number} from
   * @param {number} to
   * @param {boolean} escaped
   */
  value({ column }, kind, text, from, to, escaped) {
    if (column < 0) {
      if (kind === NULL) return;
      throw changed();
    }
    if (this.#setBy[column] === this.#attempt) this.#isRepeated = true;
    this.#setBy[column] = this.#attempt;
    this.#characters += to - from;
    this.#row[column] = kind === NULL ? null : this.#converted(this.#types[column], kind, text, from, to, escaped);
  }

  /** The first reading saw all names. */
  late() {
    throw changed();
  }

  endRow() {
    for (let column = 0; column < this.#row.length; column += 1)
      this.#values[column].push(this.#setBy[column] === this.#attempt ? this.#row[column] : null);
    this.rows += 1;
    this.replaced += this.#replaced;
    if (this.#isRepeated) this.repeated += 1;
    this.#groupRows += 1;
    this.#groupCharacters += this.#characters;
    const isLong = this.#groupRows >= GROUP_ROWS || this.#groupRows * this.columns >= GROUP_VALUES;
    if (isLong || this.#groupCharacters >= GROUP_CHARACTERS) this.#writeGroup();
  }

  /** The bytes since the last call, valid until the next row. */
  take() {
    const bytes = this.#bytes.getBytes();
    this.#bytes.index = 0;
    return bytes;
  }

  /** The last bytes. */
  end() {
    this.#writeGroup();
    // Only now: with it, the library would take the text for a value and make JSON of it. Older readers want it.
    for (const element of this.#schema) if (element.logical_type?.type === 'JSON') element.converted_type = 'JSON';
    this.#writer.finish();
    return this.take();
  }

  #writeGroup() {
    if (this.#groupRows === 0) return;
    this.#chunks += this.columns;
    if (this.#chunks > CHUNKS) throw tooLarge(this.columns);
    const columnData = this.#columns.map(({ name }, index) => ({
      name,
      data: this.#values[index],
      // The bounds of a JSON column would be whole documents.
      statistics: this.#types[index].type !== 'json',
      // A dictionary takes 0 and -0 for the same number.
      ...(this.#types[index].type === 'double' && { encoding: /** @type {const} */ ('PLAIN') }),
    }));
    this.#writer.write({ columnData, rowGroupSize: this.#groupRows });
    this.#values = this.#columns.map(() => []);
    this.#groupRows = this.#groupCharacters = 0;
  }

  /**
   * @param {ColumnType} type
   * @param {number} kind
   * @param {string} text
   * @param {number} from
   * @param {number} to
   * @param {boolean} escaped
   * @returns {Value}
   */
  #converted({ type, nanos = false }, kind, text, from, to, escaped) {
    if (type !== 'text' && kind !== KINDS[type]) throw changed();
    switch (type) {
      case 'boolean':
        return text[from] === 't';
      case 'int64':
        return integer(text.slice(from, to));
      case 'double':
        return Number(text.slice(from, to));
      case 'date':
        return daysOf(text.slice(from, to));
      case 'timestamp':
      case 'local timestamp':
        return ticksOf(text.slice(from, to), nanos);
      default: {
        const value = escaped && kind === STRING ? unescaped(text, from, to) : text.slice(from, to);
        if (escaped && kind === STRING && hasHalfPair(text.slice(from, to), value)) this.#replaced += 1;
        return value;
      }
    }
  }
}

/** The kind of values of each type. */
const KINDS = {
  boolean: BOOLEAN,
  int64: NUMBER,
  double: NUMBER,
  date: STRING,
  timestamp: STRING,
  'local timestamp': STRING,
  json: NESTED,
};

/** @param {number} columns */
function tooLarge(columns) {
  return new MgdcDecryptError(
    'ERR_ROW_LIMIT',
    `the file is too large for Parquet with ${columns} columns: convert it to CSV, or without flatten; ${WITHOUT}`,
  );
}

/** What the first reading did not see. */
function changed() {
  return new MgdcDecryptError('ERR_READ', 'the file changed between its two readings: check that it is complete');
}

/** @param {string} text */
function integer(text) {
  if (text.length < 16) return BigInt(Number(text)); // faster
  return BigInt(text);
}

/**
 * @param {string} name
 * @param {ColumnType} type
 * @returns {SchemaElement}
 */
function elementOf(name, { type, nanos }) {
  /** @type {Pick<SchemaElement, 'name' | 'repetition_type'>} */
  const base = { name, repetition_type: 'OPTIONAL' };
  switch (type) {
    case 'boolean':
      return { ...base, type: 'BOOLEAN' };
    case 'int64':
      return { ...base, type: 'INT64' };
    case 'double':
      return { ...base, type: 'DOUBLE' };
    case 'date':
      return { ...base, type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } };
    case 'timestamp':
    case 'local timestamp': {
      const isAdjustedToUTC = type === 'timestamp';
      const unit = nanos ? 'NANOS' : 'MICROS';
      return { ...base, type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC, unit } };
    }
    case 'json':
      return { ...base, type: 'BYTE_ARRAY', logical_type: { type: 'JSON' } };
    default:
      return { ...base, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
  }
}
