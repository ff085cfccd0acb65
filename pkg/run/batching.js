/** Groups small files into batches, which go to a worker together. */

import { isSmall } from '../core/small.js';

/** @import { DropFile } from '../drop/drop-file.js' */

/** Maximum bytes and files of a batch. Batches save messages: sending one may take Chromium 0.3 ms. */
const BATCH_BYTES = 1 << 20;
const BATCH_FILES = 32;

/**
 * Whether a file goes into a batch. A file that was not examined always does, without a look at its size: reading
 * `size` costs Chromium a stat() per file.
 * @param {DropFile} file
 */
export const mayBeSmall = (file) => Boolean(file.error) || !file.examined || isSmall(file);

/**
 * Yields the files in their order: those that may be small in batches, any other one by itself.
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
