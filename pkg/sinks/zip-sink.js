/** Writes decrypted files into one ZIP. */

import { MgdcDecryptError } from '../core/errors.js';
import { wasm } from '../core/init.js';
import { Archive } from './zip-archive.js';
import { centralHeader, dataDescriptor, encodeName, localHeader, MAX32 } from './zip-records.js';

/** @import { OwnBytes, SinkInfo } from '../index.js' */

/**
 * Writes one ZIP into `writable`: stored, streamed, of any size.
 *
 * Any number of entries may be open, but a ZIP is sequential. So an entry buffers its first MiB. Beyond that it waits
 * for the write lock, and holds it until it is closed or aborted. A file that fits into the buffer never waits, and its
 * local header has its size and CRC. A caller that fills several entries must not make one wait for another.
 *
 * When an entry's stream is closed, its bytes have been accepted; only when `close()` resolves are they written.
 * @param {WritableStream<Uint8Array>} writable
 */
export function zipSink(writable) {
  const archive = new Archive(writable);
  return {
    // When a write is over, a file has copied the bytes; any other stream may still use them.
    reusesBuffers:
      globalThis.FileSystemWritableFileStream !== undefined && writable instanceof FileSystemWritableFileStream,
    /** @type {(path: string, info?: Partial<SinkInfo>) => WritableStream<OwnBytes>} */
    open: (path, info) => new Entry(archive, path, info).stream,
    close: () => archive.close(),
    /** @param {unknown} reason */
    abort: (reason) => archive.abort(reason),
  };
}

/** Maximum bytes that an open entry buffers. */
const KEPT_BY_ENTRY = 2 ** 20;
/** Maximum bytes of closed entries that wait for the write lock. Beyond that, their `close()` waits too. */
const KEPT_BY_CLOSED = 8 * 2 ** 20;
/** The memory of an entry besides its bytes. It counts, because thousands of empty entries must not pile up either. */
const COST_OF_ENTRY = 1024;

/** One entry of the ZIP, and its stream. */
class Entry {
  #archive;
  #record;
  /** @type {Uint8Array | null} */
  #kept = new Uint8Array(0);
  #mayBeBig;
  #begun = false;
  /** @type {WritableStreamDefaultController | undefined} */
  #controller;

  /**
   * @param {Archive} archive
   * @param {string} path
   * @param {Partial<SinkInfo>} [info]
   */
  constructor(archive, path, { size = null, modified = null } = {}) {
    const name = encodeName(path);
    if (name.length > 0xffff)
      throw new MgdcDecryptError('ERR_UNSAFE_NAME', `a ZIP cannot hold a path of ${name.length} bytes`);
    this.#archive = archive;
    this.#record = {
      name,
      modified: modified && !Number.isNaN(modified.getTime()) ? modified : new Date(),
      crc: 0,
      size: 0,
      offset: 0,
      streamed: false,
      zip64: false,
    };
    // Only a hint: if the size turns out wrong, the descriptor and the central directory still have the right one.
    this.#mayBeBig = size === null || size >= MAX32;
    archive.join(this);
    this.stream = new WritableStream({
      start: (controller) => this.#start(controller),
      write: (chunk) => this.#write(chunk).catch((error) => this.#fail(error)),
      close: () => this.#close(),
      abort: () => this.#discard(),
    });
  }

  /**
   * Makes every later use of the stream fail.
   * @param {unknown} reason
   */
  error(reason) {
    this.#controller?.error(reason);
  }

  /** @param {WritableStreamDefaultController} controller */
  #start(controller) {
    this.#controller = controller;
    // Otherwise abort() would wait for a write that is waiting for the lock.
    controller.signal.addEventListener('abort', () => this.#archive.leave(this, controller.signal.reason));
  }

  /** @param {ArrayBufferView} chunk */
  async #write(chunk) {
    if (!ArrayBuffer.isView(chunk)) throw new TypeError('an entry of a ZIP takes chunks of Uint8Array');
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (!this.#begun && this.#record.size + bytes.length <= KEPT_BY_ENTRY) {
      this.#keep(bytes);
      this.#count(bytes);
      return;
    }
    if (!this.#begun) {
      await this.#archive.acquireWriteLock(this);
      await this.#begin(true);
    }
    this.#count(bytes);
    await this.#archive.put(bytes);
  }

  /** @param {Uint8Array} bytes */
  #count(bytes) {
    this.#record.crc = wasm().crc32(this.#record.crc, bytes);
    this.#record.size += bytes.length;
  }

  /**
   * Copies the bytes, because the caller may reuse its buffer. The copy is one array that doubles as needed, because
   * chunks may be very small.
   * @param {Uint8Array} bytes
   */
  #keep(bytes) {
    const length = this.#record.size;
    let kept = /** @type {Uint8Array} */ (this.#kept);
    if (length + bytes.length > kept.length) {
      const grown = new Uint8Array(Math.min(Math.max(2 * length, length + bytes.length), KEPT_BY_ENTRY));
      grown.set(kept.subarray(0, length));
      kept = this.#kept = grown;
    }
    kept.set(bytes, length);
  }

  /** @param {boolean} streamed */
  async #begin(streamed) {
    this.#begun = true;
    Object.assign(this.#record, { streamed, zip64: streamed && this.#mayBeBig, offset: this.#archive.offset });
    await this.#archive.put(localHeader(this.#record));
    const kept = /** @type {Uint8Array} */ (this.#kept).subarray(0, this.#record.size);
    this.#kept = null;
    await this.#archive.put(kept);
  }

  async #close() {
    this.#archive.closing(this);
    if (this.#begun) return this.#end();
    const cost = this.#record.size + COST_OF_ENTRY;
    const written = this.#writeWhole().finally(() => this.#archive.keepClosed(-cost));
    if (this.#archive.keepClosed(cost) > KEPT_BY_CLOSED) return written;
    written.catch(() => {}); // not awaited: the archive's close() reports the failure
  }

  async #writeWhole() {
    await this.#archive.acquireWriteLock(this);
    await this.#begin(false);
    await this.#end();
  }

  async #end() {
    if (this.#record.streamed) await this.#archive.put(dataDescriptor(this.#record));
    this.#archive.list(centralHeader(this.#record));
    this.#archive.releaseWriteLock(this);
  }

  // What was written cannot be removed. So its record is completed, but not listed in the central directory, on which
  // readers rely. (7-Zip still lists such a record if it is the very first of the archive.)
  async #discard() {
    this.#archive.closing(this);
    this.#kept = null;
    if (this.#begun) {
      this.#begun = false; // only once: an abort may follow a failed write
      await this.#archive.put(dataDescriptor(this.#record));
    }
    this.#archive.releaseWriteLock(this);
  }

  /**
   * Discards the entry after a failed write, because the stream then does not call abort().
   * @param {unknown} error
   * @returns {Promise<never>}
   */
  async #fail(error) {
    await this.#discard().catch(() => {});
    throw error;
  }
}
