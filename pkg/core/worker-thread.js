/** Starts workers with the usual script, which has worker/worker.js in it; or does their work in this thread. */

import usualScript from '../wasm/worker-source.js';
import { MgdcDecryptError } from './errors.js';
import { hasWorkers, startScript } from './start-worker.js';

export { usualScript };

/** @import { WorkerThread } from './start-worker.js' */

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

/**
 * Starts a new worker; or what works in its place, where there are none.
 * @template To
 * @template From
 * @param {string} [source] the script
 * @returns {WorkerThread<To, From>}
 */
export function startWorker(source) {
  return hasWorkers() ? startScript(source ?? usualScript) : startInPlace(source);
}

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
