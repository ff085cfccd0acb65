/**
 * Vault answers, pasted or from the host. They are kept because the drop is opened again whenever files are added.
 */

import { withBytes } from '../../core/bytes.js';
import { countOpened } from './totals.js';

/** @import { DataDrop, UnwrapCallback } from '../../index.js' */

/** @typedef {Parameters<UnwrapCallback>[0]} Wrapped */
/** @typedef {Parameters<UnwrapCallback>[1]} Details */

export class Answers {
  /** What was wrong with the last pasted answer; `null` if it opened something. @type {string | null} */
  problem = null;

  /** The answer that opened each wrapped key. @type {Map<string, Uint8Array>} */
  #answers = new Map();
  /** The host's answer to each wrapped key, as a promise. @type {Map<string, Promise<Uint8Array>>} */
  #asked = new Map();
  #cancel = new AbortController();

  /**
   * Unlocks the entries that the text, which may contain several answers, opens. Resolves to one index for each wrapped
   * key. @throws the reason if it opens none
   * @param {DataDrop} drop
   * @param {string} answer
   */
  async open(drop, answer) {
    try {
      /** @type {Map<string, number>} */
      const opened = new Map();
      for (const index of await drop.unlock(answer)) {
        const { wrappedKey } = drop.keyDetails[index];
        if (!opened.has(wrappedKey)) opened.set(wrappedKey, index);
      }
      // Kept as bytes, because a string cannot be wiped.
      for (const wrappedKey of opened.keys()) this.#answers.set(wrappedKey, new TextEncoder().encode(answer));
      this.problem = null;
      return [...opened.values()];
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
      throw error;
    }
  }

  /**
   * The same, and resolves to what each entry opens; `files` is null where nobody knows it yet.
   * @param {DataDrop} drop
   * @param {string} answer
   */
  async openCounted(drop, answer) {
    const indices = await this.open(drop, answer);
    const counts = countOpened(drop.files, drop.keyDetails.length);
    return indices.map((index) => {
      const { publicKeyVersion: version, algorithm } = drop.keyDetails[index];
      return { version, algorithm, files: counts[index] };
    });
  }

  /**
   * Unlocks the entries that were unlocked before. If one no longer opens, the entry itself says so.
   * @param {DataDrop} drop
   * @param {AbortSignal} signal
   */
  async unlock(drop, signal) {
    for (const [index, { wrappedKey, unlocked }] of drop.keyDetails.entries()) {
      const answer = this.#answers.get(wrappedKey);
      if (!answer || unlocked) continue;
      await drop.unlock(answer, { keyDetails: index, signal }).catch((error) => {
        if (signal.aborted) throw error;
      });
    }
  }

  /**
   * Asks the host to unwrap what is locked: only once for each wrapped key, even if files are added meanwhile or later.
   * Only after `askAgain` is the host asked a second time.
   * @param {DataDrop} drop
   * @param {UnwrapCallback} unwrap
   * @param {AbortSignal} signal
   */
  ask(drop, unwrap, signal) {
    return drop.unlock((wrapped, details) => this.#once(unwrap, wrapped, details), { signal });
  }

  /**
   * Forgets what the host answered for entries that are still locked.
   * @param {DataDrop | null} drop
   */
  askAgain(drop) {
    for (const { wrappedKey, unlocked } of drop?.keyDetails ?? []) if (!unlocked) this.#asked.delete(wrappedKey);
  }

  clear() {
    this.#cancel.abort();
    this.#cancel = new AbortController();
    for (const asked of this.#asked.values())
      asked.then(
        (answer) => answer.fill(0),
        () => {},
      );
    this.#asked.clear();
    for (const answer of this.#answers.values()) answer.fill(0);
    this.#answers.clear();
    this.problem = null;
  }

  /**
   * The request to the host is cancelled by `clear`, but not when the drop is opened again.
   * @param {UnwrapCallback} unwrap
   * @param {Wrapped} wrapped
   * @param {Details} details
   */
  #once(unwrap, wrapped, details) {
    const { wrappedKey } = details;
    const asked = this.#asked.get(wrappedKey);
    if (asked) return asked;
    const asking = this.#answerOf(unwrap, wrapped, { ...details, signal: this.#cancel.signal });
    // Those who await it get the error.
    asking.catch(() => {});
    this.#asked.set(wrappedKey, asking);
    return asking;
  }

  /**
   * Returns a copy, because the host may wipe its own.
   * @param {UnwrapCallback} unwrap
   * @param {Wrapped} wrapped
   * @param {Details} details
   * @returns {Promise<Uint8Array>}
   */
  async #answerOf(unwrap, wrapped, details) {
    return withBytes(await unwrap(wrapped, details), (bytes) => bytes.slice());
  }
}
