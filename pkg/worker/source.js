/** Reads a worker's input: a Blob, or in Node the file at a path, or an entry of an archive. All are a Reader. */

import { EntryReader, readEntry } from '../archive/entry-reader.js';
import { mayBeDamage } from '../archive/entry-source.js';
import { changed, readPart, SPARE } from '../core/bytes.js';
import { countPiece } from '../core/garbage.js';
import { openPath, readPath } from './path-source.js';

/**
 * @import { EntrySource } from '../archive/entry-source.js'
 * @import { ArchiveEntry } from '../archive/archive-entry.js'
 * @import { FileOnDisk } from '../index.js'
 * @import { Source } from './protocol.js'
 */

/**
 * Reads a file from beginning to end.
 *
 * @typedef {object} Reader
 * @property {number} size
 * @property {number} at bytes read so far
 * @property {(size: number, buffer?: ArrayBuffer) => Promise<Uint8Array<ArrayBuffer>>} next the next `size` bytes, or
 *   fewer at the end, at the start of `buffer` or of a new one; the buffer has `SPARE` bytes more
 * @property {boolean} [growsMemory] whether `next` uses the module, whose memory may grow by it
 * @property {() => Promise<void>} check fails if the file has changed
 * @property {() => void} close
 */

/**
 * A Reader of a whole file, of which a part may be read instead: `limit` comes before the first `next`.
 *
 * @typedef {Reader & { limit(start: number, end: number): void, part(start: number, end: number): Promise<Uint8Array<
 * ArrayBuffer>> }} Whole
 */

/**
 * Bytes that are read and decrypted at a time. Smaller pieces need more messages. With pieces of 1 MiB or more,
 * Chromium allocates each buffer of WebCrypto from the system and returns it: on 214 MiB that cost 0.6 of 3.1 s of CPU.
 */
export const PIECE = 512 * 1024;

/**
 * What is sent to a worker for a Blob: the Blob itself, or for a FileOnDisk its path, size and date, or for an entry of
 * an archive its place there.
 * @param {Blob | FileOnDisk | ArchiveEntry} blob
 * @returns {Source}
 */
export function sourceOf(blob) {
  return 'source' in blob ? blob.source : blob;
}

/**
 * @param {Source} source
 * @returns {Promise<Reader>}
 */
export async function openSource(source) {
  if (!isEntry(source)) return openWhole(source);
  return EntryReader.open(source, await openWhole(source.entry.archive));
}

/** @param {Exclude<Source, EntrySource>} source */
function openWhole(source) {
  return isPath(source) ? openPath(source) : new BlobSource(source);
}

/**
 * Whether the source is an entry of an archive.
 * @param {Source} source
 * @returns {source is EntrySource}
 */
function isEntry(source) {
  return 'entry' in source;
}

/**
 * The reason why the content of a source is wrong, if its archive knows it (see mayBeDamage). Otherwise the error that
 * was given.
 * @param {Source} source
 * @param {unknown} error
 */
export async function reasonFor(source, error) {
  if (!isEntry(source) || !mayBeDamage(error)) return error;
  const entry = await openSource(source);
  try {
    /** @type {ArrayBuffer | undefined} */
    let buffer;
    while (entry.at < entry.size) ({ buffer } = await entry.next(PIECE, buffer));
    await entry.check();
    return error;
  } catch (reason) {
    return reason;
  } finally {
    entry.close();
  }
}

/**
 * Whether the source is a path in Node: text, or bytes for a path that is not valid UTF-8.
 * @param {Source} source
 * @returns {source is FileOnDisk['source']}
 */
function isPath(source) {
  return 'path' in source && (typeof source.path === 'string' || source.path instanceof Uint8Array);
}

/**
 * Reads all of a small file, without slicing it first: for 2,000 files that takes Chromium 0.66 s instead of 1.1 s.
 * @param {Source} source
 */
export async function readWhole(source) {
  if (isEntry(source)) return readEntry(source, await openWhole(source.entry.archive));
  if (!isPath(source)) {
    const bytes = new Uint8Array(await source.arrayBuffer());
    if (bytes.length !== source.size) throw changed(bytes.length, source.size);
    return bytes;
  }
  return readPath(source);
}

/**
 * Reads the Blob's stream into our own buffers: for 100 MiB that takes Chromium 0.15 s. Reading slices, each into a new
 * buffer, takes 0.44 s.
 */
class BlobSource {
  /** Bytes read so far. */
  at = 0;
  #blob;
  /** @type {ReadableStreamBYOBReader | null | undefined} */
  #reader;

  /** @param {Blob} blob */
  constructor(blob) {
    this.#blob = blob;
    this.size = blob.size;
  }

  /**
   * See Whole.
   * @param {number} start
   * @param {number} end
   */
  limit(start, end) {
    this.#blob = this.#blob.slice(start, end);
    this.size = end - start;
  }

  /**
   * See Whole.
   * @param {number} start
   * @param {number} end
   */
  part(start, end) {
    return readPart(this.#blob, start, end);
  }

  /**
   * See Reader.
   * @param {number} size
   * @param {ArrayBuffer} [buffer]
   */
  async next(size, buffer = new ArrayBuffer(size + SPARE)) {
    const length = Math.min(size, this.size - this.at);
    if (this.#reader === undefined) this.#reader = byteReader(this.#blob);
    const bytes = this.#reader ? await this.#fill(this.#reader, buffer, length) : await this.#copy(buffer, length);
    this.at += length;
    countPiece();
    return bytes;
  }

  // A File is a snapshot: the browser itself refuses to read it after a change.
  async check() {}

  close() {
    this.#reader?.cancel().catch(() => {});
  }

  /**
   * @param {ReadableStreamBYOBReader} reader
   * @param {ArrayBuffer} buffer
   * @param {number} length
   */
  async #fill(reader, buffer, length) {
    for (let filled = 0; filled < length; ) {
      // Browsers that support `min` fill the whole view at once.
      const { value } = await reader.read(new Uint8Array(buffer, filled, length - filled), {
        min: length - filled,
      });
      if (!value?.length) throw changed(this.at + filled, this.size);
      buffer = value.buffer;
      filled += value.length;
    }
    return new Uint8Array(buffer, 0, length);
  }

  /**
   * @param {ArrayBuffer} buffer
   * @param {number} length
   */
  async #copy(buffer, length) {
    const bytes = new Uint8Array(buffer, 0, length);
    bytes.set(await readPart(this.#blob, this.at, this.at + length));
    return bytes;
  }
}

/**
 * Null if the stream of a Blob cannot fill the caller's buffers.
 * @param {Blob} blob
 */
function byteReader(blob) {
  const stream = blob.stream();
  try {
    return stream.getReader({ mode: 'byob' });
  } catch {
    stream.cancel().catch(() => {});
    return null;
  }
}
