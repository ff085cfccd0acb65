/** Resume: a second run into the same folder writes only files that are missing, damaged or new. */

import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openDrop } from '../../pkg/index.js';
import { folderFiles, folderSink } from '../../pkg/node/folder.js';
import { makeDrop } from './make-drop.mjs';
import { lines, MemoryDrop, MemorySink, privateKey } from './memory-drop.mjs';

/** @import { DropDecryptOptions, Sink } from '../../pkg/index.js' */

const MANIFEST = '.mgdc-decrypt.json';
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-resume-'));
after(() => rmSync(temporary, { recursive: true }));
let number = 0;

/**
 * A drop on the disk with its target. Twelve files, one of them big, two that are copied, and two that want one name.
 */
function surroundings() {
  const [source, out] = [`in-${(number += 1)}`, `out-${number}`].map((name) => join(temporary, name));
  const drop = makeDrop(source);
  /** @type {[string, Buffer | string][]} */
  const some = [
    ['set/big.json', lines(9 << 20)],
    ['set/a.json', lines(70)],
    ['set/empty.json', ''],
  ];
  const plaintexts = new Map(some);
  for (let index = 0; index < 7; index += 1) plaintexts.set(`set/part-${index}.json`, lines(1000 * index + 10));
  for (const [path, content] of plaintexts) drop.add(path, content);
  drop.add('set/a.json.gz', lines(80));
  drop.addClear('clear.txt', lines(200_000));
  drop.addClear('metadata/JobMetadata.json', '{"a":1}');
  return { source, out, drop, plaintexts, at: (path) => join(out, ...path.split('/')) };
}

/**
 * @param {{ source: string, out: string }} here
 * @param {DropDecryptOptions} [options]
 */
async function decrypt({ source, out }, options = { resume: true }, wrap = (sink) => sink) {
  const drop = await openDrop(await folderFiles(source));
  await drop.unlock(privateKey());
  return drop.decrypt(wrap(await folderSink(out)), options);
}

const list = ({ at }) => JSON.parse(readFileSync(at(MANIFEST), 'utf8')).files;
const fresh = (report) =>
  report.files
    .filter(({ skipped }) => !skipped)
    .map(({ path }) => path)
    .sort();
const inodes = ({ out }) => new Map(files(out).map((path) => [path, statSync(join(out, path)).ino]));
const files = (out) =>
  readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(out.length + 1))
    .filter((path) => path !== MANIFEST)
    .sort();

test('a second run skips all files, and reports the same as the first one', async () => {
  const here = surroundings();
  const first = await decrypt(here, { resume: true, onprogress: () => {} });
  assert.deepEqual([first.failed, first.skipped], [0, 0]);
  const before = inodes(here);
  const told = [];
  const second = await decrypt(here, { resume: true, onprogress: (progress) => told.push(progress) });
  assert.deepEqual(fresh(second), []);
  assert.deepEqual(second, {
    ...first,
    files: first.files.map((file) => ({ ...file, skipped: true })),
    skipped: first.files.length,
    bytesWritten: 0,
    started: second.started,
    ended: second.ended,
    seconds: second.seconds,
  });
  assert.deepEqual(inodes(here), before, 'no file was written again');
  const { bytesRead, bytesTotal, bytesWritten, filesDone, filesTotal } = told.at(-1);
  assert.deepEqual([bytesRead, filesDone, bytesWritten], [bytesTotal, filesTotal, 0]);
});

test('writes again exactly the files that are damaged, gone, or have another source', async () => {
  const here = surroundings();
  const first = await decrypt(here);
  const renamed = first.files.find(({ path }) => path === 'set/a.json.gz')?.output;
  assert.equal(renamed, 'set/a (2).json');
  const good = readFileSync(here.at('set/big.json'));
  const flipped = Buffer.from(good);
  flipped[5_000_000] ^= 1;
  writeFileSync(here.at('set/big.json'), flipped);
  writeFileSync(here.at('set/part-3.json'), 'cut');
  rmSync(here.at('set/part-5.json'));
  rmSync(here.at(renamed));
  here.drop.add('set/part-6.json', '[1]');
  utimesSync(join(here.source, 'clear.txt'), 1, 1);
  const second = await decrypt(here);
  const redone = [
    'clear.txt',
    'set/a.json.gz',
    'set/big.json',
    'set/part-3.json',
    'set/part-5.json',
    'set/part-6.json',
  ];
  assert.deepEqual(fresh(second), redone);
  assert.equal(second.failed, 0);
  assert.deepEqual(readFileSync(here.at('set/big.json')), good);
  assert.equal(readFileSync(here.at('set/part-6.json'), 'utf8'), '[1]');
  assert.deepEqual(files(here.out), first.files.map(({ output }) => output).sort(), 'under the names of before');
  assert.deepEqual(fresh(await decrypt(here)), []);
});

test('only what an earlier run wrote and is damaged since may be replaced', async () => {
  const here = surroundings();
  await decrypt(here);
  writeFileSync(here.at('set/part-3.json'), 'cut');
  const flipped = readFileSync(here.at('set/big.json'));
  flipped[5_000_000] ^= 1;
  writeFileSync(here.at('set/big.json'), flipped);
  // The output of these is whole, gone, and somebody else's.
  here.drop.add('set/part-6.json', '[1]');
  rmSync(here.at('set/part-5.json'));
  here.drop.add('set/new.json', '[2]');
  writeFileSync(here.at('set/new.json'), 'not ours');
  const opened = new Map();
  const watching = (sink) => ({
    ...sink,
    open: (path, info) => opened.set(path, Boolean(info.replace)) && sink.open(path, info),
  });
  assert.equal((await decrypt(here, { resume: true }, watching)).failed, 0);
  opened.delete(MANIFEST);
  assert.deepEqual([...opened].sort(), [
    ['set/big.json', true],
    ['set/new.json', false],
    ['set/part-3.json', true],
    ['set/part-5.json', false],
    ['set/part-6.json', false],
  ]);
});

test('does it again when it is to be decrypted in another way, or to be smaller', async () => {
  const here = surroundings();
  const { files: all } = await decrypt(here);
  assert.equal((await decrypt(here, { resume: true, decompress: false })).skipped, 0);
  assert.equal((await decrypt(here)).skipped, 0);
  const limited = await decrypt(here, { resume: true, outputLimit: 1 << 20 });
  assert.deepEqual(
    limited.files.filter(({ code }) => code).map(({ path, code }) => [path, code]),
    [['set/big.json', 'ERR_OUTPUT_LIMIT']],
  );
  assert.equal(limited.skipped, all.length - 1);
});

test('goes on after a run that was cancelled', async () => {
  const here = surroundings();
  const stop = new AbortController();
  const seen = { finished: false, hanging: false };
  const see = (what) => {
    seen[what] = true;
    if (seen.finished && seen.hanging) stop.abort();
  };
  const onprogress = ({ changed }) => changed.some(({ result }) => result) && see('finished');
  // The big file never comes to its end: cancelling finds a write under way.
  const hang = (_chunk, { signal }) => {
    see('hanging');
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  };
  const hanging = (sink) => ({
    ...sink,
    async open(path, info) {
      const stream = await sink.open(path, info);
      if (path !== 'set/big.json') return stream;
      return new WritableStream({ write: hang, abort: (reason) => stream.abort(reason) });
    },
  });
  await assert.rejects(decrypt(here, { resume: true, concurrency: 2, signal: stop.signal, onprogress }, hanging), {
    code: 'ERR_ABORTED',
  });
  const written = files(here.out);
  assert.ok(written.length > 0 && !written.includes('set/big.json'), `${written}`);
  assert.deepEqual(
    list(here)
      .map(({ output }) => output)
      .sort(),
    written,
  );
  const second = await decrypt(here);
  assert.deepEqual([second.failed, second.skipped], [0, written.length]);
  for (const [path, content] of here.plaintexts)
    assert.ok(readFileSync(here.at(path)).equals(Buffer.from(content)), path);
});

test('skips files in a drop whose files were not examined', async () => {
  const here = surroundings();
  for (let index = 0; index < 1000; index += 1) here.drop.add(`many/${index}.json`, `[${index}]`);
  const first = await decrypt(here, { resume: true, onprogress: () => {} });
  assert.deepEqual([first.failed, first.skipped], [0, 0]);
  const renamed = first.files.find(({ path }) => path === 'set/a.json.gz')?.output;
  rmSync(here.at('many/77.json'));
  rmSync(here.at(renamed));
  const second = await decrypt(here);
  assert.deepEqual(fresh(second), ['many/77.json', 'set/a.json.gz']);
  assert.deepEqual(files(here.out), first.files.map(({ output }) => output).sort());
});

test('keeps a list only if requested', async () => {
  const here = surroundings();
  await decrypt(here, {});
  assert.equal(existsSync(here.at(MANIFEST)), false);
  assert.equal((await decrypt(here)).skipped, 0, 'what no list names is done again');
  const [entry] = list(here);
  assert.deepEqual(Object.keys(entry).sort(), [
    'bytes',
    'compression',
    'decompress',
    'modified',
    'outcome',
    'output',
    'sha256',
    'size',
    'source',
    'verified',
    'warnings',
  ]);
});

test('a list that is broken, or leads out of the folder, is ignored', async () => {
  const here = surroundings();
  const { files: all } = await decrypt(here);
  const entries = list(here);
  const bad = [
    '{',
    '{"version":2,"files":[]}',
    '{"version":1}',
    '[]',
    JSON.stringify({ version: 1, files: entries.map((entry) => ({ ...entry, output: `../${entry.output}` })) }),
  ];
  for (const text of bad) {
    writeFileSync(here.at(MANIFEST), text);
    assert.equal((await decrypt(here)).skipped, 0, text.slice(0, 40));
    assert.equal((await decrypt(here)).skipped, all.length);
  }
});

test('a list that leads out of the folder overwrites nothing there', async () => {
  const here = surroundings();
  await decrypt(here);
  // Entries that are right in all but where they lead; the source is another one since, so that it is done again.
  const victims = {
    'set/part-1.json': '../victim.json',
    'set/part-2.json': `${temporary}/victim.json`,
    'set/part-3.json': 'set/../../victim.json',
    'set/part-4.json': '..',
  };
  const files = list(here).map((entry) => ({ ...entry, output: victims[entry.source] ?? entry.output }));
  writeFileSync(here.at(MANIFEST), JSON.stringify({ version: 1, files }));
  writeFileSync(join(temporary, 'victim.json'), 'victim');
  for (const source of Object.keys(victims)) here.drop.add(source, '[1]');
  const opened = [];
  const watching = (sink) => ({
    ...sink,
    open: (path, info) => opened.push(path) && sink.open(path, info),
    existing: (path) => opened.push(path) && sink.existing(path),
  });
  const report = await decrypt(here, { resume: true }, watching);
  assert.equal(report.failed, 0);
  for (const [source] of Object.entries(victims))
    assert.equal(report.files.find(({ path }) => path === source)?.output, source);
  assert.deepEqual(
    opened.filter((path) => /(^|\/)\.\.?(\/|$)|^\//.test(path)),
    [],
  );
  assert.equal(readFileSync(join(temporary, 'victim.json'), 'utf8'), 'victim');
});

test('a source with the same date and another size is a different one', async () => {
  const here = surroundings();
  const path = join(here.source, 'set', 'part-2.json');
  utimesSync(path, 1000, 1000);
  await decrypt(here);
  here.drop.add('set/part-2.json', `[${'1, '.repeat(400)}1]`);
  utimesSync(path, 1000, 1000);
  assert.deepEqual(fresh(await decrypt(here)), ['set/part-2.json']);
  assert.match(readFileSync(here.at('set/part-2.json'), 'utf8'), /^\[1, 1/);
  assert.deepEqual(fresh(await decrypt(here)), []);
  // Not the size alone, either.
  utimesSync(path, 1000, 1001);
  assert.deepEqual(fresh(await decrypt(here)), ['set/part-2.json']);
});

test('no file of a drop takes the place of the list', async () => {
  const here = surroundings();
  here.drop.addClear(MANIFEST, JSON.stringify({ version: 1, files: [] }));
  const { files: all } = await decrypt(here);
  assert.equal(all.find(({ path }) => path === MANIFEST)?.output, '.mgdc-decrypt (2).json');
  assert.equal(list(here).length, all.length);
  assert.equal((await decrypt(here)).skipped, all.length);
});

test('skips no file whose source has no date, and refuses a sink that cannot return existing files', async () => {
  const memory = new MemoryDrop().add('a.json', lines(100));
  /** @type {MemorySink & Pick<Sink, 'existing'>} */
  const sink = new MemorySink();
  const drop = await memory.open();
  const again = async () => (await drop.decrypt(sink, { resume: true })).skipped;
  await assert.rejects(again(), TypeError);
  sink.existing = async (path) => {
    const bytes = sink.files.get(path);
    return bytes ? new Blob([bytes]) : null;
  };
  assert.deepEqual([await again(), await again()], [0, 0]);
});
