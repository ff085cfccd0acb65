/** blobSink: a Blob for each file, and a limit for all of them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blobSink } from '../../pkg/index.js';
import { jsonLines } from './make-drop.mjs';
import { MemoryDrop } from './memory-drop.mjs';

const INFO = { size: null, modified: null };

/** Two small files and a big one, which comes in pieces. */
async function dropOfThree() {
  const memory = new MemoryDrop();
  const contents = {
    'set/a.json': jsonLines(1_000),
    'set/b.json': jsonLines(2_000),
    'set/c.json': jsonLines(3_000_000),
  };
  for (const [path, content] of Object.entries(contents)) memory.add(path, content);
  return { drop: await memory.open(), contents };
}

test('has a Blob for each file, with its content', async () => {
  const { drop, contents } = await dropOfThree();
  const sink = blobSink();
  const report = await drop.decrypt(sink);
  assert.equal(report.failed, 0);
  assert.deepEqual([...sink.blobs.keys()].sort(), Object.keys(contents));
  for (const [path, content] of Object.entries(contents)) {
    const bytes = new Uint8Array(await /** @type {Blob} */ (sink.blobs.get(path)).arrayBuffer());
    assert.ok(Buffer.from(content).equals(bytes), path);
  }
});

test('a file that exceeds the limit fails, and what it had taken is free again', async () => {
  const { drop, contents } = await dropOfThree();
  const sink = blobSink({ limit: 2_900_000 });
  const { files } = await drop.decrypt(sink, { concurrency: 1 });
  const [big, ...others] = files.toSorted((a, b) => b.path.localeCompare(a.path));
  assert.deepEqual([big.path, big.outcome, big.code], ['set/c.json', 'failed', 'ERR_OUTPUT_LIMIT']);
  assert.match(String(big.message), /the limit of 2900000 bytes that was set for blobSink; raise it, or write into/);
  assert.deepEqual(
    others.map(({ outcome }) => outcome),
    ['decrypted', 'decrypted'],
  );
  assert.deepEqual([...sink.blobs.keys()].sort(), ['set/a.json', 'set/b.json']);
  // The two others, and as much again as the failed file had taken.
  const stream = sink.open('more', INFO);
  const writer = /** @type {WritableStream} */ (await stream).getWriter();
  const left = 2_900_000 - [...sink.blobs.values()].reduce((sum, { size }) => sum + size, 0);
  await writer.write(new Uint8Array(left));
  await assert.rejects(writer.write(new Uint8Array(1)), { code: 'ERR_OUTPUT_LIMIT', path: 'more' });
  assert.ok(Object.keys(contents).length > sink.blobs.size);
});

test('a stream that is aborted leaves nothing, and its bytes do not count', async () => {
  const sink = blobSink({ limit: 10 });
  for (let round = 0; round < 3; round++) {
    const writer = /** @type {WritableStream} */ (await sink.open('a', INFO)).getWriter();
    await writer.write(new Uint8Array(10));
    await writer.abort();
  }
  assert.equal(sink.blobs.size, 0);
});

test('a limit that is no number of bytes is refused', () => {
  // @ts-expect-error
  for (const limit of [-1, Number.NaN, 'many']) assert.throws(() => blobSink({ limit }), TypeError);
});
