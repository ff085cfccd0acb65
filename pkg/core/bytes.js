/** Turns what callers pass as bytes into a Uint8Array. */

import { toError } from './errors.js';

/** @import { Bytes, FileOnDisk, OwnBytes } from '../index.js' */

/**
 * The part of the Blob interface that reading a file needs.
 *
 * @typedef {object} Readable
 * @property {number} size
 * @property {(start?: number, end?: number) => { arrayBuffer(): Promise<ArrayBuffer> }} slice
 * @property {() => Promise<ArrayBuffer>} [arrayBuffer]
 */

/** Extra bytes at the end of each buffer that a Reader fills: the WebCrypto engine (worker/engines.js) puts a block there. */
export const SPARE = 16;

/**
 * Text is encoded as UTF-8, which makes a copy. For anything else the result is a view.
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
 * Calls `use` with the bytes and returns its result: at once, or for a Blob as a promise, after reading it. The bytes
 * read from a Blob are wiped afterwards; the caller's own bytes and text are left alone.
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
 * Whether a value is a Blob or can be read like one: the command line has its own class for files (FileOnDisk).
 * @param {unknown} value
 * @returns {value is Blob | FileOnDisk}
 */
export function isBlob(value) {
  const { arrayBuffer, slice } = /** @type {Partial<Blob>} */ (value ?? {});
  return typeof arrayBuffer === 'function' && typeof slice === 'function' && !(value instanceof ArrayBuffer);
}

/**
 * Reads a part of a Blob. Fails when it gets fewer bytes than expected: then the file has changed. All of it is read
 * without a slice, which takes Chromium half the time.
 * @param {Readable} blob
 * @param {number} start
 * @param {number} end
 */
export async function readPart(blob, start, end) {
  const isWhole = start === 0 && end === blob.size;
  const buffer = isWhole && blob.arrayBuffer ? blob.arrayBuffer() : blob.slice(start, end).arrayBuffer();
  const bytes = new Uint8Array(await buffer);
  if (bytes.length !== end - start) throw changed(start + bytes.length, blob.size);
  return bytes;
}

/**
 * Joins the pieces into one array.
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
  const counts = `found ${found} bytes, expected ${expected}`;
  const message = `the file changed while it was read: ${counts}; check that it is complete, and add it again`;
  return { code: 'ERR_READ', message };
}

/** @type {(MessagePort & { unref?(): void }) | undefined} */
let drain;

/**
 * Frees the memory of bytes that are no longer needed at once. If this were left to the garbage collector, memory would
 * grow with the file. A message to a closed port is dropped together with the buffer it transfers;
 * `buffer.transfer(0)` does not help, because Chromium's own half of the buffer keeps the memory. (Decrypting 1 GiB
 * takes 25 MiB more than the idle page this way, instead of 433.)
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
