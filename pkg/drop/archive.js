/** Drops that are still packed: no file of theirs is decrypted until they are unpacked. */

import { readPart } from '../core/bytes.js';
import { MgdcDecryptError } from '../core/errors.js';
import { wasm } from '../core/init.js';
import { DropFile, eachOf } from './drop-files.js';

/** More files than this are a drop, and not a few archives. */
const MANY = 1000;

/**
 * `archive`: what it is, with its article.
 * @param {string} archive
 * @param {string} path
 */
export function archiveError(archive, path) {
  return new MgdcDecryptError('ERR_ARCHIVE', `this is ${archive}: unpack it first, then give the folder`, { path });
}

/**
 * Fails the archives that are a drop, or a part of one, which nobody unpacked: without key details those that lie at
 * the top, or that are all there is; with key details only where they are at the top and all there is. Any other is
 * data.
 * @param {readonly DropFile[]} files
 * @param {boolean} hasKeyDetails
 * @param {AbortSignal | undefined} signal
 */
export async function failArchives(files, hasKeyDetails, signal) {
  const data = files.filter(({ role, error }) => ['clear', 'encrypted'].includes(role) && !error);
  const loose = data.filter(({ path }) => !path.includes('/'));
  const isAll = hasKeyDetails || loose.length === 0;
  const candidates = hasKeyDetails || loose.length > 0 ? loose : data;
  if (candidates.length > MANY || (isAll && candidates.length < data.length)) return;
  /** @type {Map<DropFile, string>} */
  const found = new Map();
  await eachOf(candidates, signal, async (file) => {
    const blob = DropFile.blobOf(file);
    const archive = wasm().archive(await readPart(blob, 0, Math.min(blob.size, wasm().headLength())));
    if (archive) found.set(file, archive);
  });
  if (isAll && found.size < data.length) return;
  // No more than that is known: nobody looks whether it is encrypted.
  for (const [file, archive] of found) Object.assign(file, { role: 'clear', error: archiveError(archive, file.path) });
}
