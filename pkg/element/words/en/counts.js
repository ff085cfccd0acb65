/** English: numbers with their nouns. */

import { number, plural } from '../format.js';

/** @type {(n: number, one: string, many: string) => string} */
export const count = (n, one, many) => `${number(n)} ${plural(n, { one, other: many })}`;
/** @param {number} n */
export const files = (n) => count(n, 'file', 'files');
