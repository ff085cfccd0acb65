/** A folder that is written whole or not at all. */

import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MgdcDecryptError } from '../core/errors.js';
import { makeFolder, writeError } from './folder.js';
import { partialNames } from './partials.js';

/**
 * Writes the files into `folder`, which is new or empty; their paths have `/`. When anything fails, everything that was
 * made is gone again. @throws ERR_WRITE, ERR_NO_SPACE
 * @param {string} folder
 * @param {readonly { path: string, bytes: Uint8Array }[]} files in the order in which they appear
 */
export async function writeFolder(folder, files) {
  /** @type {string[]} */
  const made = [];
  /** @type {string[]} */
  const placed = [];
  try {
    made.push(...(await makeFolder(folder)));
    await refuseOthers(folder);
    const partial = join(folder, partialNames()());
    placed.push(partial);
    await mkdir(partial);
    for (const { path, bytes } of files) {
      const file = join(partial, ...path.split('/'));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes, { flag: 'wx' });
    }
    for (const name of new Set(files.map(({ path }) => path.split('/')[0]))) {
      await rename(join(partial, name), join(folder, name));
      placed.push(join(folder, name));
    }
    await rmdir(partial);
  } catch (error) {
    for (const path of placed) await rm(path, { recursive: true, force: true }).catch(() => {});
    for (const path of made.reverse()) await rmdir(path).catch(() => {});
    throw error instanceof MgdcDecryptError ? error : writeError(/** @type {NodeJS.ErrnoException} */ (error), folder);
  }
}

/** @param {string} folder */
async function refuseOthers(folder) {
  const others = await readdir(folder);
  if (others.length === 0) return;
  const first = others.slice(0, 3).join(', ');
  const problem = `it has other things in it (${others.length > 3 ? `${first}, …` : first})`;
  throw new MgdcDecryptError('ERR_WRITE', `${problem}: name a folder that is new or empty`, { path: folder });
}
