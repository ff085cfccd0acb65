/** An inflater that the page starts for a worker, as in Firefox. In Node, whose threads can be counted. */

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { afterEach, before, test } from 'node:test';
import '../../pkg/index.js';
import { init } from '../../pkg/core/init.js';
import { Lane } from '../../pkg/run/lane.js';
import { takeWorker } from '../../pkg/run/spare-workers.js';
import { RelayedInflater } from '../../pkg/worker/relay.js';
import { bigFile, left, output, threads } from './lane-jobs.mjs';
import { MIB } from './memory-drop.mjs';

/** @import { FromWorker } from '../../pkg/worker/protocol.js' */

before(() => init());

afterEach(async () => {
  for (let most = 2; most > 0; most -= 1) takeWorker().end();
  await Promise.all([...threads].map((thread) => thread.terminate())); // of a test that failed
});

test('a big file is inflated by a thread that the page has started', { timeout: 20_000 }, async () => {
  const lane = new Lane();
  for (let files = 3; files > 0; files -= 1) {
    const plaintext = randomBytes(8 * MIB);
    const job = bigFile({ plaintext });
    const hash = createHash('sha256');
    const write = async (/** @type {Uint8Array} */ bytes) => void hash.update(bytes);
    const { summary, read } = await lane.run(job, { ...output, write, reuse: true });
    assert.equal(summary.bytesOut, 8 * MIB);
    assert.equal(read, job.size);
    assert.equal(hash.digest('hex'), createHash('sha256').update(plaintext).digest('hex'));
    assert.equal(threads.size, 2, 'the worker and its inflater');
  }
  lane.close();
  takeWorker().end(); // it was kept
  await left(0);
});

test('after a file that cannot be inflated, the next one is', { timeout: 20_000 }, async () => {
  const lane = new Lane();
  for (const damage of [true, false, true, false]) {
    const job = lane.run(bigFile({ damage }), output);
    if (damage) await assert.rejects(job, { code: 'ERR_COMPRESSED_DATA' });
    else assert.equal((await job).summary.bytesOut, 8 * MIB);
  }
  lane.close();
});

test('if the inflater dies, its file fails, and the next one does not', { timeout: 20_000 }, async () => {
  const lane = new Lane();
  const write = async () => {
    // The inflater is the second one. No worker knows this message.
    [...threads][1]?.postMessage({ type: 'unknown' });
  };
  await assert.rejects(lane.run(bigFile(), { ...output, write }), { code: 'ERR_INTERNAL', message: /not a function/ });
  assert.equal((await lane.run(bigFile(), output)).summary.bytesOut, 8 * MIB);
  lane.close();
  await left(0);
});

test('if a file cannot be written, the worker and its inflater are ended', { timeout: 20_000 }, async () => {
  const lane = new Lane();
  const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
  await assert.rejects(lane.run(bigFile(), { ...output, write: () => Promise.reject(full) }), full);
  await left(0);
  lane.close();
});

test('an inflater is not told what the one before it had sent', () => {
  /** @type {FromWorker[]} */
  const sent = [];
  /** @type {FromWorker[]} */
  const taken = [];
  const send = (/** @type {FromWorker} */ message) => void sent.push(message);
  const [before, after] = [new RelayedInflater(send), new RelayedInflater(send)];
  for (const { thread } of [before, after]) thread.post({ type: 'prepare' });
  after.thread.listen((message) => taken.push(message));
  after.thread.fail(assert.ifError);
  for (const message of sent)
    if (message.type === 'relay') after.take({ type: 'relayed', id: message.id, message: { type: 'more' } });
  assert.equal(sent.length, 2);
  assert.deepEqual(taken, [{ type: 'more' }]);
});
