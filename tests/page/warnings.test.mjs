/**
 * Warnings: in the file's row before and after the run, in the summary, and in the filtered list.
 */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { chooseFolder, openPage, rows, saveZip, temporary, unzip } from './harness.mjs';

const root = join(temporary, 'warnings');
const ODD = 'Data/part-1.json';
const row = (page, path) => page.locator(`[data-testid=file-row][data-path="${path}"]`);

test('the row of a clear file among encrypted ones warns before a key, with it, and after the run', async (t) => {
  const drop = makeDrop(root);
  drop.add('Data/part-0.json', jsonLines(2000));
  drop.addClear(ODD, '<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>');
  drop.addClear('Data/_SUCCESS', '');
  drop.addClear('Open/part-0.json', '{}');
  const page = await openPage(t);
  await chooseFolder(page, root);
  const warning = row(page, ODD).locator('.warning');
  await warning.filter({ hasText: 'It is not encrypted, while other files of Data seem to be' }).waitFor();
  await page.getByTestId('add-files').setInputFiles(KEY);
  await warning.filter({ hasText: 'It is not encrypted, unlike other files of Data' }).waitFor();
  await warning.filter({ hasText: 'it looks like a web page' }).waitFor();
  assert.equal(await row(page, ODD).getAttribute('data-tone'), 'warn');

  await page.getByTestId('only-failing').check();
  assert.deepEqual(
    (await rows(page)).map(({ path }) => path),
    [ODD],
  );
  assert.ok(await page.getByText('Failed, locked or with a warning (1)').isVisible());
  await page.getByTestId('show-all').check();

  const archive = unzip(await saveZip(page));
  assert.deepEqual(Object.keys(archive).sort(), ['Data/_SUCCESS', 'Data/part-0.json', ODD, 'Open/part-0.json']);
  await page.getByTestId('summary').waitFor();
  const warnings = page.getByTestId('warnings');
  assert.equal(await warnings.locator('h3').textContent(), '1 file has a warning');
  assert.match((await warnings.locator('li').textContent()) ?? '', /^Data\/part-1\.json.*unlike other files of Data/);
  assert.equal(await page.getByTestId('summary').locator('h2').getAttribute('data-tone'), 'warn');
  assert.deepEqual(
    (await rows(page)).find(({ path }) => path === ODD),
    { path: ODD, outcome: 'copied', code: undefined },
  );
  assert.match(await warning.textContent(), /unlike other files of Data/);
  assert.equal(await row(page, 'Open/part-0.json').locator('.warning').textContent(), '');
  assert.equal(await page.locator('.ways-state').textContent(), 'Done: 1 file decrypted');
  assert.equal(await page.locator('.ways-rest').textContent(), '3 copied, 1 file has a warning');
});

test('repairs are done and reported, and a file that cannot be repaired shows what it looks like', async (t) => {
  const folder = join(temporary, 'converted');
  const drop = makeDrop(folder);
  const content = jsonLines(3000);
  for (const name of ['whole', 'base64', 'lost']) drop.add(`Data/${name}.json`, content);
  const delivered = readFileSync(join(folder, 'Data/whole.json'));
  drop.addClear('Data/base64.json', delivered.toString('base64'));
  drop.addClear('Data/lost.json', delivered.toString('utf8'));
  const page = await openPage(t);
  await chooseFolder(page, folder);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await row(page, 'Data/base64.json').getByText('Ready, after a repair (base64)').waitFor();
  const lost = row(page, 'Data/lost.json').getByText('a program treated it as text, and bytes were lost');
  await lost.waitFor();
  assert.match((await lost.getAttribute('title')) ?? '', /contains U\+FFFD/);
  assert.equal(await row(page, 'Data/lost.json').getAttribute('data-code'), 'ERR_CONVERTED');
  const hash = createHash('sha256').update(content).digest('hex');
  assert.deepEqual(unzip(await saveZip(page)), { 'Data/whole.json': hash, 'Data/base64.json': hash });
  await page.getByTestId('warnings').getByText('it was Base64 text').waitFor();
  await page.getByTestId('only-failing').check();
  const shown = (await rows(page)).map(({ path, outcome, code }) => [path, outcome, code]);
  assert.deepEqual(shown, [
    ['Data/base64.json', 'decrypted', undefined],
    ['Data/lost.json', 'failed', 'ERR_CONVERTED'],
  ]);
});
