/** Reads an entry of an archive in a worker, from its beginning to its end. */

import { SPARE } from '../core/bytes.js';
import { crc32, EntryInflater } from '../wasm/mgdc_decrypt.js';
import {
  beyond,
  Inflating,
  LOCAL_HEADER,
  lengthOfHeader,
  tooShort,
  worthReading,
  wrongChecksum,
} from './entry-source.js';

/** @import { EntrySource } from './entry-source.js' */

/**
 * What is read of the archive: see Whole in worker/source.js.
 *
 * @typedef {object} Archive
 * @property {number} size
 * @property {number} at
 * @property {(start: number, end: number) => Promise<Uint8Array<ArrayBuffer>>} part
 * @property {(start: number, end: number) => void} limit
 * @property {(size: number, buffer?: ArrayBuffer) => Promise<Uint8Array<ArrayBuffer>>} next
 * @property {() => Promise<void>} check
 * @property {() => void} close
 */

/** Packed bytes that are read at a time. */
const PACKED_PIECE = 256 * 1024;

/** See Reader in worker/source.js. */
export class EntryReader {
  at = 0;
  growsMemory = true;
  #archive;
  #place;
  /** @type {Inflating | null} */
  #inflating;
  #checksum = 0;
  /** @type {ArrayBuffer | undefined} */
  #packed;

  /**
   * @param {EntrySource} source
   * @param {Archive} archive limited to the packed bytes
   */
  constructor(source, archive) {
    this.size = source.size;
    this.#place = source.entry;
    this.#archive = archive;
    this.#inflating = source.entry.deflated ? new Inflating(source, EntryInflater) : null;
  }

  /**
   * @param {EntrySource} source
   * @param {Archive} archive
   */
  static async open(source, archive) {
    try {
      const { entry } = source;
      const end = Math.min(archive.size, entry.header + LOCAL_HEADER);
      const start = entry.header + lengthOfHeader(entry, await archive.part(entry.header, end));
      if (start + entry.packed > archive.size) throw beyond(entry);
      archive.limit(start, start + entry.packed);
      return new EntryReader(source, archive);
    } catch (error) {
      archive.close();
      throw error;
    }
  }

  /**
   * See Reader.
   * @param {number} size
   * @param {ArrayBuffer} [buffer]
   */
  async next(size, buffer = new ArrayBuffer(size + SPARE)) {
    const length = Math.min(size, this.size - this.at);
    const bytes = this.#inflating
      ? await this.#inflate(this.#inflating, new Uint8Array(buffer, 0, length))
      : await this.#archive.next(length, buffer);
    if (!this.#inflating) this.#checksum = crc32(this.#checksum, bytes);
    this.at += bytes.length;
    return bytes;
  }

  /** Fails also if the CRC-32 is wrong. Call it after the last byte. */
  async check() {
    await this.#archive.check();
    if (this.#inflating) {
      // What follows the content is pulled, too, or it would pile up: more than `size` bytes are an error.
      const over = new Uint8Array(1);
      while (this.#inflating.pull(over) === 0 && this.#archive.at < this.#archive.size)
        await this.#more(this.#inflating);
      this.#inflating.finish();
    } else if (this.#checksum !== this.#place.crc) throw wrongChecksum(this.#place);
  }

  close() {
    this.#archive.close();
    this.#inflating?.free();
    this.#inflating = null;
  }

  /**
   * @param {Inflating} inflating
   * @param {Uint8Array<ArrayBuffer>} target
   */
  async #inflate(inflating, target) {
    for (let filled = 0; filled < target.length; ) {
      const length = inflating.pull(target.subarray(filled));
      if (length > 0) filled += length;
      else if (this.#archive.at < this.#archive.size) await this.#more(inflating);
      else throw tooShort(this.#place);
    }
    return target;
  }

  /** @param {Inflating} inflating */
  async #more(inflating) {
    const packed = await this.#archive.next(PACKED_PIECE, this.#packed);
    inflating.push(packed);
    this.#packed = packed.buffer;
  }
}

/**
 * All of a small entry: with one read, if its local header is no longer than usual.
 * @param {EntrySource} source
 * @param {Archive} archive
 */
export async function readEntry(source, archive) {
  const { entry } = source;
  if (entry.packed > PACKED_PIECE) return readPieces(source, archive);
  try {
    const end = Math.min(archive.size, entry.header + worthReading(entry, entry.packed));
    const bytes = await archive.part(entry.header, end);
    const length = lengthOfHeader(entry, bytes.subarray(0, LOCAL_HEADER));
    const start = entry.header + length;
    if (start + entry.packed > archive.size) throw beyond(entry);
    const isWhole = bytes.length >= length + entry.packed;
    const packed = isWhole
      ? bytes.slice(length, length + entry.packed)
      : await archive.part(start, start + entry.packed);
    await archive.check();
    return unpack(source, packed);
  } finally {
    archive.close();
  }
}

/**
 * The content of an entry whose packed bytes are all in memory.
 * @param {EntrySource} source
 * @param {Uint8Array<ArrayBuffer>} packed
 * @returns {Uint8Array<ArrayBuffer>}
 */
function unpack(source, packed) {
  const { entry, size } = source;
  if (!entry.deflated) {
    if (crc32(0, packed) !== entry.crc) throw wrongChecksum(entry);
    return packed;
  }
  const inflating = new Inflating(source, EntryInflater);
  try {
    const bytes = new Uint8Array(size);
    inflating.push(packed);
    for (let at = 0, length = 1; at < size && length > 0; at += length) length = inflating.pull(bytes.subarray(at));
    inflating.finish();
    return bytes;
  } finally {
    inflating.free();
  }
}

/**
 * The same for an entry whose packed bytes are many more than its content.
 * @param {EntrySource} source
 * @param {Archive} archive
 */
async function readPieces(source, archive) {
  const reader = await EntryReader.open(source, archive);
  try {
    const bytes = await reader.next(source.size);
    await reader.check();
    return bytes;
  } finally {
    reader.close();
  }
}
