/**
 * Repairs: what a tool did to a ciphertext is undone, for small and big files, alone and in drops, with every engine,
 * and never silently.
 */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DecryptionStream, decrypt, openDrop } from '../../pkg/index.js';
import { folderFiles, folderSink } from '../../pkg/node/folder.js';
import { lines, MemoryDrop, MemorySink, MIB, privateKey, sameFiles, sha256 } from './memory-drop.mjs';

const temporary = mkdtempSync(join(tmpdir(), 'mgdc-repair-'));
after(() => rmSync(temporary, { recursive: true }));

/** By name of the repair: what a tool makes of a ciphertext. */
const TOOLS = {
  base64: (data) => Buffer.from(data.toString('base64')),
  hex: (data) => Buffer.from(data.toString('hex')),
  gzip: (data) => gzipSync(data),
  latin1: (data) => Buffer.from(data.toString('latin1'), 'utf8'),
  'iv-in-front': null,
};
/** A batch takes up to 64 KiB; from 4 MiB on what is no text has a second worker. */
const SIZES = { 'in a batch': 3000, 'by itself': 200_000, 'with two workers': 6 * MIB };

/** A drop with one file, and what it holds. With its IV in front, that is another one than the key details name. */
function damaged(repair, content, memory = new MemoryDrop(), path = 'set/a.json') {
  const [{ encrypt, encryptUnder }] = memory.keys;
  const iv = Buffer.alloc(16, 0xa5);
  const data =
    repair === 'iv-in-front'
      ? Buffer.concat([iv, encryptUnder(iv, gzipSync(content, { level: 1 }))])
      : TOOLS[repair](encrypt(gzipSync(content, { level: 1 })));
  memory.items.push({ path, blob: new Blob([data]) });
  memory.contents.set(path, content);
  return { memory, data };
}

for (const repair of Object.keys(TOOLS)) {
  for (const [name, size] of Object.entries(SIZES)) {
    test(`${repair} is undone, ${name}`, async () => {
      const content = lines(size);
      const { memory, data } = damaged(repair, content);
      memory.add('set/b.json', lines(100));
      const drop = await memory.open();
      const file = drop.files.find(({ path }) => path === 'set/a.json');
      assert.deepEqual([file?.role, file?.keyDetails, file?.repair, file?.error], ['encrypted', 0, repair, null]);
      const sink = new MemorySink();
      let last;
      const report = await drop.decrypt(sink, { sha256: true, onprogress: (progress) => (last = progress) });
      const result = report.files.find(({ path }) => path === 'set/a.json');
      assert.equal(result?.warnings.length, 1, 'it says so');
      const { warnings, ...rest } = result;
      assert.deepEqual(rest, {
        path: 'set/a.json',
        output: 'set/a.json',
        outcome: 'decrypted',
        bytes: content.length,
        verified: 'crc32',
        sha256: sha256(content),
      });
      assert.match(warnings[0], /^[^A-Z].*[^.]$/, 'as other warnings are written');
      sameFiles(sink.files, memory.contents);
      assert.equal(last?.bytesRead, last?.bytesTotal);
      assert.equal(file?.size, data.length);
    });
  }

  test(`${repair} is undone in one call, and in a stream with the option`, async () => {
    const content = lines(300_000);
    const { memory, data } = damaged(repair, content);
    const fileKey = memory.keys[0].fileKey();
    assert.equal(sha256(await decrypt(data, fileKey)), sha256(content));
    for (const size of [data.length, 1000]) {
      const stream = new DecryptionStream(fileKey, { repair });
      const pieces = [];
      for await (const piece of inPieces(data, size).pipeThrough(stream)) pieces.push(piece);
      assert.equal(sha256(Buffer.concat(pieces)), sha256(content));
      const { bytesIn, bytesOut, warnings } = await stream.summary;
      assert.deepEqual([bytesIn, bytesOut, warnings.length], [data.length, content.length, 1]);
    }
  });
}

function inPieces(data, size) {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < data.length; at += size) controller.enqueue(new Uint8Array(data.subarray(at, at + size)));
      controller.close();
    },
  });
}

test('in a big drop the workers find the repair by themselves', async () => {
  const memory = new MemoryDrop();
  for (let index = 0; index < 1000; index += 1) memory.addRaw(`set/part-${index}.json`, `{"id":${index}}\n`);
  for (const repair of Object.keys(TOOLS)) {
    damaged(repair, lines(2000), memory, `set/${repair}.json`);
    damaged(repair, lines(200_000), memory, `set/${repair}-big.json`);
  }
  const drop = await memory.open();
  assert.ok(drop.files.some(({ examined }) => !examined));
  const sink = new MemorySink();
  const report = await drop.decrypt(sink);
  assert.equal(report.decrypted, memory.contents.size);
  sameFiles(sink.files, memory.contents);
  const warned = report.files.filter(({ warnings }) => warnings.length > 0).map(({ path }) => path);
  assert.deepEqual(
    warned.sort(),
    Object.keys(TOOLS)
      .flatMap((repair) => [`set/${repair}-big.json`, `set/${repair}.json`])
      .sort(),
  );
  for (const repair of Object.keys(TOOLS))
    assert.equal(drop.files.find(({ path }) => path === `set/${repair}.json`)?.repair, repair);
});

test('damage beyond the part that was examined is still found, and nothing is kept', async () => {
  const { memory, data } = damaged('base64', lines(300_000));
  data[data.length >> 1] = '!'.charCodeAt(0);
  memory.items.at(-1).blob = new Blob([data]);
  const sink = new MemorySink();
  const [result] = (await (await memory.open()).decrypt(sink)).files;
  assert.equal(result.outcome, 'failed', result.message);
  assert.equal(sink.files.size, 0);
});

test('text that is Base64 and opens with no key is a copy, with a warning beside encrypted files', async () => {
  const text = `${lines(3000).toString('base64')}\n`;
  const memory = new MemoryDrop()
    .add('set/a.json', lines(100))
    .addClear('set/b.txt', text)
    .addClear('open/b.txt', text);
  const drop = await memory.open();
  const sink = new MemorySink();
  const report = await drop.decrypt(sink);
  sameFiles(sink.files, memory.contents);
  const warned = report.files.filter(({ warnings }) => warnings.length > 0).map(({ path }) => path);
  assert.deepEqual(warned, ['set/b.txt']);
});

test('a file that needs a later key is not taken for clear before', async () => {
  const memory = new MemoryDrop(2).add('set/a.json', lines(100));
  const content = lines(3000);
  memory.items.push({
    path: 'other/b.json',
    blob: new Blob([TOOLS.base64(memory.keys[1].encrypt(gzipSync(content)))]),
  });
  const drop = await openDrop(memory.items);
  await drop.unlock(memory.keys[0].answer, { keyDetails: 0 });
  const file = drop.files.find(({ path }) => path === 'other/b.json');
  assert.deepEqual([file?.keyDetails, file?.repair], [null, null]);
  await drop.unlock(memory.keys[1].answer, { keyDetails: 1 });
  assert.deepEqual([file?.role, file?.keyDetails, file?.repair], ['encrypted', 1, 'base64']);
});

test('the ending of the outer gzip is removed with it', async () => {
  const memory = new MemoryDrop();
  const content = lines(3000);
  memory.items.push({ path: 'set/a.json.gz', blob: new Blob([gzipSync(memory.keys[0].encrypt(content))]) });
  const [{ output, outcome }] = (await (await memory.open()).decrypt(new MemorySink())).files;
  assert.deepEqual([outcome, output], ['decrypted', 'set/a.json']);
});

test('a resumed run skips repaired files, and reports the repair again', async () => {
  const [source, out] = [join(temporary, 'in'), join(temporary, 'out')];
  const memory = new MemoryDrop();
  for (const repair of Object.keys(TOOLS)) damaged(repair, lines(100_000), memory, `set/${repair}.json`);
  for (const { path, blob } of memory.items) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), Buffer.from(await blob.arrayBuffer()));
  }
  const run = async () => {
    const drop = await openDrop(await folderFiles(source));
    await drop.unlock(privateKey());
    return drop.decrypt(await folderSink(out), { resume: true });
  };
  const first = await run();
  const second = await run();
  assert.deepEqual([first.decrypted, first.skipped, second.skipped], [5, 0, 5]);
  assert.deepEqual(
    second.files.map(({ warnings }) => warnings),
    first.files.map(({ warnings }) => warnings),
  );
  assert.ok(first.files.every(({ warnings }) => warnings.length === 1));
});
