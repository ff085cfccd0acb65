/** Any range of a file's plaintext, without what lies before it: CBC decrypts each block with the one before it. */

import { readPart } from '../core/bytes.js';
import { MgdcDecryptError, toError } from '../core/errors.js';
import { IV_IN_FRONT, isConverted } from '../core/repair.js';

/**
 * @import { Readable } from '../core/bytes.js'
 * @import { Core, PreviewSource } from './plaintext.js'
 */

/** Bytes of an AES block, and of the AES key before the IV. */
const BLOCK = 16;
const KEY = 32;

/**
 * Plaintext that is read by ranges; `bytesRead`: bytes of the source so far.
 *
 * @typedef {object} Ranges
 * @property {number} byteLength
 * @property {number} bytesRead
 * @property {(start: number, end: number) => Promise<ArrayBuffer>} slice
 */

/**
 * The plaintext before any decompression. Null where it has to be read from the beginning: where a tool has converted
 * the ciphertext, so that there is no telling where a block lies, and in an archive that has deflated the file.
 * @param {PreviewSource} source
 * @returns {Promise<Ranges | null>}
 * @throws ERR_READ, ERR_PADDING, ERR_CIPHERTEXT_LENGTH
 */
export async function rangesOf(source) {
  if (isDeflated(source.blob)) return null;
  if (!source.key) return new ClearRanges(source.blob);
  if (isConverted(source.repair)) return null;
  const ranges = new CipherRanges(source, source.repair === IV_IN_FRONT ? BLOCK : 0);
  await ranges.measure();
  return ranges;
}

/**
 * Whether it is a deflated entry of an archive (ArchiveEntry): each range of one is inflated from its beginning.
 * @param {Readable & { source?: { entry?: { deflated?: boolean } } }} blob
 */
function isDeflated({ source }) {
  return source?.entry?.deflated === true;
}

/** @implements {Ranges} */
class ClearRanges {
  bytesRead = 0;
  #blob;

  /** @param {PreviewSource['blob']} blob */
  constructor(blob) {
    this.#blob = blob;
    this.byteLength = blob.size;
  }

  /**
   * @param {number} start
   * @param {number} [end]
   */
  async slice(start, end = this.byteLength) {
    const part = await readPart(this.#blob, start, end);
    this.bytesRead += part.length;
    return part.buffer;
  }
}

/** @implements {Ranges} */
class CipherRanges {
  bytesRead = 0;
  byteLength = 0;
  #core;
  #blob;
  #key;
  #offset;

  /**
   * @param {PreviewSource} source
   * @param {number} offset where the ciphertext begins
   */
  constructor({ core, blob, key }, offset) {
    this.#core = core;
    this.#blob = blob;
    this.#key = /** @type {Uint8Array<ArrayBuffer>} */ (key);
    this.#offset = offset;
  }

  /** Finds out how long the plaintext is: the last block has the padding. */
  async measure() {
    const length = this.#blob.size - this.#offset;
    if (length <= 0 || length % BLOCK > 0) {
      const message = `the ciphertext has ${length} bytes, expected a multiple of ${BLOCK}: the file is cut; export it again`;
      throw new MgdcDecryptError('ERR_CIPHERTEXT_LENGTH', message);
    }
    const last = await this.#decrypt(length - BLOCK, length);
    this.byteLength = length - BLOCK + last.length;
  }

  /**
   * @param {number} start
   * @param {number} [end]
   */
  async slice(start, end = this.byteLength) {
    const first = start - (start % BLOCK);
    // Up to and with the block in which it ends.
    const last = Math.min(Math.ceil(end / BLOCK) * BLOCK, this.#blob.size - this.#offset);
    const blocks = await this.#decrypt(first, last);
    const part = blocks.slice(start - first, end - first);
    blocks.fill(0);
    return part.buffer;
  }

  /**
   * Decrypts whole blocks; of the file's last one only what is not padding.
   * @param {number} start
   * @param {number} end
   */
  async #decrypt(start, end) {
    const from = this.#offset + start - BLOCK;
    const to = this.#offset + end;
    const isLast = to === this.#blob.size;
    // The decryptor holds the last block back, in case it has the padding: so one more is read.
    const bytes = await readPart(this.#blob, Math.max(0, from), isLast ? to : to + BLOCK);
    this.bytesRead += bytes.length;
    const key = this.#key.slice();
    if (from >= 0) key.set(bytes.subarray(0, BLOCK), KEY);
    const decryptor = new this.#core.Decryptor(key, 'none', true);
    try {
      decryptor.push(from >= 0 ? bytes.subarray(BLOCK) : bytes);
      if (isLast) decryptor.end();
      return pulled(this.#core, decryptor, end - start);
    } catch (error) {
      throw toError(error);
    } finally {
      decryptor.free();
    }
  }
}

/**
 * @param {Core} core
 * @param {{ pull(): number, address: number }} decryptor
 * @param {number} most
 */
function pulled({ memory }, decryptor, most) {
  const bytes = new Uint8Array(most);
  let length = 0;
  for (let count = decryptor.pull(); count > 0; count = decryptor.pull()) {
    bytes.set(new Uint8Array(memory().buffer, decryptor.address, count), length);
    length += count;
  }
  return bytes.subarray(0, length);
}
