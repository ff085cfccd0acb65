/** Recognises drops that are still packed. They must be unpacked before any of their files can be decrypted. */

import { readPart } from '../core/bytes.js';
import { MgdcDecryptError } from '../core/errors.js';
import { wasm } from '../core/init.js';
import { DropFile } from './drop-file.js';
import { eachOf } from './list-files.js';

/** More files than this are taken for a drop, not for a few archives. */
const MANY = 1000;

/**
 * `archive`: the kind of archive, with its article ("a ZIP archive").
 * @param {string} archive
 * @param {string} path
 */
export function archiveError(archive, path) {
  return new MgdcDecryptError('ERR_ARCHIVE', `this is ${archive}: unpack it first, then give the folder`, { path });
}

/**
 * Fails archives that seem to be a drop, or a part of one, that was not unpacked. Without key details: archives at the
 * top level, or anywhere if all data files are archives. With key details: only if all data files are archives at the
 * top level. Any other archive is data.
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
  // Nothing else is known about it: whether it is encrypted is not examined.
  for (const [file, archive] of found) Object.assign(file, { role: 'clear', error: archiveError(archive, file.path) });
}
