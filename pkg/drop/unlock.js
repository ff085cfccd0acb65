/** Unlocks a drop: with a private key, with Key Vault's answer, or by asking the host for answers. */

import { withBytes } from '../core/bytes.js';
import { aborted, MgdcDecryptError, toError } from '../core/errors.js';
import { guard, PrivateKey } from '../core/keys.js';
import { tryAnswer } from './try-answer.js';
import { tryKey } from './try-key.js';

/**
 * @import { Algorithm, Bytes, UnlockOptions, UnwrapCallback } from '../index.js'
 * @import { DataDrop } from '../wasm/mgdc_decrypt.js'
 * @import { DropFile } from './drop-file.js'
 * @import { KeyDetailsList } from './key-details-list.js'
 */

/**
 * What Unlock needs of a drop.
 *
 * @typedef {object} Unlockable
 * @property {() => DataDrop} core returns the core's DataDrop
 * @property {KeyDetailsList} entries
 * @property {readonly DropFile[]} files
 * @property {() => readonly MgdcDecryptError[]} problems
 */

/**
 * One call of `DataDrop.unlock`.
 */
export class Unlock {
  #drop;

  /** @param {Unlockable} drop */
  constructor(drop) {
    this.#drop = drop;
  }

  /**
   * Resolves to the indices of the entries that were unlocked; if there is none, throws the reason.
   * @param {PrivateKey | Blob | Bytes | UnwrapCallback} source
   * @param {UnlockOptions} options
   */
  async with(source, options) {
    const { algorithm, keyDetails, signal } = options;
    if (source instanceof PrivateKey) return tryKey(this.#drop.core, source, options).catch(rethrow);
    if (typeof source === 'function') return this.#ask(source, algorithm, signal);
    const answer = await withBytes(source, (bytes) => bytes.slice());
    try {
      return keyDetails === undefined ? await this.#answerAny(answer) : await this.#answer(keyDetails, answer);
    } finally {
      answer.fill(0);
    }
  }

  /**
   * Asks the host once for each wrapped key.
   * @param {UnwrapCallback} callback
   * @param {Algorithm | undefined} algorithm
   * @param {AbortSignal} [signal]
   */
  async #ask(callback, algorithm, signal = new AbortController().signal) {
    /** @type {number[]} */
    const opened = [];
    /** @type {MgdcDecryptError | null} */
    let failure = null;
    for (const [index, details] of this.#entries.entries()) {
      if (details.unlocked || details.kind !== 'file' || opened.includes(index)) continue;
      try {
        if (signal.aborted) throw aborted(signal.reason);
        const wrapped = Uint8Array.from(atob(details.wrappedKey), (character) => character.charCodeAt(0));
        const answer = await untilAborted(
          callback(wrapped, { ...details, algorithm: algorithm ?? null, signal }),
          signal,
        );
        opened.push(...(await this.#answer(index, answer)));
      } catch (error) {
        const reason = callbackError(error, signal);
        failure ??= reason;
        if (signal.aborted) break;
        if (reason.code === 'ERR_CALLBACK') this.#drop.entries.refuse(index, reason);
      }
    }
    if (failure && (opened.length === 0 || signal.aborted)) throw failure;
    return opened;
  }

  /** @param {Uint8Array} answer */
  async #answerAny(answer) {
    const locked = this.#entries.flatMap(({ unlocked, kind }, index) => (unlocked || kind !== 'file' ? [] : [index]));
    if (locked.length > 0) return this.#tryAnswer(locked, answer);
    const message = 'vault answer: every key details entry is already unlocked';
    throw this.#drop.problems()[0] ?? new MgdcDecryptError('ERR_VAULT_ANSWER', message);
  }

  /**
   * @param {number} index
   * @param {Bytes} answer
   */
  async #answer(index, answer) {
    const { unlocked, kind } = this.#entries[index] ?? {};
    // A wrong answer would lock the entry again.
    if (unlocked)
      throw new MgdcDecryptError('ERR_VAULT_ANSWER', 'vault answer: this key details entry is already unlocked');
    if (kind === 'file') return this.#tryAnswer([index], answer);
    await withBytes(
      answer,
      guard((/** @type {Uint8Array} */ bytes) => this.#drop.core().answer(index, bytes)),
    );
    return [index];
  }

  /**
   * @param {number[]} indices
   * @param {Bytes} answer
   */
  #tryAnswer(indices, answer) {
    const { core, files } = this.#drop;
    const encrypted = files.filter(({ role }) => role === 'encrypted');
    return withBytes(answer, (bytes) => tryAnswer(core, this.#entries, encrypted, indices, bytes)).catch(rethrow);
  }

  get #entries() {
    return this.#drop.entries.all;
  }
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function rethrow(error) {
  throw error instanceof TypeError ? error : toError(error);
}

/**
 * @template Answer
 * @param {Answer | Promise<Answer>} promise
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
function untilAborted(promise, signal) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    Promise.resolve(promise).then(resolve, reject);
  });
}

/**
 * @param {unknown} error
 * @param {AbortSignal} signal
 */
function callbackError(error, signal) {
  if (signal.aborted) return aborted(signal.reason);
  if (error instanceof MgdcDecryptError) return error;
  const reason = /** @type {Partial<Error> | null | undefined} */ (error)?.message ?? error;
  const message = `the host could not unwrap the key (${reason}): see its log, then try again`;
  return new MgdcDecryptError('ERR_CALLBACK', message, { cause: error });
}
