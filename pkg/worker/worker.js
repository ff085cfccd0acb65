/**
 * The worker: decrypts or copies one file at a time, or reads and decrypts for another worker. The build bundles it
 * into a script, with main.js, convert/worker.js or salvage/worker.js, so that it can be started from a blob URL and
 * inherits the page's content security policy. Its messages are described in protocol.js.
 */

import { endsOf } from '../core/ends.js';
import { toPlain } from '../core/errors.js';
import { Decryptor, initSync, KeySet, looksLikeKey, Sha256, Unwrapper } from '../wasm/mgdc_decrypt.js';
import { decryptBatch } from './batch.js';
import { decryptInto, readPieces } from './engines.js';
import { fedPieces, feed } from './feeder.js';
import { PlaintextWriter } from './plaintext-writer.js';
import { openSource, PIECE, reasonFor } from './source.js';

/**
 * @import { Verdict } from '../core/ends.js'
 * @import { DecryptionSummary, Repair } from '../index.js'
 * @import { MakeDecryptor } from './engines.js'
 * @import { Post } from './output-places.js'
 * @import { Hash } from './plaintext-writer.js'
 * @import { Batch, ConversionOutcome, ConvertJob, Destination, FromWorker, Job, JobOptions, ToWorker } from './protocol.js'
 * @import { SalvageSummary, Source, WholeFile } from './protocol.js'
 * @import { Reader } from './source.js'
 */

/** A PlaintextWriter that converts. @typedef {PlaintextWriter & { conversion: ConversionOutcome }} ConvertingWriter */
/**
 * `whole`: converts a small file; null if it has to be converted in pieces.
 *
 * @typedef {object} Converters
 * @property {(writer: PlaintextWriter, job: ConvertJob) => Pick<ConvertingWriter, keyof ConvertingWriter>} writer
 * @property {(opened: WholeFile, job: ConvertJob) => WholeFile | null} whole
 */
/**
 * A damaged file. @typedef {{ source: Source, key: Uint8Array<ArrayBuffer>, repair: Repair | null | undefined } &
 * Pick<JobOptions, 'compression' | 'outputLimit'>} SalvageJob
 */
/**
 * What salvages: see salvage/salvage-into.js.
 *
 * @typedef {object} Salvager
 * @property {(module: WebAssembly.Module) => void} start
 * @property {(writer: Pick<PlaintextWriter, keyof PlaintextWriter>, job: SalvageJob) => Promise<SalvageSummary>} into
 */

/**
 * @template {ToWorker['type']} Type
 * @typedef {Extract<ToWorker, { type: Type }>} Message
 */

/** Milliseconds between two reports of progress. */
const PROGRESS = 50;

const node = globalThis.process?.getBuiltinModule?.('node:worker_threads');
const port = /** @type {MessagePort} */ (/** @type {unknown} */ (node?.parentPort ?? globalThis));
/** @type {(message: FromWorker, transfer?: ArrayBuffer[]) => void} */
const send = (message, transfer = []) => port.postMessage(message, transfer);
/** @type {MakeDecryptor} */
const makeDecryptor = (...options) => new Decryptor(...options);

/** @type {WebAssembly.Memory} */
let memory;
/** @type {Pick<PlaintextWriter, keyof PlaintextWriter>} */
let writer;
/** @type {Converters | undefined} */
let converters;
/** @type {Salvager | undefined} */
let salvager;
/** @type {(file: Destination | null) => void} */
let opened;
/** Holds the private key, in a worker that does nothing else: see drop/try-key.js. @type {Unwrapper} */
let unwrapper;

/** @type {{ [Type in ToWorker['type']]: (message: Message<Type>) => unknown }} */
const receivers = {
  start: ({ module, second }) => {
    memory = initSync({ module }).memory;
    if (second) salvager?.start(second);
  },
  job: (message) => run(message).catch((error) => send({ type: 'failed', error: toPlain(error) })),
  batch: (message) => runBatch(message).catch((error) => send({ type: 'failed', error: toPlain(error) })),
  feed: (message) => feed(message, openSource(message.source), PIECE, makeDecryptor, memory),
  'output-file': ({ file }) => opened(file),
  credit: ({ buffer }) => writer.credit(buffer),
  key: ({ parts }) => attempt(() => takeKey(parts)),
  unwrap: ({ piece }) => attempt(() => unwrap(piece)),
};

/** @param {ToWorker} message */
function receive(message) {
  /** @type {(message: ToWorker) => unknown} */ (receivers[message.type])(message);
}

/**
 * Starts to take messages. `convert` and `salvage`: what a worker needs for jobs that do so.
 * @param {{ convert?: Converters, salvage?: Salvager }} [more]
 */
export function serve({ convert, salvage } = {}) {
  converters = convert;
  salvager = salvage;
  if (node) node.parentPort?.on('message', receive);
  else port.onmessage = ({ data }) => receive(data);
}

/**
 * `key`: 48 bytes, or null to copy. `fed`: a port on which another worker sends the pieces.
 * @param {Job} job
 */
async function run({ source: from, key, repair, fed, sha256, convert, salvage, ...options }) {
  const plain = new PlaintextWriter(ask, post, sha256 ? hasher() : null);
  const converting = convert ? converters?.writer(plain, convert) : undefined;
  writer = converting ?? plain;
  const telling = setInterval(tell, PROGRESS, writer);
  /** @type {Reader | null | undefined} */
  let source;
  try {
    if (salvage && key && salvager) {
      const found = await salvager.into(writer, { source: from, key, repair, ...options });
      const { rows, bytes, compression } = found;
      const hash = rows > 0 ? await writer.finish() : undefined;
      const summary = { compression: compression ?? 'none', bytesIn: 0, bytesOut: bytes, verified: null, warnings: [] };
      send({ type: 'done', summary, salvage: found, sha256: hash, read: writer.read, written: writer.written });
      return;
    }
    source = fed ? null : await openSource(from);
    const reader = /** @type {Reader} */ (source);
    const summary = key ? await decrypt(reader, key, repair, fed, options) : await copyInto(writer, reader);
    await source?.check();
    const hash = await writer.finish();
    const { read, written } = writer;
    send({ type: 'done', summary, sha256: hash, read, written, conversion: converting?.conversion });
  } catch (error) {
    await writer.abort();
    throw await reasonFor(from, error);
  } finally {
    clearInterval(telling);
    key?.fill(0);
    source?.close();
  }
}

/**
 * @param {Reader} source
 * @param {Uint8Array<ArrayBuffer>} key
 * @param {Repair | null | undefined} repair
 * @param {MessagePort | null} fed
 * @param {Omit<JobOptions, 'sha256'>} options
 */
function decrypt(source, key, repair, fed, { compression, decompress, outputLimit }) {
  const pieces = fed ? fedPieces(fed) : readPieces(source, key, PIECE, repair);
  const decryptor = makeDecryptor(key, compression, !decompress, outputLimit, repair);
  return decryptInto(writer, pieces, decryptor, memory, !fed && source.growsMemory);
}

/** @param {Batch} message */
async function runBatch({ keys: { bytes, isPartlyLocked }, sha256, ...batch }) {
  const keys = new KeySet(bytes, isPartlyLocked);
  bytes.fill(0);
  /** @param {Uint8Array} data */
  const digestOf = (data) => digest(hasher(), data);
  const hash = sha256 ? digestOf : null;
  const { convert } = batch;
  try {
    const results = await decryptBatch(batch, keys, {
      convert: convert && converters ? (opened) => /** @type {Converters} */ (converters).whole(opened, convert) : null,
      judge: (of, data) => judge(of, data, batch),
      kindOfKey,
      makeDecryptor,
      hash,
      memory,
    });
    send(
      { type: 'batched', results },
      results.flatMap((result) => (result.kind === 'whole' ? [result.bytes.buffer] : [])),
    );
  } finally {
    keys.free();
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

/** @param {Uint8Array} piece */
function unwrap(piece) {
  const results = unwrapper.unwrap(piece);
  send({ type: 'unwrapped', results }, [/** @type {ArrayBuffer} */ (results.buffer)]);
}

/** @param {() => void} use */
function attempt(use) {
  try {
    use();
  } catch (error) {
    send({ type: 'failed', error: toPlain(error) });
  }
}

/**
 * @param {KeySet} keys
 * @param {Uint8Array} data
 * @param {Pick<JobOptions, 'compression' | 'decompress'>} options
 * @returns {Verdict}
 */
function judge(keys, data, { compression, decompress }) {
  const { size, head, tail } = endsOf(data);
  return keys.judge(size, head, tail, compression, !decompress);
}

/**
 * As in drop-keys.js; null if the file does not count as a private key in a drop.
 * @param {string} path
 * @param {Uint8Array} data
 */
function kindOfKey(path, data) {
  const kind = looksLikeKey(path, data, data.length, !path.includes('/'));
  return kind === undefined || kind === 'near-key' ? null : kind;
}

/**
 * @param {Hash} hash
 * @param {Uint8Array} data
 */
function digest(hash, data) {
  hash.update(data);
  return hash.digest();
}

/**
 * @param {Pick<PlaintextWriter, keyof PlaintextWriter>} writer
 * @param {Reader} source
 * @returns {Promise<DecryptionSummary>}
 */
async function copyInto(writer, source) {
  /** @type {ArrayBuffer | undefined} */
  let buffer;
  while (source.at < source.size) {
    const piece = await source.next(PIECE, buffer);
    writer.read += piece.length;
    writer.hash(piece);
    await writer.write(piece);
    buffer = piece.buffer;
  }
  return { compression: 'none', bytesIn: source.size, bytesOut: source.size, verified: null, warnings: [] };
}

/** @returns {Promise<Destination | null>} */
function ask() {
  send({ type: 'open', isConverting: writer.isConverting });
  return new Promise((resolve) => (opened = resolve));
}

/** @type {Post} */
function post(buffer, length, { read }) {
  send({ type: 'piece', buffer, length, read }, [buffer]);
}

/** @param {Pick<PlaintextWriter, keyof PlaintextWriter>} writer */
function tell({ read, written }) {
  send({ type: 'progress', read, written });
}

/**
 * SHA-256 in pieces: native in Node, otherwise in wasm, because WebCrypto can only hash everything at once.
 * @returns {Hash}
 */
function hasher() {
  const crypto = globalThis.process?.getBuiltinModule?.('node:crypto');
  if (!crypto) {
    const hash = new Sha256();
    // The binding allocates memory before it copies the bytes. If that grows the module's memory, views of it are
    // detached, so they are copied first.
    return {
      update: (bytes) => hash.update(bytes.buffer === memory.buffer ? bytes.slice() : bytes),
      digest: () => hash.digest(),
    };
  }
  const hash = crypto.createHash('sha256');
  return { update: (bytes) => hash.update(bytes), digest: () => hash.digest('hex') };
}
