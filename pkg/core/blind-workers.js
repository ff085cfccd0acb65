/**
 * Whether workers can read files. In WebKit, those of a page without an origin cannot: one from file://, or in a sandboxed
 * frame. There every Blob fails in a worker with NotReadableError, even one that it made (WebKitGTK 2.50.6).
 */

import { hasWorkers, startScript } from './start-worker.js';

const READ = 'onmessage = ({ data }) => data.arrayBuffer().then(() => postMessage(true), () => postMessage(false));';

let areBlind = false;
/** @type {Promise<void> | undefined} */
let looked;

/** Known after `lookForBlindWorkers`. */
export function haveBlindWorkers() {
  return areBlind;
}

/** Asks a worker, where it is in doubt. Before the first worker that reads files. */
export function lookForBlindWorkers() {
  if (globalThis.origin !== 'null' || !hasWorkers()) return Promise.resolve();
  looked ??= /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      /** @type {import('./start-worker.js').WorkerThread<Blob, boolean>} */
      const worker = startScript(READ);
      const end = () => {
        worker.end();
        resolve();
      };
      worker.listen((couldRead) => {
        areBlind = !couldRead;
        end();
      });
      worker.fail(end); // whoever needs a worker tells why none starts
      worker.post(new Blob(['a']));
    })
  );
  return looked;
}
