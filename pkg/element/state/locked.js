/** What is still locked. */

/** @import { DataDrop, KeyDetailsState } from '../../index.js' */

/** Whether files wait for this entry. @param {Pick<KeyDetailsState, 'kind' | 'unlocked'>} entry */
export const isLocked = ({ kind, unlocked }) => kind === 'file' && !unlocked;

/**
 * The distinct key versions of the entries that are locked; `null` stands for those that the delivery does not name.
 * @param {Pick<DataDrop, 'keyDetails'>} drop
 */
export function lockedVersions({ keyDetails }) {
  return [...new Set(keyDetails.filter(isLocked).map(({ publicKeyVersion }) => publicKeyVersion))];
}
