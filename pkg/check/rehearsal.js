/** A rehearsal: a small drop, encrypted to a public key as a delivery would be. */

import { withBytes } from '../core/bytes.js';
import { toError } from '../core/errors.js';
import { checkAlgorithm } from '../core/options.js';
import { wasm } from './init.js';

/** @import { Algorithm, Bytes, FileOnDisk, OwnBytes } from '../index.js' */

/**
 * What the core makes; `isVersionMadeUp`: the key does not name its version, and `keyVersion` stands for it.
 *
 * @typedef {object} Rehearsal
 * @property {{ path: string, bytes: OwnBytes, isEncrypted: boolean }[]} items the key details last
 * @property {number} bits
 * @property {Algorithm} algorithm
 * @property {string} keyVersion
 * @property {boolean} isVersionMadeUp
 * @property {string | null} keyIdentifier
 */

/**
 * With all that is known of it. The module must be loaded.
 * @param {Bytes | Blob | FileOnDisk} key
 * @param {{ algorithm?: Algorithm }} [options]
 * @returns {Promise<Rehearsal>}
 */
export async function makeRehearsal(key, { algorithm } = {}) {
  checkAlgorithm(algorithm);
  return withBytes(key, (bytes) => {
    try {
      return wasm().rehearse(bytes, algorithm);
    } catch (error) {
      throw toError(error);
    }
  });
}
