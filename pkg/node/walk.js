/** Lists a folder: every entry becomes a DropItem, or an item that is left out or has failed. */

import { isUtf8 } from 'node:buffer';
import { lstatSync } from 'node:fs';
import { lstat, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { readPart } from '../core/bytes.js';
import { MgdcDecryptError } from '../core/errors.js';
import { init, wasm } from '../core/init.js';
import { Pace } from '../core/pace.js';
import { archiveError } from '../drop/archive.js';
import { bytesJoin, distinguish, latin1, native, printable, spelled } from './byte-names.js';
import { FileOnDisk } from './file-on-disk.js';

/**
 * @import { Dirent, Stats } from 'node:fs'
 * @import { DropEntry, DropItem, ErrorCode } from '../index.js'
 */

/**
 * One entry of a folder.
 *
 * @typedef {object} Entry
 * @property {string | Buffer} at where to read it
 * @property {string} path in the drop
 * @property {string} real its real path
 * @property {string} [folder] the real path of the folder that it lies in
 * @property {string[]} chain real paths of the folders whose links led here
 * @property {boolean} [isOdd] whether a name in its path is not valid UTF-8
 */
/** @typedef {(DropItem | DropEntry) & { note?: string }} Item */

/** Folders and files that are read at the same time. */
const AT_ONCE = 32;
/** Milliseconds from which a look at a file counts as slow. */
const SLOW = 0.3;

/**
 * Every entry below `folder`, or the ZIP archive that is given in its place, in the same order on every machine: `{ path,
 * blob }` for a file, `{ path, leftOut }` for anything that is not delivered, `{ path, error }` for anything that could
 * not be read. Links are followed only within the folder. `given`: maps real paths to options, for files that were given
 * with an option and are therefore not part of the drop.
 * @param {string} folder
 * @param {{ given?: Map<string, string> }} [options]
 */
export async function folderFiles(folder, { given = new Map() } = {}) {
  /**
   * @param {NodeJS.ErrnoException} error
   * @returns {never}
   */
  const unusable = (error) => {
    const message = `the drop cannot be read (${error.code}): check that it is a folder and that you may read it`;
    throw new MgdcDecryptError('ERR_READ', message, { path: folder });
  };
  const stats = await stat(folder).catch(unusable);
  if (!stats.isDirectory()) return [await packedDrop(folder, stats)];
  const real = await realpath(folder, { encoding: 'buffer' }).catch(unusable);
  const walk = new Walk(latin1(real), given);
  await readdir(folder).catch(unusable);
  await walk.go(folder);
  return walk.items;
}

class Walk {
  /** @type {Item[]} */
  items = [];
  #root;
  #given;
  #pace = new Pace(SLOW);
  /** Links that were found. They are followed last, in the order of their paths. @type {Entry[]} */
  #links = [];
  /** Folders that were reached by a link within a linked folder. @type {Set<string>} */
  #followed = new Set();

  /**
   * Real paths are kept as Latin-1, with one character for each byte, whatever their encoding is.
   * @param {string} root
   * @param {Map<string, string>} given
   */
  constructor(root, given) {
    this.#root = root;
    this.#given = given;
  }

  /** @param {string} folder */
  async go(folder) {
    await this.#walk({ at: folder, path: '', real: this.#root, chain: [] });
    while (this.#links.length > 0) {
      const links = this.#links.sort(byPath);
      this.#links = [];
      for (const link of links) await this.#follow(link);
    }
    this.items.sort(byPath);
    distinguish(this.items);
  }

  /** @param {Entry} start */
  async #walk(start) {
    const folders = [start];
    while (folders.length > 0) {
      const found = await Promise.all(folders.splice(-AT_ONCE).map((folder) => this.#list(folder)));
      for (const below of found) folders.push(...below);
    }
  }

  /**
   * Takes everything in the folder; resolves to its subfolders.
   * @param {Entry} folder
   */
  async #list(folder) {
    const entries = await readdir(folder.at, { withFileTypes: true, encoding: 'buffer' }).catch((error) => {
      const remedy = 'check that you may read it; its content is missing from the output';
      this.#fail(folder, `the folder could not be read (${error.code}): ${remedy}`, error);
      return [];
    });
    /** @type {Entry[]} */
    const below = [];
    /** @type {Entry[]} */
    const files = [];
    for (const entry of entries) {
      const one = child(folder, entry.name);
      if (entry.isDirectory()) below.push(one);
      else if (entry.isSymbolicLink()) this.#links.push(one);
      else if (entry.isFile()) files.push(one);
      else this.#leaveOut(one, 'ERR_NOT_A_FILE', `${kind(entry)}, not a file: it is not read`);
    }
    for (let start = 0; start < files.length; start += AT_ONCE) {
      await Promise.all(files.slice(start, start + AT_ONCE).map((file) => this.#take(file)));
    }
    return below;
  }

  /** @param {Entry} file */
  async #take(file) {
    const option = this.#given.get(file.real);
    if (option) {
      const code = option === '--key' ? 'ERR_PRIVATE_KEY_IN_DROP' : 'ERR_SECRET_IN_DROP';
      return this.#leaveOut(file, code, `it was given with ${option}, so it is not part of the drop`);
    }
    try {
      const { size, mtimeMs } = await this.#pace.do(
        () => lstatSync(file.at),
        () => lstat(file.at),
      );
      this.items.push({ path: file.path, blob: new FileOnDisk(file.at, size, mtimeMs), ...oddity(file) });
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      const message = `the file could not be read (${code}): check that it is there and that you may read it`;
      this.#fail(file, message, error);
    }
  }

  /**
   * Follows a link only within the drop, because it could lead to any file that the person is allowed to read.
   * @param {Entry} link
   */
  async #follow(link) {
    let real;
    let stats;
    try {
      real = await realpath(link.at, { encoding: 'buffer' });
      stats = await stat(real);
    } catch (error) {
      return this.#fail(link, await broken(link, /** @type {NodeJS.ErrnoException} */ (error)), error);
    }
    const target = { ...link, at: native(real), real: latin1(real) };
    if (!this.#isInside(target.real)) {
      const remedy = 'it is not followed; if the files belong to the drop, put the files themselves there';
      return this.#leaveOut(link, 'ERR_LINK_OUTSIDE', `a link out of the drop, to ${printable(real)}: ${remedy}`);
    }
    if (stats.isFile()) return this.#take(target);
    if (!stats.isDirectory()) {
      return this.#leaveOut(link, 'ERR_NOT_A_FILE', `a link to ${kind(stats)}, not to a file: it is not read`);
    }
    const chain = [...link.chain, ...(link.folder === undefined ? [] : [link.folder])];
    const isLoop = chain.some((folder) => isWithin(folder, target.real));
    // Within linked folders each folder is visited only once: a few links to each other would never come to an end.
    if (isLoop || (link.chain.length > 0 && this.#followed.has(target.real))) {
      const message = `a link to ${printable(real)}, which is delivered under its own name: it is not followed again`;
      return this.#leaveOut(link, 'ERR_LINK_LOOP', message);
    }
    if (link.chain.length > 0) this.#followed.add(target.real);
    await this.#walk({ ...target, chain });
  }

  /** @param {string} real */
  #isInside(real) {
    return isWithin(real, this.#root);
  }

  /**
   * @param {Entry} entry
   * @param {ErrorCode} code
   * @param {string} message
   */
  #leaveOut({ path }, code, message) {
    this.items.push({ path, leftOut: { code, message } });
  }

  /**
   * @param {Entry} entry
   * @param {string} message
   * @param {unknown} cause
   */
  #fail({ path }, message, cause) {
    this.items.push({ path: path || '.', error: new MgdcDecryptError('ERR_READ', message, { path, cause }) });
  }
}

/**
 * The entry for a name in a folder.
 * @param {Entry} folder
 * @param {Buffer} name
 * @returns {Entry}
 */
function child({ at, path, real, chain, isOdd }, name) {
  const text = isUtf8(name) ? name.toString() : null;
  return {
    at: text !== null && typeof at === 'string' ? join(at, text) : bytesJoin(at, name),
    path: `${path}${path && '/'}${text ?? spelled(name)}`,
    real: `${real}${real.endsWith(sep) ? '' : sep}${latin1(name)}`,
    folder: real,
    chain,
    isOdd: isOdd || text === null,
  };
}

/** @param {Entry} entry */
function oddity({ isOdd }) {
  return isOdd ? { note: 'a name in its path is no UTF-8: its bytes that are not ASCII are written as %XX' } : {};
}

/**
 * @param {{ path: string }} one
 * @param {{ path: string }} other
 */
function byPath(one, other) {
  return one.path < other.path ? -1 : Number(one.path > other.path);
}

/**
 * @param {string} path
 * @param {string} folder
 */
function isWithin(path, folder) {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/**
 * @param {Entry} link
 * @param {NodeJS.ErrnoException} error
 */
async function broken({ at }, error) {
  if (error.code === 'ELOOP') return 'a link that leads back to itself: there is no file behind it';
  const wanted = await readlink(at, { encoding: 'buffer' }).then(printable, () => 'nothing');
  if (error.code === 'ENOENT') return `a broken link: ${wanted} does not exist; download the file itself`;
  return `a link that cannot be followed to ${wanted} (${error.code}): check that you may read its target`;
}

/**
 * What kind of entry it is, with an article. Takes a Dirent or Stats.
 * @param {Dirent<Buffer> | Stats} entry
 */
function kind(entry) {
  if (entry.isFIFO()) return 'a named pipe';
  if (entry.isSocket()) return 'a socket';
  return entry.isCharacterDevice() || entry.isBlockDevice() ? 'a device' : 'something special';
}

/**
 * A drop that is one archive, which `openDrop` opens. Throws for anything else.
 * @param {string} path
 * @param {Stats} stats
 * @returns {Promise<DropItem>}
 */
async function packedDrop(path, stats) {
  /** @param {string} problem */
  const fail = (problem) => new MgdcDecryptError('ERR_READ', problem, { path });
  if (!stats.isFile()) throw fail(`the drop is ${kind(stats)}: give the folder that holds the drop, or a ZIP archive`);
  const file = new FileOnDisk(path, stats.size, stats.mtimeMs);
  await init();
  const head = await readPart(file, 0, Math.min(file.size, wasm().headLength()));
  const archive = wasm().archive(head);
  const name = basename(path);
  if (archive === 'a ZIP archive' || /\.zip$/i.test(name)) return { path: name, blob: file };
  if (archive) throw archiveError(archive, path);
  throw fail('the drop is a single file: give the folder that holds it, with its metadata, or a ZIP archive');
}
