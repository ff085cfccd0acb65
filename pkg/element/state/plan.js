/** What the next run would save: which of the chosen files, and how big they are. */

import { isDelivered } from '../../drop/left-out.js';
import { wantsKey } from './file-state.js';
import { count, sizeOf } from './totals.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { Totals } from '../words/shapes.js'
 * @import { Session } from './session.js'
 */

/**
 * `totals`: of the chosen files. `bytes`: of those that can be saved now, as they are in the delivery; `null` until the
 * sizes are known. `only`: their paths for `Session.decrypt`; `undefined` for the whole delivery. `clear`: whether there
 * are only files that are saved as they are; `usable`: whether there is anything to decrypt or to salvage.
 *
 * @typedef {{ totals: Totals, bytes: number | null, only: string[] | undefined, clear: boolean, usable: boolean }} Plan
 */

/**
 * @param {Session} session
 * @param {boolean} salvage whether the readable part of damaged files is saved
 * @returns {Plan}
 */
export function planOf(session, salvage) {
  const { files, choice, isUnlocked } = session;
  const chosen = choice.isAll ? files : choice.of(files);
  const totals = choice.isAll ? session.totals : count(chosen, null, isUnlocked);
  const usable = totals.ready > 0 || (salvage && chosen.some(isDamaged));
  const clear = !usable && totals.asIs > 0;
  const bytes = session.totals.bytes === null ? null : sizeOfSaved(chosen, totals, session, salvage);
  if (clear) return { totals, bytes, only: chosen.filter(isClear).map(({ path }) => path), clear, usable };
  return { totals, bytes, only: choice.isAll ? undefined : chosen.map(({ path }) => path), clear, usable };
}

/**
 * @param {readonly DropFile[]} files
 * @param {Totals} totals
 * @param {Session} session
 * @param {boolean} salvage
 */
function sizeOfSaved(files, totals, { totals: { bytes }, choice, isUnlocked }, salvage) {
  if (choice.isAll && totals.deliverable === totals.files) return bytes;
  let sum = 0;
  for (const file of files) {
    const isOpen = file.examined ? file.keyDetails !== null : isUnlocked;
    const isReady = isClear(file) || (file.role === 'encrypted' && isOpen && !file.error);
    if (isReady || (salvage && isDamaged(file))) sum += sizeOf(file);
  }
  return sum;
}

/** @param {DropFile} file */
function isClear(file) {
  return isDelivered(file) && file.role !== 'encrypted' && !file.error;
}

/** @param {DropFile} file */
function isDamaged(file) {
  return file.role === 'encrypted' && file.error !== null && !wantsKey(file.error);
}
