/** Resume on the page: into the same folder again, with OPFS in place of the person's disk. */

import assert from 'node:assert/strict';
import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { chooseFolder, openPage, pickedFiles, pickFolders, setOption, temporary } from './harness.mjs';

const MANIFEST = '.mgdc-decrypt.json';
const root = join(temporary, 'resumed');
const drop = makeDrop(root);
const big = jsonLines(6 << 20);
drop.add('Data/big.json', big);
for (let index = 0; index < 5; index += 1) drop.add(`Data/part-${index}.json`, jsonLines(2000));
drop.addClear('Data/empty.txt', '');
const paths = [
  'Data/big.json',
  'Data/empty.txt',
  ...Array.from({ length: 5 }, (_, index) => `Data/part-${index}.json`),
];

async function add(page, root) {
  await chooseFolder(page, root);
  await page.getByTestId('add-files').setInputFiles(KEY);
}

/** Decrypts into the folder; resolves to the report, and asserts that no file failed. */
async function decrypt(page) {
  const report = page.evaluate(
    () =>
      new Promise((resolve) =>
        document
          .querySelector('mgdc-decrypt')
          .addEventListener('mgdc-report', ({ detail }) => resolve(detail), { once: true }),
      ),
  );
  await page.getByTestId('decrypt-folder').click();
  const { files } = await report;
  await page.locator('.shell[data-phase=ready]').waitFor();
  assert.deepEqual(
    files.filter(({ code }) => code),
    [],
  );
  return Object.fromEntries(files.filter(({ skipped }) => !skipped).map(({ path, output }) => [path, output]));
}

/** Writes `text` at the path of the picked folder; null deletes what is there. */
function change(page, path, text) {
  return page.evaluate(
    async ([names, text]) => {
      let folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('picked');
      for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
      if (text === null) return folder.removeEntry(names.at(-1));
      const writable = await (await folder.getFileHandle(names.at(-1), { create: true })).createWritable({
        keepExistingData: true,
      });
      await writable.write({ type: 'write', position: 0, data: text });
      await writable.close();
    },
    [path.split('/'), text],
  );
}

test('skips files that are there and whole, and writes the rest', async (t) => {
  const page = await openPage(t);
  await pickFolders(page);
  await add(page, root);
  await setOption(page, 'resume');
  assert.deepEqual(Object.keys(await decrypt(page)).sort(), paths);
  assert.deepEqual(Object.keys(await pickedFiles(page)).sort(), [MANIFEST, ...paths]);
  assert.deepEqual(await decrypt(page), {});
  assert.ok(await page.getByText('was already there').first().isVisible());

  await change(page, 'Data/big.json', 'x'); // the size stays
  await change(page, 'Data/part-1.json', null);
  const expected = { 'Data/big.json': 'Data/big.json', 'Data/part-1.json': 'Data/part-1.json' };
  assert.deepEqual(await decrypt(page), expected);
  const sizes = await pickedFiles(page);
  assert.deepEqual(Object.keys(sizes).sort(), [MANIFEST, ...paths], 'nothing else is left there');
  assert.equal(sizes['Data/big.json'], big.length);
  assert.deepEqual(await decrypt(page), {});

  // Another visit, and another source: what it wrote before is whole, and stays.
  await page.reload();
  await page.waitForFunction(() => document.querySelector('#version').textContent !== '');
  utimesSync(join(root, 'Data/part-2.json'), 1, 1);
  await add(page, root);
  await setOption(page, 'resume');
  assert.deepEqual(await decrypt(page), { 'Data/part-2.json': 'Data/part-2 (2).json' });
  assert.deepEqual(await decrypt(page), {});
});

test('keeps no list, and overwrites nothing, unless the person agrees', async (t) => {
  const page = await openPage(t);
  await pickFolders(page);
  await add(page, root);
  assert.equal(await page.getByTestId('resume').isChecked(), false);
  await decrypt(page);
  assert.deepEqual(Object.keys(await pickedFiles(page)).sort(), paths);
  await setOption(page, 'resume');
  const again = await decrypt(page);
  assert.equal(again['Data/part-0.json'], 'Data/part-0 (2).json', 'what no list names is somebody else’s');
});

test('says what the box is for, and which names were taken without it', async (t) => {
  const page = await openPage(t, { viewport: { width: 360, height: 740 } });
  await pickFolders(page);
  await add(page, root);
  await page.locator('.shell[data-phase=ready]').waitFor();
  const height = await page.locator('.actions').evaluate((bar) => /** @type {HTMLElement} */ (bar).offsetHeight);
  assert.ok(height <= 112, `${height} px`);
  await page.getByTestId('options').click();
  assert.ok(await page.getByText('Turn it on before the first run').isVisible());
  assert.ok(await page.getByText(MANIFEST).isVisible());
  await page.getByTestId('resume').check();
  assert.ok(await page.getByText('choose the same folder again').isVisible());
  await page.getByTestId('resume').uncheck();
  await page.keyboard.press('Escape');
  assert.ok(await page.getByTestId('resume').isHidden());
  await decrypt(page);
  assert.equal(await page.getByText(/saved under (another|other) name/).count(), 0);
  await decrypt(page);
  await page.getByText(`${paths.length} files were saved under other names, because their own were taken.`).waitFor();
});

test('skips the built-in sample, too', async (t) => {
  const page = await openPage(t);
  await pickFolders(page);
  await page.getByTestId('sample').click();
  await page.locator('.shell[data-phase=ready]').waitFor();
  await setOption(page, 'resume');
  assert.ok(Object.keys(await decrypt(page)).length > 5);
  assert.deepEqual(await decrypt(page), {});
});

/** A run of a big file and some small ones, cancelled as soon as one is done. */
async function cancelled(t, name, { resume }) {
  const long = join(temporary, name);
  const drop = makeDrop(long);
  await drop.addBig('Data/big.json', 40, jsonLines(4 << 20));
  const small = Array.from({ length: 20 }, (_, index) => `Data/part-${index + 10}.json`);
  for (const path of small) drop.add(path, jsonLines(2000));
  const page = await openPage(t);
  await pickFolders(page);
  await add(page, long);
  await setOption(page, 'resume', resume);
  await page.evaluate(() => {
    const element = document.querySelector('mgdc-decrypt');
    new MutationObserver((_, observer) => {
      const cancel = element.shadowRoot.querySelector('[data-testid=cancel]');
      if (cancel.hidden || !element.shadowRoot.querySelector('[data-testid=file-row][data-outcome]')) return;
      observer.disconnect();
      cancel.click();
    }).observe(element.shadowRoot, { subtree: true, childList: true, attributes: true });
  });
  await page.getByTestId('decrypt-folder').click();
  await page.getByTestId('summary').getByText('Cancelled').waitFor();
  return { page, small };
}

test('after cancelling without the tick, it says that everything is written again', async (t) => {
  const { page } = await cancelled(t, 'not-resumed', { resume: false });
  assert.ok(await page.getByTestId('summary').getByText('saves them again under other names').isVisible());
});

test('goes on after it was cancelled', async (t) => {
  const { page, small } = await cancelled(t, 'resumed-long', { resume: true });
  assert.ok(await page.getByTestId('summary').getByText('leave “Resume” on').isVisible());
  const there = Object.keys(await pickedFiles(page)).filter((path) => path !== MANIFEST);
  assert.ok(there.length > 0 && !there.includes('Data/big.json'), `${there}`);
  const redone = await decrypt(page);
  const all = ['Data/big.json', ...small];
  assert.deepEqual([...there, ...Object.keys(redone)].sort(), all);
  assert.deepEqual(Object.keys(await pickedFiles(page)).sort(), [MANIFEST, ...all]);
});
