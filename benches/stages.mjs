/**
 * Measures in Node what each stage of a run costs, for schedule.mjs: `node benches/stages.mjs FOLDER` prints its Costs
 * as JSON, except for what only whole runs tell (`start.run`, `start.beside`, `slowdown`). It is a process of its own,
 * so that nothing is optimised yet when it starts, as in a run. `node benches/stages.mjs FOLDER inflate` prints the
 * inflater's milliseconds for a MiB only.
 */

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { compiledModule } from '../pkg/core/init.js';
import { startWorker } from '../pkg/core/worker-thread.js';
import { folderFiles, folderSink } from '../pkg/node/folder.js';
import { init, openDrop, PrivateKey } from '../pkg/slim.js';
import { Decryptor, initSync } from '../pkg/wasm/mgdc_decrypt.js';
import { KEY } from '../tests/js/make-drop.mjs';
import { FILE_KEY } from './data.mjs';
import { median } from './markdown.mjs';

const MIB = 2 ** 20;
const PIECE = MIB / 2;
const [key, iv] = [FILE_KEY.key, FILE_KEY.iv].map((hex) => Buffer.from(hex, 'hex'));
const keyAndIv = Buffer.concat([key, iv]);
/** The same as a worker gets it: entry 0. A copy, because the worker wipes it. */
const keys = () => ({ bytes: new Uint8Array(Buffer.concat([Buffer.alloc(4), keyAndIv])), isPartlyLocked: false });

const OPTIONS = { compression: 'auto', decompress: true, outputLimit: undefined, sha256: false };

const [folder, only] = process.argv.slice(2);
await init();
const { memory } = initSync({ module: compiledModule() });
const encrypted = readFileSync(join(folder, 'stages/Data/part-00000.json'));
const out = join(folder, `stages-out-${process.pid}`);
mkdirSync(out);
try {
  console.log(JSON.stringify(only ? { inflate: (await inflating()).inflate } : await measure()));
} finally {
  rmSync(out, { recursive: true });
}

async function measure() {
  const { list, main } = await mainThread(); // first, because a run is not warmed up, either
  const { warm, ratio, mib, ...stages } = await inflating();
  const perMiB = {
    read: (await times(reading)) / mib,
    decrypt: (await times(decrypting)) / mib,
    ...stages,
  };
  const file = { list, main, beside: await making() };
  const small = { ...file, lane: await smallInLane() };
  return { perMiB, ratio, small, file, start: { warm, worker: await startingWorker() } };
}

/** What the main thread does for each file of a run with small ones: to list it, and then. */
async function mainThread() {
  const key = await PrivateKey.import(readFileSync(KEY));
  let loop = performance.eventLoopUtilization();
  const drop = await openDrop(await folderFiles(join(folder, 'small')));
  const listing = performance.eventLoopUtilization(loop).active;
  await drop.unlock(key);
  loop = performance.eventLoopUtilization();
  const { files } = await drop.decrypt(await folderSink(join(out, 'main')));
  const failed = files.find(({ outcome }) => outcome === 'failed');
  if (failed || files.length === 0) throw new Error(`stages: ${JSON.stringify(failed)}`);
  const running = performance.eventLoopUtilization(loop).active;
  drop.dispose();
  return { list: listing / files.length, main: running / files.length };
}

/** Milliseconds; the first of five is warming up. */
async function times(action) {
  const list = [];
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now();
    await action();
    list.push(performance.now() - start);
  }
  return median(list.slice(1));
}

async function reading() {
  const file = await open(join(folder, 'stages/Data/part-00000.json'));
  const buffer = new Uint8Array(PIECE);
  for (let at = 0; at < encrypted.length; at += PIECE) await file.read(buffer, 0, PIECE, at);
  await file.close();
}

// As pkg/worker/engines.js does it.
async function decrypting() {
  const aes = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['encrypt', 'decrypt']);
  const padded = new Uint8Array(PIECE + 16);
  for (let at = 0; at + PIECE < encrypted.length; at += PIECE) {
    padded.set(encrypted.subarray(at, at + PIECE));
    const lastBlock = padded.slice(PIECE - 16, PIECE);
    padded.set(
      new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv: lastBlock }, aes, new Uint8Array())),
      PIECE,
    );
    await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, aes, padded);
  }
}

/**
 * The inflater alone, the checksum as what gzip takes longer than the same data without header and trailer, writing.
 */
async function inflating() {
  const gzip = decrypted(encrypted);
  const raw = encrypt(gzip.subarray(10, -8));
  const asGzip = { data: encrypted, pieces: piecesOf(encrypted, gzip), compression: 'gzip' };
  const asRaw = { data: raw, pieces: piecesOf(raw, gzip.subarray(10, -8)), compression: 'deflate' };
  const first = inflate(asGzip);
  const rounds = Array.from({ length: 4 }, () => ({ gzip: inflate(asGzip), raw: inflate(asRaw) }));
  const mib = first.bytes / MIB;
  const whole = median(rounds.map(({ gzip }) => gzip.ms));
  const plain = Math.min(whole, median(rounds.map(({ raw }) => raw.ms)));
  return {
    mib,
    ratio: first.bytes / encrypted.length,
    inflate: plain / mib,
    checksum: (whole - plain) / mib,
    write: median(rounds.map(({ gzip }) => gzip.writing)) / mib,
    warm: Math.max(0, first.ms - whole),
  };
}

function inflate({ data, pieces, compression }) {
  const file = openSync(join(out, 'plaintext'), 'w');
  const decryptor = new Decryptor(keyAndIv, compression, false);
  let [bytes, writing] = [0, 0];
  const drain = () => {
    for (let length = decryptor.pull(); length > 0; length = decryptor.pull()) {
      bytes += length;
      const start = performance.now();
      writeSync(file, new Uint8Array(memory.buffer, decryptor.address, length));
      writing += performance.now() - start;
    }
  };
  const start = performance.now();
  for (const { piece, lastBlock } of pieces) {
    if (lastBlock) decryptor.pushDecrypted(piece, lastBlock);
    else decryptor.push(piece);
    drain();
  }
  decryptor.end();
  drain();
  decryptor.finish();
  const ms = performance.now() - start - writing;
  closeSync(file);
  if (bytes === 0 || data.length === 0) throw new Error('nothing was inflated');
  return { ms, writing, bytes };
}

/** What an inflater gets: see pkg/worker/inflater.js. */
function piecesOf(data, plain) {
  const pieces = [];
  for (let at = 0; at < data.length; at += PIECE) {
    const end = at + PIECE;
    if (end >= data.length) pieces.push({ piece: data.subarray(at) });
    else pieces.push({ piece: plain.subarray(at, end), lastBlock: data.subarray(end - 16, end) });
  }
  return pieces;
}

/** Of each file of a batch of 32, in a worker: reading, deciding what it is, decrypting, inflating. */
async function smallInLane() {
  const worker = startWorker();
  worker.post({ type: 'start', module: compiledModule() });
  const path = join(folder, 'small/Data/part-00000.json');
  const { size, mtimeMs } = statSync(path);
  const source = { path, size, modified: mtimeMs };
  const files = Array(32).fill({ source, entry: 0 });
  const ms = await times(() => answerOf(worker, { type: 'batch', files, keys: keys(), ...OPTIONS }));
  worker.end();
  return ms / files.length;
}

async function startingWorker() {
  return times(async () => {
    const worker = startWorker();
    worker.post({ type: 'start', module: compiledModule() });
    await answerOf(worker, { type: 'batch', files: [], keys: keys(), ...OPTIONS });
    worker.end();
  });
}

function answerOf(worker, message) {
  return new Promise((resolve, reject) => {
    worker.fail(reject);
    worker.listen((answer) => {
      const failed = answer.error ?? answer.results?.find(({ kind }) => kind !== 'whole');
      if (failed) reject(new Error(`stages: ${JSON.stringify(failed)}`));
      else resolve(answer);
    });
    worker.post(message);
  });
}

/** What threads besides the main thread do for each file of 2 KiB that the command line's sink makes. */
async function making() {
  const content = new Uint8Array(2048);
  const sink = await folderSink(join(out, 'small'));
  let round = 0;
  const batch = async () => {
    round += 1;
    const names = Array.from({ length: 256 }, (_, index) => `${round}-${index}`);
    for (let at = 0; at < names.length; at += 32)
      await Promise.all(
        names.slice(at, at + 32).map(async (name) => {
          const writer = (await sink.open(name)).getWriter();
          await writer.write(content);
          await writer.close();
        }),
      );
    return names.length;
  };
  await batch();
  const [cpu, loop] = [process.cpuUsage(), performance.eventLoopUtilization()];
  const made = (await batch()) + (await batch());
  const { user, system } = process.cpuUsage(cpu);
  const main = performance.eventLoopUtilization(loop).active / made;
  return Math.max(0, (user + system) / 1000 / made - main);
}

function encrypt(plain) {
  const aes = createCipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([aes.update(plain), aes.final()]);
}

function decrypted(data) {
  const aes = createDecipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([aes.update(data), aes.final()]);
}
