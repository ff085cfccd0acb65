/**
 * The worker: decrypts or copies one file at a time, or reads and decrypts for another worker. Bundled into one script
 * at build, so that it can be started from a blob URL, which inherits the page's policy.
 * What it is told and what it answers stands in protocol.js.
 */

import { endsOf } from '../core/ends.js';
import { toPlain } from '../core/errors.js';
import { Decryptor, initSync, KeySet, looksLikeKey, Sha256, Unwrapper } from '../wasm/mgdc_decrypt.js';
import { decryptBatch } from './batch.js';
import { decryptInto, readPieces } from './engines.js';
import { fedPieces, feed } from './feeder.js';
import { PlaintextWriter } from './plaintext-writer.js';
import { openSource, PIECE } from './source.js';

/** Milliseconds between two words of progress. */
const PROGRESS = 50;

const node = globalThis.process?.getBuiltinModule?.('node:worker_threads');
const port = node?.parentPort ?? globalThis;
const listen = (receive) => (node ? port.on('message', receive) : (port.onmessage = (event) => receive(event.data)));
const makeDecryptor = (...options) => new Decryptor(...options);

let memory;
let writer;
let opened;
/** Holds the private key, in a worker that does nothing else: see drop/unlock.js. */
let unwrapper;

const receivers = {
  start: ({ module }) => (memory = initSync({ module }).memory),
  job: (message) => run(message).catch((error) => port.postMessage({ type: 'failed', error: toPlain(error) })),
  batch: (message) => runBatch(message).catch((error) => port.postMessage({ type: 'failed', error: toPlain(error) })),
  feed: (message) => feed(message, openSource(message.source), PIECE, makeDecryptor, memory),
  'output-file': ({ file }) => opened(file),
  credit: ({ buffer }) => writer.credit(buffer),
  key: ({ parts }) => attempt(() => takeKey(parts)),
  unwrap: ({ piece }) => attempt(() => unwrap(piece)),
};

listen((message) => receivers[message.type](message));

/** `key`: 48 bytes, or null to copy. `fed`: a port on which another worker sends the pieces. */
async function run({ source: from, key, repair, fed, sha256, ...options }) {
  writer = new PlaintextWriter(ask, post, sha256 ? hasher() : null);
  const telling = setInterval(tell, PROGRESS, writer);
  let source;
  try {
    source = fed ? null : await openSource(from);
    const summary = key ? await decrypt(source, key, repair, fed, options) : await copyInto(writer, source);
    await source?.check();
    const hash = await writer.finish();
    port.postMessage({ type: 'done', summary, sha256: hash, read: writer.read, written: writer.written });
  } catch (error) {
    await writer.abort();
    throw error;
  } finally {
    clearInterval(telling);
    key?.fill(0);
    source?.close();
  }
}

function decrypt(source, key, repair, fed, { compression, decompress, outputLimit }) {
  const pieces = fed ? fedPieces(fed) : readPieces(source, key, PIECE, repair);
  return decryptInto(writer, pieces, makeDecryptor(key, compression, !decompress, outputLimit, repair), memory);
}

async function runBatch({ keys: { bytes, isPartlyLocked }, sha256, ...batch }) {
  const keys = new KeySet(bytes, isPartlyLocked);
  bytes.fill(0);
  const hash = sha256 ? (data) => digest(hasher(), data) : null;
  try {
    const results = await decryptBatch(batch, keys, {
      judge: (...file) => judge(...file, batch),
      kindOfKey,
      makeDecryptor,
      hash,
      memory,
    });
    port.postMessage(
      { type: 'batched', results },
      results.flatMap(({ bytes }) => (bytes ? [bytes.buffer] : [])),
    );
  } finally {
    keys.free();
  }
}

function takeKey(parts) {
  try {
    unwrapper = new Unwrapper(parts);
  } finally {
    parts.fill(0);
  }
}

function unwrap(piece) {
  const results = unwrapper.unwrap(piece);
  port.postMessage({ type: 'unwrapped', results }, [results.buffer]);
}

function attempt(use) {
  try {
    use();
  } catch (error) {
    port.postMessage({ type: 'failed', error: toPlain(error) });
  }
}

function judge(keys, data, { compression, decompress }) {
  const { size, head, tail } = endsOf(data);
  return keys.judge(size, head, tail, compression, !decompress);
}

/** As drop-keys.js asks; null where it does not count in a drop. */
function kindOfKey(path, data) {
  const kind = looksLikeKey(path, data, data.length, !path.includes('/'));
  return kind === undefined || kind === 'near-key' ? null : kind;
}

function digest(hash, data) {
  hash.update(data);
  return hash.digest();
}

async function copyInto(writer, source) {
  let buffer;
  while (source.at < source.size) {
    const piece = await source.next(PIECE, buffer);
    writer.read += piece.length;
    writer.hash(piece);
    await writer.write(piece);
    buffer = piece.buffer;
  }
  return { compression: 'none', bytesIn: source.size, bytesOut: writer.written, verified: null, warnings: [] };
}

function ask() {
  port.postMessage({ type: 'open' });
  return new Promise((resolve) => (opened = resolve));
}

function post(buffer, length, { read }) {
  port.postMessage({ type: 'piece', buffer, length, read }, [buffer]);
}

function tell({ read, written }) {
  port.postMessage({ type: 'progress', read, written });
}

/** Node's is native; WebCrypto's takes no pieces. */
function hasher() {
  const crypto = globalThis.process?.getBuiltinModule?.('node:crypto');
  if (!crypto) {
    const hash = new Sha256();
    // The binding makes room first, which takes a view of the module's memory away when that has to grow.
    return {
      update: (bytes) => hash.update(bytes.buffer === memory.buffer ? bytes.slice() : bytes),
      digest: () => hash.digest(),
    };
  }
  const hash = crypto.createHash('sha256');
  return { update: (bytes) => hash.update(bytes), digest: () => hash.digest('hex') };
}
