/** Single modules, in a browser: what no run shows. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHost, startHost } from './host.mjs';

test('an empty file gets nothing of what a crash left under its temporary name', async (t) => {
  const page = await openHost(t, await startHost());
  const texts = await page.evaluate(async () => {
    // @ts-expect-error: an address of the host
    const { directorySink } = await import('/pkg/index.js');
    // @ts-expect-error: an address of the host
    const { partial } = await import('/pkg/sinks/file-names.js');
    const folder = await navigator.storage.getDirectory();
    const writable = await (await folder.getFileHandle(partial('a.json', 1), { create: true })).createWritable();
    await writable.write('of another run');
    await writable.close();
    const sink = directorySink(folder);
    for (const [name, text] of [
      ['a.json', ''],
      ['b.json', 'b'],
    ])
      await sink.open.whole(name, new TextEncoder().encode(text));
    const files = [];
    for await (const name of folder.keys())
      files.push(`${name}: ${await (await (await folder.getFileHandle(name)).getFile()).text()}`);
    return files.sort();
  });
  assert.deepEqual(texts, ['a.json: ', 'b.json: b']);
});

test('a spare worker that fails twice takes no other one with it', async (t) => {
  const page = await openHost(t, await startHost());
  const isKept = await page.evaluate(async () => {
    // @ts-expect-error: an address of the host
    const { keepWorker, takeWorker } = await import('/pkg/run/spare-workers.js');
    // @ts-expect-error: an address of the host
    const { startWorker } = await import('/pkg/core/worker-thread.js');
    const failing = startWorker("for (const ms of [0, 20]) setTimeout(() => { throw new Error('failed') }, ms);");
    const good = startWorker('');
    keepWorker(failing);
    keepWorker(good);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return takeWorker() === good;
  });
  assert.equal(isKept, true);
});
