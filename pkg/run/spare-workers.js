/**
 * Workers that wait for work: started before a run needs them, and kept for the next one. Starting one takes 50 to
 * 90 ms, as long as decrypting 20 MiB.
 */

import { haveBlindWorkers, lookForBlindWorkers } from '../core/blind-workers.js';
import { compiledModule, init } from '../core/init.js';
import { hasWorkers } from '../core/start-worker.js';
import { startInPlace, startWorker, usualScript } from '../core/worker-thread.js';
import { isRelayed, withRelay } from '../worker/relay.js';
import { startInflater } from '../worker/start-inflater.js';

/**
 * @import { WorkerThread } from '../core/start-worker.js'
 * @import { FromWorker, ToWorker } from '../worker/protocol.js'
 */

/** @typedef {WorkerThread<ToWorker, FromWorker>} LaneWorker */

/** More are not kept: each takes some MiB of memory, with its inflater. */
const KEPT = 2;
/** Milliseconds after which spare workers are ended if no run has needed them. */
const IDLE = 60_000;

/** @type {LaneWorker[]} */
const spare = [];
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Starts the workers of the next run, unless they are there. See index.d.ts. */
export async function prepare() {
  await init();
  try {
    await lookForBlindWorkers();
    if (!hasWorkers() || haveBlindWorkers() || spare.length > 0) return;
    const worker = startLaneWorker();
    worker.post({ type: 'prepare' });
    keepWorker(worker);
  } catch {} // a page may forbid it
}

/**
 * A worker that was started already, if there is one.
 * @param {string} [source] its script, unless it is the usual one
 * @param {WebAssembly.Module} [second] a module that this script needs besides the one that decrypts
 */
export function takeWorker(source, second) {
  const ready = source === undefined ? spare.pop() : undefined;
  ready?.setIdle(false);
  return ready ?? startLaneWorker(source, second);
}

/**
 * Keeps a worker with the usual script that has nothing to do, or ends it if there are enough.
 * @param {LaneWorker} worker
 */
export function keepWorker(worker) {
  if (haveBlindWorkers() || spare.length === KEPT) return worker.end();
  worker.listen(() => {});
  worker.fail(() => drop(worker));
  worker.setIdle(true);
  spare.push(worker);
  clearTimeout(timer);
  timer = setTimeout(endSpareWorkers, IDLE);
  /** @type {{ unref?(): void }} */ (timer).unref?.(); // Node would wait for it
}

/**
 * Ends a worker that has failed. A browser tells each error, and the worker lives on.
 * @param {LaneWorker} worker
 */
function drop(worker) {
  if (spare.includes(worker)) spare.splice(spare.indexOf(worker), 1);
  worker.end();
}

function endSpareWorkers() {
  for (const worker of spare.splice(0)) worker.end();
}

/**
 * @param {string} [source]
 * @param {WebAssembly.Module} [second]
 * @returns {LaneWorker}
 */
function startLaneWorker(source, second) {
  /** @type {LaneWorker} */
  const worker = haveBlindWorkers() ? startInPlace(source) : startWorker(source);
  const module = compiledModule();
  const isPassedOn = isRelayed();
  worker.post({ type: 'start', module, script: isPassedOn ? undefined : usualScript, second });
  return isPassedOn ? withRelay(worker, () => startInflater(usualScript, module)) : worker;
}
