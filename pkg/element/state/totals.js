/** Counts how many files of each kind a drop has, and how big they are. */

import { Yielder } from '../../core/yielding.js';
import { isDelivered } from '../../drop/left-out.js';
import { wantsKey } from './file-state.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { Totals } from '../words/shapes.js'
 */

/** @type {Totals} */
export const NO_TOTALS = {
  files: 0,
  bytes: null,
  encrypted: 0,
  locked: 0,
  damaged: 0,
  ready: 0,
  asIs: 0,
  deliverable: 0,
};

/**
 * Files that are not delivered are not counted: key details, litter, private keys. `bytes` comes from `weigh`, which
 * takes longer.
 * @param {readonly DropFile[]} files
 * @param {number | null} bytes
 * @param {boolean} isUnlocked
 */
export function count(files, bytes, isUnlocked) {
  const totals = { ...NO_TOTALS, bytes };
  for (const file of files) {
    if (!isDelivered(file)) continue;
    const { role, keyDetails, error, examined } = file;
    totals.files += 1;
    if (role !== 'encrypted') totals[error ? 'damaged' : 'asIs'] += 1;
    else {
      totals.encrypted += 1;
      // Among very many files, not every one is examined before it is decrypted. Those are assumed to open if any entry
      // is unlocked.
      if ((examined ? keyDetails !== null : isUnlocked) && !error) totals.ready += 1;
      else if (wantsKey(error)) totals.locked += 1;
      else totals.damaged += 1;
    }
  }
  totals.deliverable = totals.asIs + totals.ready;
  return totals;
}

/**
 * How many files each entry opens; null unless all files were examined.
 * @param {readonly DropFile[]} files
 * @param {number} entries
 * @returns {(number | null)[]}
 */
export function countOpened(files, entries) {
  /** @type {number[]} */
  const opens = Array(entries).fill(0);
  for (const { keyDetails, examined } of files) {
    if (!examined) return opens.map(() => null);
    if (keyDetails !== null) opens[keyDetails] += 1;
  }
  return opens;
}

/** Sizes that were read once. @type {WeakMap<DropFile, number>} */
const sizes = new WeakMap();

/**
 * The size of a file, which costs something only the first time.
 * @param {DropFile} file
 */
export function sizeOf(file) {
  const known = sizes.get(file);
  if (known !== undefined) return known;
  const { size } = file;
  sizes.set(file, size);
  return size;
}

/**
 * Bytes of all files; `null` if the signal was aborted. Slow, because reading `size` costs Chromium a stat() per picked
 * file.
 * @param {readonly DropFile[]} files
 * @param {AbortSignal} signal
 */
export async function weigh(files, signal) {
  const yielder = new Yielder();
  let bytes = 0;
  for (const file of files) {
    if (isDelivered(file)) bytes += sizeOf(file);
    if (yielder.isDue) await yielder.yield();
    if (signal.aborted) return null;
  }
  return bytes;
}
