/** Decrypting a drop into a sink: results, options, names. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { zipSink } from '../../pkg/index.js';
import { codes, DETAILS, lines, MemoryDrop, MemorySink, MIB, mixedDrop, sameFiles, sha256 } from './memory-drop.mjs';
import { verify } from './zip-readers.mjs';

/** @import { DropDecryptOptions } from '../../pkg/index.js' */

const temporary = mkdtempSync(join(tmpdir(), 'mgdc-run-'));
after(() => rmSync(temporary, { recursive: true }));

for (const concurrency of [undefined, 1, 4, 100]) {
  test(`every file comes out as it went in, ${concurrency ?? 'as many as cores'} at a time`, async () => {
    const memory = mixedDrop();
    const drop = await memory.open();
    const sink = new MemorySink();
    const report = await drop.decrypt(sink, { concurrency, sha256: true });
    sameFiles(sink.files, memory.contents);
    assert.deepEqual([report.decrypted, report.copied, report.failed], [12, 3, 0]);
    assert.equal(
      report.bytesWritten,
      [...memory.contents.values()].reduce((sum, { length }) => sum + length, 0),
    );
    assert.deepEqual(
      report.files.map(({ path }) => path),
      drop.files.map(({ path }) => path).filter((path) => path !== DETAILS),
      'in the order of drop.files',
    );
    for (const { path, output, outcome, bytes, verified, sha256: hash, warnings, code } of report.files) {
      const content = memory.contents.get(path);
      const encrypted = path.startsWith('set/');
      const [expected, check] = encrypted ? ['decrypted', 'crc32'] : ['copied', null];
      assert.deepEqual(
        [output, outcome, bytes, verified, hash, warnings, code],
        [path, expected, content.length, check, sha256(content), [], undefined],
      );
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

test('`files` selects files, and ignores paths that do not exist', async () => {
  const memory = mixedDrop();
  const drop = await memory.open();
  const sink = new MemorySink();
  const wanted = ['set/part-3.json', 'empty'];
  const report = await drop.decrypt(sink, { files: new Set([...wanted, 'not/there', DETAILS]).values() });
  assert.deepEqual(
    report.files.map(({ path }) => path),
    wanted,
  );
  assert.deepEqual([...sink.files.keys()].sort(), wanted.toSorted());
  assert.deepEqual((await drop.decrypt(new MemorySink(), { files: [] })).files, []);
});

test('compression is undone or kept, and the name shows which', async () => {
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
  // @ts-expect-error No such compression is known: that is what is refused.
  await assert.rejects(drop.decrypt(new MemorySink(), { compression: 'brotli' }), TypeError);
});

test('the output limit holds for each file', async () => {
  const memory = new MemoryDrop()
    .add('small.json', lines(100))
    .add('big.json', lines(5 * MIB))
    .add('last.json', lines(100));
  const sink = new MemorySink();
  const report = await (await memory.open()).decrypt(sink, { outputLimit: 2 * MIB });
  assert.deepEqual(codes(report), {
    'small.json': 'decrypted',
    'big.json': 'ERR_OUTPUT_LIMIT',
    'last.json': 'decrypted',
  });
  assert.deepEqual(sink.aborted, ['big.json']);
  assert.deepEqual([...sink.files.keys()].sort(), ['last.json', 'small.json']);
});

test('the sink gets the time when a file was last changed', async () => {
  const modified = new Date(2021, 1, 3);
  const memory = new MemoryDrop();
  memory.items.push({
    path: 'a.json',
    blob: new File([memory.keys[0].encrypt('[1]')], 'a', { lastModified: modified.getTime() }),
  });
  memory.addRaw('b.json', '[2]');
  const sink = new MemorySink();
  await (await memory.open()).decrypt(sink, { concurrency: 1 });
  assert.deepEqual(sink.events.slice(0, 2), [
    ['open', 'a.json', { size: null, modified }],
    ['open', 'b.json', { size: null, modified: null }],
  ]);
});

/** Both ways to keep what is inside as it is. @type {DropDecryptOptions[]} */
const AS_IT_IS = [{ compression: 'none' }, { decompress: false }];

test('a file that is kept compressed keeps its name', async () => {
  const memory = new MemoryDrop().add('a.json.gz', lines(100));
  for (const options of AS_IT_IS) {
    const { files } = await (await memory.open()).decrypt(new MemorySink(), options);
    assert.equal(files[0].output, 'a.json.gz');
  }
});

test('an unknown format is decrypted if the compression is forced', async () => {
  const content = Buffer.from(Array.from({ length: 999 }, (_, index) => (index * 151 + 129) % 256));
  const memory = new MemoryDrop().addRaw('a.bin', content);
  const drop = await memory.open();
  assert.deepEqual(codes(await drop.decrypt(new MemorySink())), { 'a.bin': 'ERR_UNRECOGNIZED' });
  for (const options of AS_IT_IS) {
    const sink = new MemorySink();
    assert.deepEqual(codes(await drop.decrypt(sink, options)), { 'a.bin': 'decrypted' });
    assert.ok(sink.files.get('a.bin')?.equals(content));
  }
  assert.deepEqual(codes(await (await memory.open()).decrypt(new MemorySink(), { compression: 'gzip' })), {
    'a.bin': 'ERR_COMPRESSED_DATA',
  });
});

test('a nonsensical concurrency still decrypts everything', async () => {
  const drop = await new MemoryDrop().add('a.json', lines(100)).add('b.json', lines(100)).open();
  for (const concurrency of [0, -1, 1.5, Number.NaN])
    assert.equal((await drop.decrypt(new MemorySink(), { concurrency })).decrypted, 2, `${concurrency}`);
});

test('names that lead out of the folder, are too long or clash are made safe, and the change is reported', async () => {
  const memory = new MemoryDrop();
  const names = [
    '../../out.json',
    '/etc/passwd',
    'nul\0byte.json',
    `${'n'.repeat(300)}.json`,
    'Case.json',
    'case.json',
    'a\\b.json',
    'con',
    'a',
    'a/b',
    'x//y',
    '..',
    'trailing.',
  ];
  for (const [index, name] of names.entries()) memory.add(name, `[${index}]`);
  const sink = new MemorySink();
  const report = await (await memory.open()).decrypt(sink);
  assert.equal(report.decrypted, names.length);
  assert.equal(sink.files.size, names.length, 'each has a name of its own');
  for (const { path, output, warnings } of report.files) {
    assert.deepEqual(sink.files.get(output), memory.contents.get(path));
    assert.ok(
      !output?.startsWith('/') && !output?.split('/').includes('..') && !/[\0-\x1f\\]/.test(output ?? ''),
      `${output}`,
    );
    assert.ok(
      output?.split('/').every((name) => name !== '' && Buffer.byteLength(name) <= 255),
      `${output}`,
    );
    if (output !== path) assert.equal(warnings.length, 1, `${path} became ${output} without a word`);
  }
  const folded = [...sink.files.keys()].map((path) => path.toLowerCase());
  assert.equal(new Set(folded).size, names.length);
});

test('two drops at the same time do not mix', async () => {
  const memories = [mixedDrop(), mixedDrop()];
  const sinks = memories.map(() => new MemorySink());
  const drops = await Promise.all(memories.map((memory) => memory.open()));
  await Promise.all(drops.map((drop, index) => drop.decrypt(sinks[index], { concurrency: 2 })));
  for (const [index, sink] of sinks.entries()) sameFiles(sink.files, memories[index].contents);
});

test('one drop can be decrypted again and again, and twice at once', async () => {
  const memory = mixedDrop();
  const drop = await memory.open();
  const sinks = [new MemorySink(), new MemorySink(), new MemorySink()];
  await Promise.all([drop.decrypt(sinks[0], { concurrency: 2 }), drop.decrypt(sinks[1], { concurrency: 1 })]);
  await drop.decrypt(sinks[2]);
  for (const sink of sinks) sameFiles(sink.files, memory.contents);
});

test('a ZIP of it is read by every ZIP reader', async () => {
  const memory = mixedDrop();
  const chunks = [];
  const sink = zipSink(new WritableStream({ write: (chunk) => void chunks.push(Buffer.from(chunk)) }));
  await (await memory.open()).decrypt(sink, { concurrency: 3 });
  const path = join(temporary, 'drop.zip');
  writeFileSync(path, Buffer.concat(chunks));
  await verify(path, memory.contents);
});
