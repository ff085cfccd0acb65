/** Decrypting a drop into a sink: results, options, failures. */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { deliver } from '../../pkg/deliver.js';
import { openDrop, zipSink } from '../../pkg/index.js';
import { folderFiles } from '../../pkg/node/folder.js';
import { Lane } from '../../pkg/pool.js';
import { DETAILS, MIB, MemoryDrop, MemorySink, fails, lines, privateKey, sameFiles, sha256 } from './memory-drop.mjs';
import { makeDrop } from './make-drop.mjs';
import { verify } from './zip-readers.mjs';

const temporary = mkdtempSync(join(tmpdir(), 'mgdc-run-'));
after(() => rmSync(temporary, { recursive: true }));
const byPath = (report) => Object.fromEntries(report.files.map((result) => [result.path, result]));
const codes = (report) => Object.fromEntries(report.files.map(({ path, outcome, code }) => [path, code ?? outcome]));

/** Small and big files, clear ones and metadata. */
function mixed() {
  const memory = new MemoryDrop();
  for (let index = 0; index < 12; index += 1) memory.add(`set/part-${index}.json`, lines(index % 4 === 0 ? 2.5 * MIB : 100 * index));
  return memory.addClear('metadata/JobMetadata.json', '{"a":1}').addClear('empty', '').addClear('clear.txt', lines(3 * MIB));
}

for (const concurrency of [undefined, 1, 4, 100]) {
  test(`every file comes out as it went in, ${concurrency ?? 'as many as cores'} at a time`, async () => {
    const memory = mixed();
    const drop = await memory.open();
    const sink = new MemorySink();
    const report = await drop.decrypt(sink, { concurrency, sha256: true });
    sameFiles(sink.files, memory.contents);
    assert.deepEqual([report.decrypted, report.copied, report.failed], [12, 3, 0]);
    assert.equal(report.bytesWritten, [...memory.contents.values()].reduce((sum, { length }) => sum + length, 0));
    assert.deepEqual(report.files.map(({ path }) => path), drop.files.map(({ path }) => path).filter((path) => path !== DETAILS), 'in the order of drop.files');
    for (const { path, output, outcome, bytes, verified, sha256: hash, warnings, code } of report.files) {
      const content = memory.contents.get(path);
      const encrypted = path.startsWith('set/');
      assert.deepEqual([output, outcome, bytes, verified, hash, warnings, code], [path, encrypted ? 'decrypted' : 'copied', content.length, encrypted ? 'crc32' : null, sha256(content), [], undefined]);
    }
    assert.deepEqual(sink.events.at(-1), ['close'], 'after the last file');
    assert.equal(sink.events.filter(([what]) => what === 'close').length, 1);
    assert.equal(sink.open_.size + sink.aborted.length, 0);
  });
}

test('without `sha256` the results have none', async () => {
  const drop = await new MemoryDrop().add('a.json', lines(100)).open();
  assert.ok(!('sha256' in (await drop.decrypt(new MemorySink())).files[0]));
});

test('`files` chooses, and chooses nothing that is not there', async () => {
  const memory = mixed();
  const drop = await memory.open();
  const sink = new MemorySink();
  const wanted = ['set/part-3.json', 'empty'];
  const report = await drop.decrypt(sink, { files: new Set([...wanted, 'not/there', DETAILS]).values() });
  assert.deepEqual(report.files.map(({ path }) => path), wanted);
  assert.deepEqual([...sink.files.keys()].sort(), wanted.toSorted());
  assert.deepEqual((await drop.decrypt(new MemorySink(), { files: [] })).files, []);
});

test('compression is undone or kept, and the name tells which', async () => {
  const content = lines(1000);
  const memory = new MemoryDrop().add('a.json.gz', content);
  const drop = await memory.open();
  const undone = new MemorySink();
  assert.equal((await drop.decrypt(undone)).files[0].output, 'a.json');
  sameFiles(undone.files, new Map([['a.json', content]]));
  const kept = new MemorySink();
  const report = await drop.decrypt(kept, { decompress: false });
  assert.deepEqual([report.files[0].output, report.files[0].verified], ['a.json.gz', null]);
  sameFiles(kept.files, new Map([['a.json.gz', gzipSync(content, { level: 1 })]]));
  await assert.rejects(drop.decrypt(new MemorySink(), { compression: 'brotli' }), TypeError);
});

test('the output limit holds for each file', async () => {
  const memory = new MemoryDrop().add('small.json', lines(100)).add('big.json', lines(5 * MIB)).add('last.json', lines(100));
  const sink = new MemorySink();
  const report = await (await memory.open()).decrypt(sink, { outputLimit: 2 * MIB });
  assert.deepEqual(codes(report), { 'small.json': 'decrypted', 'big.json': 'ERR_OUTPUT_LIMIT', 'last.json': 'decrypted' });
  assert.deepEqual(sink.aborted, ['big.json']);
  assert.deepEqual([...sink.files.keys()], ['small.json', 'last.json']);
});

test('the sink is told when a file was changed last', async () => {
  const modified = new Date(2021, 1, 3);
  const memory = new MemoryDrop();
  memory.items.push({ path: 'a.json', blob: new File([memory.keys[0].encrypt('[1]')], 'a', { lastModified: modified.getTime() }) });
  memory.addRaw('b.json', '[2]');
  const sink = new MemorySink();
  await (await memory.open()).decrypt(sink, { concurrency: 1 });
  assert.deepEqual(sink.events.slice(0, 2), [['open', 'a.json', { size: null, modified }], ['open', 'b.json', { size: null, modified: null }]]);
});

test('a damaged file fails alone, and nothing of it is kept', async () => {
  const memory = new MemoryDrop();
  const [key] = memory.keys;
  const gzip = gzipSync(lines(4 * MIB), { level: 1 });
  gzip[gzip.length - 5] ^= 1;
  memory.add('before.json', lines(3 * MIB));
  memory.items.push({ path: 'checksum.json', blob: new Blob([key.encrypt(gzip)]) });
  memory.items.push({ path: 'cut.json', blob: new Blob([key.encrypt(gzip).subarray(0, -16)]) });
  memory.items.push({ path: 'noise.json', blob: new Blob([lines(999)].map((text) => key.encrypt(gzipSync(text)).subarray(0, -1))) });
  memory.add('after.json', lines(3 * MIB));
  for (const concurrency of [1, 3]) {
    const sink = new MemorySink();
    const report = await (await memory.open()).decrypt(sink, { concurrency });
    assert.deepEqual(codes(report), { 'before.json': 'decrypted', 'checksum.json': 'ERR_CHECKSUM', 'cut.json': 'ERR_PADDING', 'noise.json': 'ERR_CIPHERTEXT_LENGTH', 'after.json': 'decrypted' });
    for (const { output, bytes, message } of report.files.filter(({ outcome }) => outcome === 'failed')) {
      assert.deepEqual([output, bytes], [null, 0]);
      assert.match(message, /.{20}/);
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
  failed();
  await sleep(100);
  assert.deepEqual(codes(report), { 'checksum.json': 'ERR_CHECKSUM' });
  assert.deepEqual([sink.open_.size, sink.closed.size], [0, 0]);
});

for (const step of ['open', 'write', 'close']) {
  test(`an output whose ${step} fails is told, and the others are whole`, async () => {
    const memory = mixed();
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
      const failed = step === 'write' ? bad.filter((path) => path !== 'empty') : bad; // nothing is written for an empty file
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

test('an output that fails late, with pieces on their way, does not spill into the next', async () => {
  const memory = new MemoryDrop();
  for (let index = 0; index < 8; index += 1) memory.add(`part-${index}.json`, Buffer.alloc(6 * MIB, `${index}${index}\n`));
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

test('an encrypted file without its key is never copied', async () => {
  const memory = new MemoryDrop().add('a.json', lines(100));
  const drop = await memory.open();
  const sink = new MemorySink();
  const report = await deliver(drop.files.slice(1), () => undefined, sink, {});
  assert.deepEqual(codes(report), { 'a.json': 'ERR_FILE_KEY_MISSING' });
  assert.equal(sink.events.length, 1, 'only close');
});

test('a worker that dies fails its file, and the next file gets a new one', { timeout: 20_000 }, async () => {
  const lane = new Lane();
  const job = { type: 'job', source: new Blob(['content']), key: null };
  const died = lane.run({ type: 'credit' }, () => {}); // without a job there is none to give
  await assert.rejects(died, fails('ERR_INTERNAL'));
  let content = '';
  const { summary } = await lane.run(job, async (bytes) => (content += new TextDecoder().decode(bytes)));
  lane.end();
  assert.deepEqual([content, summary.bytesOut], ['content', 7]);
});

test('a full target is ERR_NO_SPACE, an odd throw ERR_WRITE', async () => {
  for (const [thrown, code] of [[new DOMException('full', 'QuotaExceededError'), 'ERR_NO_SPACE'], ['text', 'ERR_WRITE'], [undefined, 'ERR_WRITE'], [Object.create(null), 'ERR_WRITE']]) {
    const sink = { open: () => new WritableStream({ write: () => Promise.reject(thrown) }) };
    const report = await (await new MemoryDrop().add('a.json', lines(100)).open()).decrypt(sink);
    assert.equal(report.files[0].code, code);
  }
  const sync = { open() { throw new Error('no'); } };
  assert.equal((await (await new MemoryDrop().add('a.json', lines(100)).open()).decrypt(sync)).files[0].code, 'ERR_WRITE');
});

test('a sink that cannot be closed fails the whole, and is aborted', async () => {
  const cause = new Error('no central directory');
  const sink = Object.assign(new MemorySink(), { close: () => Promise.reject(cause) });
  const drop = await new MemoryDrop().add('a.json', lines(100)).open();
  await assert.rejects(drop.decrypt(sink), (error) => error.code === 'ERR_WRITE' && error.cause === cause);
  assert.equal(sink.events.at(-1)[0], 'abort');
});

test('what is no sink is a TypeError', async () => {
  const drop = await new MemoryDrop().add('a.json', lines(100)).open();
  for (const wrong of [undefined, null, {}, new WritableStream()]) await assert.rejects(drop.decrypt(wrong), TypeError);
});

test('a nonsensical concurrency still decrypts everything', async () => {
  const drop = await new MemoryDrop().add('a.json', lines(100)).add('b.json', lines(100)).open();
  for (const concurrency of [0, -1, 1.5, Number.NaN]) assert.equal((await drop.decrypt(new MemorySink(), { concurrency })).decrypted, 2, `${concurrency}`);
});

test('names that lead out, are too long or meet are made safe, and the change is told', async () => {
  const memory = new MemoryDrop();
  const names = ['../../out.json', '/etc/passwd', 'nul\0byte.json', `${'n'.repeat(300)}.json`, 'Case.json', 'case.json', 'a\\b.json', 'con', 'a', 'a/b', 'x//y', '..', 'trailing.'];
  names.forEach((name, index) => memory.add(name, `[${index}]`));
  const sink = new MemorySink();
  const report = await (await memory.open()).decrypt(sink);
  assert.equal(report.decrypted, names.length);
  assert.equal(sink.files.size, names.length, 'each has a name of its own');
  for (const { path, output, warnings } of report.files) {
    assert.deepEqual(sink.files.get(output), memory.contents.get(path));
    assert.ok(!output.startsWith('/') && !output.split('/').includes('..') && !/[\0-\x1f\\]/.test(output), output);
    assert.ok(output.split('/').every((name) => name !== '' && Buffer.byteLength(name) <= 255), output);
    if (output !== path) assert.equal(warnings.length, 1, `${path} became ${output} without a word`);
  }
  const folded = [...sink.files.keys()].map((path) => path.toLowerCase());
  assert.equal(new Set(folded).size, names.length);
});

test('two drops at once keep apart', async () => {
  const memories = [mixed(), mixed()];
  const sinks = memories.map(() => new MemorySink());
  const drops = await Promise.all(memories.map((memory) => memory.open()));
  await Promise.all(drops.map((drop, index) => drop.decrypt(sinks[index], { concurrency: 2 })));
  sinks.forEach((sink, index) => sameFiles(sink.files, memories[index].contents));
});

test('one drop can be decrypted again and again, and twice at once', async () => {
  const memory = mixed();
  const drop = await memory.open();
  const sinks = [new MemorySink(), new MemorySink(), new MemorySink()];
  await Promise.all([drop.decrypt(sinks[0], { concurrency: 2 }), drop.decrypt(sinks[1], { concurrency: 1 })]);
  await drop.decrypt(sinks[2]);
  for (const sink of sinks) sameFiles(sink.files, memory.contents);
});

test('a ZIP of it is read by every ZIP reader', async () => {
  const memory = mixed();
  const chunks = [];
  const sink = zipSink(new WritableStream({ write: (chunk) => void chunks.push(Buffer.from(chunk)) }));
  await (await memory.open()).decrypt(sink, { concurrency: 3 });
  const path = join(temporary, 'drop.zip');
  writeFileSync(path, Buffer.concat(chunks));
  await verify(path, memory.contents);
});

test('a file that is gone, shorter or changed when its turn comes is ERR_READ, and the others are whole', async () => {
  const folder = join(temporary, 'changing');
  const made = makeDrop(folder);
  const content = lines(5 * MIB);
  const names = ['gone.json', 'grown.json', 'kept.json', 'shrunk.json'];
  for (const name of names) made.add(name, content);
  const drop = await openDrop(await folderFiles(folder));
  await drop.unlock(privateKey());
  unlinkSync(join(folder, 'gone.json'));
  truncateSync(join(folder, 'shrunk.json'), 2 * MIB);
  writeFileSync(join(folder, 'grown.json'), Buffer.concat([readFileSync(join(folder, 'grown.json')), Buffer.alloc(16)]));
  const sink = new MemorySink();
  const report = await drop.decrypt(sink);
  assert.deepEqual(codes(report), { 'gone.json': 'ERR_READ', 'grown.json': 'ERR_READ', 'kept.json': 'decrypted', 'shrunk.json': 'ERR_READ' });
  sameFiles(sink.files, new Map([['kept.json', content]]));
  assert.equal(sink.open_.size, 0);
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
