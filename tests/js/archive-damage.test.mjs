/** Archives that are damaged, cut, hostile or very big: never a crash, never a wrong byte, and memory stays small. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import zlib from 'node:zlib';
import { ArchiveEntry } from '../../pkg/archive/archive-entry.js';
import { openZip } from '../../pkg/archive/open-zip.js';
import { storedEnd } from '../../pkg/archive/stored-end.js';
import { wasm } from '../../pkg/core/init.js';
import { openDrop } from '../../pkg/index.js';
import { makeZip, u16 } from './make-zip.mjs';
import { lines, MemoryDrop, MemorySink, MIB, privateKey } from './memory-drop.mjs';
import { rounds, seeded } from './random.mjs';

const blobOf = (bytes) => new Blob([bytes]);
const open = (bytes) => openZip(wasm(), blobOf(bytes), blobOf(bytes), 'drop.zip', undefined);

/** What an archive gives: for each path its bytes, or the code of its error. */
async function read(bytes) {
  const files = await open(bytes).catch((error) => error);
  if (!Array.isArray(files)) return new Map([['', codeOf(files)]]);
  const found = new Map();
  for (const { path, blob, error } of files)
    found.set(path, error ? codeOf(error) : await blob.arrayBuffer().then((buffer) => Buffer.from(buffer), codeOf));
  assert.equal(found.size, files.length, 'no path is there twice');
  return found;
}

/** @param {ArchiveEntry | undefined} blob */
function entryOf(blob) {
  assert.ok(blob);
  return blob;
}

/** The code of an error that was meant. Anything else, such as a RangeError, is a defect. */
function codeOf(error) {
  assert.match(String(error.code), /^ERR_(ARCHIVE|UNSAFE_NAME|READ)$/, String(error.stack ?? error.message));
  return error.code;
}

const contents = new Map([
  ['set/a.json', lines(900)],
  ['set/b.json', lines(2000)],
  ['größe.json', Buffer.alloc(5000, 'abc')],
  ['empty', Buffer.alloc(0)],
]);
const entries = [...contents].map(([name, content], index) => ({ name, content, method: index === 1 ? 0 : 8 }));
const whole = {
  plain: makeZip(entries),
  zip64: makeZip(entries, { zip64: true }),
  described: makeZip(
    entries.map((entry) => ({ ...entry, described: true })),
    { comment: Buffer.from('comment') },
  ),
};

/** Every file that came out has its bytes. */
function isRight(found, what) {
  const known = [...contents.values()];
  for (const [path, bytes] of found)
    if (typeof bytes !== 'string')
      assert.ok(
        known.some((content) => content.equals(bytes)),
        `${what}: ${path}`,
      );
}

for (const [kind, zip] of Object.entries(whole)) {
  test(`bytes of an archive flipped one by one, ${kind}: what comes out is right, and the others come out`, async () => {
    let intact = 0;
    // Every byte of the first header and of the directory, and some of the content.
    let runs = 0;
    for (let at = 0; at < zip.length; at += at < 100 || at > zip.length - 700 ? 1 : 23, runs += 1) {
      const bytes = Buffer.from(zip);
      bytes[at] ^= 1 << (at % 8);
      const found = await read(bytes);
      isRight(found, `byte ${at}`);
      intact += [...found.values()].filter((one) => typeof one !== 'string').length;
    }
    // One flipped byte costs at most one file, except in the 22 to 98 bytes of the end.
    assert.ok(intact >= 3 * (runs - 110), `${intact} files of ${4 * runs}`);
  });

  test(`an archive cut anywhere, ${kind}, says so`, async () => {
    for (let part = 0; part < 50; part += 1) {
      const found = await read(zip.subarray(0, Math.floor((zip.length * part) / 50)));
      assert.deepEqual([...found], [['', 'ERR_ARCHIVE']], `cut at ${part}/50`);
    }
  });
}

test('an archive with a hole: what lies outside of it comes out', async () => {
  const zip = whole.plain;
  for (let part = 1; part < 20; part += 1) {
    const start = Math.floor((zip.length * part) / 25);
    isRight(await read(Buffer.concat([zip.subarray(0, start), zip.subarray(start + 100)])), `hole at ${start}`);
  }
});

test('random changes: no crash and nothing wrong', { timeout: 30_000 }, async (t) => {
  const next = seeded(t);
  const draw = (below) => Math.floor(next() * below);
  for (let runs = 0; runs < rounds(1600); runs += 1) {
    const kinds = Object.values(whole);
    const bytes = Buffer.from(kinds[runs % kinds.length]);
    // Half of the changes go to the directory, where most is decided.
    for (let change = 0; change <= draw(4); change += 1) {
      const from = draw(2) === 0 ? 0 : bytes.length - 500;
      const at = from + draw(bytes.length - from);
      bytes[at] = [0, 0xff, draw(256), bytes[at] ^ 1][draw(4)];
    }
    const damaged = draw(20) === 0 ? bytes.subarray(draw(bytes.length)) : bytes;
    // Reading takes much longer than listing, where most is decided.
    if (runs % 16 === 0) isRight(await read(damaged), `run ${runs}`);
    else await open(damaged).catch(codeOf);
  }
});

test('a bomb of 1 MiB that opens to 1 GiB is read in pieces, in memory that stays small', async () => {
  const [size, piece] = [
    1024 * MIB,
    zlib.deflateRawSync(Buffer.alloc(16 * MIB, 'text '), { finishFlush: zlib.constants.Z_FULL_FLUSH }),
  ];
  const packed = Buffer.concat([...Array(64).fill(piece), Buffer.from([3, 0])]);
  assert.ok(packed.length < 4 * MIB);
  const zip = makeZip([
    { name: 'set/bomb.json', content: '', method: 8, packed, size, crc: 1 },
    { name: 'set/a.txt', content: 'a' },
  ]);
  const drop = await openDrop([{ path: 'drop.zip', blob: blobOf(zip) }]);
  let [most, written] = [0, 0];
  const sink = {
    open: async () =>
      new WritableStream({
        write(bytes) {
          written += bytes.length;
          most = Math.max(most, process.memoryUsage.rss());
        },
      }),
  };
  const before = process.memoryUsage.rss();
  const report = await drop.decrypt(sink);
  assert.ok(report.files.find(({ path }) => path === 'set/bomb.json')?.outcome === 'failed');
  assert.equal(report.copied, 1);
  assert.equal(report.files.find(({ path }) => path === 'set/bomb.json')?.code, 'ERR_ARCHIVE');
  assert.equal(written, size + 1);
  assert.ok(most - before < 200 * MIB, `${(most - before) / MIB} MiB more, after ${written} bytes`);
});

test('an entry that says it is small, and is not, is not unpacked any further', async () => {
  const packed = zlib.deflateRawSync(Buffer.alloc(8 * MIB));
  const zip = makeZip([{ name: 'a', content: '', method: 8, packed, size: 100, crc: 0 }]);
  assert.deepEqual([...(await read(zip))], [['a', 'ERR_ARCHIVE']]);
  const [{ error }] = await open(
    makeZip([{ name: 'a', content: '', method: 8, packed: Buffer.alloc(10), size: 1e9, crc: 0 }]),
  );
  assert.match(error?.message ?? '', /its sizes contradict each other/);
});

test('bytes that follow the content of an entry are not kept, whatever their number', async () => {
  const packed = Buffer.concat([zlib.deflateRawSync('abc'), lines(MIB)]);
  const zip = makeZip([{ name: 'a.json', content: 'abc', method: 8, packed }]);
  assert.deepEqual([...(await read(zip))], [['a.json', 'ERR_ARCHIVE']]);
  const drop = await openDrop([{ path: 'drop.zip', blob: blobOf(zip) }]);
  const report = await drop.decrypt(new MemorySink());
  assert.equal(report.files[0].code, 'ERR_ARCHIVE');
});

test('100,000 entries are listed in turns that leave time for the page', { timeout: 60_000 }, async (t) => {
  const many = Array.from({ length: 100_000 }, (_, index) => ({ name: `set/part-${index}.json`, content: 'x' }));
  const zip = makeZip(many, { zip64: true });
  // Time of the processor, because other tests run at the same time.
  const spent = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  let [longest, last] = [0, spent()];
  const turns = setInterval(() => {
    longest = Math.max(longest, spent() - last);
    last = spent();
  }, 1);
  const blob = blobOf(zip);
  const started = spent();
  const files = await openZip(wasm(), blob, blob, 'drop.zip', undefined);
  const took = spent() - started;
  clearInterval(turns);
  t.diagnostic(`${took.toFixed()} ms, ${longest.toFixed()} ms in one turn`);
  assert.equal(files.length, 100_000);
  assert.ok(files.every(({ blob: entry }) => entry instanceof ArchiveEntry));
  assert.ok(took < 3000, `${took} ms`);
  assert.ok(longest < 100, `${longest} ms in one turn`);
});

test('65,535 entries and more without Zip64, whose number is counted modulo 65,536', async () => {
  const many = Array.from({ length: 66_000 }, (_, index) => ({ name: `${index}`, content: '' }));
  assert.equal((await open(makeZip(many))).length, 66_000);
});

test('the end of a deflated ciphertext is found without inflating all of it', async () => {
  const memory = new MemoryDrop();
  const sizes = [2000, 70_000, 300_000, 3 * MIB];
  for (const level of [1, 6, 9]) {
    for (const size of sizes) {
      const content = memory.keys[0].encrypt(zlib.gzipSync(lines(size)));
      const packed = zlib.deflateRawSync(content, { level });
      const blob = blobOf(Buffer.concat([Buffer.alloc(9), packed, Buffer.alloc(9)]));
      const end = await storedEnd(blob, 9, 9 + packed.length, 1024);
      if (size > 2000 || end)
        assert.ok(content.subarray(-1024).equals(end ?? Buffer.alloc(0)), `${size} at level ${level}`);
    }
  }
  // Text is not stored, so its end is not found this way.
  const text = zlib.deflateRawSync(lines(99_999));
  assert.equal(await storedEnd(blobOf(text), 0, text.length, 1024), null);
});

test('an entry reads like a Blob: any range of it, and its end', async () => {
  const content = lines(900_000);
  for (const method of [0, 8]) {
    const [{ blob }] = await open(
      makeZip([{ name: 'a', content, method, localExtra: Buffer.concat([u16(9), u16(500), Buffer.alloc(500)]) }]),
    );
    for (const [start, end] of [
      [0, 10],
      [5, 70_000],
      [300_000, 700_000],
      [content.length - 9, content.length],
      [0, content.length],
    ]) {
      const part = Buffer.from(await entryOf(blob).slice(start, end).arrayBuffer());
      assert.ok(part.equals(content.subarray(start, end)), `${method}: ${start} to ${end}`);
    }
    assert.ok(content.subarray(-1024).equals(Buffer.from((await entryOf(blob).tail(1024)) ?? [])));
  }
});

test('a drop in an archive opens with no more than a look at each file', async () => {
  const memory = new MemoryDrop();
  for (let index = 0; index < 20; index += 1) memory.add(`set/${index}.json`, lines(400_000));
  const items = await Promise.all(
    memory.items.map(async ({ path, blob }) => ({
      name: path,
      content: Buffer.from(await blob.arrayBuffer()),
      method: 8,
    })),
  );
  const zip = makeZip(items);
  let bytes = 0;
  const counted = {
    size: zip.length,
    source: { path: 'nowhere', size: zip.length, modified: 1 },
    lastModified: 1,
    slice: (start, end) => {
      bytes += end - start;
      return blobOf(zip).slice(start, end);
    },
    arrayBuffer: () => blobOf(zip).arrayBuffer(),
  };
  const drop = await openDrop([{ path: 'drop.zip', blob: counted }]);
  await drop.unlock(privateKey());
  assert.equal(drop.files.filter(({ keyDetails }) => keyDetails === 0).length, 20);
  // For each: its beginning twice, and the 128 KiB in which the last stored blocks are.
  assert.ok(bytes < 20 * 180_000 + 200_000, `${bytes} of ${zip.length} bytes`);
});
