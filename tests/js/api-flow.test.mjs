/** What happens while a drop is decrypted: progress, slow sinks, cancelling, and what is left behind. */

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDrop, zipSink } from '../../pkg/index.js';
import { folderFiles, folderSink } from '../../pkg/node/folder.js';
import { makeDrop } from './make-drop.mjs';
import { fails, lines, MemoryDrop, MemorySink, MIB, privateKey, sameFiles } from './memory-drop.mjs';

/** @import { MgdcDecryptError, Progress } from '../../pkg/index.js' */

const temporary = mkdtempSync(join(tmpdir(), 'mgdc-flow-'));
after(() => rmSync(temporary, { recursive: true }));
const unhandled = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));

/** `count` files of `size` bytes of text. */
function many(count, size) {
  const memory = new MemoryDrop();
  const content = lines(size);
  for (let index = 0; index < count; index += 1) memory.add(`set/part-${index}.json`, content);
  return memory;
}

test('progress only grows, ends complete, and reports each result once', async () => {
  const memory = many(60, 200_000);
  memory.items.push({
    path: 'damaged.json',
    blob: new Blob([lines(999).subarray(0, 999)].map((text) => memory.keys[0].encrypt(text).subarray(0, -1))),
  });
  memory.add('big.json', lines(6 * MIB));
  const drop = await memory.open();
  const calls = [];
  const report = await drop.decrypt(new MemorySink({ write: () => sleep(4) }), {
    concurrency: 2,
    onprogress: (progress) => calls.push({ at: performance.now(), ...progress }),
  });
  const files = drop.files.filter(({ role }) => role !== 'key-details');
  const total = files.reduce((sum, { size }) => sum + size, 0);
  calls.forEach((call, index) => {
    assert.deepEqual([call.bytesTotal, call.filesTotal], [total, files.length]);
    assert.ok(call.bytesRead <= total && call.filesDone <= files.length);
    assert.ok(call.rate >= 0 && (call.secondsLeft === null || call.secondsLeft >= 0));
    if (index === 0) return;
    for (const field of ['bytesRead', 'filesDone'])
      assert.ok(call[field] >= calls[index - 1][field], `${field} of call ${index}`);
  });
  const [first, last] = [calls[0], calls.at(-1)];
  assert.deepEqual([first.bytesRead, first.filesDone, first.rate, first.secondsLeft], [0, 0, 0, null]);
  assert.deepEqual([last.bytesRead, last.filesDone, last.bytesWritten], [total, files.length, report.bytesWritten]);
  const results = calls.flatMap(({ changed }) => changed.map(({ result }) => result)).filter(Boolean);
  assert.equal(results.length, files.length);
  assert.deepEqual(
    new Map(results.map((result) => [result.path, result])),
    new Map(report.files.map((result) => [result.path, result])),
  );
  for (const { changed } of calls)
    for (const { path, bytesRead, bytesTotal } of changed) assert.ok(bytesRead <= bytesTotal, path);
});

test('progress is reported at most ten times a second, and also while nothing changes', async () => {
  const drop = await many(1, 2 * MIB).open();
  const at = [];
  const begun = performance.now();
  await drop.decrypt(new MemorySink({ write: () => sleep(300) }), { onprogress: () => at.push(performance.now()) });
  const seconds = (performance.now() - begun) / 1000;
  assert.ok(at.length <= 10 * seconds + 2, `${at.length} calls in ${seconds} s`); // one at once, one at the end
  assert.ok(at.length >= 4, `${at.length} calls`);
});

test('the bytes of a file that fails after writing are no longer counted', async () => {
  const memory = many(1, 5 * MIB);
  let writes = 0;
  let last = /** @type {Progress | null} */ (null);
  const sink = new MemorySink({
    write: () =>
      sleep(120).then(() => {
        if ((writes += 1) === 4) throw new Error('full');
      }),
  });
  const most = [];
  await (await memory.open()).decrypt(sink, { onprogress: (progress) => most.push((last = progress).bytesWritten) });
  assert.ok(Math.max(...most) >= MIB);
  assert.deepEqual([last?.bytesWritten, last?.filesDone, last?.bytesRead], [0, 1, last?.bytesTotal]);
});

for (const concurrency of [1, 3]) {
  test(`a sink that does not take anything stops the reading, ${concurrency} at a time`, {
    timeout: 60_000,
  }, async () => {
    const folder = join(temporary, `slow-${concurrency}`);
    const made = makeDrop(folder);
    const content = Buffer.alloc(24 * MIB, 'a line of text\n');
    for (let index = 0; index < 4; index += 1) made.addRaw(`part-${index}.json`, content);
    const drop = await openDrop(await folderFiles(folder));
    await drop.unlock(privateKey());
    let [outstanding, most, taken] = [0, 0, 0];
    let release;
    const gate = new Promise((resolve) => (release = resolve));
    const sink = new MemorySink({
      async write(_path, chunk) {
        most = Math.max(most, (outstanding += 1));
        await gate;
        outstanding -= 1;
        taken += chunk.length;
      },
    });
    const before = bytesReadByProcess();
    const running = drop.decrypt(sink, { concurrency });
    while (outstanding < concurrency) await sleep(20);
    await sleep(300);
    const read = bytesReadByProcess() - before;
    assert.ok(read <= concurrency * 8 * MIB, `${(read / MIB).toFixed(1)} MiB were read for a sink that took nothing`);
    release?.();
    assert.equal((await running).decrypted, 4);
    assert.equal(most, concurrency, 'one write at a time for each file');
    assert.equal(taken, 4 * content.length);
  });
}

/** Bytes read by read(2) and similar calls, in all threads. */
function bytesReadByProcess() {
  return Number(readFileSync('/proc/self/io', 'utf8').match(/^rchar: (\d+)$/m)?.[1]);
}

test('cancelling rejects with ERR_ABORTED, discards open files, and keeps finished ones', async () => {
  for (const reason of [undefined, 'text', new TypeError('mine')]) {
    const memory = many(6, 3 * MIB).add('first.json', lines(100));
    memory.items.unshift(memory.items.pop());
    const cancel = new AbortController();
    const sink = new MemorySink({
      async write(path) {
        await sleep(10);
        if (sink.closed.has('first.json') && path !== 'first.json') cancel.abort(reason);
      },
    });
    const drop = await memory.open();
    let last;
    await assert.rejects(
      drop.decrypt(sink, { concurrency: 2, signal: cancel.signal, onprogress: (progress) => (last = progress) }),
      fails('ERR_ABORTED'),
    );
    assert.equal(sink.open_.size, 0);
    assert.ok(sink.aborted.length > 0);
    assert.deepEqual(
      sink.events.filter(([what]) => what !== 'open').map(([what]) => what),
      ['abort'],
      'the sink is aborted, once, and not closed',
    );
    assert.equal(sink.events.at(-1)[1].code, 'ERR_ABORTED');
    assert.ok(sink.files.has('first.json'));
    assert.equal(last?.filesDone, sink.files.size, 'what is finished was told');
    const finished = [...sink.files.keys()];
    await sleep(100);
    assert.deepEqual([...sink.files.keys()], finished, 'nothing comes afterwards');
    const again = new MemorySink();
    await drop.decrypt(again);
    sameFiles(again.files, memory.contents);
  }
});

test('a file that was just being closed when the run was cancelled is in the report', async () => {
  for (const size of [100, 3 * MIB]) {
    const cancel = new AbortController();
    const closing = new Set();
    const sink = new MemorySink({
      async close(path) {
        closing.add(path);
        if (closing.size === 2) cancel.abort();
        await sleep(50);
      },
    });
    const running = (await many(8, size).open()).decrypt(sink, { concurrency: 2, signal: cancel.signal });
    const error = await running.catch((reason) => reason);
    assert.equal(error.code, 'ERR_ABORTED');
    const { report } = error;
    assert.deepEqual(report.files.map(({ output }) => output).sort(), [...sink.files.keys()].sort());
    assert.equal(report.unfinished, 8 - report.files.length);
  }
});

test('cancelling does not wait for workers, and discards files that are still being opened', {
  timeout: 60_000,
}, async () => {
  const cancel = new AbortController();
  const sink = new MemorySink({ open: () => sleep(200) });
  const drop = await many(4, 3 * MIB).open();
  const running = drop.decrypt(sink, { concurrency: 2, signal: cancel.signal });
  while (sink.events.length < 2) await sleep(5);
  cancel.abort();
  await assert.rejects(running, fails('ERR_ABORTED'));
  await sleep(300);
  assert.deepEqual([sink.open_.size, sink.closed.size], [0, 0]);
});

test('cancelled before it begins, it opens nothing', async () => {
  const sink = new MemorySink();
  const drop = await many(2, 100).open();
  await assert.rejects(drop.decrypt(sink, { signal: AbortSignal.abort() }), fails('ERR_ABORTED'));
  assert.deepEqual(
    sink.events.map(([what]) => what),
    ['abort'],
  );
});

test('cancelling a ZIP aborts the stream behind it', async () => {
  const cancel = new AbortController();
  let written = 0;
  let aborted = /** @type {MgdcDecryptError | null} */ (null);
  const sink = zipSink(
    new WritableStream({
      async write(chunk) {
        await sleep(5);
        if ((written += chunk.length) > 2 * MIB) cancel.abort();
      },
      abort: (reason) => void (aborted = reason),
    }),
  );
  await assert.rejects(
    (await many(6, 3 * MIB).open()).decrypt(sink, { concurrency: 3, signal: cancel.signal }),
    fails('ERR_ABORTED'),
  );
  assert.equal(aborted?.code, 'ERR_ABORTED');
});

test('after cancelling, a folder keeps only whole files', async () => {
  const folder = join(temporary, 'cancelled');
  const cancel = new AbortController();
  const memory = many(20, 1.5 * MIB);
  const whole = await folderSink(folder);
  let opened = 0;
  const open = (path) => {
    opened += 1;
    if (opened === 8) cancel.abort();
    return whole.open(path);
  };
  const sink = { ...whole, open };
  await assert.rejects(
    (await memory.open()).decrypt(sink, { signal: cancel.signal, concurrency: 2 }),
    fails('ERR_ABORTED'),
  );
  const names = readdirSync(join(folder, 'set'));
  assert.ok(names.length >= 6 && names.length <= 8, `${names.length} files`);
  for (const name of names)
    assert.ok(readFileSync(join(folder, 'set', name)).equals(memory.contents.get(`set/${name}`)), name);
});

test('a drop that is disposed of during a run provides no more keys', async () => {
  const memory = many(300, 1000); // several batches
  const drop = await memory.open();
  let written = 0;
  const sink = new MemorySink({ write: () => ((written += 1) === 3 ? drop.dispose() : null) });
  await assert.rejects(drop.decrypt(sink, { concurrency: 1 }), TypeError);
  assert.ok(sink.files.size < 300);
});

test('cancelled while it checks existing files, it starts nothing', async () => {
  const [source, out] = ['cancel-in', 'cancel-out'].map((name) => join(temporary, name));
  makeDrop(source).add('set/big.json', lines(5 * MIB));
  const drop = await openDrop(await folderFiles(source));
  await drop.unlock(privateKey());
  const cancel = new AbortController();
  const sink = await folderSink(out);
  const { existing } = sink;
  sink.existing = async (path) => {
    if (path === 'set/big.json') {
      cancel.abort();
      await sleep(50); // a slow disk
    }
    return existing(path);
  };
  await drop.decrypt(await folderSink(out), { resume: true });
  rmSync(join(out, 'set'), { recursive: true });
  const workers = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
  await sleep(200);
  const before = workers();
  await assert.rejects(drop.decrypt(sink, { resume: true, signal: cancel.signal }), fails('ERR_ABORTED'));
  await sleep(500);
  assert.deepEqual(readdirSync(out), ['.mgdc-decrypt.json']);
  assert.equal(workers(), before);
});

test('a big file that fails leaves no file open', async () => {
  const source = join(temporary, 'failing');
  const made = makeDrop(source);
  const content = lines(9 * MIB);
  for (let index = 0; index < 6; index += 1) made.add(`set/${index}.json`, content);
  const drop = await openDrop(await folderFiles(source));
  await drop.unlock(privateKey());
  const open = () =>
    readdirSync('/proc/self/fd')
      .map((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`);
        } catch {
          return '';
        }
      })
      .filter((path) => path.startsWith(source)).length;
  const { failed } = await drop.decrypt(
    {
      open: async () => {
        throw new Error('no');
      },
    },
    {
      concurrency: 1,
      onprogress: ({ filesDone }) => assert.ok(open() <= 2, `${open()} open after ${filesDone} files`),
    },
  );
  assert.equal(failed, 6);
});

test('among very many files, big ones and ones that expand are processed by themselves', async () => {
  const memory = many(1000, 100);
  memory
    .add('set/big.json', lines(300_000))
    .add('set/expands.json', Buffer.alloc(3 * MIB, 'a'))
    .addClear('set/clear.txt', lines(200_000));
  const drop = await memory.open();
  assert.ok(
    drop.files.every(({ role, examined }) => role !== 'encrypted' || !examined),
    'nobody has looked',
  );
  const sink = new MemorySink();
  const report = await drop.decrypt(sink);
  assert.deepEqual([report.decrypted, report.copied, report.failed], [1002, 1, 0]);
  for (const [path, content] of memory.contents) assert.ok(sink.files.get(path)?.equals(content), path);
});

test('there was no unhandled rejection', async () => {
  await sleep(50);
  assert.deepEqual(unhandled, []);
});
