/** A private key and thousands of key details entries: how many operations, where, and how they are stopped. */

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { openDrop, PrivateKey } from '../../pkg/index.js';
import {
  DETAILS,
  fails,
  lines,
  MemoryDrop,
  MemorySink,
  newKey,
  PEM,
  privateKey,
  STRANGER,
  sameFiles,
} from './memory-drop.mjs';

/** A wrapped key that no private key opens, but a valid input, because its number is below every modulus. */
function random() {
  const wrapped = randomBytes(256);
  wrapped[0] = 0x11;
  return {
    PublicKeyVersion: randomBytes(16).toString('hex'),
    DecryptionKeyValue: wrapped.toString('base64'),
    DecryptionKeyIV: randomBytes(16).toString('base64'),
  };
}

const details = (entries) => ({ path: DETAILS, blob: new Blob([JSON.stringify(entries)]) });

/** The longest time for which the event loop was blocked. */
async function longestTurn(run) {
  let [last, longest] = [performance.now(), 0];
  const look = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(look, 1);
  try {
    await run();
    look();
  } finally {
    clearInterval(timer);
  }
  return longest;
}

/** Runs something and counts the workers that are started meanwhile. */
async function countingWorkers(run) {
  let count = 0;
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message.type === 'key') count += 1;
    return postMessage.call(this, message, ...rest);
  };
  try {
    await run();
  } finally {
    Worker.prototype.postMessage = postMessage;
  }
  return count;
}

test('the right entry among many is opened, the others name their failure, and the event loop goes on', async () => {
  const memory = new MemoryDrop();
  const [{ details: good }] = memory.keys;
  const others = Array.from({ length: 60 }, random);
  memory.items[0] = details([...others.slice(0, 30), good, ...others.slice(30)]);
  memory.add('part.json', lines(300));
  const drop = await openDrop(memory.items);
  const told = [];
  const workers = await countingWorkers(async () =>
    assert.deepEqual(await drop.unlock(privateKey(), { onprogress: (progress) => told.push(progress) }), [30]),
  );
  assert.ok(workers > 0);
  assert.deepEqual(
    [told[0], told.at(-1)],
    [
      { done: 0, total: 61 },
      { done: 61, total: 61 },
    ],
  );
  assert.ok(
    told.length > 3 && told.every(({ done }, index) => index === 0 || done > told[index - 1].done),
    'progress only grows',
  );
  for (const [index, { unlocked, error }] of drop.keyDetails.entries())
    assert.deepEqual([unlocked, error?.code], index === 30 ? [true, undefined] : [false, 'ERR_FILE_KEY_UNWRAP']);
  const sink = new MemorySink();
  await drop.decrypt(sink);
  sameFiles(sink.files, memory.contents);
});

test('a few are tried where the key is, without workers', async () => {
  const memory = new MemoryDrop(3).add('part.json', lines(300), 2);
  const drop = await openDrop(memory.items);
  assert.equal(await countingWorkers(async () => assert.deepEqual(await drop.unlock(privateKey()), [0, 1, 2])), 0);
});

test('one wrapped key with thousands of IVs is tried once', async () => {
  const { details: good } = newKey();
  const entries = Array.from({ length: 2500 }, () => ({
    ...good,
    DecryptionKeyIV: randomBytes(16).toString('base64'),
  }));
  const drop = await openDrop([details(entries)]);
  const key = privateKey();
  const told = [];
  const workers = await countingWorkers(async () =>
    assert.equal((await drop.unlock(key, { onprogress: (progress) => told.push(progress) })).length, 2500),
  );
  assert.equal(workers, 0, 'one operation is nothing for a worker');
  assert.deepEqual(told, [
    { done: 0, total: 2500 },
    { done: 2500, total: 2500 },
  ]);
});

test('wrapped IVs are opened as wrapped keys are, in workers, too', async () => {
  const { publicEncrypt, constants, createPublicKey } = await import('node:crypto');
  const wrap = (bytes) =>
    publicEncrypt(
      { key: createPublicKey(PEM), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
      bytes,
    ).toString('base64');
  const entries = Array.from({ length: 20 }, () => ({
    DecryptionKeyValue: wrap(randomBytes(32)),
    DecryptionKeyIV: wrap(randomBytes(16)),
  }));
  const drop = await openDrop([details(entries)]);
  const told = [];
  assert.equal((await drop.unlock(privateKey(), { onprogress: ({ done }) => told.push(done) })).length, 20);
  assert.equal(told.filter((done) => done === 0).length, 2, 'counted anew for the IVs');
});

test('it stops when it is aborted, the drop goes on, and a second try works', async () => {
  const memory = new MemoryDrop();
  memory.items[0] = details([memory.keys[0].details, ...Array.from({ length: 400 }, random)]);
  memory.add('part.json', lines(300));
  const drop = await openDrop(memory.items);
  const cancel = new AbortController();
  const trying = drop.unlock(privateKey(), {
    signal: cancel.signal,
    onprogress: ({ done }) => done > 0 && cancel.abort(),
  });
  await assert.rejects(trying, fails('ERR_ABORTED'));
  assert.equal(
    drop.keyDetails.some(({ unlocked }) => unlocked),
    false,
  );
  await assert.rejects(drop.unlock(privateKey(), { signal: AbortSignal.abort() }), fails('ERR_ABORTED'));
  assert.deepEqual(await drop.unlock(memory.keys[0].answer), [0]);
});

test('a drop or a key that is disposed of meanwhile causes no crash', async () => {
  for (const victim of ['drop', 'key']) {
    const subjects = { drop: await openDrop([details(Array.from({ length: 40 }, random))]), key: privateKey() };
    const trying = subjects.drop.unlock(subjects.key);
    subjects[victim].dispose();
    await assert.rejects(trying, TypeError, victim);
  }
});

test('ten thousand entries are listed and refused in short turns, and one more is a limit', async () => {
  const { details: good } = newKey();
  const entries = Array.from({ length: 10_000 }, (_, index) => ({
    ...good,
    DecryptionKeyIV: randomBytes(16).toString('base64'),
    PublicKeyVersion: index.toString(16).padStart(32, '0'),
  }));
  const drop = await openDrop([
    { path: DETAILS, blob: new Blob([entries.map((entry) => `${JSON.stringify(entry)}\r\n`).join('')]) },
  ]);
  assert.equal(drop.keyDetails.length, 10_000);
  assert.equal(drop.keyDetails, drop.keyDetails, 'nothing changed, so it is not made again');
  const before = drop.keyDetails;
  await assert.rejects(drop.unlock(PrivateKey.import(STRANGER)), fails('ERR_FILE_KEY_UNWRAP'));
  assert.ok(drop.keyDetails.every(({ error }) => error?.code === 'ERR_FILE_KEY_UNWRAP'));
  assert.ok(
    before.every(({ error }) => error === null),
    'what was taken before stays as it was',
  );

  const items = [details([...entries, random()])];
  const over = await openDrop(items);
  assert.equal(over.keyDetails.length, 0);
  const [problem] = over.problems;
  assert.equal(problem.code, 'ERR_KEY_DETAILS_LIMIT');
  assert.match(problem.message, /more than 10000 entries, a limit of this tool and not a fault/);
  const raised = await openDrop(items, { maxKeyDetails: 10_001 });
  assert.deepEqual([raised.keyDetails.length, raised.problems.length], [10_001, 0]);
  for (const maxKeyDetails of [0, 1.5, '5', Infinity])
    await assert.rejects(openDrop(items, { maxKeyDetails: /** @type {number} */ (maxKeyDetails) }), TypeError);
});

test('a document that is too long is reported with both figures, and not as empty', async () => {
  const size = 65 * 2 ** 20;
  const blob = new Blob([new Uint8Array(size).fill(32)]);
  const drop = await openDrop([
    { path: DETAILS, blob },
    { path: 'part.json', blob: new Blob([randomBytes(32)]) },
  ]);
  assert.deepEqual(
    drop.problems.map(({ code }) => code),
    ['ERR_KEY_DETAILS_LIMIT'],
  );
  assert.match(drop.problems[0].message, new RegExp(`${size} bytes, more than the ${64 * 2 ** 20} that are read`));
  const report = await drop.decrypt(new MemorySink());
  assert.deepEqual([...new Set(report.files.map(({ code }) => code))], ['ERR_KEY_DETAILS_LIMIT']);
});

test('a hostile drop of five hundred wrapped keys leaves the event loop free', async () => {
  const drop = await openDrop([details(Array.from({ length: 500 }, random))]);
  const key = privateKey();
  // Twenty operations at a stretch, were they done here.
  const longest = await longestTurn(() => assert.rejects(drop.unlock(key), fails('ERR_FILE_KEY_UNWRAP')));
  assert.ok(longest < 1000, `${longest} ms at a stretch`);
  assert.ok(drop.keyDetails.every(({ error }) => error?.code === 'ERR_FILE_KEY_UNWRAP'));
});
