/**
 * A second worker for a big file: it inflates and checks, while the one that has the job reads, decrypts, hashes and
 * writes. One worker cannot do all that in time, because inflating blocks the event loop that delivers the reads; and
 * inflating takes about as long as everything else together.
 */

import { toError, toPlain } from '../core/errors.js';
import { Queue } from '../core/queue.js';
import { decryptInto } from './engines.js';
import { PlaintextWriter } from './plaintext-writer.js';

/**
 * @import { DecryptionSummary } from '../index.js'
 * @import { MakeDecryptor } from './engines.js'
 * @import { FromInflater, Inflate, Piece, ToInflater } from './protocol.js'
 */

/** Pieces that may be on their way to the inflater; each needs a credit. */
const WINDOW = 2;

/**
 * Runs in the worker that has the job: sends `pieces` to the inflater, and writes what comes back.
 * @param {Pick<PlaintextWriter, keyof PlaintextWriter>} writer
 * @param {AsyncIterable<Piece>} pieces
 * @param {MessagePort} port
 * @returns {Promise<DecryptionSummary>}
 */
export async function inflateElsewhere(writer, pieces, port) {
  const credits = new Queue(Array(WINDOW).fill(true));
  /** @type {Queue<Exclude<FromInflater, true>>} */
  const received = new Queue();
  port.onmessage = ({ data }) => (data === true ? credits.put(true) : received.put(data));
  const sending = send(pieces, port, credits).catch((error) => received.put({ error: toPlain(error) }));
  try {
    for (;;) {
      const message = await received.next();
      if (message.error) throw toError(message.error);
      if (message.summary) return message.summary;
      const { buffer, length } = message;
      writer.read = message.read;
      const plaintext = new Uint8Array(buffer, 0, length);
      writer.hash(plaintext);
      const waiting = writer.write(plaintext);
      if (waiting) await waiting;
      port.postMessage({ buffer }, [buffer]);
    }
  } finally {
    credits.put(false);
    await sending;
    port.postMessage(null);
    port.close();
  }
}

/**
 * @param {AsyncIterable<Piece>} pieces
 * @param {MessagePort} port
 * @param {Queue<boolean>} credits
 */
async function send(pieces, port, credits) {
  for await (const { piece, lastBlock } of pieces) {
    if (!(await credits.next())) return; // there is an error
    port.postMessage({ piece, lastBlock }, [piece.buffer]);
  }
  port.postMessage({ done: true });
}

/**
 * Runs in the inflater: decrypts what was left encrypted, inflates, checks, and sends the plaintext back.
 * @param {Inflate} message
 * @param {MakeDecryptor} makeDecryptor
 * @param {WebAssembly.Memory} memory
 */
export async function inflate({ port, key, repair, ...options }, makeDecryptor, memory) {
  /** @type {Queue<ToInflater>} */
  const received = new Queue();
  let isOver = false;
  const writer = new PlaintextWriter(
    async () => null,
    (buffer, length, { read }) => {
      if (isOver) throw new Error('the other worker has given up');
      port.postMessage({ buffer, length, read }, [buffer]);
    },
    null,
  );
  port.onmessage = ({ data }) => {
    if (data === null) isOver = true;
    if (data?.buffer || isOver) writer.credit(data?.buffer);
    if (!data?.buffer) received.put(data);
  };
  try {
    const { compression, decompress, outputLimit } = options;
    const decryptor = makeDecryptor(key, compression, !decompress, outputLimit, repair);
    key.fill(0);
    const summary = await decryptInto(writer, receivedPieces(received, port), decryptor, memory);
    await writer.finish();
    port.postMessage({ summary });
  } catch (error) {
    port.postMessage({ error: toPlain(error) });
  } finally {
    key.fill(0);
  }
}

/**
 * @param {Queue<ToInflater>} received
 * @param {MessagePort} port
 * @returns {AsyncGenerator<Piece, void>}
 */
async function* receivedPieces(received, port) {
  for (;;) {
    const message = await received.next();
    if (message === null) throw new Error('the other worker has given up');
    if (message.done) return;
    yield message;
    port.postMessage(true);
  }
}
