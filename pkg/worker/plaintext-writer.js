/** Writes a worker's plaintext: directly into a file that it was given, or in pieces to the page. */

import { openFile, PostedPieces } from './output-places.js';

/**
 * @import { Opened, Post } from './output-places.js'
 * @import { Destination } from './protocol.js'
 */

/** @typedef {{ update(bytes: Uint8Array): unknown, digest(): string }} Hash */
/**
 * One file's output. Its destination is requested only with the first byte, so that a file that fails at once leaves no
 * trace. `ask()` resolves to a file to write to, or to null; then `post(buffer, length)` sends pieces to the page.
 */
export class PlaintextWriter {
  /** Bytes of the source that were processed so far, and bytes that were written. */
  read = 0;
  written = 0;
  /** Whether what is written is converted: see convert/converting-writer.js. */
  isConverting = false;
  #ask;
  #post;
  #hash;
  /** @type {Opened | null} */
  #destination = null;

  /**
   * @param {() => Promise<Destination | null>} ask
   * @param {Post} post
   * @param {Hash | null} hash
   */
  constructor(ask, post, hash) {
    this.#ask = ask;
    this.#post = post;
    this.#hash = hash;
  }

  /**
   * Call it before `write`. Hashing may grow the module's memory, which detaches views of it: make a new one for
   * `write`.
   * @param {Uint8Array} bytes
   */
  hash(bytes) {
    this.#hash?.update(bytes);
  }

  /**
   * The caller may reuse `bytes` when this returns, or when the returned promise settles.
   * @param {Uint8Array} bytes
   * @returns {Promise<void> | void}
   */
  write(bytes) {
    this.written += bytes.length;
    return this.#destination ? this.#destination.write(bytes) : this.#begin(bytes);
  }

  /** @param {Uint8Array} bytes */
  async #begin(bytes) {
    const file = await this.#ask();
    this.#destination = file ? await openFile(file) : new PostedPieces(this.#post, this);
    await this.#destination.write(bytes);
  }

  /**
   * A credit from the page, perhaps with a buffer that may be filled again.
   * @param {ArrayBuffer | undefined} buffer
   */
  credit(buffer) {
    this.#destination?.credit?.(buffer);
  }

  /** Call it after the last byte. Resolves to the SHA-256 if it was requested. */
  async finish() {
    await this.#destination?.finish();
    return this.#hash?.digest();
  }

  /** Call it after a failure. The page then deletes the file. */
  async abort() {
    await this.#destination?.abort?.();
  }
}
