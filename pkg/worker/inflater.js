/**
 * A second worker for a big file: it inflates and checks, while the one that has the job reads, decrypts, hashes and
 * writes. One worker cannot do all that in time, because inflating blocks the event loop that delivers the reads; and
 * inflating takes about as long as everything else together.
 *
 * It belongs to the worker that has the job, and is not a sibling at the other end of a port: there and back, a piece of
 * 1 MiB takes Chromium 156 half the time this way. In Firefox and in Node the page starts it: see relay.js.
 */

import { toError } from '../core/errors.js';
import { countPiece } from '../core/garbage.js';
import { Queue } from '../core/queue.js';
import { decryptInto } from './engines.js';
import { PlaintextWriter } from './plaintext-writer.js';
import { Stages } from './stages.js';

/**
 * @import { WorkerThread } from '../core/start-worker.js'
 * @import { DecryptionSummary } from '../index.js'
 * @import { MakeDecryptor } from './engines.js'
 * @import { Post } from './output-places.js'
 * @import { Ciphertext, Done, FromWorker, Inflate, Piece, ToWorker } from './protocol.js'
 */

/** Pieces that may be on their way to the inflater; each needs a credit. */
const WINDOW = 2;

/** The inflater, for the worker that has the job. */
export class Inflater {
  /** @type {WorkerThread<ToWorker, FromWorker>} */
  #worker;
  /** Why it has no use, if that was found out between two files. @type {Error | null} */
  #failure = null;

  /** @param {WorkerThread<ToWorker, FromWorker>} worker */
  constructor(worker) {
    this.#worker = worker;
    this.#worker.fail((error) => {
      this.#failure ??= error;
    });
  }

  /**
   * Sends `pieces` to the inflater, and writes what comes back. `stages` gets the inflater's times, too. After a failure
   * the inflater must be ended.
   * @param {Pick<PlaintextWriter, keyof PlaintextWriter>} writer
   * @param {AsyncIterable<Piece>} pieces
   * @param {Omit<Inflate, 'type'>} job
   * @param {Stages} stages
   * @returns {Promise<DecryptionSummary>}
   */
  async run(writer, pieces, { key, repair, compression, decompress, outputLimit }, stages) {
    if (this.#failure) throw this.#failure;
    const credits = new Queue(Array(WINDOW).fill(true));
    /** @type {Queue<FromWorker>} */
    const received = new Queue();
    this.#worker.listen((message) => (message.type === 'more' ? credits.put(true) : received.put(message)));
    this.#worker.fail((error) => {
      this.#failure ??= error;
      received.fail(error);
    });
    this.#worker.post({ type: 'inflate', key, repair, compression, decompress, outputLimit });
    const sending = this.#send(pieces, credits).catch((error) => received.fail(error));
    try {
      for (;;) {
        const message = await received.next();
        stages.lap('wait for plaintext');
        if (message.type === 'failed') throw toError(message.error);
        if (message.type === 'done') return finished(message, stages);
        if (message.type !== 'piece') continue;
        const { buffer, length } = message;
        writer.read = message.read;
        const plaintext = new Uint8Array(buffer, 0, length);
        writer.hash(plaintext);
        stages.lap('hash');
        const waiting = writer.write(plaintext);
        if (waiting) await waiting;
        stages.lap('write');
        this.#worker.post({ type: 'credit', buffer }, [buffer]);
      }
    } finally {
      credits.put(false);
      await sending;
    }
  }

  end() {
    this.#worker.end();
  }

  /**
   * @param {AsyncIterable<Piece>} pieces
   * @param {Queue<boolean>} credits
   */
  async #send(pieces, credits) {
    for await (const { piece, lastBlock } of pieces) {
      if (!(await credits.next())) return; // there is an error
      this.#worker.post({ type: 'ciphertext', piece, lastBlock }, [piece.buffer]);
    }
    this.#worker.post({ type: 'ciphertext', piece: null });
  }
}

/**
 * @param {Done} message
 * @param {Stages} stages
 */
function finished({ summary, stages: inflater = {} }, stages) {
  for (const [stage, ms] of Object.entries(inflater)) stages.times[`inflater: ${stage}`] = ms;
  return summary;
}

/** The work of the inflater on one file. */
export class Inflating {
  /** @type {Queue<Ciphertext>} */
  #received = new Queue();
  #more;

  /**
   * `post` sends plaintext, `more` asks for another piece.
   * @param {Post} post
   * @param {() => void} more
   */
  constructor(post, more) {
    this.#more = more;
    this.writer = new PlaintextWriter(async () => null, post, null);
  }

  /** @param {Ciphertext} message */
  take(message) {
    this.#received.put(message);
  }

  /**
   * Decrypts what was left encrypted, inflates, checks, and sends the plaintext.
   * @param {Inflate} job
   * @param {MakeDecryptor} makeDecryptor
   * @param {WebAssembly.Memory} memory
   * @returns {Promise<Done>}
   */
  async run({ key, repair, compression, decompress, outputLimit }, makeDecryptor, memory) {
    const { writer } = this;
    const stages = new Stages();
    const decryptor = makeDecryptor(key, compression, !decompress, outputLimit, repair);
    key.fill(0);
    const summary = await decryptInto(writer, this.#pieces(), decryptor, memory, { stages });
    await writer.finish();
    return { type: 'done', summary, read: writer.read, written: writer.written, stages: stages.times };
  }

  /** @returns {AsyncGenerator<Piece, void>} */
  async *#pieces() {
    for (;;) {
      const { piece, lastBlock } = await this.#received.next();
      if (!piece) return;
      yield { piece, lastBlock };
      this.#more();
      countPiece();
    }
  }
}
