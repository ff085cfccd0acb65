/** Copies a file that is not encrypted. */

import { PIECE } from './source.js';

/**
 * @import { DecryptionSummary } from '../index.js'
 * @import { PlaintextWriter } from './plaintext-writer.js'
 * @import { Reader } from './source.js'
 */

/**
 * @param {Pick<PlaintextWriter, keyof PlaintextWriter>} writer
 * @param {Reader} source
 * @returns {Promise<DecryptionSummary>}
 */
export async function copyInto(writer, source) {
  /** @type {ArrayBuffer | undefined} */
  let buffer;
  while (source.at < source.size) {
    const piece = await source.next(PIECE, buffer);
    writer.read += piece.length;
    writer.hash(piece);
    await writer.write(piece);
    buffer = piece.buffer;
  }
  return { compression: 'none', bytesIn: source.size, bytesOut: source.size, verified: null, warnings: [] };
}
