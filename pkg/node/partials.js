/**
 * Names of files that are being written, and what a run that was killed left of them. The name says which process
 * writes it, so that nothing else has to be kept, and a run never takes another one's away.
 */

import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { join, relative, sep } from 'node:path';

/** What was found; `deleted`: it is gone now. @typedef {{ path: string, deleted: boolean }} Leftover */

const NAME = /^\.mgdc-partial-(?:([0-9a-f]{12})-(\d+)-(\d+)-)?[0-9a-f]+-\d+$/;
/** Folders that are looked through side by side. */
const AT_ONCE = 32;

/** A function that gives a new name each time, for one run. */
export function partialNames() {
  const [place, pid, start] = [placeOfProcesses(), process.pid, startOf(process.pid) ?? 0];
  const mark = randomBytes(4).toString('hex');
  let number = 0;
  return () => `.mgdc-partial-${place}-${pid}-${start}-${mark}-${(number += 1)}`;
}

/**
 * Deletes below `folder` what a run left that is over for certain. Resolves to `{ path, deleted }` of all that was
 * found and is not of a run that is known to live: what another machine or container wrote is kept, for nothing here
 * tells whether it still runs.
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
 * Not through links: what lies behind them is nobody's output. What cannot be listed cannot be cleaned either.
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
  // The number of a process is given again. Where the system does not say when one began, it may be the same one.
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
 * When a process began, in a unit of the system's; null where that is not known; '' of one that has ended.
 * @param {number} pid
 */
function startOf(pid) {
  try {
    // proc(5), /proc/pid/stat: the name in brackets may hold anything; then state (3) … starttime (22).
    const [state, ...fields] = (readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1) ?? '').split(' ');
    return state === 'Z' || state === 'X' ? '' : fields[18];
  } catch {
    return null;
  }
}

/** @type {string | undefined} */
let place;

/**
 * Where a number of a process means the same one: on Linux a boot of the kernel and a namespace (containers have their
 * own), elsewhere a machine. Where that cannot be told it is a place of its own, and all that is found there is kept.
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
    // Told below.
  }
  return randomBytes(16).toString('hex');
}
