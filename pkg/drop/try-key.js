/**
 * Tries a private key on the key details of a drop. Each distinct wrapped key costs one private-key operation
 * (RSA-2048: about 7 ms in wasm), and a hostile drop may name thousands.
 *
 * A few are done here, so that the private key stays where it is. For more, workers get a copy of it: without them the
 * page could do nothing else for seconds. These workers are started for this only, see no file of the drop, and are
 * ended right after; those that decrypt never get a private key.
 */

import { aborted, toError } from '../core/errors.js';
import { compiledModule, wasm } from '../core/init.js';
import { PrivateKey } from '../core/keys.js';
import { defaultConcurrency, startWorker } from '../core/worker-thread.js';
import { Yielder } from '../core/yielding.js';

/**
 * @import { UnlockOptions } from '../index.js'
 * @import { WorkerThread } from '../core/worker-thread.js'
 * @import { DataDrop, Unlocking } from '../wasm/mgdc_decrypt.js'
 */

/**
 * What these workers answer: see worker/protocol.js. @typedef {{ type: 'unwrapped', results: Uint8Array } | { type:
 * 'failed', error: unknown }} Answer
 */
/** Told when the wrapped values from `start` to `end` are done. @typedef {(start: number, end: number) => void} Told */

/** What is done here, in operations of RSA-2048: about a tenth of a second, in turns. */
const FEW = 16;
/** Most at a stretch, here: RSA-4096 costs eight. */
const STRETCH = 8;
/** What a worker is given at a time: what is between two words of progress. */
const PIECE = 8;

/**
 * Unlocks what the key opens; resolves to the indices. `core()` gives the core's DataDrop, for it may be disposed of
 * meanwhile. `onprogress({ done, total })` counts key details entries; where IVs are wrapped, too, it counts those
 * again.
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
      // Time grows with the third power of the length.
      const cost = Math.max(1, (key.bits / 2048) ** 3);
      const isLittle = cost <= STRETCH && unlocking.operations * cost <= FEW;
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
    // A copy for each, which goes there and not stays here.
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
 * Tells how many entries are done: a wrapped value may stand for several.
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
