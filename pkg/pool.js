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
    this.#worker = startWorker();
    this.#worker.listen((message) => this.#receive?.(message));
    this.#worker.fail((error) => this.#receive?.({ type: 'failed', error }));
    this.#worker.post({ type: 'start', module: compiledModule() });
  }

  /**
   * Runs one file. `write(bytes, read)` takes a piece and returns a promise; the worker goes on when it is fulfilled.
   * `reuse`: the bytes are used up by then, and their buffer goes round.
   */
  run(job, write, { reuse = false } = {}) {
    return new Promise((resolve, reject) => {
      // Pieces are written in order; the worker's credits bound how many wait here.
      let writing = Promise.resolve();
      const take = ({ type, buffer, length, read }) => {
        writing = writing.then(() => write(new Uint8Array(buffer, 0, length), read));
        if (type === 'piece') writing = writing.then(() => this.#credit(reuse ? buffer : null));
        writing.catch(reject);
      };
      this.#receive = (message) => {
        if (message.type === 'failed') return reject(toError(message.error));
        if (message.length > 0) take(message);
        if (message.type === 'done') writing.then(() => resolve(message), reject);
      };
      this.#worker.post(job);
      job.key?.fill(0);
    });
  }

  #credit(buffer) {
    this.#worker.post({ type: 'credit', buffer: buffer ?? undefined }, buffer ? [buffer] : []);
  }

  end() {
    this.#receive = null;
    this.#worker.end();
  }
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
