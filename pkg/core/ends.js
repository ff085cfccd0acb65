/** The two ends of a file, which the core's Probe looks at. */

import { clearContent, headLength, tailLength } from '../wasm/mgdc_decrypt.js';
import { readPart } from './bytes.js';
import { isSmall } from './small.js';

/**
 * @import { Readable } from './bytes.js'
 * @import { Repair } from '../index.js'
 */

/**
 * What the core finds out about a file from its two ends: which key details entry opens it (`null`: none, the file is
 * clear), what it contains, what must be undone first, and, if it is clear but does not look like data, what it
 * resembles.
 *
 * @typedef {object} Verdict
 * @property {number | null} entry
 * @property {string | null} content
 * @property {Repair | null} repair
 * @property {string | null} resembles
 */

/**
 * Reads both ends of a Blob: `{ size, head, tail }`, a few KiB each. In a small file they overlap. If the tail is too
 * dear (see `tail` of ArchiveEntry), it is empty: the beginning must then prove more, and the end is checked when the
 * file is decrypted.
 * @param {Readable & { tail?: (length: number) => Promise<Uint8Array | null> }} blob
 */
export async function readEnds(blob) {
  const { size } = blob;
  // Two reads of a picked file take Chromium four times as long.
  if (!blob.tail && isSmall(blob)) return endsOf(await readPart(blob, 0, size));
  const head = await readPart(blob, 0, Math.min(size, headLength()));
  if (blob.tail) {
    const isClear = clearContent(size, head) !== undefined; // which needs no tail
    return { size, head, tail: (!isClear && (await blob.tail(tailLength()))) || new Uint8Array() };
  }
  const tail = await readPart(blob, Math.max(0, size - tailLength()), size);
  return { size, head, tail };
}

/**
 * The same for a file in memory: views, not copies.
 * @param {Uint8Array} bytes
 */
export function endsOf(bytes) {
  const size = bytes.length;
  return { size, head: bytes.subarray(0, headLength()), tail: bytes.subarray(Math.max(0, size - tailLength())) };
}
