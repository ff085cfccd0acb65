/** Where a worker's plaintext goes: into a file that it was given, or in pieces to the page. */

import { toWriteError } from '../core/errors.js';
import { Queue } from '../core/queue.js';

/** Bytes of a piece: smaller ones cost time, bigger ones memory (shared/bench.md, section 2). */
const PIECE = 1 << 20;
/** Pieces on their way to the sink; each waits for a credit. */
const WINDOW = 2;

/**
 * One file's output. The target is asked for with the first byte, so that a file which fails at once leaves no trace.
 * `ask()` answers a file to write to, or null; then `post(buffer, length)` takes pieces.
 */
export class PlaintextWriter {
  /** Bytes of the source that were used so far, and bytes that were written. */
  read = 0;
  written = 0;
  #ask;
  #post;
  #hash;
  #destination = null;

  constructor(ask, post, hash) {
    this.#ask = ask;
    this.#post = post;
    this.#hash = hash;
  }

  /** Before `write`. It may make the module's memory grow, and then a view of it is gone. */
  hash(bytes) {
    this.#hash?.update(bytes);
  }

  /** The caller may reuse `bytes` when this returns, or when the returned promise settles. */
  write(bytes) {
    this.written += bytes.length;
    return this.#destination ? this.#destination.write(bytes) : this.#begin(bytes);
  }

  async #begin(bytes) {
    const file = await this.#ask();
    this.#destination = file ? await openFile(file) : new PostedPieces(this.#post, this);
    await this.#destination.write(bytes);
  }

  /** The page's credit: a buffer that may be filled again, or none. */
  credit(buffer) {
    this.#destination.credit(buffer);
  }

  /** After the last byte. Returns its SHA-256 where that is wanted. */
  async finish() {
    await this.#destination?.finish();
    return this.#hash?.digest();
  }

  /** After a failure: the page takes the file away. */
  async abort() {
    await this.#destination?.abort?.();
  }
}

/** Gathers what is written into pieces of PIECE bytes. Subclasses say where a piece comes from and where it goes. */
class Gathering {
  #piece = null;
  #fill = 0;

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

  async flush() {
    if (this.#fill > 0) await this.send(this.#piece, this.#fill);
    this.#piece = null;
    this.#fill = 0;
  }

  finish() {
    return this.flush();
  }
}

/** To the page, in buffers that go round: dead ones are collected late. */
class PostedPieces extends Gathering {
  #post;
  #progress;
  #free = new Queue(Array(WINDOW).fill(null));

  constructor(post, progress) {
    super();
    this.#post = post;
    this.#progress = progress;
  }

  async begin() {
    return new Uint8Array((await this.#free.next()) ?? new ArrayBuffer(PIECE));
  }

  send(piece, length) {
    this.#post(piece.buffer, length, this.#progress);
  }

  credit(buffer) {
    this.#free.put(buffer ?? null);
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
class StreamFile extends Gathering {
  #writable;
  #own = new Uint8Array(PIECE);

  constructor(writable) {
    super();
    this.#writable = writable;
  }

  begin() {
    return this.#own;
  }

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
