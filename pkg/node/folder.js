/** Folders in Node: the files of a drop, and a sink that writes all or nothing. */

import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { MgdcDecryptError, toWriteError } from '../errors.js';

/** Every file below `folder`, as DropItems. Links to files are followed, links to folders are not: they may go in circles. */
export async function folderFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error) => {
    throw new MgdcDecryptError('ERR_READ', `the drop cannot be read (${error.code}): check that it is a folder and that you may read it`, { path: folder });
  });
  const items = [];
  for (const entry of entries) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isDirectory()) continue;
    const stats = await stat(path).catch(() => null);
    if (!stats?.isFile() && !entry.isFile()) continue;
    items.push({ path: relative(folder, path).split(sep).join('/'), blob: new FileOnDisk(path, stats?.size ?? 0, stats?.mtimeMs ?? 0) });
  }
  // In one order on every machine.
  return items.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What of a Blob is needed, over a path: workers read it themselves (`source`). */
class FileOnDisk {
  constructor(path, size, modified) {
    this.path = path;
    this.size = size;
    this.lastModified = modified;
    this.source = { path, size, modified };
  }

  slice(start = 0, end = this.size) {
    return { arrayBuffer: () => this.#read(start, end) };
  }

  arrayBuffer() {
    return this.#read(0, this.size);
  }

  async #read(start, end) {
    try {
      const file = await open(this.path, 'r');
      try {
        const { buffer, bytesRead } = await file.read({ buffer: new Uint8Array(end - start), position: start });
        return buffer.buffer.slice(0, bytesRead);
      } finally {
        await file.close();
      }
    } catch (error) {
      throw new MgdcDecryptError('ERR_READ', `the file could not be read (${error.code}): check that it is there and that you may read it`, { cause: error });
    }
  }
}

/** Whether what is written below `out` would lie in the drop; `items`: its files. */
export async function overlap(out, drop, items) {
  const way = relative(await real(drop), await real(out)).split(sep);
  if (way[0] !== '..') return true; // the drop itself, or a folder in it
  const back = relative(await real(out), await real(drop)).split(sep);
  return back[0] !== '..' && items.some(({ path }) => path.startsWith(`${back[0]}/`));
}

/** The real path, also of what is not there yet. */
async function real(path) {
  const absolute = resolve(path);
  return realpath(absolute).catch(async () => (dirname(absolute) === absolute ? absolute : join(await real(dirname(absolute)), absolute.slice(dirname(absolute).length))));
}

/**
 * Writes below `folder`: each file under a temporary name beside its final one, renamed when it is whole. A file that
 * is there already is replaced then, at once.
 */
export async function folderSink(folder) {
  await makeFolder(folder).catch((error) => {
    throw writeError(error, folder);
  });
  // Random: what a killed run left must not be in the way.
  const mark = randomBytes(4).toString('hex');
  let number = 0;
  return {
    reusesBuffers: true,
    async existing(path) {
      const file = join(folder, ...path.split('/'));
      const stats = await stat(file).catch(() => null);
      return stats?.isFile() ? new FileOnDisk(file, stats.size, stats.mtimeMs) : null;
    },
    async open(path) {
      const final = join(folder, ...path.split('/'));
      number += 1;
      const partial = join(dirname(final), `.mgdc-partial-${mark}-${number}`);
      const fail = (error) => {
        throw writeError(error, path);
      };
      await makeFolder(dirname(final)).catch(fail);
      const file = await open(partial, 'wx').catch(fail);
      const stream = new WritableStream({
        write: (bytes) => writeAll(file, bytes).catch(fail),
        async close() {
          await file.close().catch(fail);
          await replace(partial, final).catch(async (error) => {
            await rm(partial, { force: true });
            fail(error);
          });
        },
        async abort() {
          await file.close();
          await rm(partial, { force: true });
        },
      });
      // A worker writes there itself: see Output in output.js.
      return Object.assign(stream, { file: { path: partial } });
    },
  };
}

/** With its parents. Not mkdir's own `recursive`: in Node 20 that goes round for ever below /proc. */
async function makeFolder(path) {
  try {
    await mkdir(path);
  } catch (error) {
    if (error.code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (error.code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path).catch((again) => {
      if (again.code !== 'EEXIST') throw again;
    });
  }
}

async function writeAll(file, bytes) {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at, bytes.length - at)).bytesWritten;
}

async function replace(partial, final) {
  const there = await lstat(final).catch(() => null);
  if (there?.isDirectory()) throw Object.assign(new Error('a folder of this name is in the way'), { code: 'EISDIR' });
  await rename(partial, final);
}

function writeError(error, path) {
  const known = toWriteError(error, path);
  return known.code === 'ERR_NO_SPACE' ? known : new MgdcDecryptError('ERR_WRITE', `the target cannot be written (${error.code}): check its path and permissions`, { path, cause: error });
}
