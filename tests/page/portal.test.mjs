/**
 * The portal of tests/portal in real Chromium: the callback goes through its back end to a server that answers like Key
 * Vault.
 */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { lines, MemoryDrop, PEM, STRANGER, sha256 } from '../js/memory-drop.mjs';
import { keyVault } from '../portal/key-vault.mjs';
import { portal } from '../portal/server.mjs';
import { browser, chooseFolder, saveZip, temporary, unzip } from './harness.mjs';

const NAME = '5f0c1c1e-7a44-4a0e-9d52-0c6f4d1b7a11';
const FILES_OF_EACH = 3;

/** A drop whose versions are all in the vault, a portal in front of it, and its page with nothing in it yet. */
async function surroundings(
  t,
  { versions = 2, pem = PEM, permissions = ['unwrapKey'], patience = 20_000, missing = false } = {},
) {
  const drop = new MemoryDrop(versions);
  for (let entry = 0; entry < versions; entry += 1) {
    for (let part = 0; part < FILES_OF_EACH; part += 1) drop.add(`Data/part-${entry}-${part}.json`, lines(2000), entry);
  }
  const names = missing ? [] : drop.keys.map(({ details }) => `${NAME}/${details.PublicKeyVersion}`);
  const vault = await keyVault({
    keys: Object.fromEntries(names.map((name) => [name, pem])),
    callers: { 'portal-token': permissions },
  });
  const host = await portal({ vault: vault.url, keyName: NAME, token: () => 'portal-token' });
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const broken = [];
  page.on('pageerror', (error) => broken.push(error.stack));
  t.after(async () => {
    await context.close();
    await Promise.all([host.close(), vault.close()]);
    assert.deepEqual(broken, [], 'no script failed');
  });
  await page.goto(`${host.url}?patience=${patience}`);
  return { page, host, vault, drop, folder: (wanted) => onDisk(drop, wanted) };
}

/** The drop's files as a folder; `wanted` tells which. */
function onDisk({ items, contents }, wanted = (/** @type {string} */ _path) => true) {
  const root = mkdtempSync(join(temporary, 'portal-'));
  return Promise.all(
    items
      .filter(({ path }) => wanted(path))
      .map(async ({ path, blob }) => {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), Buffer.from(await blob.arrayBuffer()));
      }),
  ).then(() => ({ root, hashes: Object.fromEntries([...contents].map(([path, content]) => [path, sha256(content)])) }));
}

const add = (page, root) => chooseFolder(page, root);
const unlocked = (page) =>
  page.getByTestId('details-row').evaluateAll((rows) => rows.map(({ dataset }) => dataset.unlocked));
const settled = (page) => page.locator('.shell[data-phase=ready]').waitFor();
const problem = (page, code) => page.locator(`[data-testid=problem][data-code=${code}]`).first();

test('opens a drop through the portal, with one request for each wrapped key', async (t) => {
  const { page, host, vault, drop, folder } = await surroundings(t);
  const { root, hashes } = await folder();
  await add(page, root);
  assert.deepEqual(unzip(await saveZip(page)), hashes);
  assert.deepEqual(
    host.unwraps,
    drop.keys.map(({ details }) => details.PublicKeyVersion),
  );
  assert.equal(vault.requests.length, 2);
  const { alg, value } = JSON.parse(vault.requests[0].body);
  assert.deepEqual([alg, value], ['RSA-OAEP', drop.keys[0].wrapped.toString('base64url')]);
  assert.match(vault.requests[0].path, /^\/keys\/[^/]+\/[0-9a-f]{32}\/unwrapkey$/);
});

test('does not ask again when more files are added, whether it has an answer or waits for one', async (t) => {
  const { page, host, vault, folder } = await surroundings(t, { versions: 1 });
  vault.delay = 1500;
  await add(page, (await folder((path) => path.startsWith('metadata/') || path.endsWith('-0.json'))).root);
  await page.getByTestId('details-row').waitFor({ state: 'attached' });
  await add(page, (await folder((path) => path.endsWith('-1.json'))).root);
  await page.locator('[data-testid=details-row][data-unlocked=true]').waitFor({ state: 'attached' });
  await settled(page);
  await add(page, (await folder((path) => path.endsWith('-2.json'))).root);
  await page.getByTestId('file-row').nth(2).waitFor();
  assert.equal(Object.keys(unzip(await saveZip(page))).length, FILES_OF_EACH);
  assert.deepEqual([host.unwraps.length, vault.requests.length], [1, 1]);
});

for (const [what, options, words] of /** @type {[string, object, string][]} */ ([
  ['a caller without the permission', { permissions: ['decrypt'] }, 'ask for the permission unwrapKey'],
  ['a version that the vault has not', { missing: true }, 'Key Vault has no version'],
  ['another key under that version', { pem: STRANGER }, 'Key Vault refused with status 400'],
])) {
  test(`${what}: the portal's sentence is shown, after one request`, async (t) => {
    const { page, host, vault, folder } = await surroundings(t, { versions: 1, ...options });
    await add(page, (await folder()).root);
    await problem(page, 'ERR_CALLBACK').waitFor();
    await page.getByText(words).first().waitFor();
    await settled(page);
    assert.deepEqual(await unlocked(page), ['false']);
    assert.deepEqual([host.unwraps.length, vault.requests.length], [1, 1]);
  });
}

test('reports too many requests, and asks again only at the request of the person', async (t) => {
  const { page, vault, folder } = await surroundings(t);
  vault.throttled = true;
  const { root, hashes } = await folder();
  await add(page, root);
  await page.getByText('Key Vault has too much to do').first().waitFor();
  await settled(page);
  assert.equal(vault.requests.length, 2, 'one for each wrapped key');
  // What is added meanwhile asks nothing.
  const extra = join(temporary, 'extra.txt');
  writeFileSync(extra, 'clear');
  await page.getByTestId('add-files').setInputFiles(extra);
  await page.locator('[data-testid=file-row][data-path="extra.txt"]').waitFor();
  await settled(page);
  assert.equal(vault.requests.length, 2);
  vault.throttled = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('[data-testid=details-row][data-unlocked=true]').nth(1).waitFor({ state: 'attached' });
  assert.equal(vault.requests.length, 4);
  assert.deepEqual(unzip(await saveZip(page)), { ...hashes, 'extra.txt': sha256('clear') });
});

test('the answer for one wrapped key is kept, and the other one shows why it is locked', async (t) => {
  const { page, vault, drop, folder } = await surroundings(t);
  // Another value under the second version: the vault answers 400 for it.
  drop.keys[1].details.DecryptionKeyValue = Buffer.alloc(256, 1).toString('base64');
  const details = drop.items.find(({ path }) => path.startsWith('metadata/'));
  details.blob = new Blob([JSON.stringify({ DecryptionKeyDetails: drop.keys.map((key) => key.details) })]);
  await add(page, (await folder()).root);
  await page.locator('[data-testid=details-row][data-unlocked=true]').waitFor({ state: 'attached' });
  await page
    .locator('[data-testid=details-row][data-unlocked=false] [data-code=ERR_CALLBACK]')
    .waitFor({ state: 'attached' });
  assert.match(
    (await page.getByTestId('versions-lacking').textContent()) ?? '',
    new RegExp(drop.keys[1].details.PublicKeyVersion),
  );
  assert.equal(vault.requests.length, 2);
});

test('waits for a slow vault, and shows an error if it exceeds the time limit of the portal', async (t) => {
  const patient = await surroundings(t, { versions: 1 });
  patient.vault.delay = 1200;
  await add(patient.page, (await patient.folder()).root);
  await patient.page.getByText('Waiting for Key Vault').first().waitFor();
  await patient.page.locator('[data-testid=details-row][data-unlocked=true]').waitFor({ state: 'attached' });
  assert.equal(patient.vault.requests.length, 1);

  const hasty = await surroundings(t, { versions: 1, patience: 300 });
  hasty.vault.delay = 5000;
  await add(hasty.page, (await hasty.folder()).root);
  await problem(hasty.page, 'ERR_CALLBACK').waitFor();
  assert.match(await problem(hasty.page, 'ERR_CALLBACK').textContent(), /timed out/);
  assert.equal(hasty.vault.requests.length, 1);
});

test('an answer for another wrapped key opens nothing, and says so', async (t) => {
  const { page, host, drop, folder } = await surroundings(t, { versions: 1 });
  const other = new MemoryDrop(1).keys[0];
  await page.route('**/unwrap/*', (route) => route.fulfill({ body: JSON.stringify({ value: other.answer }) }));
  await add(page, (await folder()).root);
  await problem(page, 'ERR_VAULT_ANSWER').waitFor();
  await settled(page);
  assert.match(await problem(page, 'ERR_VAULT_ANSWER').textContent(), /opens no file/);
  assert.deepEqual(await unlocked(page), ['false']);
  assert.deepEqual(host.unwraps, []);
  await page.unroute('**/unwrap/*');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('[data-testid=details-row][data-unlocked=true]').waitFor({ state: 'attached' });
  assert.deepEqual(host.unwraps, [drop.keys[0].details.PublicKeyVersion]);
});

test('clearing the page while the vault is asked ends the request and opens nothing', async (t) => {
  const { page, host, vault, folder } = await surroundings(t);
  vault.delay = 3000;
  await add(page, (await folder()).root);
  await page.waitForFunction(() => performance.getEntriesByType('resource').length > 0);
  while (host.unwraps.length === 0) await page.waitForTimeout(20);
  await page.evaluate(() => document.querySelector('mgdc-decrypt').clear());
  await page.locator('.shell[data-phase=empty]').waitFor();
  while (host.abandoned === 0) await page.waitForTimeout(20);
  await page.waitForTimeout(300);
  assert.equal(host.unwraps.length, 1, 'the second wrapped key was not asked for');
  assert.equal(await page.getByTestId('problem').count(), 0);
});

test('a cancelled unlock of the package is ERR_ABORTED, after one request', async (t) => {
  const { page, host, vault, drop } = await surroundings(t);
  vault.delay = 3000;
  const items = await Promise.all(
    drop.items.map(async ({ path, blob }) => ({
      path,
      base64: Buffer.from(await blob.arrayBuffer()).toString('base64'),
    })),
  );
  const code = await page.evaluate(async (files) => {
    // @ts-expect-error: an address of the portal's server
    const { openDrop } = await import('./pkg/index.js');
    const opened = await openDrop(
      files.map(({ path, base64 }) => ({
        path,
        blob: new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]),
      })),
    );
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 500);
    return opened.unlock(document.querySelector('mgdc-decrypt').unwrap, { signal: cancel.signal }).then(
      () => 'opened',
      (error) => error.code,
    );
  }, items);
  assert.equal(code, 'ERR_ABORTED');
  assert.equal(host.unwraps.length, 1);
});
