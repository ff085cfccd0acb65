/** Reads a damaged file twice: first to choose the rows that can be trusted, then to write them. */

import { IV_IN_FRONT } from '../core/repair.js';
import { initSync, Salvage } from '../wasm-check/mgdc_check.js';
import { openSource, PIECE } from '../worker/source.js';

/**
 * @import { PlaintextWriter } from '../worker/plaintext-writer.js'
 * @import { SalvageSummary } from '../worker/protocol.js'
 * @import { SalvageJob } from '../worker/more.js'
 */

/** Bytes that are decoded at a time: what they expand to, at most a thousand times as much, is held in memory. */
const STEP = 8 * 1024;

/** Of the module that salvages. @type {WebAssembly.Memory} */
let memory;

/** Instantiates the module that salvages. @param {WebAssembly.Module} module */
export function start(module) {
  memory = initSync({ module }).memory;
}

/**
 * Writes the rows. Resolves to what was salvaged; without a row nothing is written.
 * @param {Pick<PlaintextWriter, keyof PlaintextWriter>} writer
 * @param {SalvageJob} job
 * @returns {Promise<SalvageSummary>}
 */
export async function salvageInto(writer, { source, key, repair, compression, outputLimit }) {
  const salvage = new Salvage(key, compression, outputLimit, repair === IV_IN_FRONT);
  const drain = async () => {
    if (salvage.length === 0) return;
    // Hashing may grow the memory of the other module, but not of this one.
    const rows = new Uint8Array(memory.buffer, salvage.address, salvage.length);
    writer.hash(rows);
    await writer.write(rows);
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
 * @param {SalvageJob['source']} from
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
