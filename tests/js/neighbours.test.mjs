/** A clear file among encrypted ones of its dataset is delivered with a warning: it may not be what it should be. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DropFile } from '../../pkg/drop/drop-file.js';
import { Neighbours } from '../../pkg/drop/neighbours.js';
import { openDrop, PrivateKey } from '../../pkg/index.js';
import { folderFiles, folderSink } from '../../pkg/node/folder.js';
import { makeDrop } from './make-drop.mjs';
import { DETAILS, fails, lines, MemoryDrop, MemorySink, newKey, privateKey, STRANGER } from './memory-drop.mjs';

/** @import { DropItem, FileResult } from '../../pkg/index.js' */

const temporary = mkdtempSync(join(tmpdir(), 'mgdc-neighbours-'));
after(() => rmSync(temporary, { recursive: true }));
const warned = (files) =>
  Object.fromEntries(
    files.filter(({ warnings }) => warnings.length > 0).map(({ path, warnings }) => [path, warnings.join(' | ')]),
  );
const UNLIKE = (dataset) => `it is not encrypted, unlike other files of ${dataset}`;
const SEEMS = (dataset) => `it is not encrypted, while other files of ${dataset} seem to be`;

/** Encrypted and clear files of several datasets; only `set/odd.json` should get a warning. */
function mixed() {
  const memory = new MemoryDrop()
    .add('set/a.json', lines(100))
    .add('set/deep/b.json', lines(100))
    .addClear('set/odd.json', '{"id":1}\n');
  memory
    .addClear('set/_SUCCESS', '')
    .addClear('set/_started_81', '')
    .addClear('set/deep/_committed_81', '{"added":[]}');
  memory.addClear('set/.a.json.crc', Buffer.from('63726300000002000000ff12', 'hex'));
  memory
    .addClear('open/a.json', '{"id":1}\n')
    .addClear('open/b.json', '')
    .addClear('metadata/JobMetadata/x.json', '{}');
  return memory;
}

test('before there is a key, the warning says no more than is known', async () => {
  const drop = await openDrop(mixed().items);
  assert.deepEqual(warned(drop.files), { 'set/odd.json': SEEMS('set') });
});

test('once a key opened its neighbours, a clear file and its result say so', async () => {
  const drop = await mixed().open();
  assert.deepEqual(warned(drop.files), { 'set/odd.json': UNLIKE('set') });
  const report = await drop.decrypt(new MemorySink());
  assert.deepEqual(warned(report.files), { 'set/odd.json': UNLIKE('set') });
  assert.equal(report.files.find(({ path }) => path === 'set/odd.json')?.outcome, 'copied');
});

test('a neighbour that no key opens makes the words no more careful, wherever it stands', async () => {
  const memory = mixed();
  const stranger = (path) => ({ path, blob: new Blob([newKey().encrypt(gzipSync(lines(100)))]) });
  memory.items.unshift(stranger('set/0.json'));
  memory.items.push(stranger('set/z.json'));
  const drop = await memory.open();
  assert.deepEqual(warned(drop.files), { 'set/odd.json': UNLIKE('set') });
  const report = await drop.decrypt(new MemorySink());
  assert.equal(report.failed, 2);
  assert.deepEqual(warned(report.files), { 'set/odd.json': UNLIKE('set') });
});

test('with a wrong key the words stay careful', async () => {
  const drop = await openDrop(mixed().items);
  await assert.rejects(drop.unlock(PrivateKey.import(STRANGER)), fails('ERR_FILE_KEY_UNWRAP'));
  assert.deepEqual(warned(drop.files), { 'set/odd.json': SEEMS('set') });
  assert.deepEqual(warned((await drop.decrypt(new MemorySink())).files), { 'set/odd.json': SEEMS('set') });
});

test('a drop without encrypted files gets no warnings', async () => {
  const items = ['set/a.json', 'set/b.csv', 'c.txt'].map((path) => ({ path, blob: new Blob(['id,name\n1,x\n']) }));
  const drop = await openDrop(items);
  assert.deepEqual(warned(drop.files), {});
  assert.deepEqual(warned((await drop.decrypt(new MemorySink())).files), {});
});

test('a selected file is compared with all files of the drop', async () => {
  const drop = await mixed().open();
  const report = await drop.decrypt(new MemorySink(), { files: ['set/odd.json'] });
  assert.deepEqual(warned(report.files), { 'set/odd.json': UNLIKE('set') });
});

test('loose files are one group, apart from those in folders', async () => {
  const memory = new MemoryDrop()
    .add('a.json', lines(100))
    .addClear('odd.csv', 'a,b\n1,2\n')
    .addClear('set/a.csv', 'a,b\n1,2\n');
  assert.deepEqual(warned((await memory.open()).files), {
    'odd.csv': 'it is not encrypted, unlike other files beside it',
  });
});

test('datasets are found below the root of each drop, or below the folder that all files share', async () => {
  const items = new MemoryDrop()
    .add('Message/a.json', lines(100))
    .addClear('Message/b.csv', 'a,b\n')
    .addClear('Open/c.csv', 'a,b\n').items;
  const below = (folder) => items.map(({ path, blob }) => ({ path: folder + path, blob }));
  const bare = below('export/').map(({ path, blob }) => ({
    path: path.endsWith(DETAILS) ? 'encryptionKeyDetails.json' : path,
    blob,
  }));
  /** @type {[DropItem[], string[]][]} */
  const cases = [
    [below('export/'), ['Message']],
    [
      [...below('one/'), ...below('two/')],
      ['one/Message', 'two/Message'],
    ],
    [bare, ['export/Message']],
  ];
  for (const [list, expected] of cases) {
    const drop = await openDrop(list);
    assert.deepEqual(Object.values(warned(drop.files)), expected.map(SEEMS));
  }
});

/** What tools save in place of a file, and the warnings about it: among encrypted files, and alone. */
const LOOKALIKES = [
  [
    'web page',
    '<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>',
    '; it looks like a web page: was that saved in its place?',
    true,
  ],
  [
    'Storage error',
    '\ufeff<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code></Error>',
    '; it looks like an error message of Azure Storage: was that saved in its place?',
    true,
  ],
  [
    'service error',
    '{"error":{"code":"InvalidAuthenticationToken","message":"Access token has expired."}}',
    '; it looks like an error message of an Azure service: was that saved in its place?',
    false,
  ],
  [
    'LFS pointer',
    `version https://git-lfs.github.com/spec/v1\noid sha256:${'7'.repeat(64)}\nsize 1234\n`,
    '; it looks like a Git LFS pointer, which stands in place of the file',
    true,
  ],
  ['nothing', '', '; it is empty', false],
];

for (const [name, content, words, isOddAlone] of LOOKALIKES) {
  test(`the warning names what was saved in place of a file: ${name}`, async () => {
    const memory = new MemoryDrop()
      .add('set/a.json', lines(100))
      .addClear('set/odd.json', content)
      .addClear('open/odd.json', content);
    const drop = await memory.open();
    const expected = {
      'set/odd.json': UNLIKE('set') + words,
      ...(isOddAlone && { 'open/odd.json': `it is not encrypted${words}` }),
    };
    assert.deepEqual(warned(drop.files), expected);
    const sink = new MemorySink();
    assert.deepEqual(warned((await drop.decrypt(sink)).files), expected);
    assert.equal(sink.files.get('set/odd.json')?.toString(), content, 'and it is delivered all the same');
  });
}

test('a web page with the name of one gets no warning if nothing is encrypted', async () => {
  const drop = await new MemoryDrop()
    .add('set/a.json', lines(100))
    .addClear('open/index.html', '<html><body>x</body></html>')
    .open();
  assert.deepEqual(warned(drop.files), {});
});

test('a file that may be a converted ciphertext always gets a warning, which does not call it clear', async () => {
  const noise = newKey().encrypt(lines(3000));
  const memory = new MemoryDrop().add('set/a.json', lines(100));
  memory
    .addClear('open/a.b64', noise.toString('base64'))
    .addClear('open/a.hex', noise.toString('hex'))
    .addClear('set/a.gz', gzipSync(noise));
  const expected = {
    'open/a.b64': 'it is taken for not encrypted; it looks like a Base64 text that no key here opens',
    'open/a.hex': 'it is taken for not encrypted; it looks like a text of hex digits that no key here opens',
    'set/a.gz':
      'it is taken for not encrypted, unlike other files of set; it looks like a gzip file with a ciphertext ' +
      'inside that no key here opens',
  };
  const drop = await memory.open();
  assert.deepEqual(warned(drop.files), expected);
  assert.deepEqual(warned((await drop.decrypt(new MemorySink())).files), expected);
});

test('in a big drop, too, the warning names what was saved in place of a file', async () => {
  const memory = new MemoryDrop();
  for (let index = 0; index < 1000; index += 1) memory.addRaw(`set/part-${index}.json`, `{"id":${index}}\n`);
  for (const [name, content] of LOOKALIKES) memory.addClear(`set/${name}.json`, content);
  const drop = await memory.open();
  const expected = Object.fromEntries(LOOKALIKES.map(([name, , words]) => [`set/${name}.json`, UNLIKE('set') + words]));
  assert.deepEqual(warned((await drop.decrypt(new MemorySink())).files), expected);
  assert.deepEqual(warned(drop.files), expected);
});

/** More files than are examined beforehand: by name, `clear` ones come first, then `encrypted` ones. */
function many(clear, encrypted, folder = 'set') {
  const memory = new MemoryDrop();
  for (let index = 0; index < clear; index += 1) memory.addClear(`${folder}/a-${index}.csv`, `id,name\n${index},x\n`);
  for (let index = 0; index < encrypted; index += 1) memory.addRaw(`${folder}/b-${index}.json`, `{"id":${index}}\n`);
  return memory;
}

test('in a big drop a copy waits for its dataset, and each result is reported once, when it is final', async () => {
  const memory = many(700, 700);
  for (let index = 0; index < 100; index += 1) memory.addClear(`open/${index}.csv`, 'a,b\n1,2\n');
  const drop = await memory.open();
  assert.deepEqual(warned(drop.files), {}, 'nobody has looked');
  const told = [];
  let last;
  const onprogress = (progress) => {
    last = progress;
    for (const { result } of progress.changed) if (result) told.push(structuredClone(result));
  };
  const sink = new MemorySink();
  const report = await drop.decrypt(sink, { onprogress, concurrency: 1 });
  assert.deepEqual([report.decrypted, report.copied, report.failed, sink.files.size], [700, 800, 0, 1500]);
  assert.equal(told.length, 1500);
  assert.deepEqual([last?.filesDone, last?.bytesRead], [1500, last?.bytesTotal]);
  assert.deepEqual(told.sort(byPath), [...report.files].sort(byPath), 'told as they are in the report');
  const texts = Object.values(warned(report.files));
  assert.deepEqual([texts.length, new Set(texts)], [700, new Set([UNLIKE('set')])]);
  assert.deepEqual(Object.keys(warned(drop.files)).length, 700, 'the rows say it, too');
});

test('a copy is written at once, and only its result waits', async () => {
  const drop = await many(1100, 1).open();
  let released = 0;
  let written = 0;
  const sink = new MemorySink({
    close: (path) => (path.endsWith('.csv') ? (written += 1) : assert.equal([written, released].join(), '1100,0')),
  });
  await drop.decrypt(sink, {
    concurrency: 1,
    onprogress: ({ changed }) => (released += changed.filter(({ result }) => result).length),
  });
  assert.equal(released, 1101);
});

test('a dataset of which nothing could be decrypted proves nothing, but does not count as clear', async () => {
  const memory = many(1100, 0);
  memory.items.push({ path: 'set/z.json', blob: new Blob([memory.keys[0].encrypt(lines(99)).subarray(0, -1)]) });
  const report = await (await memory.open()).decrypt(new MemorySink());
  assert.deepEqual(new Set(Object.values(warned(report.files))), new Set([SEEMS('set')]));
  const clear = await (await many(1100, 0).open()).decrypt(new MemorySink());
  assert.deepEqual([clear.copied, warned(clear.files)], [1100, {}]);
});

test('when the run is cancelled, no waiting result is lost', async () => {
  const drop = await many(1100, 50).open();
  const cancel = new AbortController();
  const told = new Map();
  let written = 0;
  const sink = new MemorySink({ close: () => (written += 1) === 600 && cancel.abort() });
  const onprogress = ({ changed }) => {
    for (const { path, result } of changed) if (result) told.set(path, result);
  };
  await assert.rejects(drop.decrypt(sink, { signal: cancel.signal, concurrency: 1, onprogress }), fails('ERR_ABORTED'));
  assert.ok(told.size >= 600 - 64, `${told.size} of ${sink.files.size}`);
  for (const [path, { outcome, warnings }] of told)
    assert.ok(sink.files.has(path) && outcome === 'copied' && warnings.length === 0);
});

test('a resumed run reports what the cancelled one could not know yet, and the next run reports it again', async () => {
  const [source, out] = [join(temporary, 'in'), join(temporary, 'out')];
  const made = makeDrop(source);
  for (let index = 0; index < 1100; index += 1) made.addClear(`set/a-${index}.csv`, 'id,name\n1,x\n');
  made.add('set/b.json', lines(99));
  const run = async (options) => {
    const drop = await openDrop(await folderFiles(source));
    await drop.unlock(privateKey());
    return drop.decrypt(await folderSink(out), { resume: true, concurrency: 1, ...options });
  };
  const cancel = new AbortController();
  const onprogress = ({ filesDone }) => filesDone > 0 && cancel.abort();
  await assert.rejects(run({ signal: cancel.signal, onprogress }), fails('ERR_ABORTED'));
  const expected = Object.fromEntries(
    Array.from({ length: 1100 }, (_, index) => [`set/a-${index}.csv`, UNLIKE('set')]),
  );
  const second = await run();
  assert.ok(second.skipped > 0 && second.skipped < 1100, `${second.skipped} were there`);
  assert.deepEqual(warned(second.files), expected);
  const third = await run();
  assert.equal(third.skipped, 1101);
  assert.deepEqual(warned(third.files), expected);
});

/** What a DropFile is made of; its own path is another argument. */
const empty = { path: '', blob: new Blob([]) };
/** As much of a result as is looked at. @param {FileResult['outcome']} outcome */
const resultOf = (outcome) => /** @type {FileResult} */ ({ outcome, warnings: /** @type {string[]} */ ([]) });

test('a file that turns out not to be delivered does not delay any result', async () => {
  const files = ['a.csv', 'key.pem'].map((name) => new DropFile(`set/${name}`, empty, 'encrypted'));
  for (const file of files) file.examined = false;
  const neighbours = await Neighbours.of(files, files);
  assert.deepEqual(neighbours.settle(files[0], resultOf('copied')), []);
  files[1].role = 'private-key';
  assert.deepEqual(
    neighbours.leave(files[1]).map(({ file }) => file),
    [files[0]],
  );
  assert.deepEqual(neighbours.rest(), []);
});

test('a hundred thousand files take linear time', async () => {
  const files = Array.from(
    { length: 100_000 },
    (_, index) => new DropFile(`set/${index % 100}/${index}.csv`, empty, 'encrypted'),
  );
  for (const file of files) file.examined = false;
  const before = process.cpuUsage();
  const neighbours = await Neighbours.of([new DropFile(DETAILS, empty, 'key-details'), ...files], files);
  let final = 0;
  for (const file of files.slice(0, -1)) {
    DropFile.recordVerdict(file, { entry: null, content: 'text', repair: null, resembles: null });
    final += neighbours.settle(file, resultOf('copied')).length;
  }
  assert.equal(final, 0);
  const all = neighbours.settle(files[files.length - 1], resultOf('decrypted'));
  assert.equal(all.length, 100_000);
  assert.ok(all.slice(1).every(({ result }) => result.warnings[0] === UNLIKE('set')));
  // Half a second of CPU; other programs may have the processor meanwhile.
  const { user } = process.cpuUsage(before);
  assert.ok(user < 5e6, `${user / 1e6} s`);
});

function byPath(one, other) {
  return one.path < other.path ? -1 : 1;
}
