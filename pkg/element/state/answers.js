/**
 * What Key Vault answered, pasted or through the host, kept for the case that files are added and the drop is opened
 * anew.
 */

import { withBytes } from '../../core/bytes.js';

/** @import { DataDrop, UnwrapCallback } from '../../index.js' */

/** @typedef {Parameters<UnwrapCallback>[0]} Wrapped */
/** @typedef {Parameters<UnwrapCallback>[1]} Details */

export class Answers {
  /** What was wrong with the last one that was pasted; `null` when it opened something. @type {string | null} */
  problem = null;

  /** Wrapped key → the answer that opened it. @type {Map<string, Uint8Array>} */
  #answers = new Map();
  /** Wrapped key → promise of what the host answers. @type {Map<string, Promise<Uint8Array>>} */
  #asked = new Map();
  #cancel = new AbortController();

  /**
   * Opens the entries of the drop that the answer, or several in one text, are for; resolves to one index for each
   * wrapped key. @throws the reason when it opens none
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
      // Bytes and no string: they can be wiped.
      for (const wrappedKey of opened.keys()) this.#answers.set(wrappedKey, new TextEncoder().encode(answer));
      this.problem = null;
      return [...opened.values()];
    } catch (error) {
      this.problem = /** @type {Error} */ (error).message;
      throw error;
    }
  }

  /**
   * Opens what was opened before. What does not open any more is told by its entry.
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
   * Asks the host for what is locked: once for each wrapped key, though files are added meanwhile and afterwards. Only
   * `askAgain` asks twice.
   * @param {DataDrop} drop
   * @param {UnwrapCallback} unwrap
   * @param {AbortSignal} signal
   */
  ask(drop, unwrap, signal) {
    return drop.unlock((wrapped, details) => this.#once(unwrap, wrapped, details), { signal });
  }

  /**
   * Forgets what the host answered for entries that are locked all the same.
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
   * The host's request ends with `clear`, and not when the drop is opened anew.
   * @param {UnwrapCallback} unwrap
   * @param {Wrapped} wrapped
   * @param {Details} details
   */
  #once(unwrap, wrapped, details) {
    const { wrappedKey } = details;
    const asked = this.#asked.get(wrappedKey);
    if (asked) return asked;
    const asking = this.#answerOf(unwrap, wrapped, { ...details, signal: this.#cancel.signal });
    // Whoever waits for it is told.
    asking.catch(() => {});
    this.#asked.set(wrappedKey, asking);
    return asking;
  }

  /**
   * A copy: the host may wipe its own.
   * @param {UnwrapCallback} unwrap
   * @param {Wrapped} wrapped
   * @param {Details} details
   * @returns {Promise<Uint8Array>}
   */
  async #answerOf(unwrap, wrapped, details) {
    return withBytes(await unwrap(wrapped, details), (bytes) => bytes.slice());
  }
}
