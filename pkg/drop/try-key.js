/**
 * Tries a private key on the key details of a drop. Each distinct wrapped key costs one private-key operation
 * (RSA-2048: about 7 ms in wasm), and a hostile drop may name thousands.
 *
 * A few are done here, so that the private key need not be copied. For more, workers get a copy of it, because the page
 * would otherwise freeze for seconds. These workers are started only for this, see no file of the drop, and are ended
 * right after. The workers that decrypt never get a private key.
 */

import { aborted, toError } from '../core/errors.js';
import { compiledModule, wasm } from '../core/init.js';
import { PrivateKey } from '../core/keys.js';
import { hasWorkers } from '../core/start-worker.js';
import { defaultConcurrency, startWorker } from '../core/worker-thread.js';
import { Yielder } from '../core/yielding.js';

/**
 * @import { UnlockOptions } from '../index.js'
 * @import { WorkerThread } from '../core/start-worker.js'
 * @import { DataDrop, Unlocking } from '../wasm/mgdc_decrypt.js'
 */

/**
 * The workers' answers: see worker/protocol.js. @typedef {{ type: 'unwrapped', results: Uint8Array } | { type:
 * 'failed', error: unknown }} Answer
 */
/** Called when the wrapped values `start` to `end` are done. @typedef {(start: number, end: number) => void} Told */

/** Up to this many operations of RSA-2048 are done here, in turns: about a tenth of a second. */
const FEW = 16;
/** Keys whose single operation costs more than this many of RSA-2048 are not used here; RSA-4096 costs eight. */
const STRETCH = 8;
/** Operations of RSA-2048 that a worker does between two reports of progress. */
const PIECE = 8;

/**
 * Unlocks the entries that the key opens; resolves to their indices. `core()` returns the core's DataDrop, and fails if
 * it was disposed of meanwhile. `onprogress({ done, total })` counts key details entries, and counts again if their IVs
 * are wrapped, too.
 * @param {() => DataDrop} core
 * @param {PrivateKey} key
 * @param {Pick<UnlockOptions, 'algorithm' | 'signal' | 'onprogress'>} options
 */
export async function tryKey(core, key, { algorithm, signal, onprogress = () => {} }) {
  const unlocking = new (wasm().Unlocking)();
  try {
    for (;;) {
      if (signal?.aborted) throw aborted(signal.reason);
      const entries = unlocking.want(core(), PrivateKey.handleOf(key));
      if (entries.length === 0) return [...core().unlock(unlocking, PrivateKey.handleOf(key), algorithm)];
      const told = counter(entries, onprogress);
      // The time grows with the cube of the key's length.
      const cost = Math.max(1, (key.bits / 2048) ** 3);
      const isLittle = (cost <= STRETCH && unlocking.operations * cost <= FEW) || !hasWorkers();
      await (isLittle
        ? here(unlocking, key, entries.length, signal, told)
        : inWorkers(unlocking, key, entries.length, Math.max(1, Math.floor(PIECE / cost)), signal, told));
    }
  } finally {
    unlocking.free();
  }
}

/**
 * @param {Unlocking} unlocking
 * @param {PrivateKey} key
 * @param {number} count
 * @param {AbortSignal | undefined} signal
 * @param {Told} told
 */
async function here(unlocking, key, count, signal, told) {
  const yielder = new Yielder();
  for (let index = 0; index < count; index += 1) {
    if (yielder.isDue) await yielder.yield();
    if (signal?.aborted) throw aborted(signal.reason);
    unlocking.attempt(index, PrivateKey.handleOf(key));
    told(index, index + 1);
  }
}

/**
 * @param {Unlocking} unlocking
 * @param {PrivateKey} key
 * @param {number} count
 * @param {number} size
 * @param {AbortSignal | undefined} signal
 * @param {Told} told
 */
async function inWorkers(unlocking, key, count, size, signal, told) {
  /** @type {WorkerThread<object, Answer>[]} */
  const workers = [];
  let next = 0;
  try {
    await new Promise((resolve, reject) => {
      const cancel = () => reject(aborted(signal?.reason));
      signal?.addEventListener('abort', cancel, { once: true });
      const lanes = Array.from({ length: Math.min(defaultConcurrency(), Math.ceil(count / size)) }, () => lane(reject));
      Promise.all(lanes)
        .then(resolve, reject)
        .finally(() => signal?.removeEventListener('abort', cancel));
    });
  } finally {
    for (const worker of workers) worker.end();
  }

  /** @param {(error: unknown) => void} fail */
  async function lane(fail) {
    /** @type {WorkerThread<object, Answer>} */
    const worker = startWorker();
    workers.push(worker);
    /** @type {(results: Uint8Array) => void} */
    let receive;
    worker.listen((message) => (message.type === 'failed' ? fail(toError(message.error)) : receive(message.results)));
    worker.fail((error) => fail(toError(error)));
    worker.post({ type: 'start', module: compiledModule() });
    // Each worker gets its own copy, which is transferred, so that none stays behind here.
    const parts = PrivateKey.handleOf(key).parts();
    worker.post({ type: 'key', parts }, [/** @type {ArrayBuffer} */ (parts.buffer)]);
    while (next < count) {
      const [start, end] = [next, Math.min(count, next + size)];
      next = end;
      const piece = unlocking.piece(start, end);
      /** @type {Uint8Array} */
      const results = await new Promise((resolve) => {
        receive = resolve;
        worker.post({ type: 'unwrap', piece }, [/** @type {ArrayBuffer} */ (piece.buffer)]);
      });
      unlocking.addResults(start, end, results);
      results.fill(0);
      told(start, end);
    }
  }
}

/**
 * Reports how many entries are done: one wrapped value may stand for several.
 * @param {Uint32Array} entries
 * @param {NonNullable<UnlockOptions['onprogress']>} onprogress
 * @returns {Told}
 */
function counter(entries, onprogress) {
  const total = entries.reduce((sum, count) => sum + count, 0);
  let done = 0;
  onprogress({ done, total });
  return (start, end) => {
    for (let index = start; index < end; index += 1) done += entries[index];
    onprogress({ done, total });
  };
}
