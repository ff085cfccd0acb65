/** A drop in a ZIP archive, on the page. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { samplePath } from '../js/samples.mjs';
import { dropOn, openPage, rows, saveZip, settled, temporary, unfoldLeftOut, unzip } from './harness.mjs';

const text = (page) => page.locator('mgdc-decrypt').evaluate((element) => element.shadowRoot.textContent);
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** A drop with small files, one of 1 MiB and one of 9 MiB, its key, and what is to come out. */
const folder = join(temporary, 'export');
const contents = {
  'Data/part-0.json': jsonLines(2000),
  'Data/part-1.json': jsonLines(1 << 20),
  'Data/größe.json': jsonLines(9 << 20),
};
const drop = makeDrop(folder);
for (const [path, content] of Object.entries(contents)) drop.add(path, content);
const hashes = Object.fromEntries(Object.entries(contents).map(([path, content]) => [path, hash(content)]));

/** @type {[way: string, add: (page: import('playwright-core').Page, path: string) => Promise<unknown>][]} */
const WAYS = [
  ['dropped', (page, path) => dropOn(page, [path])],
  ['picked', (page, path) => page.getByTestId('add-files').setInputFiles(path)],
];
for (const [way, add] of WAYS)
  for (const option of ['-0', '-6'])
    test(`a drop in one ZIP archive (zip ${option}), ${way}, is opened`, async (t) => {
      const zip = join(temporary, `delivery${way}${option}.zip`);
      execFileSync('zip', ['-q', '-r', option, zip, 'export'], { cwd: temporary });
      const page = await openPage(t);
      await add(page, zip);
      await page.getByTestId('add-files').setInputFiles(KEY);
      await settled(page);
      assert.match((await page.locator('.ways-state').textContent()) ?? '', /^3 files · /);
      assert.match((await page.getByTestId('dataset').textContent()) ?? '', /3 files · ready/);
      assert.doesNotMatch(await text(page), /Nothing in this drop is encrypted|copied as it is/i);
      assert.deepEqual(unzip(await saveZip(page)), hashes);
    });

test('key details and data in two archives, a key in one of them, and a damaged one', async (t) => {
  const [data, details, cut] = ['data', 'details', 'cut'].map((name) => join(temporary, `${name}.zip`));
  execFileSync('zip', ['-q', '-r', data, 'Data'], { cwd: folder });
  writeFileSync(join(folder, 'key.pem'), readFileSync(KEY));
  execFileSync('zip', ['-q', '-r', details, 'metadata', 'key.pem'], { cwd: folder });
  writeFileSync(cut, readFileSync(data).subarray(0, 5000));
  const page = await openPage(t);
  await page.getByTestId('add-files').setInputFiles(data);
  await page.getByTestId('add-files').setInputFiles([details, cut]);
  await settled(page);
  assert.equal(await page.locator('.rail [data-state=stuck]').count(), 0, 'the others are ready');
  const row = page.locator('[data-testid=file-row][data-path="cut.zip"]');
  assert.match((await row.textContent()) ?? '', /This can’t be unpacked here/);
  await row.click();
  await page.locator('[data-testid=preview][data-path="cut.zip"][data-state=failed]').waitFor();
  const pane = page.getByTestId('preview');
  await pane.getByText('Technical details').click();
  await pane.getByText('This ZIP archive is damaged: it has no end, so it was probably cut off').waitFor();
  const saved = unzip(await saveZip(page));
  assert.deepEqual(new Set(Object.values(saved)), new Set(Object.values(hashes)));
  await unfoldLeftOut(page);
  const codes = Object.fromEntries((await rows(page)).map(({ path, outcome, code }) => [path, code ?? outcome]));
  assert.equal(codes['cut.zip'], 'ERR_ARCHIVE');
  assert.ok(Object.values(codes).includes('ERR_PRIVATE_KEY_IN_DROP'));
});

test('entries with unsafe names fail in their rows, and the others are saved', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('add-files').setInputFiles(samplePath('archives/hostile-names.zip'));
  await page.getByTestId('add-files').setInputFiles(samplePath('keys/contoso-2048/pkcs8.pem'));
  await settled(page);
  const saved = Object.keys(unzip(await saveZip(page))).sort();
  assert.deepEqual(saved, ['BasicDataSet_v0.Event_v0/dot.json', 'BasicDataSet_v0.Event_v0/ok.json']);
  const codes = (await rows(page)).map(({ code }) => code).filter(Boolean);
  assert.equal(codes.filter((code) => code === 'ERR_UNSAFE_NAME').length, 11);
});
