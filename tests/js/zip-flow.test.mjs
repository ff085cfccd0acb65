/** The order of writes to a ZIP: which entries write, wait, fail or are aborted. */

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { zipSink } from '../../pkg/index.js';
import { python, verify } from './zip-readers.mjs';
import { collect, localRecords, makeGate, put, putFirst, save, zip } from './zip-target.mjs';

/** @import { Sink } from '../../pkg/index.js' */

/** Of a ZIP it is a promise, which it need not be of every sink. @param {Required<Pick<Sink, 'close'>>} sink */
const closing = (sink) => /** @type {Promise<void>} */ (sink.close());

const MIB = 2 ** 20;
const unhandled = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));

test('a buffering entry does not wait, and an idle entry does not block others', { timeout: 30_000 }, async () => {
  const files = new Map([
    ['idle', Buffer.from('ab')],
    ['big', randomBytes(5 * MIB)],
    ['meanwhile', randomBytes(MIB)],
  ]);
  const { bytes } = await zip(async (sink) => {
    const idle = sink.open('idle').getWriter();
    await idle.write(Buffer.from('a'));
    const big = sink.open('big').getWriter();
    await big.write(files.get('big')?.subarray(0, 4 * MIB)); // has the floor now
    await put(sink, 'meanwhile', files.get('meanwhile'));
    await big.write(files.get('big')?.subarray(4 * MIB));
    await big.close();
    await idle.write(Buffer.from('b'));
    await idle.close();
  });
  await verify(await save(bytes), files);
});

test('a waiting entry gets the write lock when the other one is aborted, and can stop waiting', {
  timeout: 30_000,
}, async () => {
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

test('the write lock is passed on only after the last byte of an entry', { timeout: 30_000 }, async () => {
  const files = new Map([
    ['first', randomBytes(2 * MIB + 256 * 1024 - 10)],
    ['second', randomBytes(2 * MIB)],
  ]);
  const { bytes } = await zip(
    async (sink) => {
      const [first, second] = ['first', 'second'].map((name) => sink.open(name).getWriter());
      await first.write(files.get('first')?.subarray(0, 2 * MIB));
      await first.write(files.get('first')?.subarray(2 * MIB)); // the descriptor does not fit what is gathered
      const writing = second.write(files.get('second'));
      await first.close();
      await writing;
      await second.close();
    },
    () => sleep(5),
  );
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
  assert.deepEqual(
    localRecords(bytes, [5, 2 * MIB, 2 * MIB]).map(({ name }) => name),
    ['first of all', 'wrong', 'next'],
  );
});

test('an entry that gets a wrong chunk releases the write lock', { timeout: 30_000 }, async () => {
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

test('with a slow writable, the buffered bytes stay limited', { timeout: 30_000 }, async () => {
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
  const small = Array.from({ length: 30 }, (_, index) =>
    put(sink, `small ${index}`, Buffer.alloc(MIB)).then(() => closed++),
  );
  await sleep(100);
  assert.equal(closed, 7, 'of closed entries not quite eight MiB');
  let empty = 0;
  const waiting = Array.from({ length: 30 }, (_, index) =>
    put(sink, `empty ${index}`, Buffer.alloc(0)).then(() => empty++),
  );
  await sleep(50);
  assert.equal(empty, 0, 'empty ones cost, too');
  assert.equal(target.size(), 0);

  gate.open?.();
  await Promise.all([...endless, ...small, ...waiting]);
  await sink.close();
  const { files } = await python(
    'import zipfile,json,sys\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is ' +
      'None\nprint(json.dumps({"files":len(z.infolist())}))',
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

test('a buffer that was written is not reused', async () => {
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
  const sink = zipSink(
    new WritableStream({
      write: () =>
        sleep(20).then(() => {
          if (++writes === 2) throw cause;
        }),
    }),
  );
  const [begun, waiting, idle, keeping] = ['begun', 'waiting', 'idle', 'keeping'].map((name) =>
    sink.open(name).getWriter(),
  );
  await keeping.write(Buffer.alloc(10));
  const failing = { code: 'ERR_WRITE', cause };
  const first = assert.rejects(
    (async () => {
      for (;;) await begun.write(Buffer.alloc(2 * MIB));
    })(),
    failing,
  );
  const second = assert.rejects(waiting.write(Buffer.alloc(2 * MIB)), failing);
  await put(sink, 'closed', Buffer.alloc(10));
  await Promise.all([first, second]);
  await assert.rejects(idle.write(Buffer.alloc(1)), failing);
  await assert.rejects(keeping.close());
  assert.throws(() => sink.open('later'), failing);
  await assert.rejects(closing(sink), failing);
  await sink.abort(new Error('no more'));
});

test('a write that fails while only closed entries are left is reported by close()', { timeout: 30_000 }, async () => {
  const sink = zipSink(
    new WritableStream({ write: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) }),
  );
  await put(sink, 'a', Buffer.alloc(MIB));
  await assert.rejects(closing(sink), { code: 'ERR_NO_SPACE' });
});

test('a writable that fails by itself reaches every entry', { timeout: 30_000 }, async () => {
  let controller;
  const sink = zipSink(
    new WritableStream({
      start: (c) => {
        controller = c;
      },
    }),
  );
  const writer = sink.open('a').getWriter();
  controller?.error(new Error('gone'));
  await assert.rejects(writer.closed, { code: 'ERR_WRITE' });
  await assert.rejects(closing(sink), { code: 'ERR_WRITE' });
});

test('a writable whose close() fails', { timeout: 30_000 }, async () => {
  const sink = zipSink(new WritableStream({ close: () => Promise.reject(new Error('no')) }));
  await assert.rejects(closing(sink), { code: 'ERR_WRITE' });
});

test('abort() ends all waiting, even if the writable hangs', { timeout: 30_000 }, async () => {
  const gate = makeGate();
  let aborted;
  const sink = zipSink(
    new WritableStream({
      write: () => gate.opened,
      abort: (reason) => {
        aborted = reason;
      },
    }),
  );
  const reason = new Error('cancelled');
  const [writing, waiting, idle] = ['writing', 'waiting', 'idle'].map((name) => sink.open(name).getWriter());
  const all = [writing.write(Buffer.alloc(2 * MIB)), waiting.write(Buffer.alloc(2 * MIB)), idle.closed];
  for (let i = 0; i < 9; i++) all.push(put(sink, `closed ${i}`, Buffer.alloc(MIB)));
  await sleep(20);
  const ended = sink.abort(reason);
  const results = await Promise.allSettled(all);
  const failed = results.filter(({ status }) => status === 'rejected');
  assert.deepEqual(
    failed.map((result) => /** @type {PromiseRejectedResult} */ (result).reason),
    Array(5).fill(reason),
  ); // seven closed ones were kept
  await assert.rejects(closing(sink), reason);
  gate.open?.();
  await ended;
  assert.equal(aborted, reason);
});

test('close() requires every entry to be closed, and is final', { timeout: 30_000 }, async () => {
  const target = collect();
  const sink = zipSink(target.writable);
  const writer = sink.open('a').getWriter();
  await assert.rejects(closing(sink), { code: 'ERR_INTERNAL' });
  await writer.close();
  await sink.close();
  assert.throws(() => sink.open('b'), { code: 'ERR_INTERNAL' });
  await verify(await save(target.bytes()), new Map([['a', new Uint8Array(0)]]));
});

test('a path that does not fit is refused', async () => {
  await zip(async (sink) => assert.throws(() => sink.open('a'.repeat(65_536)), { code: 'ERR_UNSAFE_NAME' }));
});
test('there was no unhandled rejection', async () => {
  await sleep(10);
  assert.deepEqual(unhandled, []);
});
