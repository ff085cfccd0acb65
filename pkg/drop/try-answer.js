/** Tries Key Vault's answer on a drop. The files prove which value in it opens which key details entry. */

import { readEnds } from '../core/ends.js';
import { DropFile } from './drop-file.js';
import { eachOf, unexamined } from './list-files.js';

/**
 * @import { KeyDetailsState } from '../index.js'
 * @import { DataDrop } from '../wasm/mgdc_decrypt.js'
 */

/**
 * Of the entries with these indices, unlocks those that the answer opens; resolves to their indices. `core()` returns
 * the core's DataDrop, and fails if it was disposed of meanwhile. `files`: those that may be encrypted.
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
    // A sample of each folder first, then all files, as each dataset may have its own key. A file that cannot be read
    // proves nothing.
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
 * Without files there is no proof. Then the answer must hold a single value, which is taken for the entry whose key
 * version it names, or else for the first entry that takes it.
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
 * The same wrapped key may occur in several entries, with different IVs. Unlocks the others, too.
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
