/** Simplified Chinese: numbers with their nouns, which have no plural. */

import { number } from '../format.js';

/**
 * `3 个密钥`.
 * @type {(n: number, noun: string) => string}
 */
export const count = (n, noun) => `${number(n)} 个${noun}`;
/** @param {number} n */
export const files = (n) => count(n, '文件');
