/**
 * Lanes: workers that process one file at a time. They get the compiled module and file keys, but never the private key
 * (for workers that do get it, see drop/try-key.js).
 */

import { haveBlindWorkers } from '../core/blind-workers.js';
import { aborted, toError } from '../core/errors.js';
import { countPiece } from '../core/garbage.js';
import { isConverted } from '../core/repair.js';
import { hasWorkers } from '../core/start-worker.js';
import { offerInPlace } from '../core/worker-thread.js';
import { keepWorker, takeWorker } from './spare-workers.js';

/**
 * @import { Batch, BatchResult, Destination, Done, FromWorker, Job } from '../worker/protocol.js'
 * @import { LaneWorker } from './spare-workers.js'
 */

/**
 * Where the plaintext of a file goes: see `run`.
 *
 * @typedef {object} JobOutput
 * @property {(isConverting: boolean) => Promise<Destination | null>} open
 * @property {(bytes: Uint8Array<ArrayBuffer>, read: number) => Promise<void>} write
 * @property {(read: number, written: number) => void} progress
 * @property {boolean} [reuse]
 */
/**
 * A handler for each type of message. @typedef {{ [Type in FromWorker['type']]?: (message: Extract<FromWorker, {
 * type: Type }>) => unknown }} Receivers
 */

/** After these messages a worker has nothing to do. @type {Set<FromWorker['type']>} */
const LAST = new Set(['done', 'batched', 'failed']);

/** For a file of at least this size, the worker lets another one inflate: see worker/inflater.js. */
const BIG = 4 << 20;

/** Whether a file gets two workers. @param {{ readonly size: number }} file */
export const isBig = ({ size }) => size >= BIG;

offerInPlace(async () => (await import('../worker/in-place.js')).serveInPlace);

/** Processes one file at a time. `close()` stops it at once and for good; what is under way fails with `ERR_ABORTED`. */
export class Lane {
  /** @type {LaneWorker | null} */
  #worker = null;
  /** @type {((message: FromWorker) => void) | null} */
  #receive = null;
  #closed = false;
  /** Whether the worker may do the jobs of others when the lane is closed. */
  #isSound = true;
  #source;
  #second;

  /**
   * `workerSource`: the workers' script, unless it is the usual one; `module`: a module that it needs besides the one
   * that decrypts.
   * @param {{ workerSource?: string, module?: WebAssembly.Module }} [start]
   */
  constructor({ workerSource, module } = {}) {
    this.#source = workerSource;
    this.#second = module;
  }

  /**
   * Processes one file. `open()` resolves to the file that the worker writes to, or to null. If null, `write(bytes,
   * read)` is called with each piece, and the worker continues when its promise is fulfilled. `reuse`: by then the
   * bytes are no longer needed, so the worker may fill their buffer again. `progress(read, written)` is called from
   * time to time.
   * @param {Omit<Job, 'isShared'>} job
   * @param {JobOutput} output
   * @returns {Promise<Done>}
   */
  run(job, { open, write, progress, reuse = false }) {
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      // Pieces are written in order; the worker's credits limit how many wait here.
      let writing = Promise.resolve();
      // Ends the worker, so that late messages about this file are not taken for messages about the next one.
      /** @param {unknown} error */
      const giveUp = (error) => {
        if (this.#worker === worker) this.#end();
        reject(error);
      };
      /** @type {Receivers} */
      const receivers = {
        open: ({ isConverting }) =>
          open(isConverting)
            .then((file) => worker.post({ type: 'output-file', file }))
            .catch(giveUp),
        piece: ({ buffer, length, read }) => {
          countPiece();
          writing = writing.then(() => write(new Uint8Array(buffer, 0, length), read));
          writing.then(() => credit(worker, reuse ? buffer : null), giveUp);
        },
        progress: ({ read, written }) => progress(read, written),
        // Only after all writing is over, because the caller then removes the file.
        failed: ({ error }) => writing.then(() => reject(toError(error)), reject),
        done: (message) => writing.then(() => resolve(message), reject),
      };
      this.#receive = receiver(receivers);
      const { key, repair, salvage } = job;
      // A converted file is not ciphertext yet: the core decrypts it as it undoes the conversion.
      const isShared = isBig(job) && !isConverted(repair) && !salvage && hasWorkers() && !haveBlindWorkers();
      try {
        worker.post({ ...job, isShared });
      } finally {
        key?.fill(0);
      }
    });
  }

  /**
   * Processes a batch of small files: see batch.js. Resolves to one result for each.
   * @param {Omit<Batch, 'type'> & { type?: string }} job
   * @returns {Promise<BatchResult[]>}
   */
  batch(job) {
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      this.#receive = receiver({
        batched: ({ results }) => resolve(results),
        failed: ({ error }) => reject(toError(error)),
      });
      try {
        worker.post({ ...job, type: 'batch' });
      } finally {
        job.keys.bytes.fill(0);
      }
    });
  }

  #start() {
    // The caller may have been waiting for something else when the lane was closed.
    if (this.#closed) throw aborted(undefined);
    const worker = takeWorker(this.#source, this.#second);
    const isMine = () => worker === this.#worker;
    /** @param {FromWorker} message */
    const receive = (message) => {
      if (!isMine()) return;
      const take = this.#receive;
      if (LAST.has(message.type)) this.#receive = null;
      if (hasUnexpected(message)) this.#isSound = false;
      take?.(message);
    };
    worker.listen(receive);
    worker.fail((error) => {
      receive({ type: 'failed', error });
      // The worker may be dead, so the next file gets a new one.
      if (isMine()) this.#end();
    });
    return worker;
  }

  close() {
    this.#closed = true;
    const isBusy = this.#receive !== null;
    this.#receive?.({ type: 'failed', error: aborted(undefined) });
    if (isBusy || !this.#isSound || this.#source !== undefined) return this.#end();
    if (this.#worker) keepWorker(this.#worker);
    this.#worker = null;
  }

  #end() {
    this.#receive = null;
    this.#worker?.end();
    this.#worker = null;
  }
}

/**
 * Whether something failed that nobody expected. The module has stopped where it was if it is a lack of memory, and never
 * wipes what it held.
 * @param {FromWorker} message
 */
function hasUnexpected(message) {
  if (message.type === 'failed') return toError(message.error).code === 'ERR_INTERNAL';
  if (message.type !== 'batched') return false;
  return message.results.some((result) => result.kind === 'failed' && result.error.code === 'ERR_INTERNAL');
}

/**
 * @param {LaneWorker} worker
 * @param {ArrayBuffer | null} buffer
 */
function credit(worker, buffer) {
  worker.post({ type: 'credit', buffer: buffer ?? undefined }, buffer ? [buffer] : []);
}

/**
 * Returns a function that calls the handler for a message's type.
 * @param {Receivers} receivers
 */
function receiver(receivers) {
  /** @param {FromWorker} message */
  return (message) => {
    const receive = /** @type {((message: FromWorker) => unknown) | undefined} */ (receivers[message.type]);
    receive?.(message);
  };
}
