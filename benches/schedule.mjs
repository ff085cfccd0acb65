/**
 * The schedule of a run as pkg/run/run.js makes it, for the simulation: as many lanes as cores, each with one file at a
 * time. A big file has several threads, through which its pieces pass. Small files go to a lane in batches; while one
 * batch is written, the lane decrypts the next.
 */

import { Store, simulate } from './machine.mjs';

/**
 * What one stage costs. In milliseconds of one core that is not shared.
 *
 * @typedef {object} Costs
 * @property {Record<string, number>} perMiB of plaintext: read, decrypt, inflate, checksum, write
 * @property {number} ratio of plaintext to encrypted bytes
 * @property {{ run: number, beside: number, worker: number, warm: number }} start `run`: until the first lane starts;
 *   `beside`: what other threads do meanwhile; `worker`: of each worker; `warm`: of each lane, until its code is
 *   optimised
 * @property {{ list: number, lane: number, main: number, beside: number }} small of each small file: to list it, before
 *   the first lane starts; in its lane; on the main thread; and on threads that make the file
 * @property {{ list: number, main: number, beside: number }} file of each other file
 * @property {number} slowdown while all cores are busy
 */

/** MiB of encrypted bytes, as in the package: lane.js, protocol.js and source.js. */
const [PIECE, BIG, SMALL] = [1 / 2, 4, 1 / 16];
const BATCH_FILES = 32;
/** Pieces that may wait between two threads, as in worker/inflater.js. */
const WINDOW = 2;
/** Threads that make files: libuv's. */
const MAKERS = 4;

/**
 * On which threads a piece of a big file passes through the stages. Where a thread occurs twice, it does one of the two
 * at a time.
 * @type {Record<string, [thread: string, stages: string[]][]>}
 */
export const PIPELINES = {
  // WebCrypto and reading work on threads of the browser's, or of Node's.
  'inflate, checksum and write on one worker': [
    ['reader', ['read']],
    ['crypto', ['decrypt']],
    ['worker', ['inflate', 'checksum', 'write']],
  ],
  'inflate and checksum on one worker': [
    ['reader', ['read']],
    ['crypto', ['decrypt']],
    ['inflater', ['inflate', 'checksum']],
    ['worker', ['write']],
  ],
};

/** The one that the package has. */
export const CURRENT = Object.keys(PIPELINES)[1];

/**
 * Predicts how long a run takes, in milliseconds. `sizes`: of the plaintexts, in MiB, in the order in which the files
 * are taken.
 * @param {Costs} costs
 * @param {number} cores
 * @param {number[]} sizes
 * @param {string} [pipeline]
 */
export function predict(costs, cores, sizes, pipeline = CURRENT) {
  const main = new Store(1);
  const makers = new Store(MAKERS);
  const work = batches(sizes, costs.ratio).values();
  return simulate(run(), cores, costs.slowdown);

  function* run() {
    yield { start: runs(costs.start.beside) };
    const listing = sizes.reduce((sum, size) => sum + costs[isSmall(size) ? 'small' : 'file'].list, 0);
    yield { run: costs.start.run + listing };
    for (let lane = Math.min(cores, sizes.length); lane > 0; lane -= 1) yield { start: lane_() };
  }

  function* lane_() {
    const state = { isStarted: false, isSecondStarted: false };
    let current = work.next().value;
    let decrypted = current && (yield* begin(current, state));
    while (current) {
      yield { take: decrypted };
      const files = current;
      current = work.next().value;
      decrypted = current && (yield* begin(current, state));
      if (isSmall(files[0])) yield* all(files.map(() => makes(costs.small)));
    }
  }

  /** Returns the store that gets a token at the end. */
  function* begin(files, state) {
    const end = new Store();
    yield { start: isSmall(files[0]) ? batch(files, state, end) : file(files[0], state, end) };
    return end;
  }

  function* batch(files, state, end) {
    yield* startWorker(state, 'isStarted');
    yield { run: files.length * costs.small.lane };
    yield { put: end };
  }

  function* file(size, state, end) {
    yield* makes(costs.file);
    if (size / costs.ratio < BIG) {
      yield* startWorker(state, 'isStarted');
      yield { run: size * Object.values(costs.perMiB).reduce((sum, cost) => sum + cost, 0) };
    } else yield* pieces(size, state);
    yield { put: end };
  }

  function* pieces(size, state) {
    const count = Math.ceil(size / costs.ratio / PIECE);
    const steps = PIPELINES[pipeline];
    const locks = new Map(steps.map(([thread]) => [thread, new Store(1)]));
    const credits = steps.map(() => new Store(WINDOW));
    const arrived = steps.map(() => new Store());
    const step = function* ([thread, stages], index) {
      if (index === 0) yield* startWorker(state, 'isSecondStarted');
      if (thread === 'worker') yield* startWorker(state, 'isStarted', costs.start.warm);
      const ms = stages.reduce((sum, stage) => sum + costs.perMiB[stage], 0) * (size / count);
      for (let piece = 0; piece < count; piece += 1) {
        if (index > 0) yield { take: arrived[index] };
        if (index < steps.length - 1) yield { take: credits[index + 1] };
        yield { take: locks.get(thread) };
        yield { run: ms };
        yield { put: locks.get(thread) };
        if (index > 0) yield { put: credits[index] };
        if (index < steps.length - 1) yield { put: arrived[index + 1] };
      }
    };
    yield* all(steps.map((one, index) => step(one, index)));
  }

  function* startWorker(state, which, more = 0) {
    if (state[which]) return;
    state[which] = true;
    yield { run: costs.start.worker + more };
  }

  function* makes(cost) {
    yield { take: main };
    yield { run: cost.main };
    yield { put: main };
    yield { take: makers };
    yield { run: cost.beside };
    yield { put: makers };
  }

  function isSmall(size) {
    return size / costs.ratio <= SMALL;
  }
}

/** Starts threads, and waits for their ends. */
function* all(threads) {
  const end = new Store();
  for (const thread of threads) yield { start: then(thread, end) };
  for (const _ of threads) yield { take: end };
}

function* then(thread, end) {
  yield* thread;
  yield { put: end };
}

function* runs(ms) {
  yield { run: ms };
}

function batches(sizes, ratio) {
  const list = [];
  const batch = [];
  for (const size of sizes) {
    const fits = size / ratio <= SMALL;
    const isFull = batch.length === BATCH_FILES || batch.reduce((sum, one) => sum + one, 0) / ratio >= 1;
    if (batch.length > 0 && (!fits || isFull)) list.push(batch.splice(0));
    if (fits) batch.push(size);
    else list.push([size]);
  }
  if (batch.length > 0) list.push(batch);
  return list;
}
