/** What is still locked. */

/** @import { DataDrop } from '../../index.js' */

/**
 * The distinct key versions of the entries that are locked; `null` stands for those that the delivery does not name.
 * @param {Pick<DataDrop, 'keyDetails'>} drop
 */
export function lockedVersions({ keyDetails }) {
  const locked = keyDetails.filter(({ kind, unlocked }) => kind === 'file' && !unlocked);
  return [...new Set(locked.map(({ publicKeyVersion }) => publicKeyVersion))];
}
