/** Drops that are packed as ZIP archives: which are opened, where their files come, what is wrong with one entry. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import zlib from 'node:zlib';
import { openDrop, PrivateKey } from '../../pkg/index.js';
import { makeZip, u16, u32 } from './make-zip.mjs';
import { codes, DETAILS, lines, MemoryDrop, MemorySink, MIB, PEM, privateKey, sameFiles } from './memory-drop.mjs';
import { expectedOf, samplePath } from './samples.mjs';

const names = JSON.parse(readFileSync(samplePath('names.json'), 'utf8'));

/** The drop of these items, decrypted: `{ report, files, drop }`. */
async function run(items, options = {}) {
  const drop = await openDrop(items);
  await drop.unlock(privateKey()).catch(() => {});
  const sink = new MemorySink();
  const report = await drop.decrypt(sink, options);
  return { drop, report, files: sink.files };
}

const file = (bytes, path = 'drop.zip', lastModified = 1e12) => ({
  path,
  blob: new File([bytes], path, { lastModified }),
});
const contentsOf = async (items) =>
  Promise.all(items.map(async ({ path, blob }) => ({ name: path, content: Buffer.from(await blob.arrayBuffer()) })));
/** All of a drop in one archive. */
const packed = async (memory, each = {}, whole = {}) =>
  makeZip(
    (await contentsOf(memory.items)).map((entry) => ({ ...entry, ...each })),
    whole,
  );

function smallDrop() {
  return new MemoryDrop()
    .add('BasicDataSet_v0.Message_v0/part-0.json', lines(3000))
    .add('BasicDataSet_v0.User_v1/part-0.json', lines(70))
    .addClear('metadata/JobMetadata.json', '{"a":1}');
}

test('the sample archives give what names.json says', async () => {
  for (const archive of ['plain', 'hostile-names', 'collisions']) {
    const wanted = names.filter((line) => line.archive === `archives/${archive}.zip`);
    const { report, files } = await run([file(readFileSync(samplePath(`archives/${archive}.zip`)), `${archive}.zip`)]);
    const failed = report.files.filter(({ outcome }) => outcome === 'failed');
    assert.ok(failed.every(({ code }) => code === 'ERR_UNSAFE_NAME'));
    assert.equal(failed.length, wanted.filter((line) => line.error_kind === 'unsafe_name').length, archive);
    for (const { message = '' } of failed)
      assert.match(message, new RegExp(`^the entry .+ of the archive ${archive}.zip`, 's'));
    const isDetails = ({ name }) => /encryptionKeyDetails/.test(name);
    // Colliding entries are renamed, which names.json counts as right.
    const delivered = wanted.filter((line) => line.error_kind !== 'unsafe_name' && !isDetails(line));
    assert.equal(files.size, delivered.length, archive);
    for (const name of files.keys()) assert.doesNotMatch(name, /outside|\.\.|\\|[\0-\x1f]/);
  }
});

test('the root folder in an archive is stripped, and every file has the hash of the folder', async () => {
  const { report, files } = await run([file(readFileSync(samplePath('archives/plain.zip')))]);
  assert.equal(report.failed, 0);
  const expected = expectedOf('java-gzip-oaep');
  for (const { file: path, sha256: hash } of expected.filter(({ outcome }) => outcome !== 'error'))
    assert.equal(
      createHash('sha256')
        .update(files.get(path) ?? '')
        .digest('hex'),
      hash,
      path,
    );
});

for (const [name, each, whole] of [
  ['stored', {}, {}],
  ['deflated', { method: 8 }, {}],
  ['with data descriptors', { method: 8, described: true }, {}],
  ['with Zip64', { method: 8 }, { zip64: true }],
  ['with Zip64, descriptors and bytes in front', { described: true }, { zip64: true, before: lines(999) }],
  ['with bytes in front and behind', { method: 8 }, { before: lines(5000), after: lines(5000) }],
  ['with a comment that looks like ends of archives', {}, { comment: Buffer.alloc(600, 'PK\x05\x06\0\0') }],
  [
    'with a comment that ends in the end of another archive',
    {},
    { comment: makeZip([{ name: 'a', content: 'b' }]).subarray(-22) },
  ],
  ['with long local headers', { localExtra: Buffer.concat([u16(0x9999), u16(4000), Buffer.alloc(4000)]) }, {}],
])
  test(`an archive ${name} gives the same files as the folder`, async () => {
    const memory = smallDrop().add('BasicDataSet_v0.Message_v0/big.json', lines(6 * MIB));
    const { report, files } = await run([file(await packed(memory, each, whole))]);
    assert.equal(report.failed, 0);
    sameFiles(files, memory.contents);
  });

test('an archive may lie in the dropped folder, beside others and beside files, and all are one drop', async () => {
  const memory = smallDrop();
  const items = await contentsOf(memory.items);
  const part = (...chosen) => makeZip(chosen.map((index) => items[index]));
  const [details, , user, job] = memory.items;

  const split = await run([file(part(0, 1), 'export-1.zip'), file(part(2, 3), 'export-2.zip')]);
  assert.equal(split.drop.files.find(({ path }) => path === user.path)?.archive, 'export-2.zip');
  sameFiles(split.files, memory.contents);

  const mixed = await run([
    details,
    job,
    file(part(1), 'a.zip'),
    user,
    { ...details, path: 'key.pem', blob: new Blob([PEM]) },
  ]);
  assert.deepEqual(mixed.drop.privateKeys, ['key.pem']);
  sameFiles(mixed.files, memory.contents);

  const under = [file(part(0, 1), 'sub/export-1.zip'), file(part(2, 3), 'sub/export-2.zip')];
  sameFiles((await run(under)).files, memory.contents);
});

test('archives whose files lie loose, or whose paths collide, each get a folder', async () => {
  const memory = smallDrop();
  const [, message, user] = await contentsOf(memory.items);
  const loose = [message, user].map((entry) => makeZip([{ ...entry, name: 'part-0.json' }]));
  const apart = await run([memory.items[0], file(loose[0], 'Message.zip'), file(loose[1], 'User.ZIP')]);
  assert.deepEqual([...apart.files.keys()].sort(), ['Message/part-0.json', 'User/part-0.json']);

  const whole = await packed(memory);
  const twice = await run([
    file(whole, 'october.zip'),
    file(whole, 'november.zip', 2e12),
    file(whole, 'november.zip', 3e12),
  ]);
  assert.deepEqual([twice.report.decrypted, twice.report.failed], [6, 0]);
  const tops = new Set([...twice.files.keys()].map((path) => path.split('/')[0]));
  assert.deepEqual([...tops].sort(), ['november', 'november (2)', 'october']);
});

test('an archive that is data is delivered as it is', async () => {
  const memory = smallDrop();
  const inner = makeZip([{ name: 'report.csv', content: 'a,b\n' }]);
  const document = makeZip([{ name: '[Content_Types].xml', content: '<x/>' }]);
  memory.addClear('VivaInsights/report.zip', inner).addClear('loose.zip', inner).addClear('letter.docx', document);
  const { report, files } = await run(memory.items);
  assert.equal(report.failed, 0);
  sameFiles(files, memory.contents);

  // The same in an archive: one inside an archive is not opened.
  sameFiles((await run([file(await packed(memory))])).files, memory.contents);
  memory.add('set/inner.zip', inner);
  sameFiles((await run([file(await packed(memory, { method: 8 }))])).files, memory.contents);
});

test('an archive in an archive, with nothing else in it, has to be unpacked first', async () => {
  const nested = makeZip([{ name: 'drop.zip', content: await packed(smallDrop()) }]);
  const { report } = await run([file(nested, 'outer.zip')]);
  assert.deepEqual(codes(report), { 'drop.zip': 'ERR_ARCHIVE' });
  assert.match(report.files[0].message ?? '', /unpack it first/);
});

test('a private key in an archive is used and left out, as in a folder', async () => {
  const memory = smallDrop().addClear('keys/key.pem', PEM);
  const drop = await openDrop([file(await packed(memory, { method: 8 }))]);
  assert.deepEqual(drop.privateKeys, ['keys/key.pem']);
  await drop.unlock(privateKey());
  const sink = new MemorySink();
  const report = await drop.decrypt(sink);
  assert.deepEqual(
    report.leftOut.map(({ path, code }) => [path, code]),
    [['keys/key.pem', 'ERR_PRIVATE_KEY_IN_DROP']],
  );
  memory.contents.delete('keys/key.pem');
  sameFiles(sink.files, memory.contents);
});

test('names: backslashes, UTF-8 without its flag, code page 437, the Unicode path field, folders, litter', async () => {
  const content = '{"a":1}';
  const unicode = (name, text) =>
    Buffer.concat([
      u16(0x7075),
      u16(5 + Buffer.byteLength(text)),
      Buffer.from([1]),
      u32(zlib.crc32(name)),
      Buffer.from(text),
    ]);
  const [odd, wrong] = [Buffer.from('set/caf?.json'), Buffer.from('set/right.json')];
  const zip = makeZip([
    { name: 'set\\windows\\a.json', content, host: 0, external: 0x20 },
    { nameBytes: Buffer.from('set/größe.json'), content },
    { nameBytes: Buffer.from([...Buffer.from('set/'), 0x81, 0xe1, ...Buffer.from('.json')]), content },
    { nameBytes: odd, content, extra: unicode(odd, 'set/café.json') },
    { nameBytes: wrong, content, extra: unicode(odd, 'set/wrong.json') },
    { name: './set/./b.json', content },
    { name: 'set//c.json', content },
    { name: 'set/', content: '' },
    { name: 'empty\\', content: '', host: 0, external: 0x10 },
    { name: 'folder', content: '', host: 0, external: 0x10 },
    { name: '__MACOSX/set/._a.json', content: Buffer.from([0, 5, 0x16, 7, 0, 2, 0, 0]) },
  ]);
  const { report, files } = await run([file(zip)]);
  assert.equal(report.failed, 0);
  assert.deepEqual(
    [...files.keys()].sort(),
    ['b', 'c', 'café', 'größe', 'right', 'windows/a', 'üß'].map((name) => `set/${name}.json`).sort(),
  );
  assert.deepEqual(
    report.leftOut.map(({ code }) => code),
    ['ERR_LITTER'],
  );
});

test('an entry that cannot be read fails by its name, and the others come out', async () => {
  const content = Buffer.from(lines(300));
  const good = { name: 'good.txt', content };
  const ones = {
    'password.txt': [{ flags: 1 }, /encrypted with a password.*7-Zip/],
    'aes.txt': [{ method: 99, flags: 1, packed: content }, /encrypted with a password/],
    'deflate64.txt': [{ method: 9, packed: content }, /compressed with Deflate64.*7-Zip/],
    'zstd.txt': [{ method: 93, packed: content }, /compressed with Zstandard/],
    'odd.txt': [{ method: 77, packed: content }, /compressed with method 77/],
    'checksum.txt': [{ crc: 1 }, /CRC-32 is not the one.*download the archive again/],
    'deflated.txt': [{ method: 8, crc: 1 }, /CRC-32 is not the one/],
    'invalid.txt': [{ method: 8, packed: Buffer.alloc(50, 0xff) }, /deflate\) is not valid/],
    'short.txt': [{ method: 8, packed: zlib.deflateRawSync(content.subarray(9)) }, /is not valid|shorter/],
    'long.txt': [{ method: 8, size: content.length - 1 }, /expands beyond the 299|expands beyond/],
    'sizes.txt': [{ size: content.length + 1 }, /two sizes differ/],
    'beyond.txt': [{ header: 2 ** 31 }, /beyond the end of the archive/],
    'elsewhere.txt': [{ header: 7 }, /not where the directory says|shares bytes/],
  };
  const entries = Object.entries(ones).map(([name, [unusual]]) => ({ name, content, ...unusual }));
  const { report, files } = await run([file(makeZip([good, ...entries, { ...good, name: 'last.txt' }]))]);
  assert.deepEqual([...files.keys()].sort(), ['good.txt', 'last.txt']);
  for (const { path, code, message = '' } of report.files.filter(({ outcome }) => outcome === 'failed')) {
    assert.equal(code, 'ERR_ARCHIVE', path);
    assert.match(message, ones[path][1]);
    assert.ok(message.includes(`the entry ${path} of the archive drop.zip`), message);
  }
  assert.equal(report.failed, entries.length);
});

test('an encrypted entry whose bytes were changed fails by its archive, small or big', async () => {
  const memory = new MemoryDrop();
  for (const [name, size] of [
    ['small', 3000],
    ['middle', 300_000],
    ['big', 9 * MIB],
  ])
    memory.add(`${name}.json`, lines(size));
  const entries = await contentsOf(memory.items);
  const crcs = entries.map(({ content }) => zlib.crc32(content));
  const originals = entries.map(({ content }) => Buffer.from(content));
  /** @type {((length: number) => number)[]} */
  const places = [(length) => length >> 1, () => 0, () => 20, (length) => length - 1];
  for (const [method, place] of [0, 8].flatMap((one) => places.map((at) => /** @type {const} */ ([one, at])))) {
    for (const [index, entry] of entries.entries()) {
      entry.content = Buffer.from(originals[index]);
      if (index > 0) entry.content[place(entry.content.length)] ^= 0x41;
    }
    const zip = makeZip(entries.map((entry, index) => ({ ...entry, method, crc: crcs[index] })));
    const { report, files } = await run([file(zip)]);
    assert.deepEqual(codes(report), {
      'small.json': 'ERR_ARCHIVE',
      'middle.json': 'ERR_ARCHIVE',
      'big.json': 'ERR_ARCHIVE',
    });
    assert.equal(files.size, 0);
  }
});

test('entries that share bytes do not come out more than once', async () => {
  const content = lines(2000);
  const same = Array.from({ length: 50 }, (_, index) => ({ name: `copy-${index}.txt`, content, header: 0 }));
  const { report, files } = await run([file(makeZip([{ name: 'one.txt', content }, ...same]))]);
  assert.deepEqual([files.size, report.failed], [1, 50]);
  assert.ok(report.files.filter(({ code }) => code).every(({ message = '' }) => /shares bytes with/.test(message)));

  // One inside the other, as in a bomb: the outer one quotes the inner one's header.
  const inner = makeZip([{ name: 'inner.txt', content }]);
  const outer = makeZip([
    { name: 'outer.txt', content: inner },
    { name: 'inner.txt', content, header: 39 },
  ]);
  assert.deepEqual(codes((await run([file(outer)])).report), { 'outer.txt': 'ERR_ARCHIVE', 'inner.txt': 'copied' });
});

test('an archive that cannot be opened says why', async () => {
  const zip = await packed(smallDrop());
  /** @type {[Buffer, RegExp][]} */
  const ones = [
    [zip.subarray(0, zip.length - 1), /has no end, so it was probably cut off; download it again/],
    [zip.subarray(0, zip.length >> 1), /has no end/],
    [Buffer.from('PK\x03\x04'), /has no end/],
    [Buffer.concat([Buffer.from('PK\x07\x08'), zip.subarray(4, 2000)]), /part of a split ZIP archive/],
    [makeZip([{ name: 'a', content: lines(100) }], { disk: 2 }), /part of a split ZIP archive/],
    [makeZip([{ name: 'a', content: 'b' }], { before: Buffer.from('MZ'), disk: 2 }), /part of a split ZIP archive/],
    [Buffer.concat([Buffer.from('PK\x03\x04'), zip.subarray(zip.length - 22)]), /directory is not where its end says/],
  ];
  for (const [bytes, message] of ones) {
    const { report } = await run([file(bytes)]);
    assert.deepEqual(codes(report), { 'drop.zip': 'ERR_ARCHIVE' });
    assert.match(report.files[0].message ?? '', message);
  }
});

test('an empty archive is an empty drop', async () => {
  const { report } = await run([file(makeZip([]))]);
  assert.deepEqual([report.files, report.failed], [[], 0]);
});

test('files of an archive have its date, and those of a Blob have none', async () => {
  const zip = await packed(smallDrop());
  const dates = async (item) => {
    const found = new Set();
    const drop = await openDrop([item]);
    await drop.unlock(await PrivateKey.import(PEM));
    const sink = new MemorySink({ open: (_path, { modified }) => found.add(modified?.getTime()) });
    await drop.decrypt(sink);
    return [...found];
  };
  assert.deepEqual(await dates(file(zip)), [1e12]);
  assert.deepEqual(await dates({ path: 'drop.zip', blob: new Blob([zip]) }), [undefined]);
});

test('a drop whose key details lie in an archive with a wrong checksum says so', async () => {
  const memory = smallDrop();
  const entries = await contentsOf(memory.items);
  const zip = makeZip(entries.map((entry) => (entry.name === DETAILS ? { ...entry, crc: 5 } : entry)));
  const { report } = await run([file(zip)]);
  const line = report.files.find(({ path }) => path === DETAILS);
  assert.equal(line?.code, 'ERR_ARCHIVE');
  assert.match(line?.message ?? '', /CRC-32/);
});
