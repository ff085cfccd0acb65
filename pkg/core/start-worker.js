/** Starts a worker from its script, on a page, in a worker, or in Node. */

import { MgdcDecryptError } from './errors.js';
import { PolicyWatch } from './refusals.js';

/**
 * A worker that takes messages of type `To` and sends ones of type `From`.
 *
 * @template To
 * @template From
 * @typedef {object} WorkerThread
 * @property {(message: To, transfer?: Transferable[]) => void} post
 * @property {(receive: (message: From) => void) => void} listen
 * @property {(report: (error: Error) => void) => void} fail
 * @property {(isIdle: boolean) => void} setIdle Node does not wait for the end of a thread that is idle
 * @property {() => void} end
 */
/** @typedef {{ createScriptURL(url: string): string }} TrustedPolicy */
/** @typedef {{ createPolicy(name: string, rules: TrustedPolicy): TrustedPolicy }} TrustedTypes */

/** A service worker has no workers, and in Chromium a shared worker has none, either. */
export function hasWorkers() {
  return Boolean(globalThis.process?.getBuiltinModule?.('node:worker_threads') ?? globalThis.Worker);
}

/**
 * @template To
 * @template From
 * @param {string} script
 * @returns {WorkerThread<To, From>}
 */
export function startScript(script) {
  const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  return threads ? startThread(threads, script) : startWebWorker(script);
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
  const watch = new PolicyWatch('worker-src');
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  /** @type {Worker} */
  let worker;
  try {
    worker = new Worker(trusted(url));
  } catch (cause) {
    watch.end();
    // Older browsers throw what newer ones report later.
    throw cause instanceof MgdcDecryptError ? cause : new MgdcDecryptError('ERR_WASM_LOAD', BLOCKED, { cause });
  } finally {
    // `new Worker` has begun its fetch by now: by the specification it resolves the URL at once.
    URL.revokeObjectURL(url);
  }
  let hasStarted = false;
  /** @type {(error: Error) => void} */
  let report = () => {};
  // `report` is that of whoever has the worker when the reason is known: it may be taken while that is awaited.
  worker.onerror = async ({ message }) => {
    if (hasStarted || message) return report(new Error(message || 'the worker ended'));
    const reason = (await watch.refused()) ? BLOCKED : NOT_STARTED;
    watch.end();
    report(new MgdcDecryptError('ERR_WASM_LOAD', reason));
  };
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    listen: (receive) => {
      worker.onmessage = ({ data }) => {
        if (!hasStarted) watch.end();
        hasStarted = true;
        receive(data);
      };
    },
    fail: (next) => {
      report = next;
    },
    setIdle: () => {},
    end: () => {
      watch.end();
      worker.terminate();
    },
  };
}

const BLOCKED =
  "the page's content security policy forbids to start a worker: add blob: to worker-src in the header " +
  'Content-Security-Policy (worker-src blob:)';
const NOT_STARTED =
  'a worker did not start, and the browser does not say why: check that the header Content-Security-Policy allows ' +
  'worker-src blob:';

/**
 * @template To
 * @template From
 * @param {typeof import('node:worker_threads')} threads
 * @param {string} source
 * @returns {WorkerThread<To, From>}
 */
function startThread({ Worker: Thread }, source) {
  const thread = new Thread(source, { eval: true });
  /** @type {(message: From) => void} */
  let receive = () => {};
  /** @type {(error: Error) => void} */
  let report = () => {};
  thread.on('message', (message) => receive(message));
  thread.on('error', (error) => report(error));
  return {
    post: (message, transfer = []) =>
      thread.postMessage(message, /** @type {import('node:worker_threads').TransferListItem[]} */ (transfer)),
    listen: (next) => {
      receive = next;
    },
    fail: (next) => {
      report = next;
    },
    setIdle: (isIdle) => (isIdle ? thread.unref() : thread.ref()),
    end: () => void thread.terminate(),
  };
}

/** Where copies of this package on one page share the policy: a name can be created only once. */
const SHARED = Symbol.for('mgdc-decrypt.trusted-types');

/**
 * A page that enforces Trusted Types must allow the policy `mgdc-decrypt`. It passes blob URLs only.
 * @param {string} url
 */
function trusted(url) {
  const scope = /** @type {{ trustedTypes?: TrustedTypes, [SHARED]?: TrustedPolicy }} */ (globalThis);
  if (!scope.trustedTypes) return url;
  if (!scope[SHARED]) {
    try {
      const policy = scope.trustedTypes.createPolicy('mgdc-decrypt', { createScriptURL: blobOnly });
      Object.defineProperty(scope, SHARED, { value: policy });
    } catch (cause) {
      throw new MgdcDecryptError('ERR_WASM_LOAD', NOT_TRUSTED, { cause });
    }
  }
  return /** @type {TrustedPolicy} */ (scope[SHARED]).createScriptURL(url);
}

const NOT_TRUSTED =
  "the page's content security policy forbids the Trusted Types policy by which workers are started: add mgdc-decrypt to " +
  "trusted-types in the header Content-Security-Policy (trusted-types mgdc-decrypt; with 'allow-duplicates' if an " +
  'older copy of this package is on the page, too)';

/** @param {string} url */
function blobOnly(url) {
  if (!url.startsWith('blob:')) throw new TypeError('only blob URLs');
  return url;
}
