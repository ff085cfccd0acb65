/** How a repair (undoing what a tool did to a ciphertext, see Repair in the core) changes the way a file is read. */

/** @import { Repair } from '../index.js' */

/** The file begins with its IV, as one block; the rest is as usual. */
export const IV_IN_FRONT = 'iv-in-front';

/**
 * Whether the file is not ciphertext until it is repaired. Then it is passed to the core unchanged, which repairs it.
 * @param {Repair | null | undefined} repair
 */
export function isConverted(repair) {
  return Boolean(repair) && repair !== IV_IN_FRONT;
}
