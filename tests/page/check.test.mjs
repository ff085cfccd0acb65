/** The side “Check a key”: the cases of tests/readiness, and what a person does with the result. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { KEY } from '../js/make-drop.mjs';
import { cases, differences, pathOf, someCases, urisOf } from '../readiness/expected.mjs';
import { openPage, temporary } from './harness.mjs';

/** @import { Page } from 'playwright-core' */

/** Every finding that is shown. @param {Page} page */
function findings(page) {
  return page.getByTestId('service').evaluateAll((cards) =>
    cards.flatMap((card) =>
      [...card.querySelectorAll('[data-testid=finding]')].map((node) => ({
        service: card.dataset.service ?? '',
        rule: node.dataset.rule ?? '',
        verdict: node.dataset.verdict ?? '',
      })),
    ),
  );
}

/** Waits until nothing is judged any more. @param {Page} page */
async function settled(page) {
  await page.locator('.check-side .services:not([aria-busy=true])').waitFor({ state: 'attached' });
}

/** @param {Page} page @param {Record<string, any>} one */
async function give(page, one) {
  const { files = [], typed = {} } = one;
  await page.getByTestId('check-tenant').fill(typed.tenantId ?? '');
  await page.getByTestId('check-tenant').blur();
  await page.getByTestId('check-policy-name').fill(typed.policyName ?? '');
  await page.getByTestId('check-policy-name').blur();
  if (files.length > 0) await page.getByTestId('add-files').setInputFiles(files.map(pathOf));
  for (const uri of urisOf(one)) {
    await page.getByTestId('check-uri').fill(uri);
    await page.getByTestId('check-add-uri').click();
  }
  await settled(page);
  for (const [name, password] of Object.entries(typed.passwords ?? {})) {
    if (password === '') continue;
    const row = page.getByTestId('check-item').filter({ hasText: basename(name) });
    const field = row.locator('input[type=password]');
    if (await field.isVisible()) {
      await field.fill(password);
      await field.press('Tab');
      await settled(page);
    }
  }
}

// `make test CHECK=thorough` gives the page all of them.
const given = process.env.MGDC_THOROUGH ? cases : someCases;

test(`${given.length} of ${cases.length} cases get their verdicts on the page`, { timeout: 400_000 }, async (t) => {
  const page = await openPage(t);
  await page.getByTestId('check-key').click();
  const wrong = [];
  for (const one of given) {
    await page.clock.setFixedTime(new Date(one.now));
    await give(page, one);
    wrong.push(...differences(one, await findings(page)).map((text) => `${one.id}: ${text}`));
    if (await page.getByTestId('clear').isVisible()) await page.getByTestId('clear').click();
  }
  assert.deepEqual(wrong, []);
});

test('a description on the side that decrypts is told, and one click leads to its check', async (t) => {
  const page = await openPage(t);
  const good = /** @type {Record<string, any>} */ (cases.find(({ id }) => id === 'rest-good-mgdc'));
  await page.getByTestId('add-files').setInputFiles(good.files.map(pathOf));
  await page.locator('[data-testid=key-row][data-code=ERR_PRIVATE_KEY_MISSING]').waitFor({ state: 'attached' });
  await page.getByTestId('check-this-key').click();
  await page.getByTestId('service').first().waitFor();
  assert.equal(await page.getByTestId('check-key').getAttribute('aria-selected'), 'true');
  assert.equal(await page.getByTestId('service').count(), 4);
});

test('a delivery on the side that checks can be decrypted instead', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('check-key').click();
  await page
    .getByTestId('add-files')
    .setInputFiles([{ name: 'part-00000.json', mimeType: '', buffer: Buffer.alloc(64, 7) }]);
  await page.getByTestId('decrypt-instead').click();
  await page.getByTestId('file-row').waitFor();
  assert.equal(await page.getByTestId('decrypt-drop').getAttribute('aria-selected'), 'true');
});

test('a private key is judged, and the page says once that its description is enough', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('check-key').click();
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.getByTestId('service').first().waitFor();
  const added = page.locator('.check-side > .card').first();
  assert.equal((await added.innerText()).match(/private key/g)?.length, 1);
  assert.ok(await added.getByText('the description of the key would do').isVisible());
});

test('the result is saved as JSON and as Markdown, and a rehearsal as a ZIP', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('check-key').click();
  const good = /** @type {Record<string, any>} */ (cases.find(({ id }) => id === 'rest-good-mgdc'));
  await page.getByTestId('add-files').setInputFiles(good.files.map(pathOf));
  for (const [id, name] of [
    ['check-json', 'key-readiness.json'],
    ['check-markdown', 'key-readiness.md'],
    ['rehearse', 'rehearsal.zip'],
  ]) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(id).click()]);
    assert.equal(download.suggestedFilename(), name);
    assert.ok(readFileSync(/** @type {string} */ (await download.path())).length > 100);
  }
});

test('a rehearsal that the page made opens with the private key', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('check-key').click();
  const publicKey = createPublicKey(readFileSync(KEY)).export({ type: 'spki', format: 'pem' });
  await page
    .getByTestId('add-files')
    .setInputFiles([{ name: 'public.pem', mimeType: '', buffer: Buffer.from(publicKey) }]);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('rehearse').click()]);
  const folder = join(temporary, 'rehearsal');
  execFileSync('python3', ['-m', 'zipfile', '-e', /** @type {string} */ (await download.path()), folder]);
  const cli = fileURLToPath(new URL('../../pkg/cli.js', import.meta.url));
  const args = [cli, folder, '--key', KEY, '--out', join(temporary, 'rehearsed'), '--json'];
  const lines = execFileSync(process.execPath, args, { encoding: 'utf8' }).trim().split('\n');
  const outcomes = lines.map((line) => JSON.parse(line).outcome);
  assert.ok(outcomes.filter((outcome) => outcome === 'decrypted').length >= 2, `${outcomes}`);
  assert.ok(!outcomes.includes('failed'));
});

test('the tabs work by keyboard, and nothing is wider than a phone', async (t) => {
  const page = await openPage(t, { viewport: { width: 360, height: 740 } });
  await page.getByTestId('decrypt-drop').focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.getByTestId('check-key').getAttribute('aria-selected'), 'true');
  const good = /** @type {Record<string, any>} */ (cases.find(({ id }) => id === 'rest-good-mgdc'));
  await page.getByTestId('add-files').setInputFiles(good.files.map(pathOf));
  await page.getByTestId('service').first().waitFor();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `${width}`);
});
