/** Calls of Node's file system are made at once while they are quick; both ways write the same. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Pace } from '../../pkg/core/pace.js';
import { folderSink } from '../../pkg/node/folder.js';

test('after slow calls, the next ones are made as promises, then at once again', async () => {
  const pace = new Pace(1);
  const ways = [];
  const calls = async (count, milliseconds) => {
    for (let left = count; left > 0; left -= 1)
      await pace.do(
        () => {
          ways.push('at once');
          for (const end = performance.now() + milliseconds; performance.now() < end; );
        },
        async () => void ways.push('later'),
      );
  };
  await calls(1, 50); // one slow call says nothing of the disk
  await calls(100, 0);
  assert.deepEqual(new Set(ways), new Set(['at once']));
  await calls(20, 4);
  assert.equal(ways.at(-1), 'later');
  await calls(256, 0);
  assert.equal(ways.at(-1), 'at once');
  assert.equal(ways.filter((way) => way === 'later').length, 256);
});

/** @type {[string, number][]} */
const WAYS = [
  ['at once', 1e6],
  ['later', 1e-6],
];
for (const [way, slow] of WAYS)
  test(`a small file that is written ${way} is there whole or not at all`, async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'mgdc-pace-'));
    context.after(() => rmSync(folder, { recursive: true }));
    const { whole } = (await folderSink(folder, { slow })).open;
    const content = new TextEncoder().encode('{"id":1}');
    for (let calls = 16; calls > 0; calls -= 1) await whole('set/one', content); // by then it has its pace
    for (const name of ['one', 'two', 'two']) assert.equal(await whole(`set/${name}`, content), `set/${name}`);
    mkdirSync(join(folder, 'set/three'));
    await assert.rejects(whole('set/three', content), { code: 'ERR_WRITE', message: /a folder of this name/ });
    await assert.rejects(whole('set/two/four', content), {
      code: 'ERR_WRITE',
      message: /in the way of a folder/,
    });
    assert.deepEqual(readdirSync(join(folder, 'set')).sort(), ['one', 'three', 'two']);
    for (const name of ['one', 'two']) assert.equal(readFileSync(join(folder, 'set', name), 'utf8'), '{"id":1}');
  });
