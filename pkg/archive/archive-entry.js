/** One file in a ZIP archive, in the form in which the package reads files: ranges of it, or all of it. */

import { readPart } from '../core/bytes.js';
import { Yielder } from '../core/yielding.js';
import {
  beyond,
  Inflating,
  LOCAL_HEADER,
  lengthOfHeader,
  mayBeDamage,
  worthReading,
  wrongChecksum,
} from './entry-source.js';
import { storedEnd } from './stored-end.js';

/**
 * @import { FileOnDisk } from '../index.js'
 * @import { EntrySource } from './entry-source.js'
 */

/**
 * What it needs of the bindings. They are not imported: a script of its own would have a copy, and no module in it.
 * @typedef {Pick<typeof import('../wasm/mgdc_decrypt.js'), 'crc32' | 'EntryInflater'>} Core
 */

/** A range of up to this many bytes at the beginning is read together with the local header. */
const BEGINNING = 64 << 10;
/** A bigger entry is not inflated to its end only for a look at its last bytes. */
const MOST_FOR_TAIL = 64 << 20;
/** A bigger entry is not read to its end only to explain a failure. */
const MOST_FOR_CHECK = 256 << 20;
/** Bytes that are inflated at a time. */
const PIECE = 256 << 10;

/**
 * The needed part of the Blob interface. Workers read the entry by themselves (`source`). Whoever reads all of it gets
 * bytes whose CRC-32 was checked; a part of it cannot be checked.
 */
export class ArchiveEntry {
  #core;
  #blob;
  /** Where the content begins in the archive, once it is known. Bytes are not kept: it may be a private key. */
  #at = 0;

  /**
   * @param {Core} core
   * @param {Blob | FileOnDisk} blob the archive
   * @param {EntrySource} source
   */
  constructor(core, blob, source) {
    this.#core = core;
    this.#blob = blob;
    this.source = source;
    this.size = source.size;
    this.lastModified = source.modified;
  }

  slice(start = 0, end = this.size) {
    return { arrayBuffer: () => this.#read(start, Math.min(end, this.size)) };
  }

  arrayBuffer() {
    return this.#read(0, this.size);
  }

  /**
   * The last `length` bytes. Null if they cannot be had at a fair price: a deflated entry has to be inflated for them
   * from its beginning.
   * @param {number} length
   * @returns {Promise<Uint8Array<ArrayBuffer> | null>}
   */
  async tail(length) {
    const { entry, size } = this.source;
    if (entry.deflated && size > BEGINNING) {
      await this.#packed(0, 0);
      const found = await storedEnd(this.#blob, this.#at, this.#at + entry.packed, length);
      if (found) return found;
      if (size > MOST_FOR_TAIL) return null;
    }
    return new Uint8Array(await this.#read(Math.max(0, size - length), size));
  }

  /**
   * Fails if the content is not what the archive says and this may have caused `error`. Reads all of the entry, in
   * pieces.
   * @param {unknown} error
   */
  async check(error) {
    const { entry, size } = this.source;
    if (!mayBeDamage(error) || size > MOST_FOR_CHECK) return;
    if (entry.deflated) return void (await this.#inflate(size, size));
    let checksum = 0;
    for (let at = 0; at < size; at += PIECE) {
      checksum = this.#core.crc32(checksum, await this.#packed(at, Math.min(size, at + PIECE)));
    }
    if (checksum !== entry.crc) throw wrongChecksum(entry);
  }

  /**
   * @param {number} start
   * @param {number} end
   * @returns {Promise<ArrayBuffer>}
   */
  async #read(start, end) {
    const { entry, size } = this.source;
    if (entry.deflated) return (await this.#inflate(start, end)).buffer;
    const bytes = await this.#packed(start, end);
    if (bytes.length === size && this.#core.crc32(0, bytes) !== entry.crc) throw wrongChecksum(entry);
    return bytes.buffer;
  }

  /**
   * @param {number} start
   * @param {number} end
   */
  async #inflate(start, end) {
    const { entry, size } = this.source;
    const yielder = new Yielder();
    const inflating = new Inflating(this.source, this.#core.EntryInflater);
    const wanted = new Uint8Array(end - start);
    const skipped = new Uint8Array(Math.min(start, PIECE));
    const over = new Uint8Array(1); // stays empty: more than `size` bytes are an error
    try {
      let [at, read] = [0, 0];
      while (read < entry.packed) {
        // Of a file that cannot be compressed, somewhat more has to be read than is wanted.
        const upTo = Math.min(entry.packed, read + Math.max(PIECE * Number(read > 0), Math.min(PIECE, end + 1024)));
        inflating.push(await this.#packed(read, upTo));
        read = upTo;
        for (let length = 1; length > 0; at += length) {
          if (at >= end && end < size) return wanted;
          if (yielder.isDue) await yielder.yield();
          const room = at < start ? skipped.subarray(0, start - at) : at < end ? wanted.subarray(at - start) : over;
          length = inflating.pull(room.subarray(0, PIECE));
        }
      }
      inflating.finish();
      return wanted;
    } finally {
      inflating.free();
    }
  }

  /**
   * A range of the bytes as they lie in the archive.
   * @param {number} start
   * @param {number} end
   */
  async #packed(start, end) {
    const { entry } = this.source;
    if (this.#at === 0) {
      const wanted = start === 0 && end <= BEGINNING ? end : 0;
      const stop = Math.min(this.#blob.size, entry.header + worthReading(entry, wanted));
      const read = await readPart(this.#blob, entry.header, stop);
      const length = lengthOfHeader(entry, read.subarray(0, LOCAL_HEADER));
      if (entry.header + length + entry.packed > this.#blob.size) throw beyond(entry);
      this.#at = entry.header + length;
      const bytes = start === 0 && read.length >= length + end ? read.slice(length, length + end) : null;
      read.fill(0);
      if (bytes) return bytes;
    }
    return readPart(this.#blob, this.#at + start, this.#at + end);
  }
}
