/** What a screen reader is told when everything that was added has been read. */

import { lockedVersions } from './locked.js';

/**
 * @import { Found } from '../words/shapes.js'
 * @import { Session } from './session.js'
 */

/**
 * @param {Session} session
 * @returns {Found}
 */
export function foundIn({ totals, keys, drop }) {
  const isRefused = keys.entries.some(({ error }) => error?.code === 'ERR_FILE_KEY_UNWRAP');
  return {
    totals: drop && totals,
    usable: keys.entries.filter(({ key }) => key).length,
    asked: keys.entries.filter(({ state }) => state === 'password').map(({ name }) => name),
    unmatched: isRefused && drop ? lockedVersions(drop) : [],
  };
}
