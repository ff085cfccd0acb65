/** A file on the disk, in the form in which the package accepts it. */

import { open } from 'node:fs/promises';
import { MgdcDecryptError } from '../core/errors.js';

/** @import * as contract from '../index.js' */

/**
 * The needed part of the Blob interface for a file at a path. Workers read the file by themselves (`source`). `path`:
 * text, or bytes if it is not valid UTF-8.
 * @implements {contract.FileOnDisk}
 */
export class FileOnDisk {
  /**
   * @param {string | Uint8Array} path
   * @param {number} size
   * @param {number} modified
   */
  constructor(path, size, modified) {
    // Copied into a buffer of its own: a message to a worker contains the whole buffer, and Node's small Buffers share
    // one.
    this.path = typeof path === 'string' ? path : /** @type {Buffer} */ (Uint8Array.from(path));
    this.size = size;
    this.lastModified = modified;
    this.source = { path: this.path, size, modified };
  }

  slice(start = 0, end = this.size) {
    return { arrayBuffer: () => this.#read(start, end) };
  }

  arrayBuffer() {
    return this.#read(0, this.size);
  }

  /**
   * @param {number} start
   * @param {number} end
   * @returns {Promise<ArrayBuffer>}
   */
  async #read(start, end) {
    try {
      const file = await open(this.path, 'r');
      try {
        const { buffer, bytesRead } = await file.read({ buffer: new Uint8Array(end - start), position: start });
        return buffer.buffer.slice(0, bytesRead);
      } finally {
        await file.close();
      }
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      const message = `the file could not be read (${code}): check that it is there and that you may read it`;
      throw new MgdcDecryptError('ERR_READ', message, { cause: error });
    }
  }
}
