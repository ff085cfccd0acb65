/** Where a worker's plaintext goes: into a file that it was given, or in pieces to the page. */

import { toWriteError } from '../core/errors.js';

/** Bytes of a piece: smaller ones cost time, bigger ones memory (shared/bench.md, section 2). */
const PIECE = 1 << 20;
/** Pieces on their way to the sink; each waits for a credit. */
const WINDOW = 2;

/**
 * One file's output. The target is asked for with the first byte, so that a file which fails at once leaves no trace.
 * `ask()` answers a file to write to, or null; then `post(buffer, length)` takes pieces.
 */
export class Output {
  /** Bytes of the source that were used so far, and bytes that were written. */
  read = 0;
  written = 0;
  #ask;
  #post;
  #hash;
  #target = null;

  constructor(ask, post, hash) {
    this.#ask = ask;
    this.#post = post;
    this.#hash = hash;
  }

  /** Before `write`. It may make the module's memory grow, and then a view of it is gone. */
  hash(bytes) {
    this.#hash?.update(bytes);
  }

  /** The bytes are used up once it is over: at once, or where it returns a promise, when that is fulfilled. */
  write(bytes) {
    this.written += bytes.length;
    return this.#target ? this.#target.write(bytes) : this.#begin(bytes);
  }

  async #begin(bytes) {
    const file = await this.#ask();
    this.#target = file ? await openFile(file) : new Posted(this.#post, this);
    await this.#target.write(bytes);
  }

  /** The page's credit: a buffer that may be filled again, or none. */
  credit(buffer) {
    this.#target.credit(buffer);
  }

  /** After the last byte. Returns its SHA-256 where that is wanted. */
  async finish() {
    await this.#target?.finish();
    return this.#hash?.digest();
  }

  /** After a failure: the page takes the file away. */
  async abort() {
    await this.#target?.abort?.();
  }
}

/** To the page, in buffers that go round: dead ones are collected late. */
class Posted {
  #post;
  #progress;
  #free = Array.from({ length: WINDOW }, () => undefined);
  #waiting = null;
  #piece = null;
  #fill = 0;

  constructor(post, progress) {
    this.#post = post;
    this.#progress = progress;
  }

  async write(bytes) {
    for (let at = 0; at < bytes.length; ) {
      this.#piece ??= await this.#take();
      const part = bytes.subarray(at, at + PIECE - this.#fill);
      this.#piece.set(part, this.#fill);
      at += part.length;
      this.#fill += part.length;
      if (this.#fill === PIECE) this.finish();
    }
  }

  finish() {
    if (this.#fill > 0) this.#post(this.#piece.buffer, this.#fill, this.#progress);
    this.#piece = null;
    this.#fill = 0;
  }

  credit(buffer) {
    this.#free.push(buffer);
    this.#waiting?.();
    this.#waiting = null;
  }

  async #take() {
    while (this.#free.length === 0) await new Promise((resolve) => (this.#waiting = resolve));
    return new Uint8Array(this.#free.pop() ?? new ArrayBuffer(PIECE));
  }
}

async function openFile(file) {
  try {
    if (file.path !== undefined) return new PathFile(file.path);
    // Only files of the origin private file system have it; it writes at once, and from the module's memory.
    const handle = await file.createSyncAccessHandle?.().catch(() => null);
    return handle ? new SyncFile(handle) : new StreamFile(await file.createWritable());
  } catch (error) {
    throw toWriteError(error);
  }
}

class SyncFile {
  #handle;
  #at = 0;

  constructor(handle) {
    this.#handle = handle;
    if (handle.getSize() > 0) handle.truncate(0); // what a crash left
  }

  write(bytes) {
    try {
      for (let at = 0; at < bytes.length; ) {
        const written = this.#handle.write(at === 0 ? bytes : bytes.subarray(at), { at: this.#at });
        // Where there is no room, Chromium writes less than it was given, or claims to have written more.
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

/** A file that the person picked. Each write costs about a millisecond, so they are made big. */
class StreamFile {
  #writable;
  #piece = new Uint8Array(PIECE);
  #fill = 0;

  constructor(writable) {
    this.#writable = writable;
  }

  async write(bytes) {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + PIECE - this.#fill);
      this.#piece.set(part, this.#fill);
      at += part.length;
      this.#fill += part.length;
      if (this.#fill === PIECE) await this.#flush();
    }
  }

  async finish() {
    await this.#flush();
    await this.#writable.close().catch(failed);
    this.#piece.fill(0);
  }

  abort() {
    return this.#writable.abort();
  }

  async #flush() {
    if (this.#fill > 0) await this.#writable.write(this.#piece.subarray(0, this.#fill)).catch(failed);
    this.#fill = 0;
  }
}

function failed(error) {
  throw toWriteError(error);
}

/** In Node. The file is there, and empty. */
class PathFile {
  #fs = process.getBuiltinModule('node:fs');
  #file;

  constructor(path) {
    // Not 'w': after a cancel it is gone, and stays so.
    this.#file = this.#fs.openSync(path, 'r+');
  }

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
