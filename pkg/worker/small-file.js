/** What the core says of a small file whose bytes are all there: which key opens it, and whether it is a private key. */

import { endsOf } from '../core/ends.js';
import { looksLikeKey } from '../wasm/mgdc_decrypt.js';

/**
 * @import { Verdict } from '../core/ends.js'
 * @import { KeySet } from '../wasm/mgdc_decrypt.js'
 * @import { JobOptions } from './protocol.js'
 */

/**
 * @param {KeySet} keys
 * @param {Uint8Array} data
 * @param {Pick<JobOptions, 'compression' | 'decompress'>} options
 * @returns {Verdict}
 */
export function judge(keys, data, { compression, decompress }) {
  const { size, head, tail } = endsOf(data);
  return keys.judge(size, head, tail, compression, !decompress);
}

/**
 * As in drop-keys.js; null if the file does not count as a private key in a drop.
 * @param {string} path
 * @param {Uint8Array} data
 */
export function kindOfKey(path, data) {
  const kind = looksLikeKey(path, data, data.length, !path.includes('/'));
  return kind === undefined || kind === 'near-key' ? null : kind;
}
