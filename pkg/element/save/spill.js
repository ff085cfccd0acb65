/**
 * Temporary files in the browser's private storage (OPFS), for results that are too big for memory if the page cannot
 * write to the disk. They hold plaintext, so each is deleted: once the browser has had time to copy it, or by the
 * person, or at the next visit.
 */

import { MgdcDecryptError } from '../../api.js';
import { ownWords } from '../words/plain.js';
import { text } from '../words/text.js';

const FOLDER = 'mgdc-decrypt';
/**
 * These limit how long the browser may take to copy a file into the downloads: the speed of the slowest USB stick, and
 * time for the person to choose a folder.
 */
const SLOWEST_BYTES_A_SECOND = 4e6;
const LEAST_MS = 5 * 60_000;

let usable = false;
/** @type {Set<Spilled>} */
const kept = new Set();
/** @type {Set<() => void>} */
const watchers = new Set();

/** Whether there is such storage. Known after `sweep`. */
export function canSpill() {
  return usable;
}

/** Temporary files that are waiting to be deleted. */
export function spilled() {
  return [...kept];
}

/**
 * Calls `changed` whenever the result of `spilled` changes.
 * @param {() => void} changed
 * @param {AbortSignal} signal
 */
export function watchSpilled(changed, signal) {
  watchers.add(changed);
  signal.addEventListener('abort', () => watchers.delete(changed));
}

/** Finds out whether there is storage, and deletes what earlier visits left behind. Never throws. */
export async function sweep() {
  try {
    // Locks distinguish a file that another tab is using from one whose tab is gone. Every browser that has the other
    // APIs has locks, too.
    if (!navigator.locks || !globalThis.FileSystemFileHandle?.prototype.createWritable) return;
    const root = await navigator.storage.getDirectory(); // rejects in private windows and in frames without an origin
    usable = true;
    const folder = await root.getDirectoryHandle(FOLDER);
    /** @type {string[]} */
    const names = [];
    for await (const name of folder.keys()) names.push(name);
    for (const name of names)
      await navigator.locks.request(lockOf(name), { ifAvailable: true }, (lock) => lock && folder.removeEntry(name));
  } catch {
    // No storage, or nothing in it. The next visit tries again to delete what could not be deleted now.
  }
}

/**
 * Creates a temporary file for about `size` bytes: `{ handle, keep(), remove() }`. Call `keep` when the file is being
 * downloaded: it is then deleted later. @throws ERR_NO_SPACE if it is known that the bytes do not fit
 * @param {number} size
 */
export async function spill(size) {
  await checkRoom(size);
  const name = crypto.randomUUID();
  const release = await lock(name);
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(FOLDER, { create: true });
    const handle = await folder.getFileHandle(name, { create: true });
    return new Spilled(folder, handle, release);
  } catch (cause) {
    release();
    throw new MgdcDecryptError('ERR_WRITE', ownWords(text.ways.noStorage(/** @type {Error} */ (cause).message)), {
      cause,
    });
  }
}

/** One temporary file. */
export class Spilled {
  #folder;
  #release;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** Bytes; set by `keep`. */
  size = 0;

  /**
   * @param {FileSystemDirectoryHandle} folder
   * @param {FileSystemFileHandle} handle
   * @param {() => void} release
   */
  constructor(folder, handle, release) {
    this.handle = handle;
    this.#folder = folder;
    this.#release = release;
  }

  /** @param {number} size */
  keep(size) {
    this.size = size;
    this.#later(LEAST_MS + (size / SLOWEST_BYTES_A_SECOND) * 1000);
    kept.add(this);
    tell();
  }

  /** Deletes the file. If that fails, as on Windows while the browser copies it, tries again later. */
  async remove() {
    clearTimeout(this.#timer);
    try {
      await this.#folder.removeEntry(this.handle.name);
    } catch (error) {
      if (/** @type {Error} */ (error).name !== 'NotFoundError') {
        this.#later(LEAST_MS);
        throw error;
      }
    }
    this.#release();
    kept.delete(this);
    tell();
  }

  /** @param {number} milliseconds */
  #later(milliseconds) {
    this.#timer = setTimeout(() => this.remove().catch(() => {}), milliseconds);
  }
}

function tell() {
  for (const changed of watchers) changed();
}

/**
 * Fails at once if not even `needed` bytes fit. The plaintext is usually bigger, but its size is not known in advance.
 * @param {number} needed
 */
async function checkRoom(needed) {
  const { quota = NaN, usage = NaN } = await navigator.storage.estimate();
  const room = Math.max(0, quota - usage);
  if (room < needed) throw new MgdcDecryptError('ERR_NO_SPACE', ownWords(text.ways.noRoomToSpill(room, needed)));
}

/**
 * Chromium first writes to NAME.crswap and finally renames it to NAME, so both share one lock.
 * @param {string} name
 */
const lockOf = (name) => `${FOLDER} ${name.replace(/\.crswap$/, '')}`;

/**
 * Locks a name until the file is deleted or the tab is gone. Resolves to a function that releases the lock.
 * @param {string} name
 * @returns {Promise<() => void>}
 */
function lock(name) {
  return new Promise((resolve, reject) => {
    const hold = () => /** @type {Promise<void>} */ (new Promise((release) => resolve(release)));
    navigator.locks.request(lockOf(name), hold).catch(reject);
  });
}
