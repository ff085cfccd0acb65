/**
 * A second worker for a big file: it reads and decrypts, while the other one inflates and writes. One worker cannot do
 * both at the same time, because inflating blocks the event loop that delivers the reads: the worker waited for input
 * for 457 of 1,614 ms; with a second worker as its feeder, for 50 ms.
 */

import { toError, toPlain } from '../core/errors.js';
import { Queue } from '../core/queue.js';
import { decryptedPieces } from './engines.js';

/**
 * @import { MakeDecryptor } from './engines.js'
 * @import { Fed, Feed, Piece } from './protocol.js'
 * @import { Reader } from './source.js'
 */

/** Pieces that may be in transit: each needs a credit. */
const WINDOW = 2;

/**
 * Runs in the worker that reads: sends the pieces of a source to `port`.
 * @param {Feed} message
 * @param {Promise<Reader>} opening
 * @param {number} size
 * @param {MakeDecryptor} makeDecryptor
 * @param {WebAssembly.Memory} memory
 */
export async function feed({ port, key, repair }, opening, size, makeDecryptor, memory) {
  const credits = new Queue(Array(WINDOW).fill(true));
  port.onmessage = ({ data }) => credits.put(data);
  /** @type {Reader | undefined} */
  let source;
  try {
    source = await opening;
    for await (const { piece, lastBlock } of decryptedPieces(source, key, size, makeDecryptor, memory, repair)) {
      if (!(await credits.next())) return; // the other worker has given up
      port.postMessage({ piece, lastBlock }, [piece.buffer]);
    }
    await source.check();
    port.postMessage({ done: true });
  } catch (error) {
    port.postMessage({ error: toPlain(error) });
  } finally {
    key.fill(0);
    source?.close();
  }
}

/**
 * Runs in the worker that writes: yields the pieces that the other one sends.
 * @param {MessagePort} port
 * @returns {AsyncGenerator<Piece, void>}
 */
export async function* fedPieces(port) {
  /** @type {Queue<Fed>} */
  const received = new Queue();
  port.onmessage = ({ data }) => received.put(data);
  try {
    for (;;) {
      const message = await received.next();
      if (message.error) throw toError(message.error);
      if (message.done) return;
      yield message;
      port.postMessage(true);
    }
  } finally {
    port.postMessage(false);
    port.close();
  }
}
