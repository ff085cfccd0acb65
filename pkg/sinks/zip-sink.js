/** The ZIP writer with the core's CRC-32, which is faster than one in JavaScript. */

import { wasm } from '../core/init.js';
import { zipSink as plainZipSink } from './zip.js';

/** See index.d.ts. */
export function zipSink(writable) {
  return plainZipSink(writable, { crc32: (previous, bytes) => wasm().crc32(previous, bytes) });
}
