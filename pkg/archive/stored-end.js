/** The end of a deflated entry without inflating it from its beginning. */

import { joined, readPart } from '../core/bytes.js';

/** @import { Readable } from '../core/bytes.js' */

/** Bytes of a stored block's header at a byte boundary (RFC 1951, 3.2.4): type, length, and its complement. */
const HEADER = 5;
/** Enough for the longest stored block, and a part of the one before. */
const WINDOW = 2 * (0xffff + HEADER);

/**
 * The last `length` bytes of deflated content, if they lie in stored blocks; otherwise null. Ciphertext cannot be
 * compressed, so all common compressors store it, in blocks of 16 to 64 KiB. (zlib encodes a last block of less than
 * about 60 bytes, which is one file in 250.) A stored block is recognised from its end: its header says how long it is,
 * twice. That other bytes look like one has a probability of 6e-8 for each block.
 * @param {Readable} blob
 * @param {number} start of the packed bytes
 * @param {number} end
 * @param {number} length
 */
export async function storedEnd(blob, start, end, length) {
  const bytes = await readPart(blob, Math.max(start, end - WINDOW), end);
  const view = new DataView(bytes.buffer);
  /** @type {Uint8Array[]} */
  const blocks = [];
  let found = 0;
  for (let stop = bytes.length, type = 1; found < length; type = 0) {
    const at = headerBefore(view, stop, type);
    if (at === null) return null;
    blocks.unshift(bytes.subarray(at + HEADER, stop));
    found += stop - at - HEADER;
    stop = at;
  }
  return joined(blocks).slice(-length);
}

/**
 * The place of the header whose block ends at `stop`. `type`: 1 for the last block, 0 for any other.
 * @param {DataView} view
 * @param {number} stop
 * @param {number} type
 */
function headerBefore(view, stop, type) {
  for (let at = stop - HEADER, size = 0; at >= 0 && size <= 0xffff; at -= 1, size += 1) {
    if (view.getUint8(at) !== type || view.getUint16(at + 1, true) !== size) continue;
    if (view.getUint16(at + 3, true) === (size ^ 0xffff)) return at;
  }
  return null;
}
