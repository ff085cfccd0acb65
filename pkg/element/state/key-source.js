/** Finds private keys among loose files. In folders, the drop finds them by the same rule (see drop-keys.js). */

import { isKeyName, isLoose, kindOfItem } from '../../drop/drop-keys.js';

/** @import { AddedItem } from './items.js' */

export { isLoose };

/**
 * More files than this at once are taken for a drop. Looking into each would take minutes: a read costs about a
 * millisecond.
 */
const MANY = 1000;

/**
 * Whether to try `PrivateKey.import` on a file before it counts as part of the drop. `among`: how many loose files were
 * added with it; if there are very many, only those with the name of a key are looked into. Never throws.
 * @param {AddedItem} item
 * @param {number} among
 */
export async function looksLikeKey(item, among) {
  if (!isLoose(item) || (among > MANY && !isKeyName(item.path))) return false;
  return (await kindOfItem(item)) !== undefined;
}
