/** Folders in Node: a sink that writes each file completely or not at all, and a check that it is outside the drop. */

import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { lstat, mkdir, open as openFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { MgdcDecryptError, toWriteError } from '../core/errors.js';
import { Pace } from '../core/pace.js';
import { FileOnDisk } from './file-on-disk.js';
import { partialNames, removePartials } from './partials.js';

export { folderFiles } from './walk.js';

/**
 * @import { FileHandle } from 'node:fs/promises'
 * @import { DropEntry, DropItem, OwnBytes } from '../index.js'
 * @import { Leftover } from './partials.js'
 */

/**
 * Whether files written below `out` would lie in the drop. `items`: the files of the drop.
 * @param {string} out
 * @param {string} drop
 * @param {readonly (DropItem | DropEntry)[]} items
 */
export async function overlap(out, drop, items) {
  const way = relative(await realOf(drop), await realOf(out)).split(sep);
  if (way[0] !== '..') return true; // the drop itself, or a folder in it
  const back = relative(await realOf(out), await realOf(drop)).split(sep);
  return back[0] !== '..' && items.some(({ path }) => path.startsWith(`${back[0]}/`));
}

/**
 * The real path, even of something that does not exist yet.
 * @param {string} path
 * @returns {Promise<string>}
 */
export async function realOf(path) {
  const absolute = resolve(path);
  const above = dirname(absolute);
  const wanted = async () => (above === absolute ? absolute : join(await realOf(above), absolute.slice(above.length)));
  return realpath(absolute).catch(wanted);
}

/**
 * Writes below `folder`. Each file is written under a temporary name next to its final one, and renamed when it is
 * complete; this replaces an existing file atomically. Nothing is written through a link that leads out of `folder`.
 * First, temporary files of killed runs are deleted; `onleftover` is called with `{ path, deleted }` for each. `slow`:
 * milliseconds from which writing a small file counts as slow (see Pace).
 * @param {string} folder
 * @param {{ onleftover?: (leftover: Leftover) => void, slow?: number }} [options]
 */
export async function folderSink(folder, { onleftover = () => {}, slow = 2 } = {}) {
  await makeFolder(folder).catch((error) => {
    throw writeError(error, folder);
  });
  for (const leftover of await removePartials(folder)) onleftover(leftover);
  const folders = new Folders(folder, await realpath(folder));
  const partialName = partialNames();
  const pace = new Pace(slow);
  return {
    reusesBuffers: true,
    /** @param {string} path */
    async existing(path) {
      const file = join(folder, ...path.split('/'));
      const stats = await lstat(file).catch(() => null);
      if (!stats?.isFile() || !(await folders.holds(dirname(file)))) return null;
      return new FileOnDisk(file, stats.size, stats.mtimeMs);
    },
    open: Object.assign(open, { whole }),
  };

  /** @param {string} path */
  async function open(path) {
    const { final, partial, fail } = await place(path);
    const file = await openFile(partial, 'wx').catch(fail);
    const stream = new WritableStream({
      write: (/** @type {OwnBytes} */ bytes) => writeAll(file, bytes).catch(fail),
      async close() {
        await file.close().catch(fail);
        await rename(partial, final).catch(async (error) => {
          await rm(partial, { force: true });
          fail(await inTheWay(final, error));
        });
      },
      async abort() {
        await file.close();
        await rm(partial, { force: true });
      },
    });
    // A worker writes this file by itself: see run/output-file.js.
    return Object.assign(stream, { file: { path: partial } });
  }

  /**
   * Writes a small file whole: see RunSink.
   * @param {string} path
   * @param {OwnBytes} bytes
   */
  async function whole(path, bytes) {
    const { final, partial, fail } = await place(path);
    const way = () => replaceAtOnce(partial, final, bytes);
    const later = async () => {
      const file = await openFile(partial, 'wx');
      try {
        await writeAll(file, bytes).finally(() => file.close());
        await rename(partial, final);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    };
    await pace.do(way, later).catch((error) => inTheWay(final, error).then(fail));
    return path;
  }

  /**
   * Where a file goes, and under which name until it is complete. Makes its folder.
   * @param {string} path
   */
  async function place(path) {
    const names = path.split('/');
    /**
     * @param {NodeJS.ErrnoException} error
     * @returns {never}
     */
    const fail = (error) => {
      throw error instanceof MgdcDecryptError ? error : writeError(error, path);
    };
    const partial = join(await folders.make(names.slice(0, -1)).catch(fail), partialName());
    return { final: join(folder, ...names), partial, fail };
  }
}

/** Folders below the target. Each is made and checked once: if it is a link, it may lead anywhere. */
class Folders {
  #root;
  #real;

  /** @type {Map<string, Promise<string>>} */
  #made = new Map();

  /**
   * @param {string} root
   * @param {string} realRoot
   */
  constructor(root, realRoot) {
    this.#root = root;
    this.#real = realRoot;
  }

  /**
   * Whether the path exists and lies in the target.
   * @param {string} path
   */
  async holds(path) {
    return realpath(path).then(
      (found) => this.#isInside(found),
      () => false,
    );
  }

  /**
   * Makes the folder with these names, and those above it; resolves to its path.
   * @param {string[]} names
   * @returns {Promise<string>}
   */
  make(names) {
    if (names.length === 0) return Promise.resolve(this.#root);
    const path = names.join('/');
    const made = this.#made.get(path) ?? this.#make(names);
    this.#made.set(path, made);
    return made;
  }

  /** @param {string[]} names */
  async #make(names) {
    const path = join(await this.make(names.slice(0, -1)), names[names.length - 1]);
    try {
      await mkdir(path);
      return path;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const stats = await lstat(path);
    if (stats.isDirectory()) return path;
    const target = stats.isSymbolicLink() ? await realpath(path) : path;
    if (!this.#isInside(target)) {
      const problem = `the folder ${names.join('/')} in the target is a link out of it, to ${target}`;
      throw new MgdcDecryptError('ERR_WRITE', `${problem}: delete the link, or choose another target`);
    }
    if ((await stat(target)).isDirectory()) return path;
    throw Object.assign(new Error('a file is in the way'), { code: 'ENOTDIR' });
  }

  /** @param {string} path */
  #isInside(path) {
    const way = relative(this.#real, path);
    return !isAbsolute(way) && !way.split(sep).includes('..'); // absolute: another drive of Windows
  }
}

/**
 * With its parents; resolves to what it made, the outermost first. Not mkdir's own `recursive`: in Node 20 that goes
 * round for ever below /proc.
 * @param {string} path
 * @returns {Promise<string[]>}
 */
export async function makeFolder(path) {
  try {
    await mkdir(path);
    return [path];
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      if ((await stat(path)).isDirectory()) return [];
      throw Object.assign(new Error('a file is in the way', { cause: error }), { code: 'ENOTDIR' });
    }
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    const made = await makeFolder(dirname(path));
    await mkdir(path).then(
      () => made.push(path),
      (again) => {
        if (again.code !== 'EEXIST') throw again;
      },
    );
    return made;
  }
}

/**
 * @param {FileHandle} file
 * @param {Uint8Array} bytes
 */
async function writeAll(file, bytes) {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at, bytes.length - at)).bytesWritten;
}

/**
 * @param {string} partial
 * @param {string} final
 * @param {Uint8Array} bytes
 */
function replaceAtOnce(partial, final, bytes) {
  const file = openSync(partial, 'wx');
  try {
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    } finally {
      closeSync(file);
    }
    renameSync(partial, final);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/**
 * Says of a failure what is the case if a folder has the file's name: then no system renames a file to it, and some say
 * only that it is not permitted.
 * @param {string} final
 * @param {NodeJS.ErrnoException} error
 */
async function inTheWay(final, error) {
  const there = await lstat(final).catch(() => null);
  if (!there?.isDirectory()) return error;
  return Object.assign(new Error('a folder of this name is in the way', { cause: error }), { code: 'EISDIR' });
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {string} path
 */
export function writeError(error, path) {
  const known = toWriteError(error, path);
  if (known.code === 'ERR_NO_SPACE') return known;
  const remedy = REASONS[error.code ?? ''] ?? 'check its path and permissions';
  const message = `the target cannot be written (${error.code}): ${remedy}`;
  return new MgdcDecryptError('ERR_WRITE', message, { path, cause: error });
}

/** @param {unknown} error */
function codeOf(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code;
}

/** @type {Record<string, string>} */
const REASONS = {
  EISDIR: 'a folder of this name is in the way; move it, or choose another target',
  EEXIST: 'a file of the drop was written there; name another file',
  ENOTDIR: 'a file is in the way of a folder; move it, or choose another target',
};
