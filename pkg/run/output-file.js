/** One output file of a run, in any sink. */

import { toWriteError } from '../core/errors.js';

/**
 * @import { OwnBytes } from '../index.js'
 * @import { Destination } from '../worker/protocol.js'
 * @import { PutWhole, RunSink } from './shapes.js'
 */

/**
 * A stream of our own sinks: `file`, if set, is the file that a worker writes directly; `output` is the final path.
 *
 * @typedef {WritableStream<OwnBytes> & { file?: Destination, output?: string }} OutputStream
 */

/** Opened with the first byte, or at the end if there is none, so that a file that fails at once leaves no trace. */
export class OutputFile {
  bytes = 0;
  /** Whether the worker writes the file itself. */
  isFile = false;
  /** @type {Promise<OutputStream> | null} */
  #opening = null;
  /** @type {WritableStreamDefaultWriter<OwnBytes> | null} */
  #writer = null;
  /** @type {Promise<void> | null} */
  #closing = null;
  #place;

  /**
   * `place`: chooses the path, once; whether the file is converted is known only at its first bytes. `modified`: the
   * source's date in milliseconds, if it has one.
   * @param {RunSink} sink
   * @param {(isConverted: boolean) => string} place
   * @param {number | undefined} modified
   * @param {{ replace?: boolean }} [options]
   */
  constructor(sink, place, modified, { replace = false } = {}) {
    this.sink = sink;
    this.#place = place;
    this.modified = modified;
    this.replace = replace;
    this.path = this.finalPath = '';
  }

  /**
   * The file for the worker to write to; null if the sink takes pieces.
   * @param {boolean} [isConverted]
   */
  async openFile(isConverted = false) {
    const stream = await this.#open(isConverted);
    this.isFile = Boolean(stream.file);
    return stream.file ?? null;
  }

  /** @param {OwnBytes} bytes */
  async write(bytes) {
    const stream = await this.#open();
    await this.#writerOf(stream).write(bytes).catch(writeError(this.path));
    this.bytes += bytes.length;
  }

  /**
   * Writes a small file whole, in one go where the sink can: a stream for each costs more than writing 2 KiB.
   * @param {OwnBytes} bytes
   * @param {boolean} isConverted
   */
  async writeWhole(bytes, isConverted) {
    const { whole } = this.sink.open;
    if (!whole) {
      await this.openFile(isConverted);
      if (bytes.length > 0) await this.write(bytes);
      return this.close();
    }
    this.#closing = this.#put(whole, bytes, isConverted);
    return this.#closing;
  }

  /**
   * @param {PutWhole} whole
   * @param {OwnBytes} bytes
   * @param {boolean} isConverted
   */
  async #put(whole, bytes, isConverted) {
    const info = this.#choose(isConverted);
    this.finalPath = await whole(this.path, bytes, info).catch(writeError(this.path));
    this.bytes = bytes.length;
  }

  /** Once only. */
  close() {
    return (this.#closing ??= this.#close());
  }

  async #close() {
    const stream = await this.#open();
    await this.#writerOf(stream).close().catch(writeError(this.path));
    this.finalPath = stream.output ?? this.path;
  }

  /** @param {unknown} reason */
  async abort(reason) {
    // Opening may be what failed, or may not be finished yet. What is put whole is written, or leaves nothing.
    await (this.#opening ?? this.#closing)?.catch(() => {});
    await this.#writer?.abort(reason).catch(() => {});
  }

  #open(isConverted = false) {
    return (this.#opening ??= this.#start(isConverted));
  }

  /** @param {OutputStream} stream */
  #writerOf(stream) {
    return (this.#writer ??= stream.getWriter());
  }

  /**
   * @param {boolean} isConverted
   * @returns {Promise<OutputStream>}
   */
  async #start(isConverted) {
    const info = this.#choose(isConverted);
    /** @type {Promise<OutputStream>} */
    const opening = new Promise((resolve) => resolve(this.sink.open(this.path, info)));
    const stream = await opening.catch(writeError(this.path));
    this.#writerOf(stream).closed.catch(() => {}); // every write and close reports its own error
    return stream;
  }

  /**
   * Chooses the path; returns what the sink is told of the file.
   * @param {boolean} isConverted
   */
  #choose(isConverted) {
    this.path = this.finalPath = this.#place(isConverted);
    const modified = this.modified ? new Date(this.modified) : null;
    return { size: null, modified, ...(this.replace && { replace: true }) };
  }
}

/**
 * @param {string} path
 * @returns {(error: unknown) => never}
 */
function writeError(path) {
  return (error) => {
    throw toWriteError(error, path);
  };
}
