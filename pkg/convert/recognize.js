/** Tells from a file's beginning whether it can be converted. */

import { Broken, RowScanner } from './row-scanner.js';

/** What is no JSON, by its first bytes. @type {[bytes: number[], name: string][]} */
const OTHERS = [
  [[0x50, 0x41, 0x52, 0x31], 'it is Parquet'],
  [[0x1f, 0x8b], 'it is compressed with gzip'],
  [[0x50, 0x4b, 3, 4], 'it is a ZIP'],
  [[0x4f, 0x62, 0x6a, 1], 'it is Avro'],
  [[0xff, 0xfe], 'it is UTF-16'],
  [[0xfe, 0xff], 'it is UTF-16'],
];

const nobody = { value() {}, late() {} };

/**
 * Why the bytes cannot be rows of JSON, or null.
 * @param {Uint8Array} bytes
 */
export function otherFormat(bytes) {
  return OTHERS.find(([magic]) => magic.every((byte, at) => bytes[at] === byte))?.[1] ?? null;
}

/**
 * Whether the text begins with an object, or an array with an object in it. Null: more of it is needed to know.
 * Otherwise `reason` says what it is instead.
 * @param {string} text
 * @param {boolean} isWhole whether there is no more
 * @returns {{ isRows: true } | { isRows: false, reason: string } | null}
 */
export function recognize(text, isWhole) {
  const scanner = new RowScanner(nobody, { flatten: false });
  scanner.use(text);
  let at = scanner.skipSpace(0);
  if (at >= text.length) return isWhole ? no('it is empty') : null;
  const isArray = text[at] === '[';
  if (isArray) at = scanner.skipSpace(at + 1);
  if (at >= text.length && !isWhole) return null;
  if (isArray && text[at] === ']') return no('its JSON array is empty');
  if (text[at] !== '{') return no(isArray ? 'it is no JSON array of objects' : 'it is no JSON');
  try {
    scanner.row(at);
    return { isRows: true };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    if (!isWhole && error.at >= text.length) return null;
    return no('it does not begin with a whole JSON object');
  }
}

/**
 * @param {string} reason
 * @returns {{ isRows: false, reason: string }}
 */
const no = (reason) => ({ isRows: false, reason });
