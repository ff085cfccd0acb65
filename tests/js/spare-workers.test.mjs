/** Workers that wait for the next run: which are kept, and with what. In Node, whose threads can be counted. */

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import '../../pkg/index.js';
import { toError } from '../../pkg/core/errors.js';
import { compiledModule, init } from '../../pkg/core/init.js';
import { startScript } from '../../pkg/core/start-worker.js';
import { usualScript } from '../../pkg/core/worker-thread.js';
import { Lane } from '../../pkg/run/lane.js';
import { keepWorker, prepare, takeWorker } from '../../pkg/run/spare-workers.js';
import { Inflater } from '../../pkg/worker/inflater.js';
import { PlaintextWriter } from '../../pkg/worker/plaintext-writer.js';
import { Stages } from '../../pkg/worker/stages.js';
import { startInflater } from '../../pkg/worker/start-inflater.js';
import { Jobs } from '../../pkg/worker/worker.js';
import { bigFile, copyOf, left, output, threads } from './lane-jobs.mjs';
import { MIB } from './memory-drop.mjs';

/**
 * @import { WorkerThread } from '../../pkg/core/start-worker.js'
 * @import { FromWorker, ToWorker } from '../../pkg/worker/protocol.js'
 */

afterEach(async () => {
  await init();
  for (let most = 2; most > 0; most -= 1) takeWorker().end();
  await Promise.all([...threads].map((thread) => thread.terminate())); // of a test that failed
});

test('a worker that is done is kept, and does the next job', { timeout: 20_000 }, async () => {
  for (let runs = 3; runs > 0; runs -= 1) {
    const lane = new Lane();
    assert.equal((await lane.run(copyOf(new Blob(['content'])), output)).summary.bytesOut, 7);
    lane.close();
    assert.equal(threads.size, 1);
  }
});

test('no more than two workers are kept', { timeout: 20_000 }, async () => {
  await init();
  const workers = Array.from({ length: 6 }, () => takeWorker());
  workers.forEach(keepWorker);
  await left(2);
  await prepare();
  assert.equal(threads.size, 2);
});

test('a worker that has a job when its lane is closed is ended', { timeout: 20_000 }, async () => {
  const lane = new Lane();
  /** @type {(value: null) => void} */
  let tell = () => {};
  const opened = new Promise((resolve) => (tell = resolve));
  const open = () => {
    tell(null);
    return new Promise(() => {});
  };
  const running = assert.rejects(lane.run(copyOf(new Blob(['content'])), { ...output, open }), { code: 'ERR_ABORTED' });
  await opened;
  lane.close();
  await running;
  await left(0);
});

test('a worker in which something failed unexpectedly is ended with its lane', { timeout: 20_000 }, async () => {
  const lane = new Lane();
  const odd = /** @type {Blob} */ (/** @type {unknown} */ (7)); // no source
  await assert.rejects(lane.run({ ...copyOf(new Blob()), source: odd }, output), { code: 'ERR_INTERNAL' });
  assert.equal((await lane.run(copyOf(new Blob(['content'])), output)).summary.bytesOut, 7);
  lane.close();
  await left(0);
});

test('the worker of a big file that cannot be inflated does the next one', { timeout: 20_000 }, async () => {
  for (const damage of [false, true, false, true, false]) {
    const lane = new Lane();
    const job = lane.run(bigFile({ damage }), output);
    if (damage) await assert.rejects(job, { code: 'ERR_COMPRESSED_DATA' });
    else assert.equal((await job).summary.bytesOut, 8 * MIB);
    lane.close();
    assert.ok(threads.size <= 2, 'the worker, and its inflater unless that was at work on the damaged file');
  }
});

test('a worker starts its inflater itself if it is given the script', { timeout: 20_000 }, async () => {
  await init();
  /** @type {WorkerThread<ToWorker, FromWorker>} */
  const worker = startScript(usualScript);
  worker.post({ type: 'start', module: compiledModule(), script: usualScript });
  for (const damage of [true, false, true, false]) {
    const last = await new Promise((resolve) => {
      worker.listen((message) => {
        if (message.type === 'open') worker.post({ type: 'output-file', file: null });
        if (message.type === 'piece') worker.post({ type: 'credit', buffer: message.buffer });
        if (message.type === 'done') resolve(message.summary.bytesOut);
        if (message.type === 'failed') resolve(toError(message.error).code);
      });
      worker.post({ ...bigFile({ damage }), isShared: true });
    });
    assert.equal(last, damage ? 'ERR_COMPRESSED_DATA' : 8 * MIB);
    assert.equal(threads.size, 1);
  }
  worker.end();
  await left(0);
});

test('if the worker of a big file dies, the file fails, and the worker is ended', { timeout: 20_000 }, async () => {
  const lane = new Lane();
  const write = async () => {
    for (const thread of threads) thread.postMessage({ type: 'unknown' }); // which no worker knows
  };
  await assert.rejects(lane.run(bigFile(), { ...output, write }), { code: 'ERR_INTERNAL' });
  await left(0);
  lane.close();
});

test('if the inflater of a worker dies, the file fails', { timeout: 20_000 }, async () => {
  await init();
  const inflater = new Inflater(startInflater(usualScript, compiledModule()));
  await left(1);
  const [thread] = threads;
  async function* pieces() {
    yield { piece: new Uint8Array(16), lastBlock: new Uint8Array(16) };
    thread.postMessage({ type: 'unknown' });
  }
  const writer = new PlaintextWriter(
    async () => null,
    () => {},
    null,
  );
  const { source, size, key, ...options } = bigFile();
  await assert.rejects(inflater.run(writer, pieces(), { key, ...options }, new Stages()), /not a function/);
  await left(0);
});

test('the inflater of a worker is ended with it', { timeout: 20_000 }, async () => {
  const all = () => readdirSync('/proc/self/task').length;
  await sleep(500); // threads of the last test end
  const before = all();
  const lane = new Lane();
  await new Promise((resolve) => {
    const write = () => {
      resolve(undefined);
      return new Promise(() => {});
    };
    lane.run(bigFile(), { ...output, write });
  });
  assert.equal(all(), before + 2, 'the worker and its inflater');
  lane.close();
  for (let tries = 1000; all() > before && tries > 0; tries -= 1) await sleep(5);
  assert.equal(all(), before);
});

test('a worker keeps no buffer of plaintext when its job is over', { timeout: 20_000 }, async () => {
  await init();
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  /** @type {WeakRef<ArrayBuffer> | undefined} */
  let used;
  /** @type {Promise<void>} */
  const done = new Promise((resolve) => {
    /** @param {FromWorker} message */
    const take = (message) => {
      if (message.type === 'open') setTimeout(() => jobs.receive({ type: 'output-file', file: null }));
      if (message.type === 'done') resolve();
      if (message.type !== 'piece') return;
      const { buffer } = message;
      used = new WeakRef(buffer);
      setTimeout(() => jobs.receive({ type: 'credit', buffer }), 50); // the worker is done by then
    };
    const jobs = (kept = new Jobs(take));
    jobs.receive({ type: 'start', module: compiledModule() });
    jobs.receive(copyOf(new Blob(['content'])));
  });
  await done;
  await sleep(100);
  collect();
  assert.ok(used && kept);
  assert.ok(used.deref() === undefined); // else a mebibyte would be printed
});

/** As the thread of a worker keeps it. @type {Jobs | undefined} */
let kept;
