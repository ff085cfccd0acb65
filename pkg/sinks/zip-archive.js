/** The archive that a ZIP sink writes: one entry at a time, in order, and the central directory at the end. */

import { MgdcDecryptError, toWriteError } from '../core/errors.js';
import { endOfCentralDirectory } from './zip-records.js';

/** What an archive asks of an entry: to fail. @typedef {{ error(reason: unknown): void }} Member */

/** Smaller pieces are gathered: a write to a file takes Chromium about 1 ms, for 300 bytes as for 64 KiB. */
const GATHERED = 256 * 1024;

export class Archive {
  /** Bytes written so far. */
  offset = 0;
  #writer;
  /** @type {Uint8Array | null} */
  #gathered = null;
  #gatheredLength = 0;
  /** @type {Uint8Array[]} */
  #directory = [];
  /** @type {Set<Member>} */
  #open = new Set();
  /** @type {Member | Archive | null} */
  #writing = null;
  /** In order of arrival. @type {Map<Member | Archive, { resolve(): void, reject(reason: unknown): void }>} */
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

  /** @param {Member} entry */
  join(entry) {
    this.#check();
    this.#open.add(entry);
  }

  /** @param {Member} entry */
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
   * @param {Member | Archive} who
   * @returns {Promise<void>}
   */
  acquireWriteLock(who) {
    return new Promise((resolve, reject) => {
      if (this.#failure) throw this.#failure.reason;
      this.#waiting.set(who, { resolve, reject });
      this.#passWriteLock();
    });
  }

  /** @param {Member | Archive} who */
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
   * @param {Member} entry
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
