/** Reads a damaged file twice: first to choose the rows that can be trusted, then to write them. */

import { IV_IN_FRONT } from '../core/repair.js';
import { openSource, PIECE } from './source.js';

/**
 * @import { Repair } from '../index.js'
 * @import { Salvage } from '../wasm/mgdc_decrypt.js'
 * @import { PlaintextWriter } from './plaintext-writer.js'
 * @import { JobOptions, SalvageSummary, Source } from './protocol.js'
 */

/** @typedef {(...options: ConstructorParameters<typeof Salvage>) => Salvage} MakeSalvage */

/** Bytes that are decoded at a time: what they expand to, at most a thousand times as much, is held in memory. */
const STEP = 8 * 1024;

/**
 * Writes the rows. Resolves to what was salvaged; without a row nothing is written.
 * @param {Pick<PlaintextWriter, keyof PlaintextWriter>} writer
 * @param {Source} source
 * @param {Uint8Array<ArrayBuffer>} key
 * @param {Repair | null | undefined} repair
 * @param {Pick<JobOptions, 'compression' | 'outputLimit'>} options
 * @param {MakeSalvage} makeSalvage
 * @param {WebAssembly.Memory} memory
 * @returns {Promise<SalvageSummary>}
 */
export async function salvageInto(writer, source, key, repair, { compression, outputLimit }, makeSalvage, memory) {
  const salvage = makeSalvage(key, compression, outputLimit, repair === IV_IN_FRONT);
  const drain = async () => {
    if (salvage.length === 0) return;
    writer.hash(new Uint8Array(memory.buffer, salvage.address, salvage.length));
    await writer.write(new Uint8Array(memory.buffer, salvage.address, salvage.length));
  };
  try {
    await pass(source, (piece) => salvage.push(piece));
    /** @type {SalvageSummary} */
    const summary = salvage.rewind();
    if (summary.rows === 0) return summary;
    await pass(source, async (piece) => {
      for (let at = 0; at < piece.length; at += STEP) {
        salvage.push(piece.subarray(at, at + STEP));
        await drain();
      }
    });
    salvage.end();
    await drain();
    return summary;
  } finally {
    salvage.free();
  }
}

/**
 * @param {Source} from
 * @param {(piece: Uint8Array<ArrayBuffer>) => Promise<void> | void} use
 */
async function pass(from, use) {
  const source = await openSource(from);
  try {
    /** @type {ArrayBuffer | undefined} */
    let buffer;
    while (source.at < source.size) {
      const piece = await source.next(PIECE, buffer);
      await use(piece);
      buffer = piece.buffer;
    }
    await source.check();
  } finally {
    source.close();
  }
}
