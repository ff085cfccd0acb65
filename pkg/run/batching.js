/** Which files go to a worker together. */

import { isSmall } from '../worker/protocol.js';

/** @import { DropFile } from '../drop/drop-files.js' */

/** Most bytes of all files of a batch, and most files: sending one may take Chromium 0.3 ms. */
const BATCH_BYTES = 1 << 20;
const BATCH_FILES = 32;

/**
 * Whether it goes in a batch. A file that was not looked at does: reading `size` costs Chromium a stat() per file.
 * @param {DropFile} file
 */
export const mayBeSmall = (file) => Boolean(file.error) || !file.examined || isSmall(file);

/**
 * Files that may be small in batches, any other one by itself, in their order.
 * @param {Iterable<DropFile>} files
 * @returns {Generator<DropFile[], void>}
 */
export function* inBatches(files) {
  /** @type {DropFile[]} */
  let batch = [];
  let bytes = 0;
  for (const file of files) {
    const goes = mayBeSmall(file);
    if (batch.length > 0 && !(goes && batch.length < BATCH_FILES && bytes < BATCH_BYTES)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    if (goes) {
      batch.push(file);
      bytes += file.error || !file.examined ? 0 : file.size;
    } else yield [file];
  }
  if (batch.length > 0) yield batch;
}
