/** Writes decrypted files into a folder on the person's disk, or in the origin private file system. */

import { MgdcDecryptError, toWriteError } from '../core/errors.js';
import { Queue } from '../core/queue.js';
import { fold, numbered, partial } from './file-names.js';

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
  return {
    reusesBuffers: true, // when a write is over, the browser has copied the bytes
    /**
     * @param {string} path
     * @param {Partial<SinkInfo>} [info]
     */
    async open(path, { replace = false } = {}) {
      await slots.next();
      try {
        movable ??= canMove(handle);
        const names = path.split('/');
        let folder = root;
        for (const name of names.slice(0, -1)) folder = await folder.child(name);
        const file = await PendingFile.open(folder, names[names.length - 1], await movable, replace, () => {
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
    },
    /** @param {string} path */
    existing: (path) => fileAt(handle, path),
    /** @param {unknown} reason */
    async abort(reason) {
      slots.fail(reason);
      await Promise.all([...pending].map((file) => file.cancel(reason)));
    },
  };
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
 * The name of a DOMException, which says what kind it is.
 * @param {unknown} error
 */
function nameOf(error) {
  return /** @type {Error} */ (error).name;
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

class Folder {
  /** @type {Map<string, Promise<Folder>>} */
  #children = new Map();
  /** @type {Set<string>} */
  #claimed = new Set();

  /**
   * @param {FileSystemDirectoryHandle} handle
   * @param {string} path with a slash at the end
   */
  constructor(handle, path) {
    this.handle = handle;
    this.path = path;
  }

  /**
   * The subfolder of this name. It is created if missing, and gets another name if there is a file of this name.
   * @param {string} name
   */
  child(name) {
    let child = this.#children.get(name);
    if (!child) {
      child = allowed(name, (name) => this.#openChild(name));
      this.#children.set(name, child);
      child.catch(() => this.#children.delete(name));
    }
    return child;
  }

  /** @param {string} wanted */
  async #openChild(wanted) {
    for (let number = 1; ; number++) {
      const name = number > 1 ? numbered(wanted, number) : wanted;
      try {
        return new Folder(await this.handle.getDirectoryHandle(name, { create: true }), `${this.path}${name}/`);
      } catch (error) {
        if (nameOf(error) !== 'TypeMismatchError') throw error;
      }
    }
  }

  /**
   * Claims a name that is not in the folder, and that no other pending file has claimed. Call `release` when the file
   * exists or the name is no longer needed.
   * @param {string} name
   */
  claim(name) {
    return allowed(name, (name) => this.#claim(name));
  }

  /** @param {string} wanted */
  async #claim(wanted) {
    for (let number = 1; ; number++) {
      const name = number > 1 ? numbered(wanted, number) : wanted;
      const key = fold(name);
      if (this.#claimed.has(key)) continue;
      this.#claimed.add(key);
      try {
        if (await this.isFree(name)) return name;
      } catch (error) {
        this.#claimed.delete(key);
        throw error;
      }
      this.#claimed.delete(key);
    }
  }

  /**
   * Claims a temporary name. A file that a crash left under that name is overwritten.
   * @param {string} name
   */
  claimPartial(name) {
    let number = 1;
    while (this.#claimed.has(fold(partial(name, number)))) number++;
    this.#claimed.add(fold(partial(name, number)));
    return partial(name, number);
  }

  /**
   * Tries for a second, because a worker that was stopped keeps its lock a moment longer.
   * @param {string} name
   */
  async remove(name) {
    for (let left = 20; left > 0; left--) {
      const error = await this.handle.removeEntry(name).catch((error) => error);
      if (error?.name !== 'NoModificationAllowedError') return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** @param {string} name */
  release(name) {
    this.#claimed.delete(fold(name));
  }

  /** @param {string} name */
  async isFree(name) {
    try {
      await this.handle.getFileHandle(name);
      return false;
    } catch (error) {
      if (nameOf(error) === 'TypeMismatchError') return false; // a folder
      if (nameOf(error) === 'NotFoundError') return true;
      throw error;
    }
  }
}

/**
 * Calls `action` with the name. If the browser refuses the name, which it does with a TypeError, tries another one.
 * @template Result
 * @param {string} name
 * @param {(name: string) => Promise<Result>} action
 */
async function allowed(name, action) {
  try {
    return await action(name);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return action(acceptable(name)).catch((error) => {
      if (!(error instanceof TypeError)) throw error;
      const message = 'the browser does not allow a file or folder of this name; save as ZIP';
      throw new MgdcDecryptError('ERR_UNSAFE_NAME', message, { cause: error });
    });
  }
}

/**
 * Replaces with _ what Chromium refuses although file systems accept it (IsSafePathComponent in
 * file_system_access_manager_impl.cc). Format characters occur in emoji (ZWJ) and in Arabic text. Names that lead
 * elsewhere ('.' and '..') are left as they are, so they are refused.
 * @param {string} name
 */
function acceptable(name) {
  if (name === '' || name === '.' || name === '..') return name;
  return name
    .replace(/[~\p{Cf}\p{Noncharacter_Code_Point}]/gu, '_')
    .replace(/^(\.?)[\s.]/u, '$1_')
    .replace(/\s$/u, '_')
    .replace(/\.(?:lnk|scf|url|\{.*\})$/i, '$&_')
    .replace(/^(?:desktop\.ini|thumbs\.db|clock\$)$/i, '_$&');
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
