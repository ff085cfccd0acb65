import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import zlib from 'node:zlib';
import { crc32 } from '../../pkg/crc32.js';
import { dataDescriptor } from '../../pkg/zip-records.js';
import { zipSink } from '../../pkg/zip.js';
import { folder, python, sevenZip, unzip, verify } from './zip-readers.mjs';
import { mulberry32 } from './random.mjs';

const MIB = 2 ** 20;
const unhandled = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));

test('crc32 agrees with zlib on any split', () => {
  assert.equal(crc32(0, Buffer.from('123456789')), 0xcbf43926); // the check value of the algorithm
  const bytes = randomBytes(5000);
  for (let size = 0; size < 70; size++) assert.equal(crc32(0, bytes.subarray(3, 3 + size)), zlib.crc32(bytes.subarray(3, 3 + size)));
  for (let at = 0; at < bytes.length; at += 61) assert.equal(crc32(crc32(0, bytes.subarray(0, at)), bytes.subarray(at)), zlib.crc32(bytes));
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

test('more than 65,535 entries', async () => {
  const files = new Map();
  for (let i = 0; i < 65_600; i++) files.set(`${i % 100}/${i}`, Buffer.from(String(i)));
  const { bytes } = await zip(async (sink) => {
    for (const [name, content] of files) await put(sink, name, content);
  });
  await verify(await save(bytes), files);
});

test('an entry and offsets of more than 4 GiB', async () => {
  const path = join(folder, 'huge.zip');
  const zeros = new Uint8Array(64 * MIB);
  const count = 65;
  const file = await open(path, 'w');
  let at = 0;
  const sparse = new WritableStream({
    async write(chunk) {
      if (chunk.buffer !== zeros.buffer) await file.write(chunk, 0, chunk.length, at);
      at += chunk.length;
    },
    close: () => file.close(),
  });
  const sink = zipSink(sparse, { crc32: (previous, bytes) => zlib.crc32(bytes, previous) });
  await put(sink, 'before', Buffer.from('before'));
  const writer = sink.open('huge', { size: null }).getWriter();
  for (let i = 0; i < count; i++) await writer.write(zeros);
  await writer.close();
  await put(sink, 'after', Buffer.from('after'));
  await put(sink, 'after, streamed', Buffer.alloc(2 * MIB, 1));
  await sink.close();

  const huge = count * zeros.length; // the CRC below is Python's zlib.crc32 of as many zeros
  assert.ok(huge > 2 ** 32);
  const seen = await python(
    `import zipfile,json,sys
z=zipfile.ZipFile(sys.argv[1])
listed=[[i.filename,i.file_size,i.compress_size,i.CRC,i.header_offset>2**32] for i in z.infolist()]
print(json.dumps(listed+[z.read('before').decode(),z.read('after').decode(),z.read('after, streamed')==bytes([1])*2**21]))`,
    path,
  );
  assert.deepEqual(seen, [
    ['before', 6, 6, zlib.crc32('before'), false],
    ['huge', huge, huge, 0x0c0b9a78, false],
    ['after', 5, 5, zlib.crc32('after'), true],
    ['after, streamed', 2 * MIB, 2 * MIB, zlib.crc32(Buffer.alloc(2 * MIB, 1)), true],
    'before',
    'after',
    true,
  ]);
  assert.match(await unzip('-t', path, '-x', 'huge'), /No errors detected/); // all it needs for 4 GiB is half a minute
  assert.match(await sevenZip('t', path), /Everything is Ok/);
  await writeFile(path, '');
});

test('small files tell size and CRC up front; others have a descriptor, of 64 bits where the size is open', async () => {
  const { bytes } = await zip(async (sink) => {
    await put(sink, 'small', Buffer.from('small'));
    await put(sink, 'open', Buffer.alloc(MIB + 1));
    await put(sink, 'known', Buffer.alloc(MIB + 1), MIB, { size: MIB + 1 });
  });
  const records = localRecords(bytes, [5, MIB + 1, MIB + 1]);
  assert.deepEqual(records.map(({ name, version, flags, size, extra, descriptor }) => ({ name, version, flags, size, extra, descriptor })), [
    { name: 'small', version: 20, flags: 0x0800, size: 5, extra: 0, descriptor: 0 },
    { name: 'open', version: 45, flags: 0x0808, size: 0xffffffff, extra: 20, descriptor: 24 },
    { name: 'known', version: 20, flags: 0x0808, size: 0, extra: 0, descriptor: 16 },
  ]);
  const grown = dataDescriptor({ crc: 1, size: 2 ** 32, zip64: false }); // said to be small, and was not
  assert.equal(grown.length, 24);
  assert.equal(Buffer.from(grown).readBigUInt64LE(8), 2n ** 32n);
});

test('modification times', async () => {
  const dates = { now: null, set: new Date(2021, 1, 3, 4, 5, 6), early: new Date(1970, 0, 1), late: new Date(2150, 0, 1), invalid: new Date(Number.NaN) };
  const before = Date.now();
  const { bytes } = await zip(async (sink) => {
    for (const [name, modified] of Object.entries(dates)) await put(sink, name, Buffer.from('x'), 1, { modified });
  });
  const seen = await python(
    'import zipfile,json,sys\nprint(json.dumps({i.filename:i.date_time for i in zipfile.ZipFile(sys.argv[1]).infolist()}))',
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
  const write = (aborted) => zip(async (sink) => {
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
  const files = new Map([['first', randomBytes(10)], ['last', randomBytes(2 * MIB)]]);
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
  for (let seed = start; seed < start + 6; seed++) {
    console.log(`SEED=${seed}`);
    const random = mulberry32(seed);
    const files = new Map();
    const slow = random() < 0.5;
    const { bytes } = await zip(async (sink) => {
      await putFirst(sink, files);
      const entry = async (index) => {
        const content = randomBytes(Math.floor(random() ** 4 * 4 * MIB));
        const cut = random() < 0.2 ? Math.floor(random() * content.length) : null;
        if (cut === null) files.set(`${index}`, content);
        const writer = sink.open(`${index}`, { size: random() < 0.5 ? null : content.length }).getWriter();
        const buffer = new Uint8Array(Math.ceil(content.length / 40) + Math.floor(random() ** 3 * 1.5 * MIB) + 1); // for all chunks
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
    }, slow ? () => sleep(random() * 2) : undefined);
    await verify(await save(bytes), files);
  }
});

test('an entry that keeps its bytes waits for nobody, and an idle one stops nobody', { timeout: 30_000 }, async () => {
  const files = new Map([['idle', Buffer.from('ab')], ['big', randomBytes(5 * MIB)], ['meanwhile', randomBytes(MIB)]]);
  const { bytes } = await zip(async (sink) => {
    const idle = sink.open('idle').getWriter();
    await idle.write(Buffer.from('a'));
    const big = sink.open('big').getWriter();
    await big.write(files.get('big').subarray(0, 4 * MIB)); // has the floor now
    await put(sink, 'meanwhile', files.get('meanwhile'));
    await big.write(files.get('big').subarray(4 * MIB));
    await big.close();
    await idle.write(Buffer.from('b'));
    await idle.close();
  });
  await verify(await save(bytes), files);
});

test('whoever waits for the floor gets it when the other is aborted, and can stop waiting', { timeout: 30_000 }, async () => {
  const files = new Map([['second', randomBytes(2 * MIB)]]);
  const { bytes } = await zip(async (sink) => {
    await putFirst(sink, files);
    const [first, second, third] = ['first', 'second', 'third'].map((name) => sink.open(name).getWriter());
    await first.write(Buffer.alloc(2 * MIB));
    let taken = false;
    const writing = second.write(files.get('second')).then(() => (taken = true));
    const stopped = assert.rejects(third.write(Buffer.alloc(2 * MIB)), /enough/);
    await sleep(20);
    assert.equal(taken, false);
    await third.abort(new Error('enough'));
    await stopped;
    await first.abort(new Error('no'));
    await writing;
    await second.close();
  });
  await verify(await save(bytes), files);
});

test('the floor goes on only after the last byte of an entry', { timeout: 30_000 }, async () => {
  const files = new Map([['first', randomBytes(2 * MIB + 256 * 1024 - 10)], ['second', randomBytes(2 * MIB)]]);
  const { bytes } = await zip(async (sink) => {
    const [first, second] = ['first', 'second'].map((name) => sink.open(name).getWriter());
    await first.write(files.get('first').subarray(0, 2 * MIB));
    await first.write(files.get('first').subarray(2 * MIB)); // the descriptor does not fit what is gathered
    const writing = second.write(files.get('second'));
    await first.close();
    await writing;
    await second.close();
  }, () => sleep(5));
  await verify(await save(bytes), files);
});

test('an entry that fails and is aborted at once is finished once', { timeout: 30_000 }, async () => {
  const files = new Map([['next', randomBytes(2 * MIB)]]);
  const { bytes } = await zip(async (sink) => {
    await putFirst(sink, files);
    const writer = sink.open('wrong').getWriter();
    await writer.write(Buffer.alloc(2 * MIB));
    const failed = assert.rejects(writer.write('text'), TypeError);
    await writer.abort(new Error('no')).catch(() => {});
    await failed;
    await put(sink, 'next', files.get('next'));
  });
  assert.deepEqual(localRecords(bytes, [5, 2 * MIB, 2 * MIB]).map(({ name }) => name), ['first of all', 'wrong', 'next']);
});

test('an entry that gets a wrong chunk gives the floor back', { timeout: 30_000 }, async () => {
  const files = new Map([['next', randomBytes(2 * MIB)]]);
  const { bytes } = await zip(async (sink) => {
    await putFirst(sink, files);
    const writer = sink.open('wrong').getWriter();
    await writer.write(Buffer.alloc(2 * MIB));
    await assert.rejects(writer.write('text'), TypeError);
    await put(sink, 'next', files.get('next'));
  });
  await verify(await save(bytes), files);
});

test('a slow writable bounds what is kept', { timeout: 30_000 }, async () => {
  const gate = makeGate();
  const target = collect(() => gate.opened);
  const sink = zipSink(target.writable);
  let taken = 0;
  const chunk = Buffer.alloc(64 * 1024);
  const endless = Array.from({ length: 10 }, async (_, index) => {
    const writer = sink.open(`endless ${index}`).getWriter();
    for (let i = 0; i < 100; i++) {
      await writer.write(chunk);
      taken += chunk.length;
    }
    await writer.close();
  });
  await sleep(100);
  assert.equal(taken, 10 * MIB, 'one MiB for each open entry');

  let closed = 0;
  const small = Array.from({ length: 30 }, (_, index) => put(sink, `small ${index}`, Buffer.alloc(MIB)).then(() => closed++));
  await sleep(100);
  assert.equal(closed, 7, 'of closed entries not quite eight MiB');
  let empty = 0;
  const waiting = Array.from({ length: 30 }, (_, index) => put(sink, `empty ${index}`, Buffer.alloc(0)).then(() => empty++));
  await sleep(50);
  assert.equal(empty, 0, 'empty ones cost, too');
  assert.equal(target.size(), 0);

  gate.open();
  await Promise.all([...endless, ...small, ...waiting]);
  await sink.close();
  const { files } = await python(
    'import zipfile,json,sys\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nprint(json.dumps({"files":len(z.infolist())}))',
    await save(target.bytes()),
  );
  assert.equal(files, 70);
});

test('closed small files cost few writes', async () => {
  const { bytes, writes } = await zip(async (sink) => {
    for (let i = 0; i < 1000; i++) await put(sink, `${i}`, Buffer.alloc(1000));
  });
  assert.ok(writes <= Math.ceil(bytes.length / (200 * 1024)), `${writes} writes for ${bytes.length} bytes`);
});

test('what was handed on is not used again', async () => {
  const files = new Map();
  const chunks = [];
  const sink = zipSink(new WritableStream({ write: (chunk) => void chunks.push(chunk) })); // looks at them at the end
  for (let i = 0; i < 1000; i++) files.set(`${i}`, randomBytes(1000));
  for (const [name, content] of files) await put(sink, name, content);
  await sink.close();
  await verify(await save(Buffer.concat(chunks)), files);
});

test('a write that fails reaches every entry and close()', { timeout: 30_000 }, async () => {
  const cause = new Error('disk on fire');
  let writes = 0;
  const sink = zipSink(new WritableStream({ write: () => sleep(20).then(() => { if (++writes === 2) throw cause; }) }));
  const [begun, waiting, idle, keeping] = ['begun', 'waiting', 'idle', 'keeping'].map((name) => sink.open(name).getWriter());
  await keeping.write(Buffer.alloc(10));
  const failing = { code: 'ERR_WRITE', cause };
  const first = assert.rejects((async () => { for (;;) await begun.write(Buffer.alloc(2 * MIB)); })(), failing);
  const second = assert.rejects(waiting.write(Buffer.alloc(2 * MIB)), failing);
  await put(sink, 'closed', Buffer.alloc(10));
  await Promise.all([first, second]);
  await assert.rejects(idle.write(Buffer.alloc(1)), failing);
  await assert.rejects(keeping.close());
  assert.throws(() => sink.open('later'), failing);
  await assert.rejects(sink.close(), failing);
  await sink.abort(new Error('no more'));
});

test('a write that fails while only closed entries are left is told by close()', { timeout: 30_000 }, async () => {
  const sink = zipSink(new WritableStream({ write: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) }));
  await put(sink, 'a', Buffer.alloc(MIB));
  await assert.rejects(sink.close(), { code: 'ERR_NO_SPACE' });
});

test('a writable that fails by itself reaches every entry', { timeout: 30_000 }, async () => {
  let controller;
  const sink = zipSink(new WritableStream({ start: (c) => { controller = c; } }));
  const writer = sink.open('a').getWriter();
  controller.error(new Error('gone'));
  await assert.rejects(writer.closed, { code: 'ERR_WRITE' });
  await assert.rejects(sink.close(), { code: 'ERR_WRITE' });
});

test('a writable whose close() fails', { timeout: 30_000 }, async () => {
  const sink = zipSink(new WritableStream({ close: () => Promise.reject(new Error('no')) }));
  await assert.rejects(sink.close(), { code: 'ERR_WRITE' });
});

test('abort() ends what waits, even where the writable hangs', { timeout: 30_000 }, async () => {
  const gate = makeGate();
  let aborted;
  const sink = zipSink(new WritableStream({ write: () => gate.opened, abort: (reason) => { aborted = reason; } }));
  const reason = new Error('cancelled');
  const [writing, waiting, idle] = ['writing', 'waiting', 'idle'].map((name) => sink.open(name).getWriter());
  const all = [writing.write(Buffer.alloc(2 * MIB)), waiting.write(Buffer.alloc(2 * MIB)), idle.closed];
  for (let i = 0; i < 9; i++) all.push(put(sink, `closed ${i}`, Buffer.alloc(MIB)));
  await sleep(20);
  const ended = sink.abort(reason);
  const results = await Promise.allSettled(all);
  const failed = results.filter(({ status }) => status === 'rejected');
  assert.deepEqual(failed.map((result) => result.reason), Array(5).fill(reason)); // seven closed ones were kept
  await assert.rejects(sink.close(), reason);
  gate.open();
  await ended;
  assert.equal(aborted, reason);
});

test('close() wants every entry closed, and nothing comes after it', { timeout: 30_000 }, async () => {
  const target = collect();
  const sink = zipSink(target.writable);
  const writer = sink.open('a').getWriter();
  await assert.rejects(sink.close(), { code: 'ERR_INTERNAL' });
  await writer.close();
  await sink.close();
  assert.throws(() => sink.open('b'), { code: 'ERR_INTERNAL' });
  await verify(await save(target.bytes()), new Map([['a', new Uint8Array(0)]]));
});

test('a path that does not fit is refused', async () => {
  await zip(async (sink) => assert.throws(() => sink.open('a'.repeat(65_536)), { code: 'ERR_UNSAFE_NAME' }));
});

test('nothing was rejected unheard', async () => {
  await sleep(10);
  assert.deepEqual(unhandled, []);
});

async function zip(write, pause) {
  const target = collect(pause);
  const sink = zipSink(target.writable);
  await write(sink);
  await sink.close();
  return { bytes: target.bytes(), writes: target.writes() };
}

// Takes its time before it looks at a chunk, and copies it then.
function collect(pause = async () => {}) {
  const chunks = [];
  let size = 0;
  const writable = new WritableStream({
    async write(chunk) {
      await pause();
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
    },
  });
  return { writable, size: () => size, writes: () => chunks.length, bytes: () => Buffer.concat(chunks) };
}

async function put(sink, name, content, step = Math.max(content.length, 1), info = {}) {
  const writer = sink.open(name, info).getWriter();
  for (let at = 0; at < content.length; at += step) await writer.write(content.subarray(at, at + step));
  await writer.close();
}

// 7-Zip believes the central directory only if the first record of the file is in it, and else lists aborted ones, too.
async function putFirst(sink, files) {
  files.set('first of all', Buffer.from('first'));
  await put(sink, 'first of all', files.get('first of all'));
}

let saved = 0;
async function save(bytes) {
  const path = join(folder, `${saved++}.zip`);
  await writeFile(path, bytes);
  return path;
}

// Walks from local header to local header, as a reader of a stream does; the sizes are known to the test.
function localRecords(bytes, sizes) {
  let at = 0;
  return sizes.map((size) => {
    assert.equal(bytes.readUInt32LE(at), 0x04034b50, `a local header at ${at}`);
    const [version, flags, nameLength, extra] = [4, 6, 26, 28].map((offset) => bytes.readUInt16LE(at + offset));
    const record = { version, flags, size: bytes.readUInt32LE(at + 22), extra, name: bytes.toString('utf8', at + 30, at + 30 + nameLength), crc: bytes.readUInt32LE(at + 14) };
    at += 30 + nameLength + extra + size;
    record.descriptor = flags & 8 ? (extra > 0 ? 24 : 16) : 0;
    if (record.descriptor) {
      assert.equal(bytes.readUInt32LE(at), 0x08074b50, `a descriptor at ${at}`);
      record.crc = bytes.readUInt32LE(at + 4);
      assert.equal(bytes.readUInt32LE(at + 8), size);
    }
    at += record.descriptor;
    return record;
  });
}

function makeGate() {
  let open;
  const opened = new Promise((resolve) => { open = resolve; });
  return { opened, open };
}
