/** Around saving: passwords, trying again, what a screen reader hears, and the height of the bar. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { sampleKeys, samplePath } from '../js/samples.mjs';
import { chooseFolder, dropOn, pickedFiles, pickFolders, read, rows, saves, settled, temporary } from './harness.mjs';
import { person, summary } from './person.mjs';

const folder = samplePath('drops/java-gzip-oaep');

test('a password is not asked for while the person types elsewhere', async (t) => {
  const { file } = sampleKeys.find((key) => key.outcome === 'key' && key.file.endsWith('pfx-modern.pfx'));
  const { page, does } = await person(t);
  await does(() => chooseFolder(page, folder));
  await page.getByTestId('vault-name').focus();
  await page.evaluate(
    async ([bytes]) => {
      const blob = new File([new Uint8Array(bytes)], 'key.pfx');
      document.querySelector('mgdc-decrypt').add([{ path: 'key.pfx', blob }]);
    },
    [[...read(samplePath(file))]],
  );
  await page.getByTestId('password').waitFor();
  await settled(page);
  assert.equal(
    await page.evaluate(() => document.querySelector('mgdc-decrypt').shadowRoot.activeElement?.dataset.testid),
    'vault-name',
  );
});

test('wrong password: said plainly, and tried again at once', async (t) => {
  const { file, password } = sampleKeys.find((key) => key.outcome === 'key' && key.file.endsWith('pfx-modern.pfx'));
  const { page, does } = await person(t);
  await does(() => dropOn(page, [folder, samplePath(file)]));
  const field = page.getByTestId('password');
  await field.fill(password.toLowerCase());
  await field.press('Enter');
  const alert = page.getByTestId('key-row').getByRole('alert');
  await alert.filter({ hasText: 'Wrong password. Check capital letters.' }).waitFor();
  assert.ok(await alert.getByText(/MAC/).isHidden(), 'no jargon unless asked for');
  await field.fill(password);
  await field.press('Enter');
  await page.getByText('1 key · everything is unlocked').waitFor();
});

test('a failed file is tried again alone, into the same folder', async (t) => {
  const root = join(temporary, 'again');
  const drop = makeDrop(root);
  drop.add('Data/small.json', jsonLines(500));
  drop.add('Data/refused.json', jsonLines(500));
  const { page, does } = await person(t);
  await pickFolders(page);
  await does(() => dropOn(page, [root, KEY]));
  // The disk is full for one file, until there is room again.
  await page.evaluate(() => {
    const create = FileSystemFileHandle.prototype.createWritable;
    window.full = true;
    FileSystemFileHandle.prototype.createWritable = function (...options) {
      if (window.full && this.name.includes('refused')) throw new DOMException('full', 'QuotaExceededError');
      return create.apply(this, options);
    };
    window.reports = [];
    document.querySelector('mgdc-decrypt').addEventListener('mgdc-report', ({ detail }) => window.reports.push(detail));
  });
  await does(() => page.getByTestId('decrypt-folder').click());
  await page.getByTestId('try-again').waitFor();
  assert.deepEqual(Object.keys(await pickedFiles(page)), ['Data/small.json']);
  await page.evaluate(() => (window.full = false));
  await does(() => page.getByTestId('try-again').click());
  assert.equal(await summary(page), 'Done: 2 files decrypted', 'the whole run');
  const donut = page.getByTestId('summary').getByRole('img');
  assert.equal(await donut.getAttribute('aria-label'), '2 decrypted');
  await page.getByTestId('report').click();
  const shown = page.locator('.report');
  for (const path of ['Data/small.json', 'Data/refused.json'])
    await shown.getByRole('cell', { name: path, exact: true }).first().waitFor();
  const saved = JSON.parse(readFileSync((await saves(page, 'report-json')).path, 'utf8'));
  assert.deepEqual(saved.files.map(({ path, outcome }) => `${path} ${outcome}`).sort(), [
    'Data/refused.json decrypted',
    'Data/small.json decrypted',
  ]);
  assert.deepEqual([saved.decrypted, saved.failed, saved.status, saved.notChosen], [2, 0, 'complete', 0]);
  assert.deepEqual(Object.keys(await pickedFiles(page)).sort(), ['Data/refused.json', 'Data/small.json']);
  const last = await page.evaluate(() => window.reports.at(-1)?.files.map(({ path }) => path));
  assert.deepEqual(last, ['Data/refused.json'], 'a host is told of each run by itself');
  assert.deepEqual(
    (await rows(page)).filter(({ outcome }) => outcome === 'decrypted').map(({ path }) => path),
    ['Data/refused.json', 'Data/small.json'],
    'what was saved before still shows it',
  );
});

test('a screen reader hears the start, tens of percent, and the end', async (t) => {
  const root = join(temporary, 'announced');
  await makeDrop(root).addBig('Data/big.json', 60, jsonLines(1 << 20));
  const { page, does } = await person(t);
  await pickFolders(page);
  await does(() => dropOn(page, [root, KEY]));
  await page.evaluate(() => {
    const status = document.querySelector('mgdc-decrypt').shadowRoot.querySelector('.shell > [role=status]');
    window.heard = [];
    new MutationObserver(() => window.heard.push(status.textContent ?? '')).observe(status, { childList: true });
  });
  await page.getByTestId('decrypt-folder').click();
  await page.getByTestId('summary').waitFor({ timeout: 60_000 });
  await settled(page);
  const heard = await page.evaluate(() => window.heard);
  assert.equal(heard[0], 'Decrypting has started.');
  const tens = heard.slice(1, -1);
  assert.ok(tens.length > 0 && tens.length < 10, heard.join(' '));
  assert.ok(tens.every((one) => /^[1-9]0% done\.$/.test(one)) && new Set(tens).size === tens.length, heard.join(' '));
  assert.equal(heard.at(-1), 'Done: 1 file decrypted. 0 copied.');
});

test('the bar has one line of at most 64 px from 800 px on, and two of at most 112 px below', async (t) => {
  const { page, does } = await person(t, { viewport: { width: 1366, height: 657 } });
  await pickFolders(page);
  const height = () => page.locator('.actions').evaluate((bar) => /** @type {HTMLElement} */ (bar).offsetHeight);
  for (const state of ['sample', 'locked', 'done']) {
    await page.evaluate(() => document.querySelector('mgdc-decrypt').clear());
    if (state === 'locked') await does(() => chooseFolder(page, folder));
    else await does(() => page.getByTestId('sample').click());
    if (state === 'done') await does(() => page.getByTestId('decrypt-folder').click());
    for (const [width, most] of [
      [1366, 64],
      [800, 64],
      [360, 112],
    ]) {
      await page.setViewportSize({ width, height: 657 });
      assert.ok((await height()) <= most, `${state}: ${await height()} px at ${width}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${state} at ${width}`);
    }
  }
});
