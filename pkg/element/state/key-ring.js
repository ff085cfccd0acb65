/** The private keys that were added: imported, waiting for a password, or unusable. */

import { MgdcDecryptError, PrivateKey } from '../../api.js';
import { ownWords } from '../words/plain.js';
import { text } from '../words/text.js';

/**
 * @import { DataDrop, UnlockOptions } from '../../index.js'
 * @import { AddedItem } from './items.js'
 */

const NEEDS_PASSWORD = new Set(['ERR_PRIVATE_KEY_ENCRYPTED', 'ERR_PRIVATE_KEY_PASSWORD']);

export class KeyRing {
  /** In the order in which they were added. @type {KeyEntry[]} */
  entries = [];

  /** @param {AddedItem} item */
  async add(item) {
    const entry = new KeyEntry(item);
    this.entries.push(entry);
    await this.#import(entry);
  }

  /**
   * Tries a password on an entry that asked for one.
   * @param {KeyEntry} entry
   * @param {string} password
   */
  async enterPassword(entry, password) {
    entry.error = null;
    entry.tried = true;
    await this.#import(entry, password);
  }

  /** @param {KeyEntry} entry */
  remove(entry) {
    this.entries = this.entries.filter((other) => other !== entry);
    entry.dispose();
  }

  clear() {
    for (const entry of this.entries) entry.dispose();
    this.entries = [];
  }

  /** Marks every key as not tried yet, for a newly opened drop. */
  reset() {
    for (const entry of this.entries) entry.forget();
  }

  /** Errors that were not reported yet. */
  *news() {
    for (const entry of this.entries) {
      if (entry.error && entry.error !== entry.told) yield entry.error;
      entry.told = entry.error;
    }
  }

  /**
   * Tries each key that was not tried on this drop yet. A key that opens nothing keeps the reason, for example that the
   * person cancelled (`trying`). `trying` is also aborted with `signal`, but then the key is tried again later.
   * `onprogress`: see `drop.unlock`.
   * @param {DataDrop} drop
   * @param {{ signal: AbortSignal, trying: AbortSignal, onprogress: UnlockOptions['onprogress'] }} options
   */
  async unlock(drop, { signal, trying, onprogress }) {
    for (const entry of this.entries) {
      if (!entry.key || entry.opened || drop.keyDetails.length === 0) continue;
      try {
        entry.opened = await drop.unlock(entry.key, { signal: trying, onprogress });
      } catch (error) {
        if (signal.aborted) throw error;
        entry.opened = [];
        entry.error = trying.aborted ? cancelled() : /** @type {MgdcDecryptError} */ (error);
      }
    }
  }

  /**
   * @param {KeyEntry} entry
   * @param {string} [password]
   */
  async #import(entry, password) {
    entry.state = 'reading';
    try {
      const key = await PrivateKey.import(/** @type {Blob} */ (entry.item.blob), { password, name: entry.name });
      // If the key was removed while it was being read, it must be wiped here.
      if (!this.entries.includes(entry)) key.dispose();
      else entry.take(key);
    } catch (error) {
      const reason = /** @type {MgdcDecryptError} */ (error);
      entry.state = NEEDS_PASSWORD.has(reason.code) ? 'password' : 'failed';
      entry.error = reason;
    }
  }
}

function cancelled() {
  return new MgdcDecryptError('ERR_ABORTED', ownWords(text.key.cancelled));
}

export class KeyEntry {
  /** @type {'reading' | 'password' | 'failed' | 'ready'} */
  state = 'reading';
  /** @type {PrivateKey | null} */
  key = null;
  /** @type {MgdcDecryptError | null} */
  error = null;
  /** @type {MgdcDecryptError | null} */
  told = null;
  /** Whether a password was tried. */
  tried = false;
  /** Indices into `drop.keyDetails`; `null` until the key was tried. @type {number[] | null} */
  opened = null;

  /** @param {AddedItem} item */
  constructor(item) {
    this.item = item;
    this.name = item.path.slice(item.path.lastIndexOf('/') + 1);
  }

  /** @param {PrivateKey} key */
  take(key) {
    this.key = key;
    this.state = 'ready';
    this.error = null;
  }

  forget() {
    this.opened = null;
    if (this.key) this.error = null;
  }

  dispose() {
    this.key?.dispose();
    this.key = null;
  }
}
