/** The beginning of a file's plaintext: read and decrypted a little at a time, and no further than is asked for. */

import { readPart } from '../core/bytes.js';
import { aborted, toError } from '../core/errors.js';
import { Yielder } from '../core/yielding.js';
import { Inflater } from './inflater.js';

/**
 * @import { Readable } from '../core/bytes.js'
 * @import { Compression, MgdcDecryptError, Repair } from '../index.js'
 * @import { Decryptor } from '../wasm/mgdc_decrypt.js'
 */

/**
 * What is needed of the core's bindings. They are passed in, so that this room can be a script of its own, beside one
 * that has loaded the module.
 *
 * @typedef {object} Core
 * @property {typeof Decryptor} Decryptor
 * @property {() => WebAssembly.Memory} memory
 */
/**
 * What is previewed: `key` is 32 bytes of AES key and 16 of IV, or null for a clear file. `error`: what is known to be
 * wrong with it.
 *
 * @typedef {object} PreviewSource
 * @property {Core} core
 * @property {string} path
 * @property {Readable} blob
 * @property {Uint8Array<ArrayBuffer> | null} key
 * @property {Repair | null} repair
 * @property {Compression} compression
 * @property {MgdcDecryptError | null} error
 */

/** Bytes of the first read; each further one reads as much as all before it. */
const FIRST_READ = 1 << 16;

/**
 * Bytes that are decrypted at a time. Small, because an error takes the plaintext of its piece with it, and because
 * what they expand to (a thousand times as much at most) has to fit into a turn of the event loop.
 */
const PIECE = 1 << 11;

/**
 * How many bytes of the source before an error of the decompression count as damaged. Of 1,200 deflate streams with 16
 * wrong bytes, zlib noticed 42 before their checksum, at most 2,064 bytes behind the damage.
 */
const DOUBT = 1 << 14;

/**
 * How many bytes of the end may be damaged where the last block has no padding: that block, or the one before it. They
 * are decrypted by themselves.
 */
const END = 64;

/** Most plaintext that is decoded for a preview, whatever the source expands to. */
export const PLAINTEXT_LIMIT = 64 << 20;

export class Plaintext {
  /** Bytes of the source that were read, and of plaintext that were given. */
  bytesRead = 0;
  bytes = 0;
  /** Whether all of the file was read, and all of its plaintext given. */
  isWhole = false;
  /** What went wrong in decrypting or decompressing; then there is no more. @type {MgdcDecryptError | null} */
  error = null;
  /** Up to which byte of the source rows may be trusted, once there is an error. */
  trusted = Number.POSITIVE_INFINITY;
  /** @type {Exclude<Compression, 'auto'> | null} */
  compression = null;
  /** @type {string[]} */
  warnings = [];
  /** Bytes of the source that were decrypted so far. */
  at = 0;
  #source;
  #limit;
  #signal;
  #yielder = new Yielder();
  #pieces = this.#run();

  /**
   * @param {PreviewSource} source
   * @param {{ bytes: number, signal?: AbortSignal }} options `bytes`: most bytes of the source
   */
  constructor(source, { bytes, signal }) {
    this.#source = source;
    this.#limit = Math.min(bytes, source.blob.size);
    this.#signal = signal;
  }

  /**
   * The next plaintext, in a buffer of its own; null at the end, at a limit, and at an error.
   * @throws ERR_ABORTED, ERR_READ
   */
  async next() {
    const { value } = await this.#pieces.next();
    return value ?? null;
  }

  /** Frees what the decryptor holds. */
  async close() {
    await this.#pieces.return(undefined);
  }

  /** @returns {AsyncGenerator<Uint8Array<ArrayBuffer>, undefined>} */
  async *#run() {
    const { core, key, repair, compression } = this.#source;
    if (!key) return yield* this.#clear();
    return yield* this.#decoded(new core.Decryptor(key.slice(), compression, false, undefined, repair ?? undefined));
  }

  /**
   * @param {Decryptor | Inflater} opened
   * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>, undefined>}
   */
  async *#decoded(opened) {
    /** @type {Decryptor | Inflater | null} */
    let decoder = opened;
    try {
      for await (const piece of this.#read()) {
        decoder.push(piece);
        yield* this.#pulled(decoder);
        if (this.bytes >= PLAINTEXT_LIMIT) return;
      }
      if (this.at < this.#source.blob.size) return;
      decoder.end();
      yield* this.#pulled(decoder);
      const whole = decoder;
      decoder = null;
      const summary = whole.finish(); // which frees it
      Object.assign(this, { isWhole: true, compression: summary.compression, warnings: summary.warnings });
    } catch (thrown) {
      this.#fail(toError(thrown));
    } finally {
      decoder?.free();
    }
  }

  /** @returns {AsyncGenerator<Uint8Array<ArrayBuffer>, undefined>} */
  async *#clear() {
    if (this.#source.compression === 'gzip') return yield* this.#decoded(new Inflater(this.#source.core));
    try {
      for await (const piece of this.#read()) {
        this.bytes += piece.length;
        yield piece.slice();
      }
      this.isWhole = this.at === this.#source.blob.size;
    } catch (thrown) {
      this.#fail(toError(thrown));
    }
  }

  /** @param {Decryptor | Inflater} decryptor */
  async *#pulled(decryptor) {
    for (let length = decryptor.pull(); length > 0; length = decryptor.pull()) {
      this.bytes += length;
      yield new Uint8Array(this.#source.core.memory().buffer, decryptor.address, length).slice();
      await this.#rest();
      if (this.bytes >= PLAINTEXT_LIMIT) return;
    }
  }

  /** The source in pieces, up to the limit. */
  async *#read() {
    const { blob } = this.#source;
    for (let from = 0; from < this.#limit; from = this.bytesRead) {
      const bytes = await readPart(blob, from, Math.min(this.#limit, from + Math.max(FIRST_READ, from)));
      this.bytesRead += bytes.length;
      while (this.at < this.bytesRead) {
        const isBeforeEnd = this.at < blob.size - END;
        const end = Math.min(this.at + PIECE, this.bytesRead, isBeforeEnd ? blob.size - END : blob.size);
        const piece = bytes.subarray(this.at - from, end - from);
        this.at = end;
        yield piece;
        await this.#rest();
      }
      bytes.fill(0);
    }
  }

  async #rest() {
    if (this.#yielder.isDue) await this.#yielder.yield();
    if (this.#signal?.aborted) throw aborted(this.#signal.reason);
  }

  /** @param {MgdcDecryptError} error */
  #fail(error) {
    if (error.code === 'ERR_ABORTED' || error.code === 'ERR_READ') throw error;
    this.error = error;
    this.trusted = this.#trusted(error);
  }

  /** @param {MgdcDecryptError} error */
  #trusted({ code }) {
    switch (code) {
      // Some byte is wrong, and nobody knows which one.
      case 'ERR_CHECKSUM':
        return 0;
      // The file was cut: what is there is right.
      case 'ERR_CIPHERTEXT_LENGTH':
        return this.at;
      case 'ERR_PADDING':
        return this.at - END;
      // What lies behind content that was whole, by its checksum.
      case 'ERR_TRAILING_DATA':
        return ['gzip', 'zlib'].includes(this.#source.compression) ? this.at : this.at - DOUBT;
      // Also content that stops early: damage near the end shows like that.
      default:
        return this.at - DOUBT;
    }
  }
}
