/** The status of a file, as the list counts, filters and sorts it. The row says more: see file-state.js. */

import { isDelivered } from '../../drop/left-out.js';
import { wantsKey, warningsOf } from './file-state.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { Session } from './session.js'
 */

/**
 * `apart`: not delivered, such as key details. @typedef {'done' | 'ready' | 'clear' | 'locked' | 'damaged' | 'failed' |
 * 'apart'} Status
 */

/** The statuses of delivered files, in the order in which bars and legends show them. */
export const STATUSES = /** @type {const} */ (['done', 'ready', 'clear', 'locked', 'damaged', 'failed']);

/** What the list can be limited to. `problem`: failed, damaged, locked or with a warning. */
export const FILTERS = /** @type {const} */ (['all', 'ready', 'problem', 'locked', 'clear', 'done']);

/** @typedef {typeof FILTERS[number]} Filter */

/**
 * This must be cheap: it is called for every file at every change.
 * @param {DropFile} file
 * @param {Session} session
 * @returns {Status}
 */
export function statusOf(file, { results, totals }) {
  const { path, role, keyDetails, error, examined } = file;
  if (!isDelivered(file)) return 'apart';
  const result = results.finished.get(path);
  if (result) return result.outcome === 'failed' ? 'failed' : 'done';
  if (error) return wantsKey(error) ? 'locked' : 'damaged';
  if (role !== 'encrypted') return 'clear';
  // A file that was not examined is assumed to open if any file does.
  return (examined ? keyDetails !== null : totals.ready > 0) ? 'ready' : 'locked';
}

/**
 * Whether the person should look at the file.
 * @param {DropFile} file
 * @param {Status} status
 * @param {Session} session
 */
export function needsLook(file, status, session) {
  if (status === 'failed' || status === 'damaged') return true;
  // Before there is any key, every file is locked. That alone needs no look.
  if (status === 'locked' && (file.examined || session.totals.ready === 0)) return true;
  return warningsOf(file, session).length > 0;
}
