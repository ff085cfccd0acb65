/**
 * The conversion of one file: takes its plaintext in pieces, and gives what is to be written instead.
 *
 * CSV has the columns of the first rows, and comes out while the file is read. Parquet needs all columns and their types
 * before its first row, so a file that is longer than the sample is read twice: the first time it gives a plan and
 * nothing to write.
 */

import { MgdcDecryptError } from '../core/errors.js';
import { CsvLines, EXCEL_ROWS } from './csv.js';
import { invalidRow, JsonRows, WITHOUT } from './json-rows.js';
import { Learner } from './learner.js';
import { ParquetRows } from './parquet.js';
import { otherFormat, recognize } from './recognize.js';
import { RowScanner } from './row-scanner.js';
import { columnsOf, namesOf, planOf } from './row-tree.js';

/**
 * @import { Converted } from '../index.js'
 * @import { ConvertJob, ConversionOutcome } from '../worker/protocol.js'
 * @import { RowTaker } from './json-rows.js'
 * @import { Taker } from './row-scanner.js'
 */

/** What is held of the beginning, as bytes and as text. @typedef {{ bytes: Uint8Array[], texts: string[], length: number }} Sample */

/** Bytes that are held to learn the columns from, unless the sample ends sooner. */
const SAMPLE_BYTES = 4 * 1024 * 1024;

/** Bytes by which other formats are known. */
const MAGIC = 4;

const encoder = new TextEncoder();
/** @type {Taker & RowTaker} */
const nobody = { value() {}, late() {}, beginRow() {}, endRow() {}, isFull: false };

export class Conversion {
  /** Whether it converts; null: not known yet. @type {boolean | null} */
  isConverting = null;
  #job;
  #decoder = new TextDecoder('utf-8', { fatal: true });
  #scanner;
  #rows;
  #learner;
  /** @type {Sample | null} */
  #sample = { bytes: [], texts: [], length: 0 };
  /** Not before the sample is this long it is looked at again. */
  #need = MAGIC;
  #isLast = false;
  /** @type {CsvLines | ParquetRows | null} */
  #output = null;
  /** Why it is not converted. @type {string | null} */
  #reason = null;
  /** @type {Uint8Array} */
  #encoded = new Uint8Array(0);

  /** @param {ConvertJob} job */
  constructor(job) {
    this.#job = job;
    const isParquet = job.to === 'parquet';
    this.#scanner = new RowScanner(nobody, job);
    this.#learner = new Learner(this.#scanner, {
      most: isParquet ? Number.POSITIVE_INFINITY : job.sampleRows,
      types: isParquet,
    });
    this.#rows = new JsonRows(this.#scanner, this.#learner);
    this.#scanner.setTaker(this.#learner);
    if (job.plan) this.#begin(job.plan);
  }

  /**
   * Takes a piece of plaintext; returns bytes to write, which are valid until the next call. Then `more` may have more.
   * @param {Uint8Array} bytes
   * @returns {Uint8Array}
   * @throws ERR_ROW_INVALID, ERR_ROW_LIMIT
   */
  push(bytes) {
    if (this.#reason) return bytes;
    return this.#take(bytes, false);
  }

  /** The bytes to write after the last piece. Then `more` may have more. */
  end() {
    if (this.#reason) return new Uint8Array();
    this.#isLast = true;
    const rest = this.#take(new Uint8Array(), true);
    if (!this.#reason && !this.#output && this.#scanner.count === 0) throw noNames();
    return rest;
  }

  get hasMore() {
    return this.#rows.isPaused;
  }

  /** More bytes to write, or null: so that many rows in a piece need not all be held. */
  more() {
    if (!this.hasMore) return null;
    this.#rows.push('', this.#isLast);
    return this.#next();
  }

  /**
   * What came of it. `plan`: nothing was written, and the file is to be read again with it.
   * @returns {ConversionOutcome}
   */
  get outcome() {
    if (this.#reason) return { warnings: [`not converted: ${this.#reason}`] };
    if (!this.#output) return { warnings: [], plan: planOf(this.#scanner.names) };
    const output = this.#output;
    const { to } = this.#job;
    if (output instanceof ParquetRows) {
      const { rows, columns } = output;
      return { warnings: parquetWarnings(output), converted: { to, rows, columns } };
    }
    /** @type {Converted} */
    const converted = { to, rows: output.rows, columns: output.columns };
    if (output.neutralized > 0) converted.neutralized = output.neutralized;
    if (output.lateRows > 0) converted.lateColumns = { rows: output.lateRows, names: [...output.lateNames] };
    return { warnings: csvWarnings(output, this.#job), converted, rowsWritten: output.written };
  }

  /**
   * @param {Uint8Array} bytes
   * @param {boolean} isLast
   */
  #take(bytes, isLast) {
    const sample = this.#sample;
    sample?.bytes.push(bytes.slice());
    const text = this.#decode(bytes, isLast);
    if (text === null) return this.#pass((sample && otherFormat(joinedStart(sample.bytes))) ?? 'it is not UTF-8 text');
    if (sample) {
      sample.texts.push(text);
      sample.length += bytes.length;
      if (this.isConverting === null && !this.#recognize(sample, isLast)) return this.#next();
      this.#learn(isLast);
    } else this.#rows.push(text, isLast);
    return this.#next();
  }

  /** What is to be written by now. */
  #next() {
    if (this.#reason && this.#sample) return this.#pass(this.#reason);
    const output = this.#output;
    if (!output) return new Uint8Array();
    if (output instanceof CsvLines) return this.#encode(output.take());
    return this.#isLast && !this.#rows.isPaused ? output.end() : output.take();
  }

  /**
   * @param {Uint8Array} bytes
   * @param {boolean} isLast
   */
  #decode(bytes, isLast) {
    try {
      return this.#decoder.decode(bytes, { stream: !isLast });
    } catch {
      if (this.isConverting === null) return null;
      throw invalidRow(this.#rows.line, 'there, or in a line below, the text is not UTF-8');
    }
  }

  /**
   * Looks what the file is, once enough of it is there; returns whether it can be converted.
   * @param {Sample} sample
   * @param {boolean} isLast
   */
  #recognize(sample, isLast) {
    if (sample.length < this.#need && !isLast) return false;
    this.#need = 2 * sample.length;
    this.#reason = otherFormat(joinedStart(sample.bytes));
    if (this.#reason) return false;
    const texts = [sample.texts.join('')];
    sample.texts = texts;
    const found = recognize(texts[0], isLast || sample.length > 4 * SAMPLE_BYTES);
    if (found && !found.isRows) this.#reason = found.reason;
    if (!found?.isRows) return false;
    this.isConverting = true;
    return true;
  }

  /** @param {boolean} isLast */
  #learn(isLast) {
    const sample = /** @type {Sample} */ (this.#sample);
    const last = sample.texts.length - 1;
    // Of texts that were held before it was known what they are, there is one.
    this.#rows.push(sample.texts[last], isLast);
    const isFull = this.#learner.rows >= this.#job.sampleRows || sample.length >= SAMPLE_BYTES;
    if (this.#job.to === 'parquet' ? !isLast : !isLast && !isFull) {
      // The types of a longer file are learned without holding it.
      if (this.#job.to === 'parquet' && sample.length >= SAMPLE_BYTES) this.#sample = null;
      return;
    }
    const columns = columnsOf(this.#scanner.names);
    if (columns.length === 0) {
      if (!isLast) throw noNames();
      this.#reason = 'its rows have no names';
      return;
    }
    this.#write(columns);
    this.#sample = null;
    this.#rows.push(sample.texts.join(''), isLast);
  }

  /** @param {NonNullable<ConvertJob['plan']>} plan */
  #begin(plan) {
    this.isConverting = true;
    this.#scanner.names = namesOf(plan);
    this.#sample = null;
    this.#write(columnsOf(this.#scanner.names));
  }

  /** From here on rows become output. @param {ReturnType<typeof columnsOf>} columns */
  #write(columns) {
    const { to, bom, splitRows, part } = this.#job;
    // Without a limit there is one part.
    const range = Number.isFinite(splitRows) ? { from: part * splitRows, to: (part + 1) * splitRows } : {};
    const output = to === 'parquet' ? new ParquetRows(columns) : new CsvLines(columns, { bom, ...range });
    this.#output = output;
    this.#scanner.isClosed = true;
    this.#scanner.setTaker(output);
    this.#rows = new JsonRows(this.#scanner, output);
  }

  /**
   * Gives what was held as it is.
   * @param {string} reason
   */
  #pass(reason) {
    this.#reason = reason;
    this.isConverting = false;
    const held = this.#sample?.bytes ?? [];
    this.#sample = null;
    const whole = new Uint8Array(held.reduce((length, { length: more }) => length + more, 0));
    let at = 0;
    for (const bytes of held) {
      whole.set(bytes, at);
      at += bytes.length;
    }
    return whole;
  }

  /** @param {string} text */
  #encode(text) {
    // A UTF-16 unit takes three bytes at most.
    if (this.#encoded.length < 3 * text.length) this.#encoded = new Uint8Array(3 * text.length);
    return this.#encoded.subarray(0, encoder.encodeInto(text, this.#encoded).written);
  }
}

function noNames() {
  return new MgdcDecryptError('ERR_ROW_INVALID', `its first rows have no names to make columns of; ${WITHOUT}`);
}

/** @param {Uint8Array[]} pieces */
function joinedStart(pieces) {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece.subarray(0, MAGIC)]).slice(0, MAGIC));
}

/** @param {ParquetRows} output */
function parquetWarnings({ mixed, repeated, replaced }) {
  const names = mixed.slice(0, 5).map((name) => JSON.stringify(name));
  const more = mixed.length > names.length ? ' and others' : '';
  const columns = mixed.length === 1 ? 'a column is' : `${mixed.length} columns are`;
  const reason = 'for values of several kinds, such as numbers and text';
  return [
    ...(mixed.length > 0 ? [`${columns} text ${reason}: ${names.join(', ')}${more}`] : []),
    ...common({ repeated, replaced }),
  ];
}

/**
 * @param {CsvLines} output
 * @param {ConvertJob} job
 */
function csvWarnings(
  { rows, neutralized, lateRows, lateNames, hasMoreLate, repeated, replaced },
  { sampleRows, splitRows },
) {
  const warnings = [];
  if (neutralized > 0)
    warnings.push(
      `${counted(neutralized, 'cell', 'cells')} would be a formula in a spreadsheet: each got an apostrophe in front`,
    );
  if (lateRows > 0) {
    const names = [...lateNames].map((name) => JSON.stringify(name)).join(', ');
    const sample = `the first ${counted(sampleRows, 'row', 'rows')}, or the first ${SAMPLE_BYTES / 2 ** 20} MiB`;
    const remedy = 'set sampleRows higher, or convert to Parquet';
    const more = hasMoreLate ? ' and others' : '';
    warnings.push(
      `${counted(lateRows, 'row has', 'rows have')} values for names that are not in ${sample}; they are left out: ${names}${more}; ${remedy}`,
    );
  }
  if (rows > EXCEL_ROWS && !Number.isFinite(splitRows))
    warnings.push(`it has ${rows} rows, and Excel opens ${EXCEL_ROWS} of them: set splitRows for several files`);
  return [...warnings, ...common({ repeated, replaced })];
}

/** @param {{ repeated: number, replaced: number }} counts */
function common({ repeated, replaced }) {
  const warnings = [];
  if (repeated > 0) warnings.push(`${counted(repeated, 'row has', 'rows have')} a name twice: the last value is kept`);
  if (replaced > 0)
    warnings.push(
      `${counted(replaced, 'value has', 'values have')} half of a surrogate pair, which UTF-8 cannot hold: it became U+FFFD`,
    );
  return warnings;
}

/**
 * @param {number} count
 * @param {string} one
 * @param {string} several
 */
function counted(count, one, several) {
  return `${count} ${count === 1 ? one : several}`;
}
