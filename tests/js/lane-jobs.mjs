/** Jobs for lanes, and the threads that do them. */

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { MIB, newKey } from './memory-drop.mjs';

/**
 * @import { Worker } from 'node:worker_threads'
 * @import { JobOutput } from '../../pkg/run/lane.js'
 * @import { Job } from '../../pkg/worker/protocol.js'
 */

/** Threads that were started and have not ended. @type {Set<Worker>} */
export const threads = new Set();
process.on('worker', (/** @type {Worker} */ thread) => {
  threads.add(thread);
  thread.on('exit', () => threads.delete(thread));
});

/** As much of a job as a copy needs. @type {Omit<Job, 'source' | 'size'>} */
const COPY = { type: 'job', key: null, compression: 'auto', decompress: true, outputLimit: undefined, sha256: false };

/** @param {Blob} source */
export const copyOf = (source) => ({ ...COPY, source, size: source.size });

/** @type {JobOutput} */
export const output = { open: async () => null, write: async () => {}, progress: () => {} };

/** @param {number} count */
export async function left(count) {
  for (let tries = 1000; threads.size !== count && tries > 0; tries -= 1) await sleep(5);
  assert.equal(threads.size, count);
}

/** A file that two workers decrypt. `damage`: whether its content cannot be inflated to its end. */
export function bigFile({ damage = false, plaintext = randomBytes(8 * MIB) } = {}) {
  const compressed = gzipSync(plaintext, { level: 1 });
  if (damage) compressed.fill(0xff, 6 * MIB, 7 * MIB);
  const { key, iv, encrypt } = newKey();
  return { ...copyOf(new Blob([encrypt(compressed)])), key: new Uint8Array([...key, ...iv]) };
}
