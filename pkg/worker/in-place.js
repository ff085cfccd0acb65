/**
 * Works in the thread that asks, where no worker can be started, as in a service worker and in Chromium in a shared one; or
 * where workers cannot read: see core/blind-workers.js. The other side is the same, and speaks over a port.
 */

import { MgdcDecryptError } from '../core/errors.js';
import { Jobs } from './worker.js';

/**
 * @import { ToWorker } from './protocol.js'
 * @import { More } from './more.js'
 */

/**
 * What the usual script does.
 * @param {MessagePort} port
 * @param {string} [source] the script that is asked for, if it is another one
 */
export function serveInPlace(port, source) {
  if (source !== undefined) throw new MgdcDecryptError('ERR_WASM_LOAD', NEEDS_WORKER);
  serveJobs(port);
}

const NEEDS_WORKER =
  'no worker can do it here (a service or shared worker has none, and in Safari those of a page without an origin read ' +
  'no files), and converting and salvaging need one: run it on a page from a server, or in a dedicated worker';

/**
 * @param {MessagePort} port
 * @param {More} [more]
 */
export function serveJobs(port, more) {
  const jobs = new Jobs((message, transfer = []) => port.postMessage(message, transfer), more);
  port.onmessage = ({ data }) => {
    if (data === null) {
      jobs.end();
      port.close();
    } else jobs.receive(/** @type {ToWorker} */ (data));
  };
}
