/** Opening a drop: what is in it, before and after it is unlocked. */

import assert from 'node:assert/strict';
import { openAsBlob, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DataDrop, MgdcDecryptError, openDrop, outputPaths } from '../../pkg/index.js';
import { DETAILS, fails, lines, MemoryDrop, MemorySink, MIB, newKey, privateKey } from './memory-drop.mjs';
import { samplePath } from './samples.mjs';

/** @import { DropItem } from '../../pkg/index.js' */

const roles = (drop) => Object.fromEntries(drop.files.map(({ path, role }) => [path, role]));

/** A File with `webkitRelativePath`, as from a folder picker. */
function picked(path, blob) {
  return Object.defineProperty(new File([blob], path.split('/').at(-1)), 'webkitRelativePath', { value: path });
}

test('an opened drop tells role, size and content of each file', async () => {
  const memory = new MemoryDrop();
  memory.add('BasicDataSet_v0.Message_v0/part-0.json', lines(1000));
  memory
    .addClear('metadata/JobMetadata.json', '{"a":1}')
    .addClear('clear.json', '{"b":2}')
    .addClear('clear.json.gz', gzipSync('x'))
    .addClear('empty', '');
  const drop = await openDrop(memory.items);
  assert.ok(drop instanceof DataDrop);
  assert.deepEqual(roles(drop), {
    [DETAILS]: 'key-details',
    'BasicDataSet_v0.Message_v0/part-0.json': 'encrypted',
    'metadata/JobMetadata.json': 'metadata',
    'clear.json': 'clear',
    'clear.json.gz': 'clear',
    empty: 'clear',
  });
  assert.deepEqual(
    drop.files.map(({ size }) => size),
    memory.items.map(({ blob }) => blob.size),
  );
  assert.deepEqual(
    drop.files.filter(({ role }) => role === 'clear').map(({ content }) => content),
    ['json', 'gzip', 'empty'],
  );
  assert.ok(
    drop.files.every(({ keyDetails, error }) => keyDetails === null && error === null),
    'no key was tried yet',
  );
  assert.deepEqual(drop.problems, []);
  const [entry] = drop.keyDetails;
  assert.deepEqual(
    { ...entry, wrappedKey: '', iv: '' },
    {
      place: '$.DecryptionKeyDetails[0]',
      publicKeyVersion: memory.keys[0].details.PublicKeyVersion,
      keyIdentifier: null,
      wrappedKey: '',
      iv: '',
      kind: 'file',
      path: DETAILS,
      unlocked: false,
      algorithm: null,
      encoding: null,
      error: null,
    },
  );
});

test('an unlocked drop tells what each file holds and which entry opens it', async () => {
  const memory = new MemoryDrop(2)
    .add('one.json', lines(100), 0)
    .add('two.json', lines(100), 1)
    .addRaw('plain.json', '{"a":1}');
  const drop = await openDrop(memory.items);
  assert.deepEqual(await drop.unlock(privateKey()), [0, 1]);
  assert.deepEqual(
    drop.files.slice(1).map(({ content, keyDetails }) => [content, keyDetails]),
    [
      ['gzip', 0],
      ['gzip', 1],
      ['json', 0],
    ],
  );
  assert.deepEqual(
    drop.keyDetails.map(({ unlocked, algorithm, encoding }) => [unlocked, algorithm, encoding]),
    Array(2).fill([true, 'RSA-OAEP', 'raw']),
  );
});

test('Files, picked folders and { path, blob } give the same drop', async () => {
  const memory = new MemoryDrop().add('set/part-0.json', lines(100)).addClear('metadata/JobMetadata.json', '{}');
  const expected = roles(await openDrop(memory.items));
  const forms = {
    'picked folder': memory.items.map(({ path, blob }) => picked(`export/${path}`, blob)),
    'picked folder around the drop': memory.items.map(({ path, blob }) => picked(`downloads/export/${path}`, blob)),
    'folder around the drop': memory.items.map(({ path, blob }) => ({ path: `a/b/${path}`, blob })),
    'an iterator': memory.items.values(),
    'items that are Files': memory.items.map(({ path, blob }) => ({ path, blob: new File([blob], 'x') })),
  };
  for (const [name, files] of Object.entries(forms)) assert.deepEqual(roles(await openDrop(files)), expected, name);
});

test('the picked folder is not part of a path, even if nothing shows the root', async () => {
  const files = ['set/part-0.json', 'notes.txt'].map((path) => picked(`downloads/${path}`, new Blob(['{}'])));
  assert.deepEqual(roles(await openDrop(files)), { 'set/part-0.json': 'clear', 'notes.txt': 'clear' });
  const named = await openDrop([...files, { path: 'other/a.json', blob: new Blob(['{}']) }]);
  assert.deepEqual(
    named.files.map(({ path }) => path),
    ['downloads/set/part-0.json', 'downloads/notes.txt', 'other/a.json'],
  );
});

test('Files without a folder make a drop as well', async () => {
  const memory = new MemoryDrop().add('part-0.json', lines(100));
  const flat = memory.items.map(({ path, blob }) => new File([blob], path.split('/').at(-1)));
  const drop = await openDrop(flat);
  assert.deepEqual(roles(drop), { 'encryptionKeyDetails.json': 'key-details', 'part-0.json': 'encrypted' });
  assert.deepEqual(await drop.unlock(privateKey()), [0]);
});

test('key details under another name are found among few loose files, and in place of what is missing', async () => {
  for (const [loose, deep] of [
    [10, 1100],
    [1100, 0],
  ]) {
    const memory = new MemoryDrop();
    memory.items[0].path = 'a-renamed.json';
    for (let index = 0; index < loose; index += 1) memory.add(`part-${index}.json`, '[1]');
    for (let index = 0; index < deep; index += 1) memory.add(`set/part-${index}.json`, '[1]');
    const drop = await openDrop(memory.items);
    assert.equal(drop.files[0].role, 'key-details');
    assert.equal(drop.keyDetails.length, 1);
  }
});

test('key details are read up to 64 MiB, and up to 1 MiB under another name', { timeout: 30_000 }, async () => {
  const json = JSON.stringify({ DecryptionKeyDetails: [newKey().details] });
  const opened = (path, size) =>
    openDrop([
      { path, blob: new Blob([json, new Uint8Array(size - json.length).fill(0x20)]) },
      { path: 'set/a.json', blob: new Blob([newKey().encrypt(lines(70))]) },
    ]);
  for (const path of ['metadata/JobMetadata/Metadata.json', 'renamed.json']) {
    assert.equal((await opened(path, MIB)).keyDetails.length, 1, path);
    const { keyDetails, problems } = await opened(path, MIB + 1);
    assert.equal(keyDetails.length, 0, path);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['ERR_KEY_DETAILS_MISSING'],
      path,
    );
  }
  assert.equal((await opened(DETAILS, 64 * MIB)).keyDetails.length, 1);
  const { keyDetails, problems } = await opened(DETAILS, 64 * MIB + 1);
  assert.equal(keyDetails.length, 0);
  assert.deepEqual(
    problems.map(({ code, path }) => [code, path]),
    [['ERR_KEY_DETAILS_LIMIT', DETAILS]],
  );
});

test('very many loose files are not looked at where the key details are known', async () => {
  const memory = new MemoryDrop();
  for (let index = 0; index < 1100; index += 1) memory.add(`part-${index}.json`, '[1]');
  const drop = await openDrop(memory.items);
  assert.equal(drop.files.filter(({ examined }) => examined).length, 1);
  await drop.unlock(privateKey());
  const report = await drop.decrypt(new MemorySink());
  assert.equal(report.decrypted, 1100);
});

test('the same file added twice counts once, and two files of the same name count twice', async () => {
  const memory = new MemoryDrop().add('part-0.json', lines(100));
  assert.equal((await openDrop([...memory.items, ...memory.items])).files.length, 2);
  memory.add('part-0.json', lines(5000));
  const drop = await memory.open();
  assert.equal(drop.files.length, 3);
  const sink = new MemorySink();
  const report = await drop.decrypt(sink);
  assert.deepEqual(
    report.files.map(({ path, output, outcome }) => [path, output, outcome]),
    [
      ['part-0.json', 'part-0.json', 'decrypted'],
      ['part-0.json', 'part-0 (2).json', 'decrypted'],
    ],
  );
  assert.notDeepEqual(sink.files.get('part-0.json'), sink.files.get('part-0 (2).json'));
});

test('files that differ only in their bytes count twice: unpacking gives all files the same time', async () => {
  const file = (text) => ({
    path: 'metadata/JobMetadata.json',
    blob: new File([text], 'JobMetadata.json', { lastModified: 1_700_000_000_000 }),
  });
  assert.equal((await openDrop([file('{"a":1}'), file('{"a":2}'), file('{"a":1}')])).files.length, 2);
  const big = (at) => Uint8Array.from({ length: 300_000 }, (_, index) => Number(index === at));
  assert.equal((await openDrop([file(big(0)), file(big(299_999)), file(big(0))])).files.length, 2);
});

test('data that mentions keys is data', async () => {
  const memory = new MemoryDrop();
  const row = JSON.stringify({ body: JSON.stringify(memory.keys[0].details), ...newKey().details });
  memory.addClear('set/part-0.json', row).addClear('set/part-1.json', lines(100));
  const drop = await memory.open();
  assert.equal(drop.keyDetails.length, 1);
  const sink = new MemorySink();
  assert.deepEqual((({ copied, failed }) => [copied, failed])(await drop.decrypt(sink)), [2, 0]);
  assert.equal(sink.files.get('set/part-0.json')?.toString(), row);
});

test('in Node a Blob over a file is refused at once', async () => {
  const blob = await openAsBlob(samplePath('keys/contoso-2048/pkcs8.pem'));
  await assert.rejects(openDrop([{ path: 'a', blob }]), /TypeError.*openAsBlob/);
});

test('anything that is not a file is a TypeError', async () => {
  for (const wrong of [
    null,
    undefined,
    12,
    [null],
    [new Blob(['x'])],
    [{ path: 'x' }],
    [{ blob: new Blob() }],
    ['x'],
  ]) {
    await assert.rejects(
      openDrop(/** @type {DropItem[]} */ (/** @type {unknown} */ (wrong))),
      TypeError,
      JSON.stringify(wrong),
    );
  }
});

test('an empty drop, and one without encrypted files, have no problem', async () => {
  const nothing = await openDrop([]);
  assert.deepEqual([nothing.files, nothing.keyDetails, nothing.problems], [[], [], []]);
  assert.deepEqual((await nothing.decrypt(new MemorySink())).files, []);
  const clear = await openDrop([{ path: 'a.json', blob: new Blob(['{}']) }]);
  assert.deepEqual(clear.problems, []);
  const sink = new MemorySink();
  const { copied, failed } = await clear.decrypt(sink);
  assert.deepEqual([copied, failed], [1, 0]);
  assert.equal(sink.files.get('a.json')?.toString(), '{}');
});

test('missing key details are a problem of the drop and of each encrypted file', async () => {
  const memory = new MemoryDrop().add('part-0.json', lines(100));
  const drop = await openDrop(memory.items.slice(1));
  assert.deepEqual(
    drop.problems.map(({ code, path }) => [code, path]),
    [['ERR_KEY_DETAILS_MISSING', DETAILS]],
  );
  assert.ok(drop.problems[0] instanceof MgdcDecryptError);
  assert.equal(drop.files[0].error?.code, 'ERR_KEY_DETAILS_MISSING');
  await assert.rejects(drop.unlock(privateKey()), fails('ERR_KEY_DETAILS_MISSING'));
});

test('damaged key details are a problem with a path, and do not affect other documents', async () => {
  const memory = new MemoryDrop().add('part-0.json', lines(100));
  memory.items.unshift({ path: `other/${DETAILS.split('/').at(-1)}`, blob: new Blob(['{']) });
  const drop = await openDrop(memory.items);
  assert.deepEqual(
    drop.problems.map(({ code, path }) => [code, path]),
    [['ERR_KEY_DETAILS_JSON', 'other/encryptionKeyDetails.json']],
  );
  assert.deepEqual(await drop.unlock(privateKey()), [0]);
  assert.equal((await drop.decrypt(new MemorySink())).failed, 0);
});

test('damaged key details are in the report if a file lacks its key', async () => {
  const memory = new MemoryDrop().add('part-0.json', lines(100));
  const path = `B/${DETAILS}`;
  memory.items.push({ path, blob: new Blob(['{"x"']) });
  memory.items.push({ path: 'B/set/part-0.json', blob: new Blob([newKey().encrypt(gzipSync(lines(100)))]) });
  const drop = await openDrop(memory.items);
  await drop.unlock(privateKey());
  const { files } = await drop.decrypt(new MemorySink());
  const told = Object.fromEntries(files.map((file) => [file.path, file.code ?? file.outcome]));
  assert.deepEqual(told, {
    'part-0.json': 'decrypted',
    'B/set/part-0.json': 'ERR_FILE_KEY_UNWRAP',
    [path]: 'ERR_KEY_DETAILS_JSON',
  });
  assert.match(
    files.find((file) => file.path.endsWith('part-0.json') && file.code)?.message ?? '',
    /could not be read/,
  );
});

test('an aborted signal stops it, whatever its reason', async () => {
  const memory = new MemoryDrop().add('part-0.json', lines(100));
  for (const reason of [undefined, new Error('mine'), 'text', new TypeError('mine')]) {
    const signal = AbortSignal.abort(reason);
    await assert.rejects(openDrop(memory.items, { signal }), fails('ERR_ABORTED'));
    const drop = await openDrop(memory.items);
    await assert.rejects(drop.unlock(privateKey(), { signal }), fails('ERR_ABORTED'));
    await assert.rejects((await openDrop(memory.items)).decrypt(new MemorySink(), { signal }), fails('ERR_ABORTED'));
  }
});

test('a file that cannot be read is reported with ERR_READ, and the others open', async () => {
  const memory = new MemoryDrop().add('part-0.json', lines(100)).add('part-1.json', lines(100));
  const gone = {
    size: 1000,
    slice: () => gone,
    arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')),
  };
  memory.items.push({ path: 'gone.json', blob: gone });
  const drop = await memory.open();
  assert.equal(drop.files.at(-1)?.error?.code, 'ERR_READ');
  const report = await drop.decrypt(new MemorySink());
  assert.deepEqual(
    report.files.map(({ outcome, code }) => code ?? outcome),
    ['decrypted', 'decrypted', 'ERR_READ'],
  );
});

test('a drop that was disposed of no longer opens anything', async () => {
  const drop = await new MemoryDrop().add('part-0.json', lines(100)).open();
  drop.dispose();
  drop.dispose();
  await assert.rejects(drop.decrypt(new MemorySink()), /TypeError.*disposed/);
  await assert.rejects(drop.unlock(privateKey()), /TypeError.*disposed/);
  assert.throws(() => drop.keyDetails, /TypeError.*disposed/);
  if (Symbol.dispose) assert.equal(typeof drop[Symbol.dispose], 'function');
});

test('outputPaths says where files will go', () => {
  assert.deepEqual(
    outputPaths([
      { path: 'a/b.json.gz', decompressed: true },
      { path: 'a/c.json.gz', decompressed: false },
    ]),
    [
      { path: 'a/b.json', changed: null },
      { path: 'a/c.json.gz', changed: null },
    ],
  );
});

test('a sample drop opens from Files as it does from a folder', async () => {
  const folder = samplePath('drops/node-rotation/');
  const paths = [DETAILS, 'metadata/JobMetadata.json'];
  const drop = await openDrop(paths.map((path) => picked(`x/${path}`, readFileSync(folder + path))));
  assert.equal(drop.keyDetails.length, 2);
});
