/** Checks options that name something: the core would silently ignore an unknown name, so it is refused here. */

/** @import { Algorithm, Compression } from '../index.js' */

/** @type {readonly string[]} */
export const COMPRESSIONS = ['auto', 'gzip', 'zlib', 'deflate', 'none'];
/** @type {readonly string[]} */
export const ALGORITHMS = ['RSA-OAEP', 'RSA-OAEP-256', 'RSA-OAEP-256-MGF1-SHA1', 'RSA1_5'];

/** @param {Compression} name */
export const checkCompression = (name) => check('compression', name, COMPRESSIONS);

/**
 * Without a name, all algorithms are tried.
 * @param {Algorithm | null | undefined} name
 */
export const checkAlgorithm = (name) => name == null || check('algorithm', name, ALGORITHMS);

/**
 * @param {string} option
 * @param {string} name
 * @param {readonly string[]} known
 */
function check(option, name, known) {
  if (!known.includes(name)) throw new TypeError(`${option}: expected one of ${known.join(', ')}`);
}
