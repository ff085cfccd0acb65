/** Where the files of opened archives come in a drop: see drop/packed.js. */

/**
 * @import { Yielder } from '../core/yielding.js'
 * @import { Found } from './open-zip.js'
 */

/** An archive in a drop. @typedef {{ path: string, files: readonly Found[] }} Opened */

/**
 * The folder of each archive's files, with its `/`: that in which the archive lies, or a folder of its own.
 * @param {readonly Opened[]} archives
 * @param {readonly string[]} others paths of all other files
 * @param {(path: string) => boolean} isLitter
 * @param {Yielder} yielder
 */
export async function placesOf(archives, others, isLitter, yielder) {
  const isSingle = others.length + archives.length === 1;
  const crowded = isSingle ? new Set() : await crowdedOf(archives, others, isLitter, yielder);
  const isAlone = archives.length === 1 && !others.some((path) => path.includes('/') && !isLitter(path));
  const taken = new Set();
  return archives.map(({ path, files }, index) => {
    const folder = folderOf(path);
    const isOwn =
      crowded.has(index) || (!isAlone && files.some((file) => !file.path.includes('/') && !isLitter(file.path)));
    if (!isOwn) return folder;
    const name = path.slice(folder.length).replace(/\.zip$/i, '') || 'archive';
    let place = `${folder}${name}/`;
    for (let number = 2; taken.has(place); number += 1) place = `${folder}${name} (${number})/`;
    taken.add(place);
    return place;
  });
}

/**
 * Archives of which a path is also a path of something else.
 * @param {readonly Opened[]} archives
 * @param {readonly string[]} others
 * @param {(path: string) => boolean} isLitter
 * @param {Yielder} yielder
 */
async function crowdedOf(archives, others, isLitter, yielder) {
  /** The archive that has each path; -1 for none. @type {Map<string, number>} */
  const owners = new Map(others.map((path) => [path.toLowerCase(), -1]));
  /** @type {Set<number>} */
  const crowded = new Set();
  for (const [index, { path: archive, files }] of archives.entries()) {
    const folder = folderOf(archive);
    for (const { path } of files) {
      if (yielder.isDue) await yielder.yield();
      const key = (folder + path).toLowerCase();
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, index);
      else if (owner !== index && !isLitter(path)) crowded.add(owner).add(index);
    }
  }
  return crowded;
}

/** @param {string} path */
function folderOf(path) {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
