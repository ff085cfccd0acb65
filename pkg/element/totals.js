// How many files of which kind a drop holds.

import { isKnownToFail, wantsKey } from './file-state.js';

export const NO_TOTALS = { files: 0, bytes: 0, encrypted: 0, locked: 0, damaged: 0, ready: 0, asIs: 0, deliverable: 0, failing: 0 };

/** Key details are no part of what is delivered, and are not counted. */
export function count(files) {
  const totals = { ...NO_TOTALS };
  for (const { role, size, keyDetails, error } of files) {
    if (role === 'key-details') continue;
    totals.files += 1;
    totals.bytes += size;
    if (isKnownToFail(error)) totals.failing += 1;
    if (role !== 'encrypted') totals.asIs += 1;
    else {
      totals.encrypted += 1;
      if (keyDetails !== null && !error) totals.ready += 1;
      else if (wantsKey(error)) totals.locked += 1;
      else totals.damaged += 1;
    }
  }
  totals.deliverable = totals.asIs + totals.ready;
  return totals;
}
