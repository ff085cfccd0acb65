/** Which of the loose files is a private key. Those in folders the drop tells (see drop-keys.js), by the same rule. */

import { isKeyName, isLoose, kindOfItem } from '../../drop/drop-keys.js';

/** @import { AddedItem } from './items.js' */

export { isLoose };

/**
 * More files than this at once are a drop, and a look into each would take minutes: a read costs about a millisecond.
 */
const MANY = 1000;

/**
 * Whether `PrivateKey.import` should have a try before the file counts as a part of the drop. `among`: how many loose
 * ones came with it; among very many only those with a key's name are looked into. Never throws.
 * @param {AddedItem} item
 * @param {number} among
 */
export async function looksLikeKey(item, among) {
  if (!isLoose(item) || (among > MANY && !isKeyName(item.path))) return false;
  return (await kindOfItem(item)) !== undefined;
}
