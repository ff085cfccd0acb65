/** What a person does with the page, in real Chromium. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { expectedOf, samplePath } from '../js/samples.mjs';
import {
  address,
  chooseFolder,
  dropOn,
  openNewPage,
  openPage,
  pickedFiles,
  pickFolders,
  read,
  rows,
  saveZip,
  temporary,
  unzip,
} from './harness.mjs';

const SAMPLE = 'java-gzip-oaep';
const folder = samplePath(`drops/${SAMPLE}`);
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

test('loads with four requests, and eight more in the background, none of them twice', async (t) => {
  const page = await openNewPage(t);
  // What only some runs need may still be on its way.
  await page.waitForFunction(() => performance.getEntriesByType('resource').length >= 12);
  const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  assert.deepEqual(names.map((name) => name.slice(address.length)).sort(), [
    'page.css',
    'page.min.archive.js',
    'page.min.convert.js',
    'page.min.de-check.js',
    'page.min.de.js',
    'page.min.js',
    'page.min.preview.js',
    'page.min.salvage.js',
    'page.min.zh-check.js',
    'page.min.zh.js',
    'pkg/wasm-check/mgdc_check_bg.wasm',
    'pkg/wasm/mgdc_decrypt_bg.wasm',
  ]);
});

test('decrypts the built-in sample from one click', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('sample').click();
  const archive = unzip(await saveZip(page));
  const expected = expectedOf('node-rotation').filter(({ outcome }) => outcome !== 'error');
  assert.deepEqual(archive, Object.fromEntries(expected.map(({ file, sha256 }) => [file, sha256])));
  assert.ok(await page.getByText(/sample key/i).isVisible(), 'it is marked as a sample');
});

test('takes a dropped folder of 250 files and a dropped key', async (t) => {
  const root = join(temporary, 'many');
  const drop = makeDrop(root);
  const expected = {};
  for (let index = 0; index < 250; index += 1) {
    const path = `BasicDataSet_v0.Message_v0/part-${String(index).padStart(5, '0')}.json`;
    const content = jsonLines(2000);
    drop.add(path, content);
    expected[path] = sha256(content);
  }
  const page = await openPage(t);
  await dropOn(page, [root]);
  await page.getByTestId('file-row').nth(249).waitFor();
  await dropOn(page, [KEY]);
  assert.deepEqual(unzip(await saveZip(page)), expected);
  assert.equal((await rows(page)).filter(({ outcome }) => outcome === 'decrypted').length, 250);
});

test('takes everything at once: folder and key in one drop', async (t) => {
  const page = await openPage(t);
  await dropOn(page, [folder, KEY]);
  const archive = unzip(await saveZip(page));
  assert.equal(Object.keys(archive).length, expectedOf(SAMPLE).length);
});

test('saves a single file under its own name', async (t) => {
  const page = await openPage(t);
  await chooseFolder(page, folder);
  await page.getByTestId('add-files').setInputFiles(KEY);
  const row = page.locator('[data-testid=file-row][data-path="BasicDataSet_v0.User_v1/part-00000.json"]');
  const [download] = await Promise.all([page.waitForEvent('download'), row.getByTestId('save-file').click()]);
  assert.equal(download.suggestedFilename(), 'part-00000.json');
  const expected = expectedOf(SAMPLE).find(({ file }) => file.startsWith('BasicDataSet_v0.User_v1/'));
  assert.equal(sha256(read(await download.path())), expected.sha256);
});

test('decrypts into a folder that mirrors the drop, and leaves nothing else there', async (t) => {
  const page = await openPage(t);
  await pickFolders(page);
  await chooseFolder(page, folder);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.getByTestId('decrypt-folder').click();
  await page.locator('[data-testid=file-row][data-outcome=copied]').first().waitFor();
  await page.waitForFunction(
    () => !document.querySelector('mgdc-decrypt').shadowRoot.querySelector('[data-testid=decrypt-folder]').disabled,
  );
  assert.deepEqual(
    Object.keys(await pickedFiles(page)).sort(),
    expectedOf(SAMPLE)
      .map(({ file }) => file)
      .sort(),
  );
});

test('shows what is wrong with a key, keeps the rest, and accepts the right one afterwards', async (t) => {
  const page = await openPage(t);
  await chooseFolder(page, folder);
  await page.getByTestId('add-files').setInputFiles(samplePath('keys/stranger-2048/pkcs8.pem'));
  await page.locator('[data-testid=file-row][data-code=ERR_FILE_KEY_UNWRAP]').first().waitFor();
  await page.getByTestId('add-files').setInputFiles(samplePath('keys/bad/certificate.pem'));
  await page.getByText('A certificate or a public key can’t decrypt').waitFor();
  await page.getByTestId('add-files').setInputFiles(KEY);
  assert.equal(Object.keys(unzip(await saveZip(page))).length, expectedOf(SAMPLE).length);
});

test('shows what each unusable key file is', async (t) => {
  const page = await openPage(t);
  for (const [index, [file, words]] of [
    ['keys/bad/public-spki.pem', 'a public key'],
    ['keys/bad/ec-p256.pem', 'an EC private key'],
    ['keys/bad/rsa-1024.pem', '1024 bits'],
    ['keys/bad/cut.pem', 'it was cut'],
  ].entries()) {
    await page.getByTestId('add-files').setInputFiles(samplePath(file));
    const row = page.getByTestId('key-row').nth(index);
    await row.getByText('Technical details').click();
    await row.locator('.technical').getByText(words).waitFor({ timeout: 5000 });
  }
});

for (const way of ['folder', 'zip']) {
  test(`cancels a ${way} at once, leaves nothing half-written, and does it again to the end`, async (t) => {
    const root = join(temporary, `big-${way}`);
    const block = jsonLines(4 << 20);
    const drop = makeDrop(root);
    await drop.addBig('Data/part-00000.json', 40, block);
    await drop.addBig('Data/part-00001.json', 40, block);
    const page = await openPage(t);
    await page.addInitScript(() => {
      window.showSaveFilePicker = async () => {
        const root = await navigator.storage.getDirectory();
        return (await root.getDirectoryHandle('picked', { create: true })).getFileHandle('saved.zip', { create: true });
      };
    });
    await pickFolders(page);
    await chooseFolder(page, root);
    await page.getByTestId('add-files').setInputFiles(KEY);
    await page.getByTestId(`decrypt-${way}`).click();
    await page.waitForFunction(
      () => document.querySelector('mgdc-decrypt').shadowRoot.querySelector('[data-testid=overall-progress]').value > 0,
    );
    const { said, over } = await cancel(page);
    assert.ok(said < 200, `${said} ms until the page says so`);
    assert.ok(over < 1000, `${over} ms until it is over`);
    assert.deepEqual(await pickedFiles(page), {});
    await page.getByTestId(`decrypt-${way}`).click();
    await page.locator('[data-testid=file-row][data-outcome=decrypted]').nth(1).waitFor({ timeout: 60_000 });
    await page.locator('.shell[data-phase=ready]').waitFor();
    const sizes = Object.values(await pickedFiles(page));
    if (way === 'folder') assert.deepEqual(sizes, [40 * block.length, 40 * block.length]);
    else assert.ok(sizes.length === 1 && sizes[0] > 80 * block.length);
  });
}

/** Clicks `cancel`; resolves to the milliseconds until the page says so, and until nothing runs any more. */
function cancel(page) {
  return page.evaluate(async () => {
    const root = document.querySelector('mgdc-decrypt').shadowRoot;
    const until = async (done) => {
      while (!done()) await new Promise((resolve) => setTimeout(resolve));
      return performance.now() - started;
    };
    const started = performance.now();
    root.querySelector('[data-testid=cancel]').click();
    const isOver = () => root.querySelector('.summary h2')?.textContent === 'Cancelled';
    const said = await until(() => root.querySelector('.actions').textContent.includes('Cancelling') || isOver());
    return { said, over: await until(isOver) };
  });
}

test('works by keyboard alone', async (t) => {
  const page = await openPage(t);
  const press = async (testId) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.dataset.testid);
      if (focused === testId) return page.keyboard.press('Enter');
    }
    throw new Error(`${testId} is not reached by Tab`);
  };
  await press('sample');
  await page.getByTestId('file-row').first().waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), press('decrypt-zip')]);
  assert.ok(Object.keys(unzip(await download.path())).length > 5);
});

test('keeps names inside the archive, and distinct', async (t) => {
  const root = join(temporary, 'names');
  const drop = makeDrop(root);
  const names = ['Data/CON.json', 'Data/a.json', 'Data/A.json', 'Data/a.json.gz', 'Data/colon:name?.json'];
  for (const name of names) drop.add(name, name);
  const page = await openPage(t);
  await chooseFolder(page, root);
  await page.getByTestId('add-files').setInputFiles(KEY);
  const written = Object.keys(unzip(await saveZip(page)));
  assert.equal(new Set(written.map((name) => name.toLowerCase())).size, names.length);
  assert.ok(
    written.every((name) => !/[:?\\]|(^|\/)(\.\.|CON\.)/.test(name)),
    written.join(', '),
  );
});

test('reports a file that disappeared, and goes on with the others', async (t) => {
  const root = join(temporary, 'vanishing');
  const drop = makeDrop(root);
  drop.add('Data/stays.json', jsonLines(3000));
  drop.add('Data/changes.json', jsonLines(3000));
  const page = await openPage(t);
  await chooseFolder(page, root);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.getByTestId('file-row').nth(1).waitFor();
  await page.waitForFunction(
    () => !document.querySelector('mgdc-decrypt').shadowRoot.querySelector('[data-testid=decrypt-zip]').disabled,
  );
  writeFileSync(join(root, 'Data/changes.json'), 'something else');
  const archive = unzip(await saveZip(page));
  assert.deepEqual(Object.keys(archive), ['Data/stays.json']);
  assert.equal((await rows(page)).find(({ path }) => path === 'Data/changes.json').code, 'ERR_READ');
});

test('shows edge sizes as what they are', async (t) => {
  const root = join(temporary, 'edges');
  const drop = makeDrop(root);
  drop.add('Data/good.json', '{}');
  mkdirSync(join(root, 'Data'), { recursive: true });
  for (const size of [0, 1, 15, 16, 17]) drop.addClear(`Data/${size}.bin`, Buffer.alloc(size, 0xee));
  const page = await openPage(t);
  await chooseFolder(page, root);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await saveZip(page);
  const codes = Object.fromEntries((await rows(page)).map(({ path, outcome, code }) => [path, code ?? outcome]));
  assert.equal(codes['Data/0.bin'], 'copied');
  assert.equal(codes['Data/16.bin'], 'ERR_PADDING');
  for (const size of [1, 15, 17]) assert.equal(codes[`Data/${size}.bin`], 'ERR_CIPHERTEXT_LENGTH');
});
