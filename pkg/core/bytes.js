/** Bytes as callers have them → Uint8Array. */

import { toError } from './errors.js';

/** @import { Bytes, FileOnDisk, OwnBytes } from '../index.js' */

/**
 * What is read of a file: a Blob has it.
 *
 * @typedef {object} Readable
 * @property {number} size
 * @property {(start?: number, end?: number) => { arrayBuffer(): Promise<ArrayBuffer> }} slice
 */

/**
 * Text becomes UTF-8. The result is a copy for text, and a view for the rest.
 * @param {Bytes} value
 * @returns {OwnBytes}
 */
export function toBytes(value) {
  if (typeof value === 'string') return new TextEncoder().encode(value);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(/** @type {ArrayBuffer} */ (value.buffer), value.byteOffset, value.byteLength);
  }
  throw new TypeError('expected a Blob, a Uint8Array, an ArrayBuffer or a string');
}

/**
 * Calls `use` with the bytes: at once, or for a Blob as a promise once they are read. Copies made here are wiped
 * afterwards; what the caller holds, and text, cannot be.
 *
 * @template Result
 * @overload
 * @param {Bytes} source
 * @param {(bytes: OwnBytes) => Result} use
 * @returns {Result}
 */
/**
 * @template Result
 * @overload
 * @param {Bytes | Blob | FileOnDisk} source
 * @param {(bytes: OwnBytes) => Result} use
 * @returns {Result | Promise<Result>}
 */
/**
 * @param {Bytes | Blob | FileOnDisk} source
 * @param {(bytes: OwnBytes) => unknown} use
 */
export function withBytes(source, use) {
  if (!isBlob(source)) return use(toBytes(source));
  /**
   * @param {unknown} error
   * @returns {never}
   */
  const unreadable = (error) => {
    throw toError(error);
  };
  return source.arrayBuffer().then((buffer) => {
    const bytes = new Uint8Array(buffer);
    try {
      return use(bytes);
    } finally {
      bytes.fill(0);
    }
  }, unreadable);
}

/**
 * Blobs, and what reads like one: Node's command line has files of its own.
 * @param {unknown} value
 * @returns {value is Blob | FileOnDisk}
 */
export function isBlob(value) {
  const { arrayBuffer, slice } = /** @type {Partial<Blob>} */ (value ?? {});
  return typeof arrayBuffer === 'function' && typeof slice === 'function' && !(value instanceof ArrayBuffer);
}

/**
 * Reads a part of a Blob; short reads mean that the file changed.
 * @param {Readable} blob
 * @param {number} start
 * @param {number} end
 */
export async function readPart(blob, start, end) {
  const bytes = new Uint8Array(await blob.slice(start, end).arrayBuffer());
  if (bytes.length !== end - start) throw changed(start + bytes.length, blob.size);
  return bytes;
}

/**
 * All pieces in one.
 * @param {readonly Uint8Array[]} pieces
 */
export function joined(pieces) {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/**
 * @param {number} found
 * @param {number} expected
 */
export function changed(found, expected) {
  const counts = `${found} bytes were there, ${expected} were expected`;
  const message = `the file changed while it was read: ${counts}; add it again, and see that it is downloaded whole`;
  return { code: 'ERR_READ', message };
}

/** @type {(MessagePort & { unref?(): void }) | undefined} */
let drain;

/**
 * Gives the memory of bytes that are used up back at once; waiting for the garbage collector, memory grows with the
 * file. A message to a closed port takes a buffer along and is dropped; `buffer.transfer(0)` leaves the memory with
 * Chromium's own half of the buffer (1 GiB decrypted: 25 MiB more than the idle page instead of 433).
 * @param {{ readonly buffer: ArrayBufferLike }} bytes
 */
export function release({ buffer }) {
  if (!drain) {
    const { port1, port2 } = new MessageChannel();
    port2.close();
    drain = port1;
    drain.unref?.();
  }
  drain.postMessage(null, [/** @type {ArrayBuffer} */ (buffer)]);
}
