/** The conversion of a small file whose plaintext is all in memory. */

import { joined } from '../core/bytes.js';
import { Conversion } from './conversion.js';

/** @import { ConvertJob, WholeFile } from '../worker/protocol.js' */

/** Maximum bytes of what it becomes. CSV of many columns is mostly commas. */
const MOST = 4 << 20;

/**
 * Null if it becomes too long, or more than one file.
 * @param {WholeFile} opened
 * @param {ConvertJob} job
 * @returns {WholeFile | null}
 */
export function convertWhole(opened, job) {
  const conversion = new Conversion(job);
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const pieces = [];
  let length = 0;
  for (const next of [() => conversion.push(opened.bytes), () => conversion.end()]) {
    for (let bytes = /** @type {Uint8Array | null} */ (next()); bytes; bytes = conversion.more()) {
      length += bytes.length;
      if (length > MOST) return null;
      pieces.push(bytes.slice()); // it is valid until the next call
    }
  }
  const { outcome } = conversion;
  const { converted, rowsWritten = converted?.rows } = outcome;
  if (outcome.plan || rowsWritten !== converted?.rows) return null;
  return { ...opened, bytes: joined(pieces), conversion: outcome };
}
