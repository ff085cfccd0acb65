/** Tells which dataset a file belongs to: the first folder of its path below the root of its drop. */

/** @import { DropFile } from '../index.js' */

/** @typedef {Pick<DropFile, 'path' | 'role'>} Placed */

/** A file at one of these places shows where the root of its drop is. */
const PLACE = /(?:^|\/)metadata\/(?:moremetadata\/encrypteddatasets\/|jobmetadata\/metadata\.json$)/i;

/** Names of datasets have a version: `BasicDataSet_v0.Message_v1`. @param {string} folder */
export const isDatasetName = (folder) => /_v\d/i.test(folder);

export class Datasets {
  /** Known roots, each with a `/` at the end. @type {Set<string>} */
  #roots = new Set();
  /** If no root is known: what all data files lie in. A drop may have been added without its metadata. */
  #shared = '';

  /** @param {readonly Placed[]} files */
  constructor(files) {
    for (const file of files) {
      const root = isData(file) ? null : rootOf(file.path);
      if (root !== null) this.#roots.add(root);
    }
    if (this.#roots.size === 0) this.#shared = sharedFolder(files);
  }

  /**
   * Path of the dataset's folder. For a file directly below the root, the root itself, which may be ''.
   * @param {string} path
   */
  of(path) {
    const root = this.rootAbove(path);
    const end = path.indexOf('/', root.length);
    return end < 0 ? root.slice(0, -1) : path.slice(0, end);
  }

  /**
   * Whether a folder, with a `/` at the end, is known to be a drop.
   * @param {string} folder
   */
  isRoot(folder) {
    return this.#roots.has(folder);
  }

  /**
   * The folder of the drop that the path belongs to, with a `/` at the end. '' if the drop is not in a folder.
   * @param {string} path
   */
  rootAbove(path) {
    for (let end = path.lastIndexOf('/'); end >= 0 && this.#roots.size > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end + 1);
      if (this.#roots.has(folder)) return folder;
      if (end === 0) break;
    }
    return this.#shared;
  }
}

/**
 * Whether a file is data: not metadata, which is never encrypted, and not left out.
 * @param {Pick<DropFile, 'role'>} file
 */
export function isData({ role }) {
  return role === 'encrypted' || role === 'clear';
}

/** @param {string} path */
function rootOf(path) {
  const found = PLACE.exec(path);
  return found && path.slice(0, found.index + Number(found[0].startsWith('/')));
}

/** @param {readonly Placed[]} files */
function sharedFolder(files) {
  /** @type {string | null} */
  let shared = null;
  for (const file of files) {
    if (!isData(file)) continue;
    const { path } = file;
    shared ??= path.slice(0, path.lastIndexOf('/') + 1);
    while (!path.startsWith(shared)) shared = shared.slice(0, shared.lastIndexOf('/', shared.length - 2) + 1);
  }
  return aboveDataset(shared ?? '', files);
}

/**
 * The folder without those from a dataset on: one that is named like a dataset, with none named so in it.
 * @param {string} folder
 * @param {readonly Placed[]} files
 */
function aboveDataset(folder, files) {
  const names = folder.split('/');
  const at = names.findLastIndex(isDatasetName);
  if (at < 0) return folder;
  const inside = (/** @type {string} */ path) => path.slice(folder.length).split('/').slice(0, -1);
  if (files.some((file) => isData(file) && inside(file.path).some(isDatasetName))) return folder;
  return names.slice(0, at).concat('').join('/');
}
