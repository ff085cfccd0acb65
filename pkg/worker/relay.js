/**
 * An inflater that the page starts, in place of the worker that it helps. What the two tell each other goes over the
 * page's thread: in Firefox 153, a port between two workers copies each piece between processes.
 */

import { toError, toPlain } from '../core/errors.js';

/**
 * @import { WorkerThread } from '../core/start-worker.js'
 * @import { FromWorker, Relay, Relayed, ToWorker } from './protocol.js'
 */

/**
 * Whether a worker has its inflater from the page. In Firefox 153 a worker can start one, but about one of forty `new
 * Worker` in a worker never returns (driven by WebDriver BiDi). In Node the two then start at the same time: 256 MiB
 * take 900 ms instead of 1,120.
 */
export function isRelayed() {
  const isNode = globalThis.process?.versions?.node !== undefined;
  return isNode || /Gecko\/\d/.test(globalThis.navigator?.userAgent ?? '');
}

/**
 * The page's half: `worker`, with an inflater as soon as it is told to prepare, or asks for one.
 * @param {WorkerThread<ToWorker, FromWorker>} worker
 * @param {() => WorkerThread<ToWorker, FromWorker>} startInflater
 * @returns {WorkerThread<ToWorker, FromWorker>}
 */
export function withRelay(worker, startInflater) {
  /** `id`: of the RelayedInflater that uses it. @type {{ thread: WorkerThread<ToWorker, FromWorker>, id: number } | null} */
  let inflater = null;
  // What the worker had sent may still arrive when it is ended.
  let isOver = false;
  const end = () => {
    inflater?.thread.end();
    inflater = null;
  };
  const start = () => {
    const started = { thread: startInflater(), id: 0 };
    const { thread } = started;
    thread.listen((message) => worker.post({ type: 'relayed', id: started.id, message }, buffersOf(message)));
    thread.fail((error) => worker.post({ type: 'relayed', id: started.id, error: toPlain(error) }));
    return started;
  };
  /** @param {Relay} relay */
  const pass = ({ id, message }) => {
    if (!message || isOver) return end();
    try {
      inflater ??= start();
      inflater.id = id;
      inflater.thread.post(message, buffersOf(message));
    } catch (error) {
      worker.post({ type: 'relayed', id, error: toPlain(error) });
    }
    if (message.type === 'inflate') message.key.fill(0);
  };
  return {
    ...worker,
    post: (message, transfer) => {
      worker.post(message, transfer);
      if (message.type !== 'prepare') return;
      try {
        inflater ??= start();
      } catch {} // the job that needs it tells why
    },
    listen: (receive) => worker.listen((message) => (message.type === 'relay' ? pass(message) : receive(message))),
    setIdle: (isIdle) => {
      worker.setIdle(isIdle);
      inflater?.thread.setIdle(isIdle);
    },
    end: () => {
      isOver = true;
      end();
      worker.end();
    },
  };
}

/** The worker's half: an inflater, as if it were its own. */
export class RelayedInflater {
  static #last = 0;
  // Messages of the one before may still arrive when it is ended.
  #id = ++RelayedInflater.#last;
  /** @type {(message: FromWorker) => void} */
  #receive = () => {};
  /** @type {(error: Error) => void} */
  #report = () => {};
  /** @type {WorkerThread<ToWorker, FromWorker>} */
  thread;

  /** @param {(message: FromWorker, transfer?: Transferable[]) => void} send to the page */
  constructor(send) {
    const id = this.#id;
    this.thread = {
      post: (message, transfer) => send({ type: 'relay', id, message }, transfer),
      listen: (receive) => {
        this.#receive = receive;
      },
      fail: (report) => {
        this.#report = report;
      },
      setIdle: () => {},
      end: () => send({ type: 'relay', id, message: null }),
    };
  }

  /** @param {Relayed} relayed from the page */
  take({ id, message, error }) {
    if (id !== this.#id) return;
    if (message) this.#receive(message);
    else this.#report(toError(error));
  }
}

/**
 * What is transferred of a message to or from an inflater.
 * @param {ToWorker | FromWorker} message
 */
function buffersOf(message) {
  const buffer =
    message.type === 'ciphertext'
      ? message.piece?.buffer
      : message.type === 'piece' || message.type === 'credit'
        ? message.buffer
        : undefined;
  return buffer ? [buffer] : [];
}
