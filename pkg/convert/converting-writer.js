/** A PlaintextWriter whose bytes are converted on their way. */

import { Conversion } from './conversion.js';

/**
 * @import { PlaintextWriter } from '../worker/plaintext-writer.js'
 * @import { ConvertJob } from '../worker/protocol.js'
 */

export class ConvertingWriter {
  #writer;
  #conversion;

  /**
   * @param {PlaintextWriter} writer
   * @param {ConvertJob} job
   */
  constructor(writer, job) {
    this.#writer = writer;
    this.#conversion = new Conversion(job);
  }

  get read() {
    return this.#writer.read;
  }

  set read(bytes) {
    this.#writer.read = bytes;
  }

  get written() {
    return this.#writer.written;
  }

  get isConverting() {
    return this.#conversion.isConverting === true;
  }

  get conversion() {
    return this.#conversion.outcome;
  }

  /** What is written is hashed, not what came. */
  hash() {}

  /**
   * @param {Uint8Array} bytes
   * @returns {Promise<void> | void}
   */
  write(bytes) {
    const first = this.#conversion.push(bytes); // which needs `bytes` no longer
    return this.#conversion.hasMore ? this.#putMore(first) : this.#put(first);
  }

  /** @param {ArrayBuffer | undefined} buffer */
  credit(buffer) {
    this.#writer.credit(buffer);
  }

  async finish() {
    await this.#putMore(this.#conversion.end());
    return this.#writer.finish();
  }

  abort() {
    return this.#writer.abort();
  }

  /** @param {Uint8Array} first */
  async #putMore(first) {
    for (let bytes = /** @type {Uint8Array | null} */ (first); bytes; bytes = this.#conversion.more())
      await this.#put(bytes);
  }

  /**
   * @param {Uint8Array} bytes
   * @returns {Promise<void> | void}
   */
  #put(bytes) {
    if (bytes.length === 0) return;
    // What is not converted comes straight from the module's memory, and hashing may detach views of that.
    const own = this.isConverting ? bytes : bytes.slice();
    this.#writer.hash(own);
    return this.#writer.write(own);
  }
}
