/** Places that a worker writes plaintext to: the page, a file of the browser, a file of Node. */

import { toWriteError } from '../core/errors.js';
import { Queue } from '../core/queue.js';

/** @import { Destination } from './protocol.js' */

/**
 * A place to write to: see the classes below.
 *
 * @typedef {object} Opened
 * @property {(bytes: Uint8Array) => Promise<void> | void} write
 * @property {() => Promise<void> | void} finish
 * @property {() => Promise<void> | void} [abort]
 * @property {(buffer: ArrayBuffer | undefined) => void} [credit]
 */
/**
 * What a subclass of Gathering adds: `begin` provides a piece to fill, `send` takes it when it is filled to `length`.
 *
 * @typedef {object} Steps
 * @property {() => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>} begin
 * @property {(piece: Uint8Array<ArrayBuffer>, length: number) => Promise<void> | void} send
 */

/**
 * A file of the origin private file system, open in a worker: FileSystemSyncAccessHandle.
 *
 * @typedef {object} SyncHandle
 * @property {() => number} getSize
 * @property {(size: number) => void} truncate
 * @property {(bytes: Uint8Array, at: { at: number }) => number} write
 * @property {() => void} close
 */
/**
 * Posts the first `length` bytes of a buffer. @typedef {(buffer: ArrayBuffer, length: number, progress: { read: number
 * }) => void} Post
 */

/** Bytes of a piece. Smaller ones take longer (64 KiB: a third more time), bigger ones take more memory. */
const PIECE = 1 << 20;
/** Pieces that may be on their way to the sink; each needs a credit. */
const WINDOW = 2;

/** Gathers what is written into pieces of PIECE bytes. Subclasses provide the pieces and send them. */
class Gathering {
  /** @type {Uint8Array<ArrayBuffer> | null} */
  #piece = null;
  #fill = 0;

  /**
   * @param {Uint8Array} bytes
   * @this {Gathering & Steps}
   */
  async write(bytes) {
    for (let at = 0; at < bytes.length; ) {
      this.#piece ??= await this.begin();
      const part = bytes.subarray(at, at + PIECE - this.#fill);
      this.#piece.set(part, this.#fill);
      at += part.length;
      this.#fill += part.length;
      if (this.#fill === PIECE) await this.flush();
    }
  }

  /** @this {Gathering & Steps} */
  async flush() {
    if (this.#piece && this.#fill > 0) await this.send(this.#piece, this.#fill);
    this.#piece = null;
    this.#fill = 0;
  }

  /** @this {Gathering & Steps} */
  finish() {
    return this.flush();
  }
}

/** Sends pieces to the page, in buffers that are reused: the garbage collector would free discarded ones too late. */
export class PostedPieces extends Gathering {
  #post;
  #progress;
  /** @type {Queue<ArrayBuffer | null>} */
  #free = new Queue(Array(WINDOW).fill(null));

  /**
   * @param {Post} post
   * @param {{ read: number }} progress
   */
  constructor(post, progress) {
    super();
    this.#post = post;
    this.#progress = progress;
  }

  async begin() {
    return new Uint8Array((await this.#free.next()) ?? new ArrayBuffer(PIECE));
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} piece
   * @param {number} length
   */
  send(piece, length) {
    this.#post(piece.buffer, length, this.#progress);
  }

  /** @param {ArrayBuffer | undefined} buffer */
  credit(buffer) {
    this.#free.put(buffer ?? null);
  }
}

/**
 * @param {Destination} file
 * @returns {Promise<Opened>}
 */
export async function openFile(file) {
  try {
    if ('path' in file) return new PathFile(file.path);
    // Only files of the origin private file system have it. It writes synchronously, straight from the module's memory.
    const { createSyncAccessHandle } = /** @type {{ createSyncAccessHandle?(): Promise<SyncHandle> }} */ (file);
    const handle = await createSyncAccessHandle?.call(file).catch(() => null);
    return handle ? new SyncFile(handle) : new StreamFile(await file.createWritable());
  } catch (error) {
    throw toWriteError(error);
  }
}

class SyncFile {
  #handle;
  #at = 0;

  /** @param {SyncHandle} handle */
  constructor(handle) {
    this.#handle = handle;
    if (handle.getSize() > 0) handle.truncate(0); // left by a crash
  }

  /** @param {Uint8Array} bytes */
  write(bytes) {
    try {
      for (let at = 0; at < bytes.length; ) {
        const written = this.#handle.write(at === 0 ? bytes : bytes.subarray(at), { at: this.#at });
        // When there is no room, Chromium writes less than it was given, or claims to have written more.
        if (!(written > 0 && written <= bytes.length - at)) throw full();
        at += written;
        this.#at += written;
      }
    } catch (error) {
      throw toWriteError(error);
    }
  }

  finish() {
    const size = this.#handle.getSize();
    this.#handle.close();
    if (size !== this.#at) throw toWriteError(full());
  }

  abort() {
    this.#handle.close();
  }
}

function full() {
  return new DOMException('less was written than was given', 'QuotaExceededError');
}

/** Writes a file that the person picked. Each write costs about a millisecond, so writes are made big. */
class StreamFile extends Gathering {
  #writable;
  #own = new Uint8Array(PIECE);

  /** @param {FileSystemWritableFileStream} writable */
  constructor(writable) {
    super();
    this.#writable = writable;
  }

  begin() {
    return this.#own;
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} piece
   * @param {number} length
   */
  send(piece, length) {
    return this.#writable.write(piece.subarray(0, length)).catch(failed);
  }

  async finish() {
    await this.flush();
    await this.#writable.close().catch(failed);
    this.#own.fill(0);
  }

  abort() {
    return this.#writable.abort();
  }
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function failed(error) {
  throw toWriteError(error);
}

/** Writes a file in Node. The file exists already, and is empty. */
class PathFile {
  #fs = globalThis.process.getBuiltinModule('node:fs');
  #file;

  /** @param {string} path */
  constructor(path) {
    // Not 'w': if a cancel has deleted the file meanwhile, it must not be created again.
    this.#file = this.#fs.openSync(path, 'r+');
  }

  /** @param {Uint8Array} bytes */
  write(bytes) {
    try {
      for (let at = 0; at < bytes.length; ) at += this.#fs.writeSync(this.#file, bytes, at);
    } catch (error) {
      throw toWriteError(error);
    }
  }

  finish() {
    try {
      this.#fs.closeSync(this.#file);
    } catch (error) {
      throw toWriteError(error);
    }
  }

  abort() {
    this.#fs.closeSync(this.#file);
  }
}
