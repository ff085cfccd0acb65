/** Writes decrypted files into a folder on the person's disk, or in the origin private file system. */

import { toWriteError } from '../core/errors.js';
import { Queue } from '../core/queue.js';
import { Folder, nameOf } from './folder-handle.js';
import { putWhole, throughStream } from './put-whole.js';

/** @import { OwnBytes, SinkInfo } from '../index.js' */

/** @typedef {FileSystemFileHandle & { move(name: string): Promise<void> }} MovableHandle */
/**
 * `file`: for a worker to write directly; `output`: the final path.
 *
 * @typedef {WritableStream<OwnBytes> & { file?: FileSystemFileHandle, output?: string }} FileStream
 */

/** More than any system lets a program hold open. */
const MOST_OPEN = 1 << 16;

/**
 * Writes files into a folder of File System Access, or of the origin private file system.
 *
 * Nothing is overwritten: if a name is taken, or refused by the browser, the file gets another one, which is the
 * stream's `output`. A file gets its name when its stream is closed; if the stream is aborted, nothing remains. Only
 * with `replace`, closing the stream replaces an existing file.
 * @param {FileSystemDirectoryHandle} handle
 * @param {{ openFiles?: number }} [options]
 */
export function directorySink(handle, { openFiles = 64 } = {}) {
  const root = new Folder(handle, '');
  const slots = new Queue(Array(Math.min(openFiles, MOST_OPEN)).fill(true));
  /** @type {Set<PendingFile>} */
  const pending = new Set();
  /** @type {Promise<boolean> | null} */
  let movable = null;
  /** Small files that are being written. @type {Set<Promise<string>>} */
  const puts = new Set();
  return {
    reusesBuffers: true, // when a write is over, the browser has copied the bytes
    open: Object.assign(open, { whole }),
    /** @param {string} path */
    existing: (path) => fileAt(handle, path),
    /** @param {unknown} reason */
    async abort(reason) {
      slots.fail(reason);
      await Promise.all([...pending].map((file) => file.cancel(reason)));
      await Promise.allSettled(puts);
    },
  };

  /**
   * @param {string} path
   * @param {Partial<SinkInfo>} [info]
   */
  async function open(path, { replace = false } = {}) {
    await slots.next();
    try {
      const { folder, name } = await place(path);
      const file = await PendingFile.open(folder, name, await canMoveHere(), replace, () => {
        pending.delete(file);
        slots.put(true);
      });
      pending.add(file);
      if (slots.failure) await file.cancel(slots.failure.reason);
      return file.stream;
    } catch (error) {
      slots.put(true);
      throw toWriteError(error);
    }
  }

  /**
   * Writes a small file whole: see RunSink.
   * @param {string} path
   * @param {OwnBytes} bytes
   * @param {Partial<SinkInfo>} [info]
   * @returns {Promise<string>}
   */
  async function whole(path, bytes, info = {}) {
    if (!(await canMoveHere())) return throughStream(await open(path, info), bytes);
    await slots.next();
    const putting = place(path).then(({ folder, name }) =>
      putWhole(folder, name, bytes, info.replace === true, () => slots.failure),
    );
    puts.add(putting);
    try {
      return await putting;
    } catch (error) {
      throw toWriteError(error);
    } finally {
      puts.delete(putting);
      slots.put(true);
    }
  }

  function canMoveHere() {
    return (movable ??= canMove(handle));
  }

  /** @param {string} path */
  async function place(path) {
    const names = path.split('/');
    let folder = root;
    for (const name of names.slice(0, -1)) folder = await folder.child(name);
    return { folder, name: names[names.length - 1] };
  }
}

/**
 * A file being written: under a temporary name if the browser can move it, or else in the browser's swap file. It is
 * written through the stream, or by a worker directly to `stream.file`; then the stream is closed or aborted without
 * any write.
 */
class PendingFile {
  #folder;
  #name;
  #replace;
  #temporary;
  /** @type {FileSystemFileHandle | undefined} */
  #handle;
  /** @type {Promise<FileSystemWritableFileStream> | null} */
  #writing = null;
  /** @type {WritableStreamDefaultController | undefined} */
  #controller;
  /** @type {(() => void) | null} */
  #onend = null;
  /** @type {Promise<void> | null} */
  #discarded = null;

  /**
   * @param {Folder} folder
   * @param {string} wanted
   * @param {string} name claimed for the file, or to be replaced by it
   * @param {boolean} replace
   * @param {string | null} temporary
   */
  constructor(folder, wanted, name, replace, temporary) {
    this.#folder = folder;
    this.#name = name;
    this.#replace = replace;
    this.#temporary = temporary;
    /** @type {FileStream} */
    this.stream = new WritableStream({
      start: (controller) => void (this.#controller = controller),
      write: (chunk) => this.#orDiscard(() => this.#write(chunk)),
      close: () => this.#orDiscard(() => this.#close(wanted)),
      abort: () => this.#discard(),
    });
    Object.defineProperty(this.stream, 'output', { enumerable: true, get: () => folder.path + this.#name });
  }

  /**
   * @param {Folder} folder
   * @param {string} wanted
   * @param {boolean} movable
   * @param {boolean} replace
   * @param {() => void} onend
   */
  static async open(folder, wanted, movable, replace, onend) {
    const name = replace ? wanted : await folder.claim(wanted);
    const file = new PendingFile(folder, wanted, name, replace, movable ? folder.claimPartial(name) : null);
    let handle;
    try {
      handle = await folder.handle.getFileHandle(file.#temporary ?? name, { create: true });
    } catch (error) {
      await file.#discard();
      throw error;
    }
    file.#handle = handle;
    file.#onend = onend;
    file.stream.file = handle;
    return file;
  }

  /** @param {unknown} reason */
  async cancel(reason) {
    this.#controller?.error(reason);
    await this.#discard();
  }

  /** @param {OwnBytes} chunk */
  async #write(chunk) {
    // The browser would also accept a string, or an object as a command such as seek.
    if (!ArrayBuffer.isView(chunk)) throw new TypeError('a file takes chunks of Uint8Array');
    this.#writing ??= /** @type {FileSystemFileHandle} */ (this.#handle).createWritable();
    await (await this.#writing).write(chunk);
  }

  /** @param {string} wanted */
  async #close(wanted) {
    await (await this.#writing)?.close();
    if (this.#temporary) {
      // move() overwrites, and another program may have taken the name meanwhile.
      if (!this.#replace && !(await this.#folder.isFree(this.#name))) {
        this.#folder.release(this.#name);
        this.#name = await this.#folder.claim(wanted);
      }
      await /** @type {MovableHandle} */ (this.#handle).move(this.#name);
    }
    this.#end();
  }

  /**
   * Discards the file if `action` fails: a stream does not call abort() after a failed write or close.
   * @param {() => Promise<void>} action
   */
  async #orDiscard(action) {
    try {
      await action();
    } catch (error) {
      await this.#discard();
      throw error instanceof TypeError ? error : toWriteError(error);
    }
  }

  #discard() {
    this.#discarded ??= (async () => {
      await this.#writing?.then((writable) => writable.abort()).catch(() => {}); // a locked entry cannot be removed
      const mine = this.#temporary ?? (this.#replace ? null : this.#name);
      if (this.#handle && mine) await this.#folder.remove(mine);
      this.#end();
    })();
    return this.#discarded;
  }

  #end() {
    this.#folder.release(this.#name);
    if (this.#temporary) this.#folder.release(this.#temporary);
    this.#onend?.();
    this.#onend = null;
  }
}

/**
 * The file at the path, or null.
 * @param {FileSystemDirectoryHandle} root
 * @param {string} path
 */
async function fileAt(root, path) {
  const names = path.split('/');
  try {
    let folder = root;
    for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
    return await (await folder.getFileHandle(names[names.length - 1])).getFile();
  } catch (error) {
    if (error instanceof TypeError || ['NotFoundError', 'TypeMismatchError'].includes(nameOf(error))) return null;
    throw toWriteError(error);
  }
}

/**
 * Whether files in this folder can be moved. It must be tried, because a browser may support move() on some file
 * systems only.
 * @param {FileSystemDirectoryHandle} handle
 */
async function canMove(handle) {
  const names = ['from', 'to'].map((name) => `.${name}-${Math.random().toString(36).slice(2)}.mgdc-partial.txt`);
  try {
    const file = /** @type {MovableHandle} */ (await handle.getFileHandle(names[0], { create: true }));
    await file.move(names[1]);
    await handle.getFileHandle(names[1]);
    return true;
  } catch {
    return false;
  } finally {
    for (const name of names) await handle.removeEntry(name).catch(() => {});
  }
}
