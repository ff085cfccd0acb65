/**
 * The worker: decrypts or copies one file at a time, or inflates for another worker. The build bundles it
 * into a script, with main.js, convert/worker.js or salvage/worker.js, so that it can be started from a blob URL and
 * inherits the page's content security policy. Its messages are described in protocol.js.
 */

import { aborted, toPlain } from '../core/errors.js';
import { Decryptor, initSync, KeySet, Unwrapper } from '../wasm/mgdc_decrypt.js';
import { decryptBatch } from './batch.js';
import { copyInto } from './copy-into.js';
import { decryptedPieces, decryptInto, readPieces } from './engines.js';
import { digest, hasher } from './hasher.js';
import { Inflater, Inflating } from './inflater.js';
import { PlaintextWriter } from './plaintext-writer.js';
import { RelayedInflater } from './relay.js';
import { judge, kindOfKey } from './small-file.js';
import { openSource, PIECE, reasonFor } from './source.js';
import { Stages } from './stages.js';
import { startInflater } from './start-inflater.js';

/**
 * @import { MakeDecryptor } from './engines.js'
 * @import { Post } from './output-places.js'
 * @import { Batch, Destination, Done, FromWorker, Inflate, Job, ToWorker } from './protocol.js'
 * @import { More, SalvageJob, Salvager } from './more.js'
 * @import { Reader } from './source.js'
 */

/**
 * @template {ToWorker['type']} Type
 * @typedef {Extract<ToWorker, { type: Type }>} Message
 */

/** Milliseconds between two reports of progress. */
const PROGRESS = 50;

/** @type {MakeDecryptor} */
const makeDecryptor = (...options) => new Decryptor(...options);

/** @type {WebAssembly.Memory} */
let memory;
/** Holds the private key, in a worker that does nothing else: see drop/try-key.js. @type {Unwrapper} */
let unwrapper;

/** @typedef {Pick<PlaintextWriter, keyof PlaintextWriter>} CurrentWriter */

/**
 * Starts to take messages, as the script of a worker.
 * @param {More} [more]
 */
export function serve(more) {
  const node = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  const port = /** @type {MessagePort} */ (/** @type {unknown} */ (node?.parentPort ?? globalThis));
  const jobs = new Jobs((message, transfer = []) => port.postMessage(message, transfer), more);
  if (node) node.parentPort?.on('message', (message) => jobs.receive(message));
  else port.onmessage = ({ data }) => jobs.receive(data);
}

/**
 * Does the work of one worker. It has its state, because several work side by side where no worker can be started: see
 * in-place.js.
 */
export class Jobs {
  #send;
  #converters;
  #salvager;
  /** Of the job that is under way. It holds plaintext. @type {CurrentWriter | undefined} */
  #writer;
  /** @type {(file: Destination | null) => void} */
  #opened = () => {};
  #ended = false;
  /** @type {Message<'start'> | undefined} */
  #start;
  /** Of this worker. @type {Inflater | null} */
  #inflater = null;
  /** The same, if the page has started it. @type {RelayedInflater | undefined} */
  #relayed;
  /** If this is the inflater of another one. @type {Inflating | undefined} */
  #inflating;

  /**
   * @param {(message: FromWorker, transfer?: Transferable[]) => void} send
   * @param {More} [more]
   */
  constructor(send, { convert, salvage } = {}) {
    this.#send = send;
    this.#converters = convert;
    this.#salvager = salvage;
  }

  /** @param {ToWorker} message */
  receive(message) {
    /** @type {(message: ToWorker) => unknown} */ (this.#receivers[message.type])(message);
  }

  /** Ends the job that is under way: in a worker of its own it would end with that. */
  end() {
    this.#ended = true;
    this.#opened(null);
    this.#writer?.credit(undefined); // whoever waits for one
  }

  /** @type {{ [Type in ToWorker['type']]: (message: Message<Type>) => unknown }} */
  #receivers = {
    start: (message) => {
      this.#start = message;
      memory = initSync({ module: message.module }).memory;
      if (message.second) this.#salvager?.start(message.second);
    },
    prepare: () => {
      try {
        this.#help();
      } catch {} // the job that needs it tells why
    },
    job: (message) => this.#run(message).catch((error) => this.#fail(error)),
    batch: (message) => this.#runBatch(message).catch((error) => this.#fail(error)),
    inflate: (message) => this.#inflate(message).catch((error) => this.#fail(error)),
    ciphertext: (message) => this.#inflating?.take(message),
    relayed: (message) => this.#relayed?.take(message),
    'output-file': ({ file }) => this.#opened(file),
    credit: ({ buffer }) => this.#writer?.credit(buffer), // the last ones come when the job is over
    key: ({ parts }) => this.#attempt(() => takeKey(parts)),
    unwrap: ({ piece }) =>
      this.#attempt(() => {
        const results = unwrapper.unwrap(piece);
        this.#send({ type: 'unwrapped', results }, [/** @type {ArrayBuffer} */ (results.buffer)]);
      }),
  };

  /** @param {() => void} use */
  #attempt(use) {
    try {
      use();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#send({ type: 'failed', error: toPlain(error) });
  }

  /**
   * `key`: 48 bytes, or null to copy.
   * @param {Job} job
   */
  async #run({ source: from, key, repair, isShared, sha256, convert, salvage, ...options }) {
    const plain = new PlaintextWriter(
      () => this.#ask(),
      (...piece) => this.#post(...piece),
      sha256 ? hasher(memory) : null,
    );
    const converting = convert ? this.#converters?.writer(plain, convert) : undefined;
    const writer = converting ?? plain;
    this.#writer = writer;
    const telling = setInterval(() => this.#tell(writer), PROGRESS);
    /** @type {Reader | undefined} */
    let source;
    const stages = new Stages();
    try {
      if (salvage && key && this.#salvager) {
        this.#send(await salvaged(this.#salvager, writer, { source: from, key, repair, ...options }));
        return;
      }
      source = await openSource(from);
      const summary = key
        ? await this.#decrypt(writer, source, { key, repair, isShared, ...options }, stages)
        : await copyInto(writer, source);
      await source.check();
      const hash = await writer.finish();
      const { read, written } = writer;
      const { times } = stages;
      this.#send({
        type: 'done',
        summary,
        sha256: hash,
        read,
        written,
        stages: times,
        conversion: converting?.conversion,
      });
    } catch (error) {
      await writer.abort();
      throw await reasonFor(from, error);
    } finally {
      clearInterval(telling);
      this.#writer = undefined; // the worker may wait for a minute
      key?.fill(0);
      source?.close();
    }
  }

  /**
   * @param {CurrentWriter} writer
   * @param {Reader} source
   * @param {Omit<Inflate, 'type'> & Pick<Job, 'isShared'>} job
   * @param {Stages} stages
   */
  async #decrypt(writer, source, { isShared, ...job }, stages) {
    const { key, repair, compression, decompress, outputLimit } = job;
    const inflater = isShared ? this.#help() : null;
    if (!inflater) {
      const decryptor = makeDecryptor(key, compression, !decompress, outputLimit, repair);
      const pieces = readPieces(source, key, PIECE, repair);
      return decryptInto(writer, pieces, decryptor, memory, { mayGrow: source.growsMemory, stages });
    }
    try {
      const pieces = decryptedPieces(source, key, PIECE, makeDecryptor, memory, repair);
      return await inflater.run(writer, pieces, job, stages);
    } catch (error) {
      // It may still be at work on this file.
      inflater.end();
      this.#inflater = null;
      throw error;
    }
  }

  /** The inflater of this worker. */
  #help() {
    const { script, module } = /** @type {Message<'start'>} */ (this.#start);
    this.#inflater ??= new Inflater(script ? startInflater(script, module) : this.#relay());
    return this.#inflater;
  }

  #relay() {
    this.#relayed = new RelayedInflater(this.#send);
    return this.#relayed.thread;
  }

  /** @param {Inflate} message */
  async #inflate(message) {
    const more = () => this.#send({ type: 'more' });
    this.#inflating = new Inflating((...piece) => this.#post(...piece), more);
    this.#writer = this.#inflating.writer;
    try {
      this.#send(await this.#inflating.run(message, makeDecryptor, memory));
    } finally {
      this.#writer = this.#inflating = undefined;
    }
  }

  /** @param {Batch} message */
  async #runBatch({ keys: { bytes, isPartlyLocked }, sha256, ...batch }) {
    const keys = new KeySet(bytes, isPartlyLocked);
    bytes.fill(0);
    /** @param {Uint8Array} data */
    const digestOf = (data) => digest(hasher(memory), data);
    const hash = sha256 ? digestOf : null;
    const { convert } = batch;
    const converters = this.#converters;
    try {
      const results = await decryptBatch(batch, keys, {
        convert: convert && converters ? (opened) => converters.whole(opened, convert) : null,
        judge: (of, data) => judge(of, data, batch),
        kindOfKey,
        makeDecryptor,
        hash,
        memory,
      });
      this.#send(
        { type: 'batched', results },
        results.flatMap((result) => (result.kind === 'whole' ? [result.bytes.buffer] : [])),
      );
    } finally {
      keys.free();
    }
  }

  /** @returns {Promise<Destination | null>} */
  #ask() {
    this.#goOn();
    this.#send({ type: 'open', isConverting: this.#writer?.isConverting ?? false });
    return new Promise((resolve) => {
      this.#opened = resolve;
    });
  }

  /** @type {Post} */
  #post(buffer, length, { read }) {
    this.#goOn();
    this.#send({ type: 'piece', buffer, length, read }, [buffer]);
  }

  /** @param {Pick<PlaintextWriter, keyof PlaintextWriter>} writer */
  #tell({ read, written }) {
    this.#send({ type: 'progress', read, written });
  }

  #goOn() {
    if (this.#ended) throw aborted(undefined);
  }
}

/** @param {Uint8Array} parts */
function takeKey(parts) {
  try {
    unwrapper = new Unwrapper(parts);
  } finally {
    parts.fill(0);
  }
}

/**
 * @param {Salvager} salvager
 * @param {CurrentWriter & Pick<PlaintextWriter, 'finish'>} writer
 * @param {SalvageJob} job
 * @returns {Promise<Done>}
 */
async function salvaged(salvager, writer, job) {
  const salvage = await salvager.into(writer, job);
  const { rows, bytes, compression } = salvage;
  const sha256 = rows > 0 ? await writer.finish() : undefined;
  const { read, written } = writer;
  const summary = { compression: compression ?? 'none', bytesIn: 0, bytesOut: bytes, verified: null, warnings: [] };
  return { type: 'done', summary, salvage, sha256, read, written };
}
