/** Files that were added twice are recognised by path, size, time and the bytes at both ends. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Distinct } from '../../pkg/drop/duplicates.js';

const END = 64 * 1024;

/** A file whose reading is counted. */
function file(bytes, { path = 'key.pem', lastModified = 1, broken = false } = {}) {
  const blob = new File([bytes], path, { lastModified });
  const slice = blob.slice.bind(blob);
  const arrayBuffer = blob.arrayBuffer.bind(blob);
  /** @type {{ path: string, blob: File, read: (number | undefined)[][] }} */
  const item = { path, blob, read: [] };
  blob.slice = (start, end) => {
    if (broken) throw new Error('it is gone');
    item.read.push([start, end]);
    return slice(start, end);
  };
  blob.arrayBuffer = () => {
    if (broken) throw new Error('it is gone');
    item.read.push([0, blob.size]);
    return arrayBuffer();
  };
  return item;
}

const big = (length, changedAt = -1) => Uint8Array.from({ length }, (_, at) => (at === changedAt ? 7 : 0));

test('the same file added twice counts once, and the bytes decide', async () => {
  const distinct = new Distinct();
  assert.equal(distinct.add(file('one')), true);
  assert.equal(await distinct.add(file('one')), false);
  assert.equal(await distinct.add(file('two')), true);
  assert.equal(await distinct.add(file('two')), false, 'each of those that are known is compared');
  assert.equal(await distinct.add(file('one')), false);
});

test('a different path, size or time means a different file, without reading it', () => {
  const distinct = new Distinct();
  const known = file('one');
  distinct.add(known);
  for (const other of [file('one', { path: 'other.pem' }), file('longer'), file('one', { lastModified: 2 })]) {
    assert.equal(distinct.add(other), true, 'no promise');
    assert.deepEqual([other.read, known.read], [[], []]);
  }
});

test('the very same object is not read', async () => {
  const distinct = new Distinct();
  const item = file('one', { broken: true });
  distinct.add(item);
  assert.equal(await distinct.add({ path: item.path, blob: item.blob }), false);
});

test('of a long file both ends are compared, of one up to 128 KiB all', async () => {
  /** @type {[number, number, boolean][]} */
  const pairs = [
    [2 * END, END, true],
    [2 * END + 1, END, false],
    [3 * END, END - 1, true],
    [3 * END, 2 * END, true],
    [3 * END, 2 * END - 1, false],
  ];
  for (const [length, at, isNew] of pairs) {
    const distinct = new Distinct();
    distinct.add(file(big(length)));
    assert.equal(await distinct.add(file(big(length, at))), isNew, `${at} of ${length}`);
  }
  const distinct = new Distinct();
  const [whole, again] = [file(big(2 * END)), file(big(2 * END))];
  distinct.add(whole);
  await distinct.add(again);
  assert.equal(again.read.length, 1, 'in one piece');
});

test('a file that cannot be read equals no other', async () => {
  const distinct = new Distinct();
  distinct.add(file('one', { broken: true }));
  assert.equal(await distinct.add(file('one')), true);
});

test('a deleted item can be added again, and nothing else is forgotten', async () => {
  const distinct = new Distinct();
  const [one, two] = [file('one'), file('two')];
  distinct.add(one);
  await distinct.add(two);
  distinct.delete(file('one')); // not known as this object
  distinct.delete(file('x', { path: 'unknown' }));
  assert.equal(await distinct.add(file('one')), false);
  assert.equal(await distinct.add(file('two')), false);
  distinct.delete(one);
  assert.equal(await distinct.add(file('two')), false);
  assert.equal(await distinct.add(file('one')), true);
});

test('of two equal items that are added at once, the second one is the duplicate', async () => {
  const distinct = new Distinct();
  distinct.add(file('other'));
  assert.deepEqual(await Promise.all([distinct.add(file('one')), distinct.add(file('one'))]), [true, false]);
});
