/** If one file fails, the others go on: damaged files, sinks that fail, files that change, workers that crash. */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, truncateSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { openDrop } from '../../pkg/index.js';
import { folderFiles } from '../../pkg/node/folder.js';
import { counted } from '../../pkg/report/counted.js';
import { Lane } from '../../pkg/run/lane.js';
import { runFiles } from '../../pkg/run/run.js';
import { decryptBatch } from '../../pkg/worker/batch.js';
import { makeDrop } from './make-drop.mjs';
import {
  codes,
  fails,
  lines,
  MemoryDrop,
  MemorySink,
  MIB,
  mixedDrop,
  newKey,
  privateKey,
  sameFiles,
} from './memory-drop.mjs';

/**
 * @import * as contract from '../../pkg/index.js'
 * @import { PlainError } from '../../pkg/core/errors.js'
 * @import { DropFile } from '../../pkg/drop/drop-file.js'
 * @import { DropKeys } from '../../pkg/run/shapes.js'
 * @import { JobOutput } from '../../pkg/run/lane.js'
 * @import { KeySet } from '../../pkg/wasm/mgdc_decrypt.js'
 * @import { Tools } from '../../pkg/worker/batch.js'
 * @import { Batch, Job, WholeFile } from '../../pkg/worker/protocol.js'
 */

const temporary = mkdtempSync(join(tmpdir(), 'mgdc-failures-'));
after(() => rmSync(temporary, { recursive: true }));
const byPath = (report) => Object.fromEntries(report.files.map((result) => [result.path, result]));

test('a damaged file fails alone, and nothing of it is kept', async () => {
  const memory = new MemoryDrop();
  const [key] = memory.keys;
  const gzip = gzipSync(lines(4 * MIB), { level: 1 });
  gzip[gzip.length - 5] ^= 1;
  memory.add('before.json', lines(3 * MIB));
  memory.items.push({ path: 'checksum.json', blob: new Blob([key.encrypt(gzip)]) });
  memory.items.push({ path: 'cut.json', blob: new Blob([key.encrypt(gzip).subarray(0, -16)]) });
  memory.items.push({
    path: 'noise.json',
    blob: new Blob([lines(999)].map((text) => key.encrypt(gzipSync(text)).subarray(0, -1))),
  });
  memory.add('after.json', lines(3 * MIB));
  for (const concurrency of [1, 3]) {
    const sink = new MemorySink();
    const report = await (await memory.open()).decrypt(sink, { concurrency });
    assert.deepEqual(codes(report), {
      'before.json': 'decrypted',
      'checksum.json': 'ERR_CHECKSUM',
      'cut.json': 'ERR_PADDING',
      'noise.json': 'ERR_CIPHERTEXT_LENGTH',
      'after.json': 'decrypted',
    });
    for (const { output, bytes, message } of report.files.filter(({ outcome }) => outcome === 'failed')) {
      assert.deepEqual([output, bytes], [null, 0]);
      assert.match(message ?? '', /.{20}/);
    }
    sameFiles(sink.files, memory.contents);
    assert.deepEqual(sink.aborted, ['checksum.json'], 'the others were told before a byte was written');
    assert.equal(sink.open_.size, 0);
  }
});

test('a file that fails while its output is still being opened leaves nothing open', async () => {
  const memory = new MemoryDrop();
  const gzip = gzipSync(lines(3 * MIB), { level: 1 });
  gzip[gzip.length - 5] ^= 1;
  memory.items.push({ path: 'checksum.json', blob: new Blob([memory.keys[0].encrypt(gzip)]) });
  let failed;
  const over = new Promise((resolve) => (failed = resolve));
  const sink = new MemorySink({ open: () => Promise.race([over, sleep(1500)]) }); // the file fails long before
  const report = await (await memory.open()).decrypt(sink);
  failed?.();
  await sleep(100);
  assert.deepEqual(codes(report), { 'checksum.json': 'ERR_CHECKSUM' });
  assert.deepEqual([sink.open_.size, sink.closed.size], [0, 0]);
});

for (const step of ['open', 'write', 'close']) {
  test(`an output whose ${step} fails is reported, and the others are whole`, async () => {
    const memory = mixedDrop();
    const cause = new Error('disk on fire');
    const bad = ['set/part-0.json', 'set/part-1.json', 'clear.txt', 'empty'];
    for (const concurrency of [1, 4]) {
      const sink = new MemorySink({
        async [step](path) {
          if (!bad.includes(path)) return;
          await sleep(5);
          throw cause;
        },
      });
      const report = await (await memory.open()).decrypt(sink, { concurrency });
      // Nothing is written for an empty file.
      const failed = step === 'write' ? bad.filter((path) => path !== 'empty') : bad;
      const expected = new Map([...memory.contents].filter(([path]) => !failed.includes(path)));
      sameFiles(sink.files, expected);
      assert.equal(report.failed, failed.length);
      for (const path of failed) {
        const { output, bytes, code, message } = byPath(report)[path];
        assert.deepEqual([output, bytes, code], [null, 0, 'ERR_WRITE']);
        assert.match(message, /disk on fire/);
      }
      assert.deepEqual(sink.events.at(-1), ['close']);
    }
  });
}

test('an output that fails while pieces are on their way does not affect the next one', async () => {
  const memory = new MemoryDrop();
  for (let index = 0; index < 8; index += 1)
    memory.add(`part-${index}.json`, Buffer.alloc(6 * MIB, `${index}${index}\n`));
  const written = new Map();
  const sink = new MemorySink({
    async write(path) {
      written.set(path, (written.get(path) ?? 0) + 1);
      if (Number(path[5]) % 2 === 0 && written.get(path) === 2) {
        await sleep(30);
        throw new Error('full');
      }
    },
  });
  const report = await (await memory.open()).decrypt(sink, { concurrency: 1 });
  assert.deepEqual(Object.values(codes(report)), Array(4).fill(['ERR_WRITE', 'decrypted']).flat());
  sameFiles(sink.files, new Map([...memory.contents].filter(([path]) => Number(path[5]) % 2 === 1)));
});

/** As much as a run uses of the keys of a drop in which nothing is unlocked. */
const NO_KEYS = /** @type {DropKeys} */ (
  /** @type {unknown} */ ({
    of: () => undefined,
    all: () => ({ bytes: new Uint8Array(), isPartlyLocked: false }),
    missing: () => null,
  })
);
/** The files as the package itself has them. @param {readonly contract.DropFile[]} files */
const own = (files) => /** @type {DropFile[]} */ (files);

const conclude = (settled) => /** @type {contract.Report} */ (counted(settled.map(({ result }) => result)));

for (const [name, size] of [
  ['in a batch', 100],
  ['by itself', 256 * 1024],
]) {
  test(`an encrypted file without its key is never copied, ${name}`, async () => {
    const drop = await new MemoryDrop().addRaw('a.json', lines(size)).open();
    const sink = new MemorySink();
    const report = await runFiles(own(drop.files).slice(1), NO_KEYS, sink, {}, conclude);
    assert.deepEqual(codes(report), { 'a.json': 'ERR_FILE_KEY_MISSING' });
    assert.equal(sink.events.length, 1, 'only close');
  });
}

for (const [name, size] of [
  ['in a batch', 320],
  ['by itself', 256 * 1024],
]) {
  test(`a file that looks encrypted and has no key is never copied, ${name}: the last guard`, async () => {
    const drop = await openDrop([{ path: 'a.json', blob: new Blob([newKey().encrypt(lines(size))]) }]);
    // As if nothing before had found out.
    const [file] = own(drop.files);
    file.error = null;
    assert.deepEqual([file.role, file.examined, file.keyDetails], ['encrypted', true, null]);
    const sink = new MemorySink();
    const report = await runFiles(own(drop.files), NO_KEYS, sink, {}, conclude);
    assert.deepEqual(codes(report), { 'a.json': 'ERR_FILE_KEY_MISSING' });
    assert.deepEqual(sink.events, [['close']], 'nothing was opened');
  });
}

test('the worker copies no file whose entry is locked', async () => {
  const keys = /** @type {KeySet} */ (/** @type {unknown} */ ({ key: () => undefined }));
  /** @type {Partial<Tools>} */
  const copies = {
    judge: () => assert.fail('it was looked at already'),
    makeDecryptor: () => assert.fail('no key'),
    hash: null,
  };
  const files = [{ source: new Blob([newKey().encrypt(lines(320))]), entry: 0, repair: null }];
  const batch = /** @type {Batch} */ ({ files, compression: 'auto', decompress: true });
  const [result] = await decryptBatch(batch, keys, /** @type {Tools} */ (copies));
  const { error, bytes } = /** @type {Partial<WholeFile> & { error: PlainError }} */ (result);
  assert.deepEqual([error.code, bytes], ['ERR_FILE_KEY_MISSING', undefined]);
});

test('if a worker crashes, its file fails, and the next file gets a new worker', { timeout: 20_000 }, async () => {
  const lane = new Lane();
  // As much of a job as a copy needs.
  const job = /** @type {Job} */ ({ type: 'job', source: new Blob(['content']), key: null });
  // No worker knows such a message.
  const died = lane.run(
    /** @type {Job} */ (/** @type {unknown} */ ({ type: 'unknown' })),
    /** @type {JobOutput} */ ({}),
  );
  await assert.rejects(died, fails('ERR_INTERNAL'));
  let content = '';
  const output = {
    progress: () => {}, // told ten times a second: on a loaded machine, here, too
    open: async () => null,
    /** @param {Uint8Array} bytes */
    write: async (bytes) => void (content += new TextDecoder().decode(bytes)),
  };
  const { summary } = await lane.run(job, /** @type {JobOutput} */ (/** @type {unknown} */ (output)));
  lane.close();
  assert.deepEqual([content, summary.bytesOut], ['content', 7]);
});

test('a full target is ERR_NO_SPACE, an odd throw ERR_WRITE', async () => {
  for (const [thrown, code] of [
    [new DOMException('full', 'QuotaExceededError'), 'ERR_NO_SPACE'],
    ['text', 'ERR_WRITE'],
    [undefined, 'ERR_WRITE'],
    [Object.create(null), 'ERR_WRITE'],
  ]) {
    const sink = { open: () => new WritableStream({ write: () => Promise.reject(thrown) }) };
    const report = await (await new MemoryDrop().add('a.json', lines(100)).open()).decrypt(sink);
    assert.equal(report.files[0].code, code);
  }
  const sync = {
    open() {
      throw new Error('no');
    },
  };
  assert.equal(
    (await (await new MemoryDrop().add('a.json', lines(100)).open()).decrypt(sync)).files[0].code,
    'ERR_WRITE',
  );
});

test('a sink that cannot be closed fails the whole run, and is aborted', async () => {
  const cause = new Error('no central directory');
  const sink = Object.assign(new MemorySink(), { close: () => Promise.reject(cause) });
  const drop = await new MemoryDrop().add('a.json', lines(100)).open();
  await assert.rejects(
    drop.decrypt(sink),
    (/** @type {contract.MgdcDecryptError} */ error) => error.code === 'ERR_WRITE' && error.cause === cause,
  );
  assert.equal(sink.events.at(-1)[0], 'abort');
});

test('anything that is not a sink is a TypeError', async () => {
  const drop = await new MemoryDrop().add('a.json', lines(100)).open();
  for (const wrong of [undefined, null, {}, new WritableStream()])
    await assert.rejects(drop.decrypt(/** @type {contract.Sink} */ (/** @type {unknown} */ (wrong))), TypeError);
});

test('a file that was deleted or changed before its turn is ERR_READ, and the others are whole', async () => {
  const folder = join(temporary, 'changing');
  const made = makeDrop(folder);
  const content = lines(5 * MIB);
  const names = ['gone.json', 'grown.json', 'kept.json', 'shrunk.json'];
  for (const name of names) made.add(name, content);
  const drop = await openDrop(await folderFiles(folder));
  await drop.unlock(privateKey());
  unlinkSync(join(folder, 'gone.json'));
  truncateSync(join(folder, 'shrunk.json'), 2 * MIB);
  writeFileSync(
    join(folder, 'grown.json'),
    Buffer.concat([readFileSync(join(folder, 'grown.json')), Buffer.alloc(16)]),
  );
  const sink = new MemorySink();
  const report = await drop.decrypt(sink);
  assert.deepEqual(codes(report), {
    'gone.json': 'ERR_READ',
    'grown.json': 'ERR_READ',
    'kept.json': 'decrypted',
    'shrunk.json': 'ERR_READ',
  });
  sameFiles(sink.files, new Map([['kept.json', content]]));
  assert.equal(sink.open_.size, 0);
});

test('a file that was written to and has its size still is ERR_READ, whichever way it goes', async () => {
  const folder = join(temporary, 'written');
  const made = makeDrop(folder);
  const sizes = { 'small.json': 100, 'medium.json': MIB, 'big.json': 9 * MIB };
  for (const [name, size] of Object.entries(sizes)) made.add(name, lines(size));
  const items = await folderFiles(folder);
  for (const name of Object.keys(sizes)) utimesSync(join(folder, name), 1000, 1000);
  const drop = await openDrop(items);
  await drop.unlock(privateKey());
  const sink = new MemorySink();
  const report = await drop.decrypt(sink);
  assert.deepEqual(codes(report), { 'small.json': 'ERR_READ', 'medium.json': 'ERR_READ', 'big.json': 'ERR_READ' });
  assert.deepEqual([sink.files.size, sink.open_.size], [0, 0]);
});

test('a file that shrinks while it is read is ERR_READ, and nothing of it is kept', async () => {
  const folder = join(temporary, 'shrinking');
  makeDrop(folder).add('a.json', lines(20 * MIB));
  const path = join(folder, 'a.json');
  const drop = await openDrop(await folderFiles(folder));
  await drop.unlock(privateKey());
  let writes = 0;
  const sink = new MemorySink({ write: () => (writes += 1) === 1 && truncateSync(path, 3 * MIB) });
  assert.deepEqual(codes(await drop.decrypt(sink)), { 'a.json': 'ERR_READ' });
  assert.deepEqual([sink.aborted, sink.files.size], [['a.json'], 0]);
});
