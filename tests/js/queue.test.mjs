/** A queue: what one side puts in and the other one waits for. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { Queue } from '../../pkg/core/queue.js';

test('first come, first served, whichever side came first', async () => {
  const queue = new Queue([1]);
  queue.put(2);
  const waiting = [queue.next(), queue.next(), queue.next(), queue.next()];
  queue.put(3);
  queue.put(4);
  assert.deepEqual(await Promise.all(waiting), [1, 2, 3, 4]);
});

test('a failure is the answer to all who wait and all who ask later', { timeout: 5000 }, async () => {
  const queue = new Queue();
  const waiting = [queue.next(), queue.next()];
  queue.fail('the first reason');
  queue.fail('another one');
  queue.put('an item');
  for (const settled of await Promise.allSettled([...waiting, queue.next()]))
    assert.deepEqual(settled, { status: 'rejected', reason: 'the first reason' });
});
