/**
 * An inflater that the page starts for a worker which may not start one itself. What the two tell each other goes over
 * the page's thread: in Firefox 153, a port between two workers copies each piece between processes.
 */

import { toError, toPlain } from '../core/errors.js';
import { startScript } from '../core/start-worker.js';

/**
 * @import { WorkerThread } from '../core/start-worker.js'
 * @import { FromWorker, Relay, Relayed, ToWorker } from './protocol.js'
 */

/**
 * The page's half: `worker`, with an inflater as soon as it asks for one.
 * @param {WorkerThread<ToWorker, FromWorker>} worker
 * @param {string} script
 * @returns {WorkerThread<ToWorker, FromWorker>}
 */
export function withRelay(worker, script) {
  /** @type {WorkerThread<ToWorker, FromWorker> | null} */
  let inflater = null;
  // What the worker had sent may still arrive when it is ended.
  let isOver = false;
  const end = () => {
    inflater?.end();
    inflater = null;
  };
  /** @param {number} id */
  const start = (id) => {
    /** @type {WorkerThread<ToWorker, FromWorker>} */
    const started = startScript(script);
    started.listen((message) => worker.post({ type: 'relayed', id, message }, buffersOf(message)));
    started.fail((error) => worker.post({ type: 'relayed', id, error: toPlain(error) }));
    return started;
  };
  /** @param {Relay} relay */
  const pass = ({ id, message }) => {
    if (!message || isOver) return end();
    try {
      inflater ??= start(id);
      inflater.post(message, buffersOf(message));
    } catch (error) {
      worker.post({ type: 'relayed', id, error: toPlain(error) });
    }
    if (message.type === 'inflate') message.key.fill(0);
  };
  return {
    ...worker,
    listen: (receive) => worker.listen((message) => (message.type === 'relay' ? pass(message) : receive(message))),
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

  /** @param {(message: FromWorker, transfer?: ArrayBuffer[]) => void} send to the page */
  constructor(send) {
    const id = this.#id;
    this.thread = {
      post: (message) => send({ type: 'relay', id, message }, buffersOf(message)),
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
