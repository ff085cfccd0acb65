/** Starts workers, in a browser or in Node. Their script has worker/worker.js in it. */

import workerSource from '../wasm/worker-source.js';
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

/**
 * How work is done where no worker can do it; throws if it cannot do what this script of a worker does.
 * @typedef {(port: MessagePort, source?: string) => void} ServeInPlace
 */

/** @type {ServeInPlace | null} */
let inPlace = null;
/** @type {() => Promise<ServeInPlace>} */
let loadInPlace = () => Promise.reject(new TypeError('nothing works in place'));

/** Called by whoever knows what a worker does. @param {() => Promise<ServeInPlace>} load */
export function offerInPlace(load) {
  loadInPlace = load;
}

/** For `mgdc-decrypt/in-place`. @param {ServeInPlace} serve */
export function setInPlace(serve) {
  inPlace = serve;
}

/** A service worker has no workers, and in Chromium a shared worker has none, either. */
export function hasWorkers() {
  return Boolean(globalThis.process?.getBuiltinModule?.('node:worker_threads') ?? globalThis.Worker);
}

/**
 * Starts a new worker; or what works in its place, where there are none.
 * @template To
 * @template From
 * @param {string} [source] the script
 * @returns {WorkerThread<To, From>}
 */
export function startWorker(source) {
  const threads = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  if (threads) return startThread(threads, source ?? workerSource);
  if (globalThis.Worker) return startWebWorker(source ?? workerSource);
  return startInPlace(source);
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
 * Does in this thread what a worker with this script does.
 * @template To
 * @template From
 * @param {string} [source]
 * @returns {WorkerThread<To, From>}
 */
export function startInPlace(source) {
  const { port1, port2 } = new MessageChannel();
  /** @type {(error: Error) => void} */
  let report = () => {};
  if (inPlace) inPlace(port2, source);
  else {
    loadInPlace()
      .catch((cause) => Promise.reject(new MgdcDecryptError('ERR_WASM_LOAD', NOT_IN_PLACE, { cause })))
      .then((serve) => serve(port2, source)) // what was posted meanwhile waits in the port
      .catch((error) => report(error));
  }
  return {
    post: (message, transfer = []) => port1.postMessage(message, transfer),
    listen: (receive) => {
      port1.onmessage = ({ data }) => receive(data);
    },
    fail: (tell) => {
      report = tell;
    },
    setIdle: () => {},
    end: () => {
      port1.postMessage(null);
      port1.close();
    },
  };
}

const NOT_IN_PLACE =
  'no worker can be started here, and what works in its place could not be loaded: in a service worker, import ' +
  "'mgdc-decrypt/in-place' beside 'mgdc-decrypt', because nothing can be imported later there";

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

/** How many files are processed at a time, unless the caller says otherwise. */
export function defaultConcurrency() {
  if (!hasWorkers()) return 1; // all of them would be this thread
  return Math.max(
    1,
    globalThis.navigator?.hardwareConcurrency ??
      globalThis.process?.getBuiltinModule?.('node:os').availableParallelism() ??
      1,
  );
}
