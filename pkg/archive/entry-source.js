/** What a worker needs to read one entry of a ZIP archive, and the checks that page and worker share. */

/**
 * @import { FileOnDisk } from '../index.js'
 * @import { EntryInflater } from '../wasm/mgdc_decrypt.js'
 */

/**
 * Where an entry lies in its archive. `header`: the offset of its local header, behind which the content follows.
 *
 * @typedef {object} Place
 * @property {Blob | FileOnDisk['source']} archive
 * @property {string} archiveName
 * @property {string} name
 * @property {number} header
 * @property {number} nameLength bytes of the name, in the directory
 * @property {number} packed bytes in the archive
 * @property {boolean} deflated otherwise stored
 * @property {number} crc
 */
/**
 * Sent to a worker in place of a Blob.
 *
 * @typedef {object} EntrySource
 * @property {Place} entry
 * @property {number} size
 * @property {number | undefined} modified the archive's date
 */

/** Bytes of a local header before its two fields of variable length (APPNOTE.TXT, 4.3.7). */
export const LOCAL_HEADER = 30;
/** Extra fields of most writers fit into this. If not, a second read is needed. */
const LIKELY_EXTRA = 96;

/**
 * How many bytes from the local header on are worth reading at once, so that one read gets `wanted` bytes of content.
 * @param {Place} place
 * @param {number} wanted
 */
export function worthReading({ nameLength }, wanted) {
  return LOCAL_HEADER + nameLength + LIKELY_EXTRA + wanted;
}

/**
 * Bytes from the local header to the content. The header's own lengths count: its extra fields differ from those in the
 * directory.
 * @param {Place} place
 * @param {Uint8Array} header its first 30 bytes
 */
export function lengthOfHeader(place, header) {
  if (header.length < LOCAL_HEADER) throw beyond(place);
  const view = new DataView(header.buffer, header.byteOffset);
  if (view.getUint32(0, true) !== 0x04034b50) throw damaged(place, 'it is not where the directory says');
  return LOCAL_HEADER + view.getUint16(26, true) + view.getUint16(28, true);
}

/** The core's EntryInflater, with errors that name the entry. */
export class Inflating {
  #place;
  #size;
  #inner;

  /**
   * @param {EntrySource} source
   * @param {typeof EntryInflater} Inflater of the bindings, which page and worker load in their own ways
   */
  constructor({ entry, size }, Inflater) {
    this.#place = entry;
    this.#size = size;
    this.#inner = new Inflater(size);
  }

  /** @param {Uint8Array} packed */
  push(packed) {
    this.#inner.push(packed);
  }

  /**
   * Fills the beginning of `target`; returns how many bytes it wrote: 0 when more packed bytes are needed.
   * @param {Uint8Array} target
   */
  pull(target) {
    return this.#attempt(() => this.#inner.pull(target));
  }

  /** Checks size and CRC-32 after the last byte. */
  finish() {
    // The end of the stream may follow the last byte of content.
    const isOver = this.#attempt(() => this.#inner.pull(new Uint8Array(1))) === 0;
    if (!isOver || this.#attempt(() => this.#inner.finish()) !== this.#place.crc) throw wrongChecksum(this.#place);
  }

  free() {
    this.#inner.free();
  }

  /**
   * @template Result
   * @param {() => Result} use
   */
  #attempt(use) {
    try {
      return use();
    } catch (error) {
      const { code } = /** @type {{ code?: string }} */ (error ?? {});
      if (!code) throw error;
      const isTooBig = code === 'ERR_OUTPUT_LIMIT';
      const problem = isTooBig ? `it expands beyond the ${this.#size} bytes that the archive says` : NOT_VALID;
      throw damaged(this.#place, problem);
    }
  }
}

const NOT_VALID = 'its compressed data (deflate) is not valid';

/**
 * Whether damage in a file may be the cause of a failure. If so, the CRC-32 says more than what the damage looks like
 * after decryption, which may be a wrong key.
 * @param {unknown} error
 */
export function mayBeDamage(error) {
  const { code } = /** @type {{ code?: string }} */ (error ?? {});
  return DAMAGE.test(code ?? '');
}

const DAMAGE = /^ERR_(CIPHERTEXT_LENGTH|PADDING|UNRECOGNIZED|CONVERTED|COMPRESSED_DATA|CHECKSUM|TRAILING_DATA)$/;

/** @param {Place} place */
export function beyond(place) {
  return damaged(place, 'it ends beyond the end of the archive, which seems to be cut off');
}

/** @param {Place} place */
export function tooShort(place) {
  return damaged(place, 'it is shorter than the archive says');
}

/** @param {Place} place */
export function wrongChecksum(place) {
  return damaged(place, 'its CRC-32 is not the one that the archive says');
}

/**
 * @param {Pick<Place, 'archiveName' | 'name'>} place
 * @param {string} problem
 */
export function damaged({ archiveName, name }, problem) {
  const message = `the entry ${name} of the archive ${archiveName} is damaged: ${problem}; download the archive again`;
  return { code: /** @type {const} */ ('ERR_ARCHIVE'), message };
}
