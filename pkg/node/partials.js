/**
 * Temporary files: their names, and the deletion of those that a killed run left behind. The name tells which process
 * writes the file, so no other record is needed, and a run never deletes the files of another one that is still active.
 */

import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { join, relative, sep } from 'node:path';

/** A file that was found, and whether it was deleted. @typedef {{ path: string, deleted: boolean }} Leftover */

const NAME = /^\.mgdc-partial-(?:([0-9a-f]{12})-(\d+)-(\d+)-)?[0-9a-f]+-\d+$/;
/** Folders that are searched at the same time. */
const AT_ONCE = 32;

/** Returns a function for one run, which gives a new name at each call. */
export function partialNames() {
  const [place, pid, start] = [placeOfProcesses(), process.pid, startOf(process.pid) ?? 0];
  const mark = randomBytes(4).toString('hex');
  let number = 0;
  return () => `.mgdc-partial-${place}-${pid}-${start}-${mark}-${(number += 1)}`;
}

/**
 * Deletes temporary files below `folder` whose run has certainly ended. Resolves to `{ path, deleted }` for every file
 * found, except those of runs known to be active. Files from another machine or container are kept, because it is
 * impossible to tell from here whether their run is still active.
 * @param {string} folder
 */
export async function removePartials(folder) {
  /** @type {string[]} */
  const found = [];
  const folders = [folder];
  while (folders.length > 0) {
    const lists = await Promise.all(folders.splice(-AT_ONCE).map(list));
    for (const { below, partials } of lists) {
      folders.push(...below);
      found.push(...partials);
    }
  }
  /** @type {Leftover[]} */
  const results = [];
  for (const path of found.sort()) {
    const state = ownerOf(path.slice(path.lastIndexOf(sep) + 1));
    if (state === 'alive') continue;
    const deleted =
      state === 'dead' &&
      (await rm(path, { force: true }).then(
        () => true,
        () => false,
      ));
    results.push({ path: relative(folder, path).split(sep).join('/'), deleted });
  }
  return results;
}

/**
 * Does not follow links: a run writes only inside the target, and everything there is found without them. A folder that
 * cannot be listed counts as empty.
 * @param {string} folder
 */
async function list(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  /** @param {{ name: string }} entry */
  const path = ({ name }) => join(folder, name);
  const below = entries.filter((entry) => entry.isDirectory()).map(path);
  return { below, partials: entries.filter((entry) => entry.isFile() && NAME.test(entry.name)).map(path) };
}

/**
 * `alive`, `dead` or `unknown`.
 * @param {string} name
 */
function ownerOf(name) {
  const [, place, pid, start] = name.match(NAME) ?? [];
  if (place === undefined || place !== placeOfProcesses()) return 'unknown';
  if (!isRunning(Number(pid))) return 'dead';
  const now = startOf(Number(pid));
  // Process ids are reused. If the system does not tell when a process started, assume that it is the same one.
  return now === null || start === '0' ? 'alive' : now === start ? 'alive' : 'dead';
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH';
  }
}

/**
 * When a process started, in a unit of the system; null if that is not known; '' if the process has ended.
 * @param {number} pid
 */
function startOf(pid) {
  try {
    // proc(5), /proc/pid/stat: the name in brackets may contain anything; then come state (3) … starttime (22).
    const [state, ...fields] = (readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1) ?? '').split(' ');
    return state === 'Z' || state === 'X' ? '' : fields[18];
  } catch {
    return null;
  }
}

/** @type {string | undefined} */
let place;

/**
 * Identifies the scope in which process ids are unique: on Linux a boot of the kernel and a PID namespace (containers
 * have their own), elsewhere a machine. If that cannot be determined, the result is random, so that no file is deleted.
 */
function placeOfProcesses() {
  place ??= createHash('sha256').update(describePlace()).digest('hex').slice(0, 12);
  return place;
}

function describePlace() {
  try {
    if (process.platform === 'linux') {
      return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8') + readlinkSync('/proc/self/ns/pid');
    }
    const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    const cards = all.map(({ mac }) => mac).filter((mac) => /[1-9a-f]/.test(mac));
    if (cards.length > 0) return [hostname(), ...new Set(cards)].sort().join();
  } catch {
    // Fall through to the random result.
  }
  return randomBytes(16).toString('hex');
}
