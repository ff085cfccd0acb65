/** What passes in pieces makes V8 collect, although its buffers go round: in each thread that pieces go through. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import '../../pkg/index.js';
import { init, memory } from '../../pkg/core/init.js';
import { FileOnDisk } from '../../pkg/node/file-on-disk.js';
import { Lane } from '../../pkg/run/lane.js';
import { Decryptor } from '../../pkg/wasm/mgdc_decrypt.js';
import { Inflating } from '../../pkg/worker/inflater.js';
import { openSource } from '../../pkg/worker/source.js';
import { copyOf, output } from './lane-jobs.mjs';
import { MIB, newKey } from './memory-drop.mjs';

/** @import { Inflate } from '../../pkg/worker/protocol.js' */

/** Two collections are begun in them. Their last steps come with more pieces. */
const PIECES = 1200;

/**
 * Whether a full collection takes place: V8 does not clear a WeakRef in any other.
 * @param {() => Promise<unknown>} during
 */
async function collects(during) {
  const garbage = new WeakRef({});
  await sleep(0); // until then it is held
  await during();
  for (let tries = 100; garbage.deref() && tries > 0; tries -= 1) await sleep(10);
  return garbage.deref() === undefined;
}

test('a Blob that is read', { timeout: 20_000 }, async () => {
  const source = await openSource(new Blob([new Uint8Array(PIECES * 16)]));
  const read = async () => {
    /** @type {ArrayBuffer | undefined} */
    let buffer;
    while (source.at < source.size) ({ buffer } = await source.next(16, buffer));
  };
  assert.ok(await collects(read));
});

test('ciphertext in an inflater', { timeout: 20_000 }, async () => {
  await init();
  const { key, iv, encrypt } = newKey();
  const inflating = new Inflating(
    () => {},
    () => {},
  );
  const ciphertext = encrypt(Buffer.alloc(PIECES * 16));
  /** @type {Inflate} */
  const job = {
    type: 'inflate',
    key: new Uint8Array([...key, ...iv]),
    compression: 'none',
    decompress: true,
    outputLimit: undefined,
  };
  const inflate = async () => {
    for (let at = 0; at < ciphertext.length; at += 16)
      inflating.take({ type: 'ciphertext', piece: Uint8Array.from(ciphertext.subarray(at, at + 16)) });
    inflating.take({ type: 'ciphertext', piece: null });
    const { written } = await inflating.run(job, (...options) => new Decryptor(...options), memory());
    assert.equal(written, PIECES * 16);
  };
  assert.ok(await collects(inflate));
});

test('plaintext on the page', { timeout: 20_000 }, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'mgdc-garbage-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'clear.json');
  writeFileSync(path, '');
  truncateSync(path, 600 * MIB); // takes no place on the disk
  const { source, size } = new FileOnDisk(path, 600 * MIB, statSync(path).mtimeMs);
  const lane = new Lane();
  context.after(() => lane.close());
  let written = 0;
  const write = async ({ length }) => void (written += length);
  assert.ok(await collects(() => lane.run({ ...copyOf(new Blob()), source, size }, { ...output, write, reuse: true })));
  assert.equal(written, 600 * MIB);
});
