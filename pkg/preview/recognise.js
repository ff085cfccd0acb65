/** What content is, told by its beginning, so that its rows can be shown. */

import { csvSeparator } from '../rows/csv-rows.js';
import { jsonShape } from '../rows/json-values.js';

/**
 * @import { Separator } from '../rows/csv-rows.js'
 * @import { JsonShape } from '../rows/json-values.js'
 */

/** @typedef {'utf-8' | 'utf-16le' | 'utf-16be'} Encoding */
/**
 * @typedef {{ content: 'json', shape: JsonShape, encoding: Encoding }
 *   | { content: 'csv', separator: Separator, encoding: Encoding }
 *   | { content: 'text', encoding: Encoding }
 *   | { content: 'parquet' }
 *   | { content: 'empty' }
 *   | { content: 'bytes', format: string | null }} Recognised
 */

/** Bytes of plaintext that are looked at. */
export const HEAD = 1 << 16;

/** @type {[format: string, bytes: number[]][]} */
const FORMATS = [
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['avro', [0x4f, 0x62, 0x6a, 0x01]],
  ['orc', [0x4f, 0x52, 0x43]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
];
const PARQUET = [0x50, 0x41, 0x52, 0x31];

/**
 * @param {Uint8Array} head the first `HEAD` bytes, or more
 * @param {{ isWhole: boolean, path: string }} about whether `head` is all there is
 * @returns {Recognised}
 */
export function recognise(head, { isWhole, path }) {
  if (head.length === 0) return { content: 'empty' };
  if (begins(head, PARQUET)) return { content: 'parquet' };
  const format = FORMATS.find(([, bytes]) => begins(head, bytes));
  if (format) return { content: 'bytes', format: format[0] };
  const encoding = encodingOf(head);
  const text = decodedText(head, encoding, isWhole);
  if (text === null) return { content: 'bytes', format: null };
  const shape = jsonShape(encoding === 'utf-8' ? head : new TextEncoder().encode(text));
  if (shape) return { content: 'json', shape, encoding };
  const separator = separatorOf(text, path, isWhole);
  return separator ? { content: 'csv', separator, encoding } : { content: 'text', encoding };
}

/**
 * By a byte order mark, or by the zero byte of an ASCII character.
 * @param {Uint8Array} head
 * @returns {Encoding}
 */
function encodingOf(head) {
  if (begins(head, [0xff, 0xfe])) return 'utf-16le';
  if (begins(head, [0xfe, 0xff])) return 'utf-16be';
  if (head[0] > 0 && head[1] === 0) return 'utf-16le';
  return head[0] === 0 && head[1] > 0 ? 'utf-16be' : 'utf-8';
}

/**
 * The text, with U+FFFD for what is not in the encoding; null where that or control characters are too many for text.
 * @param {Uint8Array} head
 * @param {Encoding} encoding
 * @param {boolean} isWhole
 */
function decodedText(head, encoding, isWhole) {
  // The last character may be cut.
  const text = new TextDecoder(encoding).decode(head, { stream: !isWhole });
  // Damage further on must not make something else of it.
  const start = text.slice(0, 4096);
  // Text in a code page, such as Windows-1252, has some bytes that are not UTF-8.
  const odd = start.match(/[\0-\x08\x0e-\x1a\x1c-\x1f\ufffd]/g)?.length ?? 0;
  return odd <= start.length / 8 && !start.includes('\0') ? text : null;
}

/**
 * @param {string} text
 * @param {string} path
 * @param {boolean} isWhole
 */
function separatorOf(text, path, isWhole) {
  const found = csvSeparator(text, { isWhole });
  // One column, or rows that differ, are CSV only by the file's name.
  return found ?? (/\.csv(?:\.gz)?$/i.test(path) ? ',' : /\.tsv(?:\.gz)?$/i.test(path) ? '\t' : null);
}

/**
 * @param {Uint8Array} bytes
 * @param {number[]} beginning
 */
function begins(bytes, beginning) {
  return beginning.every((byte, at) => bytes[at] === byte);
}
