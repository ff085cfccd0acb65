/** Writes decrypted files into one ZIP. */

import { MgdcDecryptError, toWriteError } from '../core/errors.js';
import { wasm } from '../core/init.js';
import { centralHeader, dataDescriptor, encodeName, endOfCentralDirectory, localHeader, MAX32 } from './zip-records.js';

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
/** Smaller pieces are gathered: a write to a file takes Chromium about 1 ms, for 300 bytes as for 64 KiB. */
const GATHERED = 256 * 1024;

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

class Archive {
  /** Bytes written so far. */
  offset = 0;
  #writer;
  /** @type {Uint8Array | null} */
  #gathered = null;
  #gatheredLength = 0;
  /** @type {Uint8Array[]} */
  #directory = [];
  /** @type {Set<Entry>} */
  #open = new Set();
  /** @type {Entry | Archive | null} */
  #writing = null;
  /** In order of arrival. @type {Map<Entry | Archive, { resolve(): void, reject(reason: unknown): void }>} */
  #waiting = new Map();
  #keptByClosed = 0;
  #closed = false;
  /** @type {{ reason: unknown } | null} */
  #failure = null;
  /** @type {((reason: unknown) => void) | null} */
  #interrupt = null;

  /** @param {WritableStream<Uint8Array>} writable */
  constructor(writable) {
    this.#writer = writable.getWriter();
    this.#writer.closed.catch((reason) => this.#fail(toWriteError(reason)));
  }

  /** @param {Entry} entry */
  join(entry) {
    this.#check();
    this.#open.add(entry);
  }

  /** @param {Entry} entry */
  closing(entry) {
    this.#open.delete(entry);
  }

  /** @param {Uint8Array} record */
  list(record) {
    this.#directory.push(record);
  }

  /** @param {number} bytes */
  keepClosed(bytes) {
    return (this.#keptByClosed += bytes);
  }

  /**
   * @param {Entry | Archive} who
   * @returns {Promise<void>}
   */
  acquireWriteLock(who) {
    return new Promise((resolve, reject) => {
      if (this.#failure) throw this.#failure.reason;
      this.#waiting.set(who, { resolve, reject });
      this.#passWriteLock();
    });
  }

  /** @param {Entry | Archive} who */
  releaseWriteLock(who) {
    if (this.#writing !== who) return;
    this.#writing = null;
    this.#passWriteLock();
  }

  // Only entries with something to write wait, so the one that gets the lock can always go on.
  #passWriteLock() {
    const [next] = this.#waiting;
    if (this.#writing || !next) return;
    const [who, { resolve }] = next;
    this.#waiting.delete(who);
    this.#writing = who;
    resolve();
  }

  /**
   * Stops waiting for the lock, unless the entry is already closed: then it is complete, and will be written.
   * @param {Entry} entry
   * @param {unknown} reason
   */
  leave(entry, reason) {
    const waiting = this.#open.has(entry) && this.#waiting.get(entry);
    if (!waiting) return;
    this.#waiting.delete(entry);
    waiting.reject(reason);
  }

  /** @param {Uint8Array} bytes */
  async put(bytes) {
    if (this.#failure) throw this.#failure.reason;
    this.offset += bytes.length;
    if (this.#gatheredLength + bytes.length > GATHERED) await this.#flush();
    if (bytes.length >= GATHERED) return this.#write(bytes);
    this.#gathered ??= new Uint8Array(GATHERED);
    this.#gathered.set(bytes, this.#gatheredLength);
    this.#gatheredLength += bytes.length;
  }

  // The array is not reused: the writable may queue it, or transfer it to another thread.
  async #flush() {
    const bytes = this.#gathered?.subarray(0, this.#gatheredLength);
    this.#gathered = null;
    this.#gatheredLength = 0;
    if (bytes) await this.#write(bytes);
  }

  /** @param {Uint8Array} bytes */
  #write(bytes) {
    return this.#unlessFailed(() => this.#writer.write(bytes));
  }

  /**
   * A writable may hang for ever, so a failure elsewhere must end the wait. There is only one write at a time.
   * @param {() => Promise<void>} action
   * @returns {Promise<void>}
   */
  #unlessFailed(action) {
    return new Promise((resolve, reject) => {
      if (this.#failure) throw this.#failure.reason;
      this.#interrupt = reject;
      action().then(resolve, (reason) => this.#fail(toWriteError(reason)));
    });
  }

  async close() {
    this.#check();
    const open = this.#open.size;
    if (open > 0)
      throw new MgdcDecryptError('ERR_INTERNAL', `the ZIP cannot be closed: ${open} of its entries are still open`);
    this.#closed = true;
    await this.acquireWriteLock(this); // after all closed entries
    const offset = this.offset;
    for (const record of this.#directory) await this.put(record);
    const end = endOfCentralDirectory({ entries: this.#directory.length, offset, size: this.offset - offset });
    for (const record of end) await this.put(record);
    await this.#flush();
    await this.#unlessFailed(() => this.#writer.close());
  }

  /** @param {unknown} reason */
  async abort(reason) {
    this.#fail(reason);
    await this.#writer.abort(reason);
  }

  /** @param {unknown} reason */
  #fail(reason) {
    if (this.#failure) return;
    this.#failure = { reason };
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
    this.#interrupt?.(reason);
    for (const entry of this.#open) entry.error(reason);
    this.#open.clear();
    this.#directory = [];
  }

  #check() {
    if (this.#failure) throw this.#failure.reason;
    if (this.#closed) throw new MgdcDecryptError('ERR_INTERNAL', 'the ZIP was closed');
  }
}
