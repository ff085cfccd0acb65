/** Key Vault's answer on a drop: which value in it opens which key details entry, the files prove. */

import { readEnds } from '../core/ends.js';
import { DropFile, eachOf, unexamined } from './drop-files.js';

/**
 * @import { KeyDetailsState } from '../index.js'
 * @import { DataDrop } from '../wasm/mgdc_decrypt.js'
 */

/**
 * Unlocks what the answer opens of the entries with these indices; resolves to the indices that are open now. `core()`
 * gives the core's DataDrop, for it may be disposed of meanwhile. `files`: those that may be encrypted.
 * @param {() => DataDrop} core
 * @param {readonly KeyDetailsState[]} keyDetails
 * @param {readonly DropFile[]} files
 * @param {readonly number[]} entries
 * @param {Uint8Array} bytes
 */
export async function tryAnswer(core, keyDetails, files, entries, bytes) {
  if (files.length === 0) return withoutFiles(core(), keyDetails, entries, bytes);
  const trial = core().trial(bytes, Uint32Array.from(entries));
  /** @type {number[]} */
  const opened = [];
  try {
    const over = new AbortController();
    /** @param {DropFile} file */
    const look = async (file) => {
      const { size, head, tail } = await readEnds(DropFile.blobOf(file));
      if (over.signal.aborted) return;
      const pair = trial.judge(size, head, tail);
      if (pair !== undefined) opened.push(...core().accept(trial, pair));
      if (trial.isOver) over.abort();
    };
    // Those first that are likely, then all: each dataset may have its own key. What cannot be read proves nothing.
    const order = new Set([...unexamined(files), ...files]);
    await eachOf(order, over.signal, (file) => look(file).catch(() => {})).catch((error) => {
      if (!over.signal.aborted) throw error;
    });
    if (opened.length === 0) core().reject(trial);
    return opened;
  } finally {
    trial.free();
  }
}

/**
 * Nothing proves it: the answer must hold one value, and is for the entry whose version it names, or the first one.
 * @param {DataDrop} core
 * @param {readonly KeyDetailsState[]} keyDetails
 * @param {readonly number[]} entries
 * @param {Uint8Array} bytes
 */
function withoutFiles(core, keyDetails, entries, bytes) {
  const text = new TextDecoder().decode(bytes);
  /** @param {number} index */
  const names = (index) => Number(text.includes(keyDetails[index].publicKeyVersion ?? '\0'));
  let failure;
  for (const index of [...entries].sort((one, other) => names(other) - names(one))) {
    try {
      core.answer(index, bytes);
    } catch (error) {
      failure ??= error;
      continue;
    }
    return [index, ...answerTwins(core, keyDetails, index, bytes)];
  }
  throw failure;
}

/**
 * One wrapped key may stand there with several IVs.
 * @param {DataDrop} core
 * @param {readonly KeyDetailsState[]} keyDetails
 * @param {number} index
 * @param {Uint8Array} bytes
 */
function answerTwins(core, keyDetails, index, bytes) {
  const { wrappedKey } = keyDetails[index];
  /** @type {(other: KeyDetailsState, place: number) => boolean} */
  const isTwin = (other, place) =>
    place !== index && !other.unlocked && other.kind === 'file' && other.wrappedKey === wrappedKey;
  const twins = keyDetails.flatMap((other, place) => (isTwin(other, place) ? [place] : []));
  for (const twin of twins) core.answer(twin, bytes);
  return twins;
}
