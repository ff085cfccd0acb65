/** Starts workers, in a browser or in Node. Their script has worker/worker.js in it. */

import workerSource from '../wasm/worker-source.js';
import { MgdcDecryptError } from './errors.js';

/**
 * A worker that takes messages of type `To` and sends ones of type `From`.
 *
 * @template To
 * @template From
 * @typedef {object} WorkerThread
 * @property {(message: To, transfer?: Transferable[]) => void} post
 * @property {(receive: (message: From) => void) => void} listen
 * @property {(report: (error: Error) => void) => void} fail
 * @property {() => void} end
 */
/** @typedef {{ createScriptURL(url: string): string }} TrustedPolicy */
/** @typedef {{ createPolicy(name: string, rules: TrustedPolicy): TrustedPolicy }} TrustedTypes */

/**
 * Starts a new worker.
 * @template To
 * @template From
 * @param {string} [source] the script
 * @returns {WorkerThread<To, From>}
 */
export function startWorker(source = workerSource) {
  const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  return threads ? startThread(threads, source) : startWebWorker(source);
}

/**
 * From a blob URL, because such a worker inherits the page's content security policy; a worker with its own URL does
 * not.
 * @template To
 * @template From
 * @param {string} source
 * @returns {WorkerThread<To, From>}
 */
function startWebWorker(source) {
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  /** @type {Worker} */
  let worker;
  try {
    worker = new Worker(trusted(url));
  } catch (cause) {
    const message = "workers may not be started: add blob: to worker-src in the page's content security policy";
    throw new MgdcDecryptError('ERR_WASM_LOAD', message, { cause });
  } finally {
    // `new Worker` has begun its fetch by now: by the specification it resolves the URL at once.
    URL.revokeObjectURL(url);
  }
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    listen: (receive) => {
      worker.onmessage = ({ data }) => receive(data);
    },
    fail: (report) => {
      worker.onerror = ({ message }) => report(new Error(message || 'the worker did not start'));
    },
    end: () => worker.terminate(),
  };
}

/**
 * @template To
 * @template From
 * @param {typeof import('node:worker_threads')} threads
 * @param {string} source
 * @returns {WorkerThread<To, From>}
 */
function startThread({ Worker: Thread }, source) {
  const thread = new Thread(source, { eval: true });
  return {
    post: (message, transfer = []) =>
      thread.postMessage(message, /** @type {import('node:worker_threads').TransferListItem[]} */ (transfer)),
    listen: (receive) => void thread.on('message', receive),
    fail: (report) => void thread.on('error', report),
    end: () => void thread.terminate(),
  };
}

/** @type {TrustedPolicy | undefined} */
let policy;

/**
 * A page that enforces Trusted Types must allow the policy `mgdc-decrypt`.
 * @param {string} url
 */
function trusted(url) {
  const { trustedTypes } = /** @type {{ trustedTypes?: TrustedTypes }} */ (globalThis);
  if (!trustedTypes) return url;
  policy ??= trustedTypes.createPolicy('mgdc-decrypt', { createScriptURL: (own) => own });
  return policy.createScriptURL(url);
}

/** How many files are processed at a time, unless the caller says otherwise. */
export function defaultConcurrency() {
  return Math.max(
    1,
    globalThis.navigator?.hardwareConcurrency ??
      globalThis.process?.getBuiltinModule?.('node:os').availableParallelism() ??
      1,
  );
}
