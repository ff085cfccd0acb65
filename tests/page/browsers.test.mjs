/**
 * README's table of browsers says what this browser can do, as it is found here: from a server, and from a disk. A
 * newer version than the table's may be here.
 */

import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { browser, browserName, openFromDisk, openPage, ready, temporary } from './harness.mjs';

const NAMES = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' };
const root = new URL('../../', import.meta.url);

test("README's table says what this browser can do", async (t) => {
  const served = await openPage(t);
  const fromServer = await served.evaluate(abilities);
  const file = join(temporary, 'mgdc-decrypt.html');
  copyFileSync(new URL('www/mgdc-decrypt.html', root), file);
  const opened = await openFromDisk(t, file);
  await ready(opened);
  const fromDisk = await opened.evaluate(abilities);
  const { version, said } = column(NAMES[browserName]);
  assert.deepEqual(said, {
    'save into a folder': words(fromServer.folder),
    'write a big ZIP straight to the disk': words(fromServer.picker),
    'keep a big result in private storage until it is downloaded': words(fromServer.storage),
    'work in several threads': words(fromServer.threads),
    'the one file, from a disk: starts': 'yes', // ready() waited for it
    'the one file: save into a folder': words(fromDisk.folder),
    'the one file: write a big ZIP straight to the disk': words(fromDisk.picker),
    'the one file: keep a big result in private storage': words(fromDisk.storage),
    'the one file: work in several threads': words(fromDisk.threads),
  });
  const here = browser.version().replace(/^\D*/, '');
  const order = here.localeCompare(version, 'en', { numeric: true });
  assert.ok(order >= 0 || here.startsWith(version), `the table has ${version}, and ${here} is older`);
});

/** In the page. */
async function abilities() {
  const script = 'onmessage = ({ data }) => data.arrayBuffer().then(() => postMessage(true), () => postMessage(false))';
  // The page's own, if it has started workers already: a name can be created only once.
  const policy =
    globalThis[Symbol.for('mgdc-decrypt.trusted-types')] ??
    globalThis.trustedTypes?.createPolicy('mgdc-decrypt', { createScriptURL: (url) => url });
  const url = URL.createObjectURL(new Blob([script]));
  const worker = new Worker(policy ? policy.createScriptURL(url) : url);
  const threads = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = () => reject(new Error('no worker starts'));
    worker.postMessage(new Blob(['a']));
  });
  const storage = await Promise.resolve()
    .then(() => navigator.storage.getDirectory())
    .then(
      () => 'createWritable' in FileSystemFileHandle.prototype,
      () => false,
    );
  return {
    folder: typeof window.showDirectoryPicker === 'function',
    picker: typeof window.showSaveFilePicker === 'function',
    storage,
    threads,
  };
}

const words = (can) => (can ? 'yes' : 'no');

/** What README says of a browser: its version, and a word for each row. */
function column(name) {
  const lines = readFileSync(new URL('README.md', root), 'utf8').split('\n');
  const start = lines.findIndex((line) => /^\| *\| Chromium \d/.test(line));
  assert.ok(start > 0, 'README has the table');
  const cells = (line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const at = cells(lines[start]).findIndex((cell) => cell.startsWith(`${name} `));
  const said = {};
  for (let line = start + 2; lines[line].startsWith('|'); line += 1)
    said[cells(lines[line])[0]] = cells(lines[line])[at];
  return { version: cells(lines[start])[at].slice(name.length + 1), said };
}
