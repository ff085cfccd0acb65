/** Big results without a save picker, as in Firefox and Safari: through the browser's private storage. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { address, chooseFolder, openPage, temporary, unzip } from './harness.mjs';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const big = Buffer.alloc(80 << 20, 'id,subject,sent\n');
const small = jsonLines(1000);
const root = join(temporary, 'spilled');
const drop = makeDrop(root);
drop.addClear('Report/big.csv', big);
drop.add('Data/small.json', small);

/** A page without a save picker, with the drop and its key. */
async function bigDrop(t) {
  const page = await openPage(t);
  await prepare(page);
  await chooseFolder(page, root);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.getByText('The ZIP is first kept, decrypted').waitFor();
  return page;
}

async function prepare(page) {
  await page.addInitScript(() => delete window.showSaveFilePicker);
  await page.reload();
  await page.waitForFunction(() => document.querySelector('#version').textContent !== '');
}

/** Names of the temporary files. */
function stored(page) {
  return page.evaluate(async () => {
    const storage = await navigator.storage.getDirectory();
    const folder = await storage.getDirectoryHandle('mgdc-decrypt', { create: true });
    const names = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  });
}

async function save(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), click()]);
  const path = join(temporary, `${Math.random().toString(36).slice(2)}.zip`);
  await download.saveAs(path);
  return [path, download.suggestedFilename()];
}

test('builds a big ZIP in private storage, and deletes it on request', async (t) => {
  const page = await bigDrop(t);
  const [path, name] = await save(page, () => page.getByTestId('decrypt-zip').click());
  assert.equal(name, 'spilled-decrypted.zip');
  assert.deepEqual(unzip(path), { 'Report/big.csv': sha256(big), 'Data/small.json': sha256(small) });
  assert.equal((await stored(page)).length, 1);
  await page.getByTestId('remove-copy').click();
  await page.getByTestId('spilled').waitFor({ state: 'detached' });
  assert.deepEqual(await stored(page), []);
});

test('saves a big single file through private storage, under its own name', async (t) => {
  const page = await bigDrop(t);
  const row = page.locator('[data-testid=file-row][data-path="Report/big.csv"]');
  const [, name] = await save(page, () => row.getByTestId('save-file').click());
  assert.equal(name, 'big.csv');
  assert.equal((await stored(page)).length, 1);
});

test('deletes what an earlier visit left, but not what another tab still uses', async (t) => {
  const page = await bigDrop(t);
  await save(page, () => page.getByTestId('decrypt-zip').click());
  const [used] = await stored(page);
  await page.evaluate(async () => {
    const storage = await navigator.storage.getDirectory();
    const folder = await storage.getDirectoryHandle('mgdc-decrypt');
    await folder.getFileHandle('left-behind', { create: true });
  });
  const other = await page.context().newPage();
  await other.goto(address);
  await gone(other, 'left-behind');
  assert.deepEqual(await stored(other), [used]);
  await page.close();
  // The browser lets go of what the tab held a moment later.
  await other.waitForFunction(async () => (await navigator.locks.query()).held?.length === 0);
  await other.reload();
  await gone(other, used);
});

async function gone(page, name) {
  for (let tries = 0; (await stored(page)).includes(name); tries += 1) {
    assert.ok(tries < 50, `${name} stays`);
    await page.waitForTimeout(100);
  }
}

test('says before it starts that there is not enough room', async (t) => {
  const page = await bigDrop(t);
  // Chromium tells no page how much room there really is.
  await page.evaluate(() => (navigator.storage.estimate = async () => ({ quota: 60e6, usage: 10e6 })));
  await page.getByTestId('decrypt-zip').click();
  const problem = page.locator('[data-testid=problem][data-code=ERR_NO_SPACE]');
  await problem.waitFor();
  assert.match(await problem.innerText(), /room for 50 MB.*83\.9 MB.*Chrome or Edge/);
  assert.deepEqual(await stored(page), []);
});

test('says when the storage turns out to be too small, and leaves nothing in it', async (t) => {
  const page = await bigDrop(t);
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(address).origin, quotaSize: 50 << 20 });
  await page.getByTestId('decrypt-zip').click();
  await page.getByText('private storage was full').first().waitFor({ timeout: 60_000 });
  await empty(page);
});

test('leaves nothing in private storage after a cancel', async (t) => {
  const page = await bigDrop(t);
  await page.getByTestId('decrypt-zip').click();
  await page.getByTestId('cancel').click();
  await page.getByRole('heading', { name: 'Cancelled' }).waitFor();
  await empty(page);
});

async function empty(page) {
  for (let tries = 0; (await stored(page)).length > 0; tries += 1) {
    assert.ok(tries < 50, `${await stored(page)} stays`);
    await page.waitForTimeout(100);
  }
}
