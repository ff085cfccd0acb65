/** Unlocking a drop: with a private key, with Key Vault's answer, or with a host that is asked for one. */

import { withBytes } from '../core/bytes.js';
import { aborted, MgdcDecryptError, toError } from '../core/errors.js';
import { guard, PrivateKey } from '../core/keys.js';
import { tryAnswer } from './try-answer.js';
import { tryKey } from './try-key.js';

/**
 * One call of `DataDrop.unlock`. `drop`: `core()`, the core's DataDrop; `entries`, a KeyDetailsList; `files`;
 * `problems()`.
 */
export class Unlock {
  #drop;

  constructor(drop) {
    this.#drop = drop;
  }

  /** Resolves to the indices of the entries that are open now; throws why none is. */
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

  /** Asks the host once for each wrapped key. */
  async #ask(callback, algorithm, signal = new AbortController().signal) {
    const opened = [];
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

  async #answerAny(answer) {
    const locked = this.#entries.flatMap(({ unlocked, kind }, index) => (unlocked || kind !== 'file' ? [] : [index]));
    if (locked.length > 0) return this.#tryAnswer(locked, answer);
    const message = 'vault answer: every key details entry is unlocked already';
    throw this.#drop.problems()[0] ?? new MgdcDecryptError('ERR_VAULT_ANSWER', message);
  }

  async #answer(index, answer) {
    const { unlocked, kind } = this.#entries[index] ?? {};
    // A wrong answer would lock it again.
    if (unlocked)
      throw new MgdcDecryptError('ERR_VAULT_ANSWER', 'vault answer: this key details entry is unlocked already');
    if (kind === 'file') return this.#tryAnswer([index], answer);
    await withBytes(
      answer,
      guard((bytes) => this.#drop.core().answer(index, bytes)),
    );
    return [index];
  }

  #tryAnswer(indices, answer) {
    const { core, files } = this.#drop;
    const encrypted = files.filter(({ role }) => role === 'encrypted');
    return withBytes(answer, (bytes) => tryAnswer(core, this.#entries, encrypted, indices, bytes)).catch(rethrow);
  }

  get #entries() {
    return this.#drop.entries.all;
  }
}

function rethrow(error) {
  throw error instanceof TypeError ? error : toError(error);
}

function untilAborted(promise, signal) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    Promise.resolve(promise).then(resolve, reject);
  });
}

function callbackError(error, signal) {
  if (signal.aborted) return aborted(signal.reason);
  if (error instanceof MgdcDecryptError) return error;
  const message = `the host could not unwrap the key (${error?.message ?? error}): see its log, then try again`;
  return new MgdcDecryptError('ERR_CALLBACK', message, { cause: error });
}
