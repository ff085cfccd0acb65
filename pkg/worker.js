/**
 * The worker: decrypts or copies one file at a time. Bundled into one script at build, so that it can be started from a
 * blob URL, which inherits the page's policy.
 *
 * In:  { type: 'start', module }, { type: 'job', … }, { type: 'credit', buffer? }
 * Out: { type: 'piece', buffer, length, read }, { type: 'done', … }, { type: 'failed', error }
 */

import { Decryptor, Sha256, initSync } from './wasm/mgdc_decrypt.js';
import { toPlain } from './errors.js';
import { decryptInto } from './engines.js';
import { openSource } from './source.js';

/** Bytes of a piece, in and out: smaller ones cost time, bigger ones memory (shared/bench.md, section 2). */
const PIECE = 1 << 20;
/** Pieces on their way to the sink; each waits for a credit. */
const WINDOW = 3;

const node = globalThis.process?.getBuiltinModule?.('node:worker_threads');
const port = node?.parentPort ?? globalThis;
const listen = (receive) => (node ? port.on('message', receive) : (port.onmessage = (event) => receive(event.data)));

let credits;

listen((message) => {
  if (message.type === 'start') initSync({ module: message.module });
  else if (message.type === 'credit') credits.give(message.buffer);
  else run(message).catch((error) => port.postMessage({ type: 'failed', error: toPlain(error) }));
});

/** `key`: 48 bytes, or null to copy. */
async function run({ source: from, key, compression, decompress, outputLimit, sha256 }) {
  credits = new Credits();
  let source;
  try {
    source = await openSource(from);
    const output = new Output(sha256 ? hasher() : null);
    const summary = key
      ? await decryptInto(output, source, key, new Decryptor(key, compression, !decompress, outputLimit), PIECE)
      : await copyInto(output, source);
    await source.check();
    output.finish(summary);
  } finally {
    key?.fill(0);
    source?.close();
  }
}

async function copyInto(output, source) {
  for (let at = 0; at < source.size; at += PIECE) {
    const piece = await source.read(at, Math.min(source.size, at + PIECE));
    output.read += piece.length;
    await output.write(piece);
  }
  return { compression: 'none', bytesIn: source.size, bytesOut: output.written, verified: null, warnings: [] };
}

/** Collects plaintext in big pieces and sends them off as credits allow. */
class Output {
  constructor(hash) {
    this.hash = hash;
    this.read = 0;
    this.written = 0;
    this.target = null;
    this.fill = 0;
  }

  /** Calls `pull(target)` until it gives 0. */
  async drain(pull) {
    for (;;) {
      this.target ??= await credits.take();
      const length = pull(this.fill === 0 ? this.target : this.target.subarray(this.fill));
      if (length === 0) return;
      this.advance(length);
    }
  }

  async write(bytes) {
    for (let at = 0; at < bytes.length; ) {
      this.target ??= await credits.take();
      const part = bytes.subarray(at, at + PIECE - this.fill);
      this.target.set(part, this.fill);
      at += part.length;
      this.advance(part.length);
    }
  }

  advance(length) {
    this.hash?.update(this.target.subarray(this.fill, this.fill + length));
    this.fill += length;
    this.written += length;
    if (this.fill === PIECE) this.send('piece');
  }

  finish(summary) {
    this.send('done', { summary, sha256: this.hash?.digest() });
  }

  send(type, more) {
    const buffer = this.target?.buffer ?? null;
    port.postMessage({ type, buffer, length: this.fill, read: this.read, ...more }, buffer ? [buffer] : []);
    this.target = null;
    this.fill = 0;
  }
}

/** Buffers that may be filled: dead ones are collected late, so they go round. */
class Credits {
  #free = Array.from({ length: WINDOW }, () => undefined);
  #waiting = null;

  give(buffer) {
    this.#free.push(buffer);
    this.#waiting?.();
    this.#waiting = null;
  }

  async take() {
    while (this.#free.length === 0) await new Promise((resolve) => (this.#waiting = resolve));
    const buffer = this.#free.pop();
    return new Uint8Array(buffer ?? new ArrayBuffer(PIECE));
  }
}

/** Node's is native; WebCrypto's takes no pieces. */
function hasher() {
  const crypto = globalThis.process?.getBuiltinModule?.('node:crypto');
  if (!crypto) return new Sha256();
  const hash = crypto.createHash('sha256');
  return { update: (bytes) => hash.update(bytes), digest: () => hash.digest('hex') };
}
