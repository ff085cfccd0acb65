/** Adding by paste and drag, and Clear all with its way back. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { KEY } from '../js/make-drop.mjs';
import { DETAILS, focused, load, paste, ready, root, STRANGER } from './contoso.mjs';
import { openPage, saveZip, unzip } from './harness.mjs';

test('Clear all can be undone, with keys and files; what comes after it ends that', async (t) => {
  const page = await openPage(t);
  await load(page, KEY);
  await page.getByTestId('clear').click();
  await page.locator('.shell[data-phase=empty]').waitFor();
  assert.equal(await focused(page), 'undo');
  assert.equal(await page.getByTestId('file-row').count(), 0);
  await page.keyboard.press('Enter');
  await ready(page);
  assert.equal(Object.keys(unzip(await saveZip(page))).length, 6, 'it works as before');
  await page.locator('.shell[data-phase=ready]').waitFor();

  await page.getByTestId('clear').click();
  await page.getByTestId('undo').waitFor();
  await page.getByTestId('add-files').setInputFiles(STRANGER);
  await page.getByTestId('undo').waitFor({ state: 'hidden' });
  await page.getByTestId('clear').click();
  await page.getByTestId('undo').click();
  await page.getByTestId('key-row').waitFor();
  assert.equal(await page.getByTestId('file-row').count(), 0, 'only the last thing that was cleared comes back');

  await page.getByTestId('clear').click();
  await page.getByTestId('undo').waitFor();
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
  assert.ok(await page.getByTestId('undo').isHidden(), 'who leaves the page leaves no key behind');
});

test('Clear all of the side “Check a key” can be undone, too', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('check-key').click();
  await page.getByTestId('add-files').setInputFiles([KEY, STRANGER]);
  await page.getByTestId('service').first().waitFor();
  await page.getByTestId('clear').click();
  assert.equal(await page.getByTestId('check-item').count(), 0);
  await page.getByTestId('undo').click();
  await page.getByTestId('service').first().waitFor();
  assert.equal(await page.getByTestId('check-item').count(), 2);
  assert.ok(await page.getByTestId('undo').isHidden());
});

test('ten seconds after Clear all there is nothing to undo', async (t) => {
  const page = await openPage(t);
  await page.clock.install();
  await load(page, KEY);
  await page.clock.pauseAt(Date.now() + 3_600_000); // else its own time goes on beside the one of the test
  await page.getByTestId('clear').click();
  await page.clock.runFor(9_500);
  assert.ok(await page.getByTestId('undo').isVisible());
  await page.clock.runFor(1_000);
  assert.ok(await page.getByTestId('undo').isHidden());
  assert.equal(await focused(page), 'add-folder');
  assert.match((await page.locator('.shell > [role=status]').textContent()) ?? '', /keys were wiped/);
});

test('dragging is seen wherever the page is scrolled to, and not after it has ended', async (t) => {
  const page = await openPage(t, { viewport: { width: 800, height: 500 } });
  await load(page, KEY);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [KEY], dragOperationsMask: 1 };
  const drag = (type) => session.send('Input.dispatchDragEvent', { type, x: 300, y: 200, data });
  const overlay = page.getByTestId('drag-overlay');
  await drag('dragEnter');
  await drag('dragOver');
  await overlay.waitFor();
  const box = await overlay.boundingBox();
  assert.deepEqual(box, { x: 0, y: 0, width: 800, height: 500 }, 'all of the window');
  await drag('dragCancel');
  await overlay.waitFor({ state: 'hidden' });
  await drag('dragEnter');
  await drag('dragOver');
  await overlay.waitFor();
  await drag('drop');
  await overlay.waitFor({ state: 'hidden' });
});

test('the paste box takes a key at once; files that were copied work, too', async (t) => {
  const page = await openPage(t);
  const pem = readFileSync(KEY, 'utf8');
  await page.getByTestId('paste-key').click();
  assert.equal(await focused(page), 'paste-text');
  await paste(page, '[data-testid=paste-text]', { text: pem });
  await page.locator('[data-testid=key-row][data-state=ready]').waitFor();
  assert.equal(await page.getByTestId('paste-text').inputValue(), '', 'the key does not stay in the field');
  await paste(page, 'none', {
    files: [
      ['encryptionKeyDetails.json', readFileSync(join(root, DETAILS), 'utf8')],
      ['note.txt', 'copied'],
    ],
  });
  await page.locator('[data-testid=file-row][data-path="note.txt"]').waitFor({ state: 'attached' });
  await page.locator('[data-testid=details-row][data-unlocked=true]').waitFor({ state: 'attached' });
});

test('the pasted address of a key goes to where Key Vault’s command is made', async (t) => {
  const page = await openPage(t);
  const address = 'https://contoso.vault.azure.net/keys/tenant/501bc4c9f66d877902c60ab27d226ed6';
  await paste(page, 'none', { text: address });
  await page.locator('.problems [data-testid=problem]').waitFor(); // there is nothing yet to make a command for
  await load(page);
  await paste(page, 'none', { text: ` ${address}\n` });
  await page.waitForFunction(
    () => document.querySelector('mgdc-decrypt').shadowRoot.querySelector('[data-testid=vault-key]').value === 'tenant',
  );
  assert.equal(await page.getByTestId('vault-name').inputValue(), 'contoso.vault.azure.net');
  assert.equal(await focused(page), 'vault-name');
});

test('what is typed into the paste box is taken by its button, and Escape closes it', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('paste-key').click();
  await page.getByTestId('paste-text').fill(readFileSync(KEY, 'utf8'));
  await page.keyboard.press('Escape');
  assert.ok(await page.getByTestId('paste-text').isHidden());
  assert.equal(await focused(page), 'paste-key');
  await page.getByTestId('paste-key').click();
  assert.equal(await page.getByTestId('paste-text').inputValue(), '');
  await page.getByTestId('paste-text').fill(readFileSync(KEY, 'utf8'));
  await page.getByTestId('paste-add').click();
  await page.locator('[data-testid=key-row][data-state=ready]').waitFor();
});
