/** What a repair (undoing what a tool did to a ciphertext, see Repair in the core) means for how a file is read. */

/** @import { Repair } from '../index.js' */

/** The file's first block is its IV; all behind it is as ever. */
export const IV_IN_FRONT = 'iv-in-front';

/**
 * Whether the file is no ciphertext before it is repaired: then it goes as it is through the core, which undoes it.
 * @param {Repair | null | undefined} repair
 */
export function isConverted(repair) {
  return Boolean(repair) && repair !== IV_IN_FRONT;
}
