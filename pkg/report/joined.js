/** The report of a run whose failed files were tried again: of all its files, each with its last result. */

import { counted } from './counted.js';
import { checksumsOf } from './run-details.js';

/** @import { Report } from '../index.js' */

/**
 * `later`: the report of the run that tried some of the files again.
 * @param {Report} earlier
 * @param {Report} later
 * @returns {Report}
 */
export function joinReports(earlier, later) {
  const results = new Map(earlier.files.map((file) => [file.path, file]));
  for (const file of later.files) results.set(file.path, file);
  const files = [...results.values()];
  const known = new Set(earlier.keys.map(({ keyDetails }) => keyDetails));
  return {
    ...earlier,
    ...counted(files),
    checksums: checksumsOf(files),
    ended: later.ended,
    // Without the time in which nothing ran.
    seconds: earlier.seconds + later.seconds,
    keys: [...earlier.keys, ...later.keys.filter(({ keyDetails }) => !known.has(keyDetails))],
  };
}
