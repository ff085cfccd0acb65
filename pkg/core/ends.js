/** The two ends of a file, which is what the core's Probe looks at. */

import { headLength, tailLength } from '../wasm/mgdc_decrypt.js';
import { readPart } from './bytes.js';

/**
 * @import { Readable } from './bytes.js'
 * @import { Repair } from '../index.js'
 */

/**
 * What the core says of a file by its two ends: which key details entry opens it (`null`: none, it is clear), what it
 * holds, what is undone first, and what a clear one looks like that should be none.
 *
 * @typedef {object} Verdict
 * @property {number | null} entry
 * @property {string | null} content
 * @property {Repair | null} repair
 * @property {string | null} resembles
 */

/**
 * Reads both ends of a Blob: `{ size, head, tail }`, some KiB each; they overlap in a small file.
 * @param {Readable} blob
 */
export async function readEnds(blob) {
  const { size } = blob;
  const head = await readPart(blob, 0, Math.min(size, headLength()));
  const tail = await readPart(blob, Math.max(0, size - tailLength()), size);
  return { size, head, tail };
}

/**
 * The same of a file that is in memory: views, not copies.
 * @param {Uint8Array} bytes
 */
export function endsOf(bytes) {
  const size = bytes.length;
  return { size, head: bytes.subarray(0, headLength()), tail: bytes.subarray(Math.max(0, size - tailLength())) };
}
