/**
 * Lanes of workers, and one file at a time for each. They get the compiled module and file keys, never the private key
 * (see drop/try-key.js for those that do).
 */

import { aborted, toError } from '../core/errors.js';
import { compiledModule } from '../core/init.js';
import { isConverted } from '../core/repair.js';
import { startWorker } from '../core/worker-thread.js';

/**
 * @import { WorkerThread } from '../core/worker-thread.js'
 * @import { Batch, BatchResult, Destination, Done, FromWorker, Job, ToWorker } from '../worker/protocol.js'
 */

/** @typedef {WorkerThread<ToWorker, FromWorker>} LaneWorker */
/**
 * Where a file goes: see `run`.
 *
 * @typedef {object} JobOutput
 * @property {() => Promise<Destination | null>} open
 * @property {(bytes: Uint8Array<ArrayBuffer>, read: number) => Promise<void>} write
 * @property {(read: number, written: number) => void} progress
 * @property {boolean} [reuse]
 */
/**
 * What is done with each kind of message. @typedef {{ [Type in FromWorker['type']]?: (message: Extract<FromWorker, {
 * type: Type }>) => unknown }} Receivers
 */

/** From this size on a file has two workers: one reads and decrypts, the other one inflates and writes. */
const BIG = 4 << 20;

/** One file at a time. `close()` stops it at once and for good, whatever it does, and gives its memory back. */
export class Lane {
  /** @type {LaneWorker | null} */
  #worker = null;
  /** @type {LaneWorker | null} */
  #feeder = null;
  /** @type {((message: FromWorker) => void) | null} */
  #receive = null;
  #closed = false;

  /**
   * Runs one file. `open()` answers the file that the worker is to write to; or null, and then `write(bytes, read)`
   * takes pieces, and the worker goes on when its promise is fulfilled. `reuse`: the bytes are used up by then, and
   * their buffer goes round. `progress(read, written)` is told now and then.
   * @param {Omit<Job, 'fed'>} job
   * @param {JobOutput} output
   * @returns {Promise<Done>}
   */
  run(job, { open, write, progress, reuse = false }) {
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      // Pieces are written in order; the worker's credits bound how many wait here.
      let writing = Promise.resolve();
      // What is still to come of this file must not be taken for the next one's.
      /** @param {unknown} error */
      const giveUp = (error) => {
        if (this.#worker === worker) this.#end();
        reject(error);
      };
      /** @type {Receivers} */
      const receivers = {
        open: () =>
          open()
            .then((file) => worker.post({ type: 'output-file', file }))
            .catch(giveUp),
        piece: ({ buffer, length, read }) => {
          writing = writing.then(() => write(new Uint8Array(buffer, 0, length), read));
          writing.then(() => credit(worker, reuse ? buffer : null), giveUp);
        },
        progress: ({ read, written }) => progress(read, written),
        // Not before the writing is over: whoever hears of the failure takes the file back.
        failed: ({ error }) => writing.then(() => reject(toError(error)), reject),
        done: (message) => writing.then(() => resolve(message), reject),
      };
      this.#receive = receiver(receivers);
      // What was converted is no ciphertext that another engine could decrypt.
      const { source, key, size, repair } = job;
      const fed = key && size >= BIG && !isConverted(repair) ? this.#feed(source, key, repair) : null;
      worker.post({ ...job, fed }, fed ? [fed] : []);
      key?.fill(0);
    });
  }

  /**
   * Runs a batch of small files: see batch.js. Answers one result for each.
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
      worker.post({ ...job, type: 'batch' });
      job.keys.bytes.fill(0);
    });
  }

  /**
   * Lets another worker read and decrypt; returns the port on which it sends.
   * @param {Job['source']} source
   * @param {Uint8Array<ArrayBuffer>} key
   * @param {Job['repair']} repair
   */
  #feed(source, key, repair) {
    this.#feeder ??= this.#start();
    const { port1, port2 } = new MessageChannel();
    this.#feeder.post({ type: 'feed', source, key, repair, port: port1 }, [port1]);
    return port2;
  }

  #start() {
    // Whoever waited for something else meanwhile.
    if (this.#closed) throw aborted(undefined);
    /** @type {LaneWorker} */
    const worker = startWorker();
    const isMine = () => worker === this.#worker || worker === this.#feeder;
    /** @param {FromWorker} message */
    const receive = (message) => isMine() && this.#receive?.(message);
    worker.listen(receive);
    worker.fail((error) => {
      receive({ type: 'failed', error });
      // It is dead, or may be: the next file gets a new one.
      if (isMine()) this.#end();
    });
    worker.post({ type: 'start', module: compiledModule() });
    return worker;
  }

  close() {
    this.#closed = true;
    this.#end();
  }

  #end() {
    this.#receive = null;
    this.#worker?.end();
    this.#feeder?.end();
    this.#worker = this.#feeder = null;
  }
}

/**
 * @param {LaneWorker} worker
 * @param {ArrayBuffer | null} buffer
 */
function credit(worker, buffer) {
  worker.post({ type: 'credit', buffer: buffer ?? undefined }, buffer ? [buffer] : []);
}

/**
 * Calls the one for the message's type.
 * @param {Receivers} receivers
 */
function receiver(receivers) {
  /** @param {FromWorker} message */
  return (message) => {
    const receive = /** @type {((message: FromWorker) => unknown) | undefined} */ (receivers[message.type]);
    receive?.(message);
  };
}
