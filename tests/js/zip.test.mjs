/** The content of archives, as other programs read it. */

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import zlib from 'node:zlib';
import { wasm } from '../../pkg/core/init.js';
import '../../pkg/index.js';
import { dataDescriptor } from '../../pkg/sinks/zip-records.js';
import { mulberry32, rounds } from './random.mjs';
import { python, verify } from './zip-readers.mjs';
import { localRecords, put, putFirst, save, zip } from './zip-target.mjs';

const crc32 = (previous, bytes) => wasm().crc32(previous, bytes);

const MIB = 2 ** 20;
const unhandled = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));

test('crc32 agrees with zlib on any split', () => {
  assert.equal(crc32(0, Buffer.from('123456789')), 0xcbf43926); // the check value of the algorithm
  const bytes = randomBytes(5000);
  for (let size = 0; size < 70; size++)
    assert.equal(crc32(0, bytes.subarray(3, 3 + size)), zlib.crc32(bytes.subarray(3, 3 + size)));
  for (let at = 0; at < bytes.length; at += 61)
    assert.equal(crc32(crc32(0, bytes.subarray(0, at)), bytes.subarray(at)), zlib.crc32(bytes));
});

test('an empty archive', async () => {
  const { bytes } = await zip(async () => {});
  assert.equal(bytes.length, 22);
  await verify(await save(bytes), new Map());
});

test('an empty file, one byte, and names of many scripts', async () => {
  const files = new Map([
    ['empty', new Uint8Array(0)],
    ['one/byte.bin', new Uint8Array([7])],
    ['日本語/ファイル.json', randomBytes(10)],
    ['مرحبا.json', randomBytes(11)],
    ['👩‍👩‍👧.txt', randomBytes(12)],
    ['e\u0301 decomposed.txt', randomBytes(13)],
    ['-dash & #hash 100%25.json', randomBytes(14)],
    [`${'long/'.repeat(40)}name`, randomBytes(15)],
  ]);
  const { bytes } = await zip(async (sink) => {
    for (const [name, content] of files) await put(sink, name, content);
  });
  await verify(await save(bytes), files);
});

test('a big file interleaved with small ones', async () => {
  const files = new Map([['big.bin', randomBytes(20 * MIB + 3)]]);
  for (let i = 0; i < 200; i++) files.set(`small/${i}.json`, randomBytes(i * 37));
  const { bytes } = await zip(async (sink) => {
    await Promise.all([...files].map(([name, content]) => put(sink, name, content, 50_000)));
  });
  await verify(await save(bytes), files);
});

test('small files have size and CRC in the local header; others a descriptor, of 64 bits if unsure', async () => {
  const { bytes } = await zip(async (sink) => {
    await put(sink, 'small', Buffer.from('small'));
    await put(sink, 'open', Buffer.alloc(MIB + 1));
    await put(sink, 'known', Buffer.alloc(MIB + 1), MIB, { size: MIB + 1 });
  });
  const records = localRecords(bytes, [5, MIB + 1, MIB + 1]);
  assert.deepEqual(
    records.map(({ name, version, flags, size, extra, descriptor }) => ({
      name,
      version,
      flags,
      size,
      extra,
      descriptor,
    })),
    [
      { name: 'small', version: 20, flags: 0x0800, size: 5, extra: 0, descriptor: 0 },
      { name: 'open', version: 45, flags: 0x0808, size: 0xffffffff, extra: 20, descriptor: 24 },
      { name: 'known', version: 20, flags: 0x0808, size: 0, extra: 0, descriptor: 16 },
    ],
  );
  const grown = dataDescriptor({ crc: 1, size: 2 ** 32, zip64: false }); // said to be small, and was not
  assert.equal(grown.length, 24);
  assert.equal(Buffer.from(grown).readBigUInt64LE(8), 2n ** 32n);
});

test('modification times', async () => {
  const dates = {
    now: null,
    set: new Date(2021, 1, 3, 4, 5, 6),
    early: new Date(1970, 0, 1),
    late: new Date(2150, 0, 1),
    invalid: new Date(Number.NaN),
  };
  const before = Date.now();
  const { bytes } = await zip(async (sink) => {
    for (const [name, modified] of Object.entries(dates)) await put(sink, name, Buffer.from('x'), 1, { modified });
  });
  const seen = await python(
    'import zipfile,json,sys\nprint(json.dumps({i.filename:i.date_time for i in ' +
      'zipfile.ZipFile(sys.argv[1]).infolist()}))',
    await save(bytes),
  );
  assert.deepEqual(seen.set, [2021, 2, 3, 4, 5, 6]);
  assert.deepEqual(seen.early, [1980, 1, 1, 0, 0, 0]);
  assert.deepEqual(seen.late, [2107, 12, 31, 23, 59, 58]);
  for (const [year, month, ...rest] of [seen.now, seen.invalid]) {
    const time = new Date(year, month - 1, ...rest).getTime();
    assert.ok(time >= before - 2000 && time <= Date.now(), `${time} is now`);
  }
});

test('an entry that is aborted before anything was written leaves no trace', async () => {
  const write = (aborted) =>
    zip(async (sink) => {
      const modified = new Date(2020, 0, 1);
      const writer = aborted && sink.open('aborted', { modified }).getWriter();
      if (aborted) await writer.write(randomBytes(MIB));
      await put(sink, 'kept', Buffer.from('kept'), 1, { modified });
      if (aborted) await writer.abort(new Error('no'));
      await put(sink, 'too', Buffer.alloc(2 * MIB), MIB, { modified });
    });
  assert.ok((await write(true)).bytes.equals((await write(false)).bytes));
});

test('an entry that is aborted later is finished and left out of the directory', async () => {
  const lost = randomBytes(3 * MIB);
  const files = new Map([
    ['first', randomBytes(10)],
    ['last', randomBytes(2 * MIB)],
  ]);
  const { bytes } = await zip(async (sink) => {
    await put(sink, 'first', files.get('first'));
    const writer = sink.open('aborted').getWriter();
    await writer.write(lost);
    await writer.abort(new Error('no'));
    await put(sink, 'last', files.get('last'));
  });
  await verify(await save(bytes), files);
  const [, aborted, last] = localRecords(bytes, [10, lost.length, 2 * MIB]);
  assert.equal(aborted.name, 'aborted');
  assert.equal(aborted.crc, zlib.crc32(lost));
  assert.equal(last.name, 'last');
});

test('random interleavings', async () => {
  const start = Number(process.env.SEED ?? Date.now() % 1e6);
  for (let seed = start; seed < start + rounds(8); seed++) {
    console.log(`SEED=${seed}`);
    const random = mulberry32(seed);
    const files = new Map();
    const slow = random() < 0.5;
    const { bytes } = await zip(
      async (sink) => {
        await putFirst(sink, files);
        const entry = async (index) => {
          const content = randomBytes(Math.floor(random() ** 4 * 4 * MIB));
          const cut = random() < 0.2 ? Math.floor(random() * content.length) : null;
          if (cut === null) files.set(`${index}`, content);
          const writer = sink.open(`${index}`, { size: random() < 0.5 ? null : content.length }).getWriter();
          // For all chunks.
          const buffer = new Uint8Array(Math.ceil(content.length / 40) + Math.floor(random() ** 3 * 1.5 * MIB) + 1);
          for (let at = 0; at < content.length; at += buffer.length) {
            if (cut !== null && at >= cut) break;
            const chunk = content.subarray(at, at + buffer.length);
            buffer.set(chunk);
            await writer.write(buffer.subarray(0, chunk.length));
            buffer.fill(0xee);
            if (random() < 0.3) await sleep(random() * 3);
          }
          if (cut === null) await writer.close();
          else await writer.abort(new Error('cut'));
        };
        let next = 0;
        const worker = async () => {
          while (next < 60) await entry(next++);
        };
        await Promise.all(Array.from({ length: 1 + Math.floor(random() * 12) }, worker));
      },
      slow ? () => sleep(random() * 2) : undefined,
    );
    await verify(await save(bytes), files);
  }
});
test('there was no unhandled rejection', async () => {
  await sleep(10);
  assert.deepEqual(unhandled, []);
});
