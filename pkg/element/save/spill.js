/**
 * Temporary files in the browser's private storage (OPFS), for what is too big for memory where a page may not write to
 * the disk. They hold plaintext: each is deleted as soon as the browser has had the time to copy it, or by the person,
 * or by the next visit.
 */

import { MgdcDecryptError } from '../../index.js';
import { text } from '../words/text.js';

const FOLDER = 'mgdc-decrypt';
/**
 * How long a browser may take to copy a file into the downloads: the slowest stick, and somebody who looks for a
 * folder.
 */
const SLOWEST_BYTES_A_SECOND = 4e6;
const LEAST_MS = 5 * 60_000;

let usable = false;
/** @type {Set<Spilled>} */
const kept = new Set();
/** @type {Set<() => void>} */
const watchers = new Set();

/** Whether there is such storage; known once `sweep` is over. */
export function canSpill() {
  return usable;
}

/** Temporary files that wait for their deletion. */
export function spilled() {
  return [...kept];
}

/**
 * Calls `changed` whenever `spilled` answers something else.
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
    // Locks tell a file that another tab uses from one whose tab is gone. Who has the rest has them.
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
    // No storage, or nothing in it; what cannot be deleted now is tried again by the next visit.
  }
}

/**
 * A new temporary file for about `size` bytes: `{ handle, keep(), remove() }`. `keep` is for one that was handed out:
 * it is deleted later. @throws ERR_NO_SPACE where it is known that they do not fit
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
    throw new MgdcDecryptError('ERR_WRITE', text.ways.noStorage(/** @type {Error} */ (cause).message), { cause });
  }
}

/** One temporary file. */
export class Spilled {
  #folder;
  #release;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** Bytes, once it is kept. */
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

  /** Where it cannot be deleted, as on Windows while the browser copies it, it is tried again later. */
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
 * The plaintext is bigger as a rule: by how much, nobody knows before. What does not fit even so is told at once.
 * @param {number} needed
 */
async function checkRoom(needed) {
  const { quota = NaN, usage = NaN } = await navigator.storage.estimate();
  const room = Math.max(0, quota - usage);
  if (room < needed) throw new MgdcDecryptError('ERR_NO_SPACE', text.ways.noRoomToSpill(room, needed));
}

/**
 * Chromium writes NAME.crswap first, and makes NAME of it at the end.
 * @param {string} name
 */
const lockOf = (name) => `${FOLDER} ${name.replace(/\.crswap$/, '')}`;

/**
 * Held until the file is deleted or the tab is gone. Resolves to what lets it go.
 * @param {string} name
 * @returns {Promise<() => void>}
 */
function lock(name) {
  return new Promise((resolve, reject) => {
    const hold = () => /** @type {Promise<void>} */ (new Promise((release) => resolve(release)));
    navigator.locks.request(lockOf(name), hold).catch(reject);
  });
}
