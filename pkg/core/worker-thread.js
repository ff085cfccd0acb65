/** Starts workers, in a browser or in Node. All of them run the one script that is made of worker/worker.js. */

import workerSource from '../wasm/worker-source.js';
import { MgdcDecryptError } from './errors.js';

/** A new worker: `post`, `listen`, `fail`, `end`. */
export function startWorker() {
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
    fail: (report) =>
      (worker.onerror = (event) =>
        report(event.message ? new Error(event.message) : new Error('the worker did not start'))),
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

/** How many files at a time when the caller does not say. */
export function defaultConcurrency() {
  return Math.max(
    1,
    globalThis.navigator?.hardwareConcurrency ??
      globalThis.process?.getBuiltinModule?.('node:os').availableParallelism() ??
      1,
  );
}
