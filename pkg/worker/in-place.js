/**
 * Works in the thread that asks, where no worker can be started: in a service worker, and in Chromium in a shared one. The
 * other side is the same, and speaks over a port.
 */

import { Jobs } from './worker.js';

/** @import { ToWorker } from './protocol.js' */

/** @param {MessagePort} port */
export function serveInPlace(port) {
  const jobs = new Jobs((message, transfer = []) => port.postMessage(message, transfer));
  port.onmessage = ({ data }) => {
    if (data === null) {
      jobs.end();
      port.close();
    } else jobs.receive(/** @type {ToWorker} */ (data));
  };
}
