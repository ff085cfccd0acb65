/** Starts an inflater (inflater.js). A module of its own: a page that starts one does not load what it does. */

import { startScript } from '../core/start-worker.js';

/**
 * @import { WorkerThread } from '../core/start-worker.js'
 * @import { FromWorker, ToWorker } from './protocol.js'
 */

/**
 * @param {string} script
 * @param {WebAssembly.Module} module
 * @returns {WorkerThread<ToWorker, FromWorker>}
 */
export function startInflater(script, module) {
  /** @type {WorkerThread<ToWorker, FromWorker>} */
  const worker = startScript(script);
  worker.post({ type: 'start', module });
  return worker;
}
