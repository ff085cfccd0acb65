/** Workers, and one job at a time for each. They get the compiled module and file keys, never the private key. */

import { MgdcDecryptError, toError } from './errors.js';
import { compiledModule } from './init.js';
import workerSource from './wasm/worker-source.js';

/** How many files at a time when the caller does not say. */
export function defaultConcurrency() {
  return Math.max(1, globalThis.navigator?.hardwareConcurrency ?? globalThis.process?.getBuiltinModule?.('node:os').availableParallelism() ?? 1);
}

/** One worker. `end()` stops it at once, whatever it does, and gives its memory back. */
export class Lane {
  #worker;
  #receive = null;

  constructor() {
    this.#worker = this.#start();
  }

  /**
   * Runs one file. `write(bytes, read)` takes a piece and returns a promise; the worker goes on when it is fulfilled.
   * `reuse`: the bytes are used up by then, and their buffer goes round.
   */
  run(job, write, { reuse = false } = {}) {
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      // Pieces are written in order; the worker's credits bound how many wait here.
      let writing = Promise.resolve();
      const take = ({ type, buffer, length, read }) => {
        writing = writing.then(() => write(new Uint8Array(buffer, 0, length), read));
        if (type === 'piece') writing.then(() => credit(worker, reuse ? buffer : null)).catch(giveUp);
      };
      // What is still to come of this file must not be taken for the next one's.
      const giveUp = (error) => {
        if (this.#worker === worker) this.end();
        reject(error);
      };
      this.#receive = (message) => {
        if (message.length > 0) take(message);
        // Not before the writing is over: whoever hears of the failure takes the file back.
        if (message.type === 'failed') writing.then(() => reject(toError(message.error)), reject);
        if (message.type === 'done') writing.then(() => resolve(message), reject);
      };
      worker.post(job);
      job.key?.fill(0);
    });
  }

  #start() {
    const worker = startWorker();
    const receive = (message) => this.#worker === worker && this.#receive?.(message);
    worker.listen(receive);
    worker.fail((error) => {
      receive({ type: 'failed', error });
      // It is dead, or may be: the next file gets a new one.
      if (this.#worker === worker) this.end();
    });
    worker.post({ type: 'start', module: compiledModule() });
    return worker;
  }

  end() {
    this.#receive = null;
    this.#worker?.end();
    this.#worker = null;
  }
}

function credit(worker, buffer) {
  worker.post({ type: 'credit', buffer: buffer ?? undefined }, buffer ? [buffer] : []);
}

function startWorker() {
  const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  return threads ? startThread(threads) : startWebWorker();
}

/** From a blob URL: such a worker inherits the page's policy, one with a URL of its own does not. */
function startWebWorker() {
  const url = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  let worker;
  try {
    worker = new Worker(trusted(url));
  } catch (cause) {
    const message = "workers may not be started: add blob: to worker-src in the page's content security policy";
    throw new MgdcDecryptError('ERR_WASM_LOAD', message, { cause });
  } finally {
    // Revoked after the fetch that `new Worker` has begun: the specification resolves the URL at once.
    URL.revokeObjectURL(url);
  }
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    listen: (receive) => (worker.onmessage = ({ data }) => receive(data)),
    fail: (report) => (worker.onerror = (event) => report(event.message ? new Error(event.message) : new Error('the worker did not start'))),
    end: () => worker.terminate(),
  };
}

function startThread({ Worker: Thread }) {
  const thread = new Thread(workerSource, { eval: true });
  return {
    post: (message, transfer = []) => thread.postMessage(message, transfer),
    listen: (receive) => thread.on('message', receive),
    fail: (report) => thread.on('error', report),
    end: () => thread.terminate(),
  };
}

let policy;

/** A page with Trusted Types allows the policy `mgdc-decrypt`. */
function trusted(url) {
  if (!globalThis.trustedTypes) return url;
  policy ??= globalThis.trustedTypes.createPolicy('mgdc-decrypt', { createScriptURL: (own) => own });
  return policy.createScriptURL(url);
}
