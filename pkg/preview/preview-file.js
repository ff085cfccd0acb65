/** The head of one file, as rows. Nothing is written, and as little is decrypted as the rows need. */

import { joined } from '../core/bytes.js';
import { MgdcDecryptError } from '../core/errors.js';
import { Yielder } from '../core/yielding.js';
import { ColumnCollector } from '../rows/columns.js';
import { previewParquet } from './parquet.js';
import { Plaintext } from './plaintext.js';
import { readerOf } from './readers.js';
import { HEAD, recognise } from './recognise.js';

/**
 * @import * as contract from '../index.js'
 * @import { Row } from '../rows/json-rows.js'
 * @import { PreviewSource } from './plaintext.js'
 * @import { Recognised } from './recognise.js'
 */

/** A piece of plaintext, and how many bytes of the source were decrypted for it. @typedef {[Uint8Array, number]} Piece */
/** @typedef {Exclude<Recognised, { content: 'parquet' }>} Sequential */

/** Bytes of the source that are read at most: what the caller asks for by default, and may ask for. */
const BYTES = 1 << 20;
const MOST_BYTES = 16 << 20;
const ROWS = 100;
const MOST_ROWS = 10_000;
/** Bytes that a reader takes at a time, so that little is done after the last row. */
const SLICE = 1 << 14;
/** Characters of a row that was cut. */
const CUT = 4096;

/**
 * See DataDrop.preview in index.d.ts.
 * @param {PreviewSource} source
 * @param {contract.PreviewOptions} [options]
 * @returns {Promise<contract.Preview>}
 */
export async function previewFile(source, { rows = ROWS, bytes = BYTES, signal } = {}) {
  const wanted = checked('rows', rows, MOST_ROWS);
  const most = checked('bytes', bytes, MOST_BYTES);
  const plaintext = new Plaintext(source, { bytes: most, signal });
  /** @type {Piece[]} */
  const head = [];
  try {
    let length = 0;
    for (let piece = await plaintext.next(); piece; piece = await plaintext.next()) {
      head.push([piece, plaintext.at]);
      length += piece.length;
      if (length >= HEAD) break;
    }
    const beginning = joinedHead(head);
    const what = recognise(beginning, { isWhole: plaintext.isWhole, path: source.path });
    if (what.content === 'parquet') return await previewParquet(source, { rows: wanted, signal });
    return await previewRows(source, plaintext, what, { head, beginning, wanted, most });
  } finally {
    await plaintext.close();
    for (const [piece] of head) piece.fill(0);
  }
}

/**
 * @param {PreviewSource} source
 * @param {Plaintext} plaintext
 * @param {Sequential} what
 * @param {{ head: Piece[], beginning: Uint8Array, wanted: number, most: number }} options
 * @returns {Promise<contract.Preview>}
 */
async function previewRows(source, plaintext, what, { head, beginning, wanted, most }) {
  const isClearGzip = !source.key && source.compression === 'gzip';
  const notes = isClearGzip
    ? ['the file is gzip in clear: this is what is inside, and decrypt copies the file as it is']
    : [];
  let shownAs = what;
  let found = await collect(what, head, plaintext, wanted);
  if (what.content === 'json' && found.error && found.rows.length === 0 && !plaintext.error) {
    // It begins like JSON and is something else, or is cut: a person sees more in its lines.
    shownAs = { content: 'text', encoding: what.encoding };
    found = await collect(shownAs, head, plaintext, wanted);
    notes.push('the content begins like JSON, and its first row is not JSON');
  }
  // A small file is decrypted to its end, because the checks lie there.
  if (source.blob.size <= most) while (await plaintext.next());
  const trusted = found.rows.filter((_, index) => found.positions[index] <= plaintext.trusted);
  const rows = trusted.slice(0, wanted);
  // What is known of the whole file is what decrypt reports.
  const error = source.error ?? plaintext.error ?? found.error;
  const more = trusted.length > wanted || found.isTooLong || !plaintext.isWhole || error !== null;
  return {
    path: source.path,
    content: plaintext.bytes === 0 && error ? null : shownAs.content,
    rows,
    rowsTotal: null,
    columns: columnsOf(rows, shownAs),
    more,
    stoppedBy: !more ? null : trusted.length > wanted ? 'rows' : error ? 'error' : found.isTooLong ? 'row' : 'bytes',
    cut: rows.length === 0 && more && !plaintext.error ? cutText(beginning, shownAs) : null,
    bytesRead: plaintext.bytesRead,
    bytesTotal: source.blob.size,
    plaintextBytes: plaintext.bytes,
    verified: null,
    error,
    notes: [...plaintext.warnings, ...notes, ...notesOf(shownAs, rows, found.rows.length - trusted.length)],
  };
}

/**
 * Reads rows until there is one more than wanted, or no more plaintext. `positions`: for each row, how many bytes of
 * the source had been decrypted when it was complete.
 * @param {Sequential} what
 * @param {Piece[]} head
 * @param {Plaintext} plaintext what follows the head
 * @param {number} wanted
 */
async function collect(what, head, plaintext, wanted) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {number[]} */
  const positions = [];
  const found = { rows, positions, error: /** @type {contract.MgdcDecryptError | null} */ (null), isTooLong: false };
  if (what.content === 'empty') return found;
  const reader = readerOf(what);
  const yielder = new Yielder();
  /** @param {Iterable<Row>} more */
  const take = (more) => {
    for (const row of more) {
      rows.push(row);
      positions.push(plaintext.at);
      if (rows.length > wanted) return true;
    }
    return false;
  };
  try {
    for await (const [piece, at] of piecesOf(head, plaintext)) {
      for (let from = 0; from < piece.length; from += SLICE) {
        const before = rows.length;
        const isFull = take(reader.push(piece.subarray(from, from + SLICE)));
        positions.fill(at, before);
        found.isTooLong = !isFull && reader.held > reader.most;
        if (isFull || found.isTooLong) return found;
        if (yielder.isDue) await yielder.yield();
      }
    }
    if (plaintext.isWhole) take(reader.end());
  } catch (error) {
    if (!(error instanceof MgdcDecryptError) || !error.code.startsWith('ERR_ROW_')) throw error;
    // What is too long or too deep for us is no damage.
    if (error.code === 'ERR_ROW_LIMIT') found.isTooLong = true;
    else found.error = error;
  }
  return found;
}

/**
 * @param {Piece[]} head
 * @param {Plaintext} plaintext
 * @returns {AsyncGenerator<Piece, void>}
 */
async function* piecesOf(head, plaintext) {
  yield* head;
  for (let piece = await plaintext.next(); piece; piece = await plaintext.next()) {
    yield [piece, plaintext.at];
    piece.fill(0);
  }
}

/**
 * @param {readonly Row[]} rows
 * @param {Sequential} what
 */
function columnsOf(rows, what) {
  const collector = new ColumnCollector({ ofText: what.content === 'csv' });
  for (const row of rows) collector.add(row);
  return collector.columns;
}

/**
 * The beginning of a row of which no more was read.
 * @param {Uint8Array} beginning
 * @param {Sequential} what
 */
function cutText(beginning, what) {
  if (!('encoding' in what)) return null;
  const text = new TextDecoder(what.encoding).decode(beginning.subarray(0, 4 * CUT), { stream: true });
  return text.slice(0, CUT).toWellFormed?.() ?? text.slice(0, CUT);
}

/**
 * @param {Sequential} what
 * @param {readonly Row[]} rows
 * @param {number} dropped
 */
function notesOf(what, rows, dropped) {
  const notes = [];
  if (dropped > 0) {
    const rowsBefore = dropped === 1 ? 'one row before the error is' : `${dropped} rows before the error are`;
    notes.push(`${rowsBefore} not shown, because the damage may begin earlier than it was found`);
  }
  if (what.content === 'bytes' && what.format) notes.push(`the content begins like ${FORMATS[what.format]}`);
  if (what.content === 'json' && what.shape !== 'lines') notes.push(SHAPES[what.shape]);
  const isReplaced = (/** @type {unknown} */ value) => typeof value === 'string' && value.includes('\ufffd');
  if ((what.content === 'text' || what.content === 'csv') && rows.some((row) => Object.values(row).some(isReplaced))) {
    notes.push(`bytes that are not ${what.encoding.toUpperCase()} are shown as \ufffd`);
  }
  return notes;
}

/** @type {Record<string, string>} */
const FORMATS = {
  gzip: 'a gzip file',
  zip: 'a ZIP archive',
  avro: 'an Avro file',
  orc: 'an ORC file',
  pdf: 'a PDF',
};
const SHAPES = {
  array: 'the content is one JSON array, and not JSON Lines',
  objects: 'the content is JSON objects over several lines, and not JSON Lines',
};

/** @param {Piece[]} head */
function joinedHead(head) {
  return head.length === 1 ? head[0][0] : joined(head.map(([piece]) => piece));
}

/**
 * @param {string} name
 * @param {number} value
 * @param {number} most
 */
function checked(name, value, most) {
  if (!Number.isSafeInteger(value) || value < 1) throw new TypeError(`${name} must be a whole number of at least 1`);
  return Math.min(value, most);
}
