/** Reads a file at a path, in Node. */

import { changed, SPARE } from '../core/bytes.js';
import { Pace } from '../core/pace.js';

/**
 * @import { FileHandle } from 'node:fs/promises'
 * @import { FileOnDisk } from '../index.js'
 */

/**
 * A Reader of it: see source.js.
 * @param {FileOnDisk['source']} source
 */
export async function openPath({ path, size, modified }) {
  const fs = globalThis.process.getBuiltinModule('node:fs/promises');
  const file = await fs.open(/** @type {string | Buffer} */ (path), 'r').catch((error) => {
    throw unreadable(error);
  });
  return new PathSource(file, size, modified);
}

/**
 * Reads all of a small file.
 * @param {FileOnDisk['source']} source
 */
export function readPath(source) {
  return pace.do(
    () => readAtOnce(source),
    async () => {
      const file = await openPath(source);
      try {
        const bytes = await file.next(source.size);
        await file.check();
        return bytes;
      } finally {
        file.close();
      }
    },
  );
}

/** For small files at paths; a slow one takes more than a millisecond. */
const pace = new Pace(1);

/**
 * Reads all of a small file at a path.
 * @param {FileOnDisk['source']} source
 */
function readAtOnce({ path, size, modified }) {
  const { openSync, readSync, fstatSync, closeSync } = globalThis.process.getBuiltinModule('node:fs');
  /** @type {number | undefined} */
  let file;
  try {
    file = openSync(/** @type {string | Buffer} */ (path), 'r');
    const bytes = new Uint8Array(size);
    let filled = 0;
    for (let read = 1; read > 0 && filled < size; filled += read)
      read = readSync(file, bytes, filled, size - filled, filled);
    const now = fstatSync(file);
    if (filled < size || now.size !== size || now.mtimeMs !== modified)
      throw changed(filled < size ? filled : now.size, size);
    return bytes;
  } catch (error) {
    throw error instanceof Error ? unreadable(error) : error;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

class PathSource {
  at = 0;
  #file;
  /** Of the whole file. */
  #length;
  #modified;
  /** Where the range begins that is read. */
  #start = 0;

  /**
   * @param {FileHandle} file
   * @param {number} size
   * @param {number} modified
   */
  constructor(file, size, modified) {
    this.#file = file;
    this.size = size;
    this.#length = size;
    this.#modified = modified;
  }

  /**
   * See Whole.
   * @param {number} start
   * @param {number} end
   */
  limit(start, end) {
    this.#start = start;
    this.size = end - start;
  }

  /**
   * See Whole.
   * @param {number} start
   * @param {number} end
   */
  part(start, end) {
    return this.#fill(new Uint8Array(end - start), start);
  }

  /**
   * See Reader.
   * @param {number} size
   * @param {ArrayBuffer} [buffer]
   */
  async next(size, buffer = new ArrayBuffer(size + SPARE)) {
    const bytes = new Uint8Array(buffer, 0, Math.min(size, this.size - this.at));
    await this.#fill(bytes, this.#start + this.at);
    this.at += bytes.length;
    return bytes;
  }

  async check() {
    const { size, mtimeMs } = await this.#file.stat();
    if (size !== this.#length || mtimeMs !== this.#modified) throw changed(size, this.#length);
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} bytes
   * @param {number} start
   */
  async #fill(bytes, start) {
    for (let filled = 0; filled < bytes.length; ) {
      const { bytesRead } = await this.#file
        .read(bytes, filled, bytes.length - filled, start + filled)
        .catch((error) => {
          throw unreadable(error);
        });
      if (bytesRead === 0) throw changed(start + filled, this.#length);
      filled += bytesRead;
    }
    return bytes;
  }

  close() {
    this.#file.close();
  }
}

/** @param {NodeJS.ErrnoException} error */
function unreadable(error) {
  const reason = error.code ?? error.message;
  return {
    code: 'ERR_READ',
    message: `the file could not be read (${reason}): check that it is there and that you may read it`,
  };
}
