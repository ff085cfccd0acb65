/** The first rows of a Parquet file: its footer, and of each column only the pages that hold them. */

import { joined } from '../core/bytes.js';
import { aborted, MgdcDecryptError, toError } from '../core/errors.js';
import { Yielder } from '../core/yielding.js';
import { ColumnCollector, defineKey } from '../rows/columns.js';
import { parquetMetadataAsync, parquetRead, parquetSchema } from '../vendor/hyparquet.js';
import { columnType, isFlat, PARSERS, valuesOf, withoutDecimals } from './parquet-values.js';
import { PLAINTEXT_LIMIT, Plaintext } from './plaintext.js';
import { rangesOf } from './ranges.js';

/**
 * @import * as contract from '../index.js'
 * @import { FileMetaData, SchemaTree } from 'hyparquet'
 * @import { Row, Value } from '../rows/json-rows.js'
 * @import { PreviewSource } from './plaintext.js'
 * @import { Ranges } from './ranges.js'
 */

/** Bytes that are read for the rows, whatever the preview's limit is: a page of each column, and the footer. */
const MOST = 16 << 20;
/** Bytes of the end that are read first: most footers fit. */
const FOOTER = 1 << 16;
/** Bytes of a column that are read first, and the most of one whose pages all have to be read. */
const PAGES = 1 << 18;
const NESTED_MOST = 4 << 20;

/** Compressions that hyparquet undoes. */
const CODECS = ['UNCOMPRESSED', 'SNAPPY'];

/**
 * @param {PreviewSource} source
 * @param {{ rows: number, signal?: AbortSignal }} options
 * @returns {Promise<contract.Preview>}
 */
export async function previewParquet(source, { rows: wanted, signal }) {
  /** @type {contract.Preview} */
  const preview = {
    path: source.path,
    content: 'parquet',
    rows: [],
    rowsTotal: null,
    columns: [],
    more: true,
    stoppedBy: 'bytes',
    cut: null,
    bytesRead: 0,
    bytesTotal: source.blob.size,
    plaintextBytes: 0,
    verified: null,
    error: source.error,
    notes: [],
  };
  try {
    const ranges = await openRanges(source, signal);
    if (ranges) await fill(preview, ranges, wanted, signal);
    else
      preview.notes.push(
        `a preview would need the whole file, which is compressed and has more than ${MIB(PLAINTEXT_LIMIT)}`,
      );
  } catch (thrown) {
    const error = thrown instanceof MgdcDecryptError ? thrown : unreadable(thrown);
    if (error.code === 'ERR_ABORTED' || error.code === 'ERR_READ') throw error;
    Object.assign(preview, { rows: [], columns: [], more: true, stoppedBy: 'error', error });
  }
  return preview;
}

/**
 * @param {contract.Preview} preview
 * @param {Ranges} ranges
 * @param {number} wanted
 * @param {AbortSignal | undefined} signal
 */
async function fill(preview, ranges, wanted, signal) {
  const file = new Limited(ranges);
  try {
    const metadata = await parquetMetadataAsync(file, {
      initialFetchSize: FOOTER,
      parsers: PARSERS,
      geoparquet: false,
    });
    const total = Number(metadata.num_rows);
    const count = Math.min(total, wanted);
    const tree = parquetSchema(metadata);
    const { columns, left } = await readColumns(file, metadata, count, signal);
    const rows = columns.size === 0 ? [] : rowsOf(columns, count);
    const { notes, error } = preview;
    notes.push(...left);
    const isAll = total <= wanted && left.length === 0;
    Object.assign(preview, {
      rows,
      rowsTotal: total,
      columns: describe(rows, tree),
      more: total > rows.length || error !== null,
      stoppedBy: isAll ? (error ? 'error' : null) : rows.length === wanted ? 'rows' : 'bytes',
    });
  } finally {
    preview.bytesRead = ranges.bytesRead;
    preview.plaintextBytes = file.bytes;
  }
}

/**
 * Reads the columns one after another, as far as the limit allows. `left`: what is not shown, and why.
 * @param {Limited} file
 * @param {FileMetaData} metadata
 * @param {number} count
 * @param {AbortSignal | undefined} signal
 */
async function readColumns(file, metadata, count, signal) {
  /** @type {Map<string, Value[]>} */
  const columns = new Map();
  /** @type {Map<string, string[]>} */
  const left = new Map();
  const yielder = new Yielder();
  const raw = withoutDecimals(metadata);
  for (const { element, children } of parquetSchema(metadata).children) {
    if (signal?.aborted) throw aborted(signal.reason);
    const { name } = element;
    const chunks =
      metadata.row_groups[0]?.columns.filter(({ meta_data: meta }) => meta?.path_in_schema[0] === name) ?? [];
    const codec = chunks.map(({ meta_data: meta }) => String(meta?.codec)).find((one) => !CODECS.includes(one));
    const size = chunks.reduce((sum, { meta_data: meta }) => sum + Number(meta?.total_compressed_size ?? 0), 0);
    const values = codec
      ? null
      : await readColumn(file, { raw, name, count, size, isFlat: isFlat({ element, children }) });
    if (values) columns.set(name, valuesOf(values, element, count));
    else {
      const reason = codec ? `compressed with ${codec}, which a preview does not read` : `too big for a preview`;
      left.set(reason, [...(left.get(reason) ?? []), name]);
    }
    if (yielder.isDue) await yielder.yield();
  }
  return {
    columns,
    left: Array.from(left, ([reason, names]) => `not shown, for they are ${reason}: ${names.join(', ')}`),
  };
}

/**
 * The first values of a column, or null where reading them would take too much. Of a flat column only the first pages
 * are read, and more where they do not suffice.
 * @param {Limited} file
 * @param {{ raw: FileMetaData, name: string, count: number, size: number, isFlat: boolean }} column
 */
async function readColumn(file, { raw, name, count, size, isFlat: flat }) {
  if (count === 0) return [];
  for (let most = flat ? PAGES : size; flat || size <= NESTED_MOST; most *= 4) {
    const part = file.upTo(most);
    try {
      /** @type {unknown[]} */
      const values = [];
      await parquetRead({
        file: part,
        metadata: raw,
        columns: [name],
        rowEnd: count,
        parsers: PARSERS,
        utf8: false,
        useOffsetIndex: true,
        onChunk: ({ columnData, rowStart }) => {
          for (let at = 0; at < columnData.length; at += 1) values[rowStart + at] = columnData[at];
        },
      });
      if (values.length >= count) return values;
      if (!part.isCut) throw new RangeError('the column has fewer rows than the footer says');
    } catch (error) {
      if (error === TOO_MUCH) return null;
      if (!part.isCut || error instanceof MgdcDecryptError) throw error;
    }
  }
  return null;
}

const TOO_MUCH = new Error('the preview has read enough');

/** Ranges, until they come to `MOST` bytes. */
class Limited {
  bytes = 0;
  #ranges;

  /** @param {Ranges} ranges */
  constructor(ranges) {
    this.#ranges = ranges;
    this.byteLength = ranges.byteLength;
  }

  /**
   * @param {number} start
   * @param {number} [end]
   */
  async slice(start, end = this.byteLength) {
    if (!(Number.isSafeInteger(start) && start >= 0 && start <= end && end <= this.byteLength)) {
      throw new RangeError('a range that is not in the file');
    }
    if (this.bytes + end - start > MOST) throw TOO_MUCH;
    this.bytes += end - start;
    return this.#ranges.slice(start, end).catch((error) => {
      // So that whatever else is thrown is hyparquet's.
      throw toError(error);
    });
  }

  /**
   * The same file, of which each range is cut to so many bytes. A page that is cut is an error for hyparquet.
   * @param {number} most
   */
  upTo(most) {
    const part = {
      byteLength: this.byteLength,
      isCut: false,
      slice: (/** @type {number} */ start, end = this.byteLength) => {
        part.isCut ||= end - start > most;
        const bytes = this.slice(start, Math.min(end, start + most));
        // hyparquet reads ahead, and drops what it asked for when another read fails.
        bytes.catch(() => {});
        return bytes;
      },
    };
    return part;
  }
}

/**
 * Null where the file is compressed, or converted by a tool, and too big to be decoded as a whole.
 * @param {PreviewSource} source
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<Ranges | null>}
 */
async function openRanges(source, signal) {
  const ranges = await rangesOf(source);
  if (ranges && ranges.byteLength >= 4) {
    const beginning = new Uint8Array(await ranges.slice(0, 4));
    if (new TextDecoder().decode(beginning) === 'PAR1') return ranges;
  }
  if (source.blob.size > PLAINTEXT_LIMIT) return null;
  const plaintext = new Plaintext(source, { bytes: PLAINTEXT_LIMIT, signal });
  const pieces = [];
  for (let piece = await plaintext.next(); piece; piece = await plaintext.next()) pieces.push(piece);
  if (plaintext.error) throw plaintext.error;
  if (!plaintext.isWhole) return null;
  const whole = joined(pieces);
  return {
    byteLength: whole.length,
    bytesRead: plaintext.bytesRead,
    slice: async (start, end) => whole.slice(start, end).buffer,
  };
}

/**
 * @param {Map<string, Value[]>} columns
 * @param {number} count
 */
function rowsOf(columns, count) {
  return Array.from({ length: count }, (_, index) => {
    /** @type {Row} */
    const row = {};
    for (const [name, values] of columns) defineKey(row, name, values[index]);
    return row;
  });
}

/**
 * Names and types of all columns, from the schema; how full they are, from the rows.
 * @param {readonly Row[]} rows
 * @param {SchemaTree} tree
 * @returns {contract.PreviewColumn[]}
 */
function describe(rows, tree) {
  const collector = new ColumnCollector();
  for (const row of rows) collector.add(row);
  const found = new Map(collector.columns.map((column) => [column.name, column]));
  return tree.children.map((node) => {
    const { name } = node.element;
    const { filled, fillRate, longest } = found.get(name) ?? { filled: 0, fillRate: null, longest: 0 };
    return { name, type: columnType(node), filled, fillRate, longest };
  });
}

/** @param {unknown} cause */
function unreadable(cause) {
  if (cause === TOO_MUCH) {
    return new MgdcDecryptError('ERR_ROW_LIMIT', `the Parquet footer has more than ${MIB(MOST)}: decrypt the file`);
  }
  const found = 'the content begins like Parquet, and its footer or a page is not what the format says';
  return new MgdcDecryptError('ERR_ROW_INVALID', `${found}: decrypt the file, and try it with another program`, {
    cause,
  });
}

/** @param {number} bytes */
const MIB = (bytes) => `${bytes / 2 ** 20} MiB`;
