/** The focus never falls back to the top of the page, and is never hidden by the bar at the bottom. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, makeDrop } from '../js/make-drop.mjs';
import { sampleKeys, samplePath } from '../js/samples.mjs';
import { openForFolder, openPage, pickFolders, temporary, unfoldKeys } from './harness.mjs';

/** What has the focus: its test id, or its class. */
function focused(page) {
  return page.evaluate(() => {
    const active = document.querySelector('mgdc-decrypt').shadowRoot.activeElement;
    return active && (active.dataset.testid ?? active.className);
  });
}

test('keeps the focus when things disappear: sample, picker, run, keys, clear', async (t) => {
  const page = await openPage(t);
  await pickFolders(page);
  await page.evaluate(() => {
    const pick = window.showDirectoryPicker;
    window.showDirectoryPicker = async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (window.dismissed) throw new DOMException('dismissed', 'AbortError');
      return /** @type {() => unknown} */ (pick)();
    };
  });
  const enter = async (testId) => {
    await page.getByTestId(testId).focus();
    await page.keyboard.press('Enter');
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  };
  await enter('sample');
  await page.locator('.shell[data-phase=ready]').waitFor();
  assert.equal(await focused(page), 'decrypt-folder', 'where the next action is');
  await page.evaluate(() => (window.dismissed = true));
  await enter('decrypt-folder');
  assert.equal(await focused(page), 'decrypt-folder', 'the picker is open');
  await page.waitForTimeout(200);
  assert.equal(await focused(page), 'decrypt-folder', 'the picker was dismissed');
  await page.evaluate(() => (window.dismissed = false));
  await enter('decrypt-folder');
  await page.getByTestId('summary').waitFor();
  assert.equal(await focused(page), 'summary');
  const row = page.getByTestId('save-file').first();
  await row.focus();
  await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  await page.locator('.shell[data-phase=ready]').waitFor();
  assert.equal(await focused(page), 'save-file');
  await unfoldKeys(page);
  const remove = page.getByTestId('key-row').getByRole('button', { name: 'Remove' });
  await remove.first().focus();
  await page.keyboard.press('Enter');
  assert.equal(await remove.count(), 1);
  assert.ok(
    await remove.evaluate((button) => /** @type {ShadowRoot} */ (button.getRootNode()).activeElement === button),
    'the next key has it',
  );
  await page.keyboard.press('Enter');
  await page.locator('.shell[data-phase=ready]').waitFor();
  assert.equal(await focused(page), 'way');
  await enter('clear');
  assert.equal(await focused(page), 'undo');
});

test('keeps the focus when a password opens its key, and announces the error of a wrong one', async (t) => {
  const page = await openPage(t);
  const { file, password } = sampleKeys.find(
    (key) => key.password && key.outcome === 'key' && key.file.startsWith('keys/contoso-2048/'),
  );
  await page.getByTestId('add-files').setInputFiles(samplePath(file));
  const field = page.getByTestId('password');
  await field.fill(`not ${password}`);
  await field.press('Enter');
  const problem = page.getByTestId('key-row').getByRole('alert');
  await problem.waitFor();
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  assert.equal(await field.getAttribute('aria-describedby'), await problem.getAttribute('id'));
  assert.equal(await focused(page), 'password');
  await field.fill(password);
  await field.press('Enter');
  await page.locator('[data-testid=key-row][data-state=ready]').waitFor({ state: 'attached' });
  assert.equal(await focused(page), 'entry-text');
});

test('cancelled by keyboard, the summary has the focus', async (t) => {
  const root = join(temporary, 'big-keyboard');
  const drop = makeDrop(root);
  await drop.addBig('Data/part-00000.json', 40, jsonLines(4 << 20));
  const page = await openForFolder(t, root);
  await page.locator('.shell[data-phase=ready]').waitFor();
  await page.getByTestId('decrypt-folder').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    () => document.querySelector('mgdc-decrypt').shadowRoot.querySelector('[data-testid=overall-progress]').value > 0,
  );
  assert.equal(await focused(page), 'cancel');
  await page.keyboard.press('Enter');
  await page.getByTestId('summary').getByText('Cancelled').waitFor();
  assert.equal(await focused(page), 'summary');
});

test('the bar never hides the focused element', async (t) => {
  const page = await openPage(t, { viewport: { width: 360, height: 740 } });
  await pickFolders(page);
  await page.getByTestId('sample').click();
  await page.locator('.shell[data-phase=ready]').waitFor();
  await page.getByTestId('add-files').focus();
  const hidden = [];
  for (let presses = 0; presses < 25; presses += 1) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const root = document.querySelector('mgdc-decrypt').shadowRoot;
      const active = root.activeElement;
      const bar = root.querySelector('.actions');
      if (!active || bar.contains(active)) return null;
      const [{ bottom }, { top, bottom: end }] = [active.getBoundingClientRect(), bar.getBoundingClientRect()];
      return bottom > top && bottom < end ? (active.getAttribute('aria-label') ?? active.outerHTML) : null;
    });
    if (found) hidden.push(found);
  }
  assert.deepEqual(hidden, []);
});
