/** The step “Review”: datasets, and what is chosen of them. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDrop } from '../../pkg/index.js';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { chooseFolder, openPage, rows, saveZip, temporary, unzip } from './harness.mjs';
import { chosen, dataset, focused, MESSAGES, names, openReview, paths, row } from './reviewed.mjs';

test('lists the datasets under the names that people know, with metadata and what is not saved at the end', async (t) => {
  const page = await openReview(t);
  assert.deepEqual(await names(page), [
    'BasicDataSet_v0.Event_v0',
    'BasicDataSet_v0.Message_v0',
    'BasicDataSet_v0.User_v1',
  ]);
  const kinds = await page.locator('.file-row.group').evaluateAll((all) => all.map((each) => each.dataset.kind));
  assert.deepEqual(kinds, ['data', 'data', 'data', 'metadata', 'apart']);
  assert.match((await dataset(page, 'BasicDataSet_v0.Message_v0').textContent()) ?? '', /2 files · ready/);
  assert.match((await dataset(page, 'BasicDataSet_v0.User_v1').textContent()) ?? '', /1 ready · 1 not encrypted/);
  assert.match((await dataset(page, 'BasicDataSet_v0.Event_v0').textContent()) ?? '', /1 file · damaged/);
  assert.equal(await page.locator('[data-path$="encryptionKeyDetails.json"]').count(), 0, 'folded');
  await page.locator('[data-kind=apart]').click();
  await page.locator('[data-path$="encryptionKeyDetails.json"]').waitFor();
  await dataset(page, 'BasicDataSet_v0.Message_v0').click();
  assert.equal(await row(page, MESSAGES[0]).count(), 0);
  assert.equal(await dataset(page, 'BasicDataSet_v0.Message_v0').getAttribute('aria-expanded'), 'false');
});

test('one dataset only: one click, and the ZIP has only its files', async (t) => {
  const page = await openReview(t);
  assert.match((await chosen(page)) ?? '', /^All 6 files are chosen, /);
  await dataset(page, 'BasicDataSet_v0.Message_v0').getByTestId('only-dataset').click();
  assert.match((await chosen(page)) ?? '', /^2 of 6 files are chosen, /);
  assert.equal(await dataset(page, 'BasicDataSet_v0.User_v1').getByTestId('choose').isChecked(), false);
  assert.deepEqual(Object.keys(unzip(await saveZip(page))).sort(), MESSAGES);
  assert.match((await dataset(page, 'BasicDataSet_v0.Message_v0').textContent()) ?? '', /2 files · finished/);
  assert.match((await dataset(page, 'BasicDataSet_v0.User_v1').textContent()) ?? '', /1 ready/);
  const outcomes = (await rows(page)).filter(({ outcome }) => outcome === 'decrypted').map(({ path }) => path);
  assert.deepEqual(outcomes, MESSAGES);
});

test('the check box of a dataset is mixed if only some of its files are chosen, and chooses all or none', async (t) => {
  const page = await openReview(t);
  const box = dataset(page, 'BasicDataSet_v0.Message_v0').getByTestId('choose');
  const all = page.getByTestId('choose-all');
  const isMixed = (locator) => locator.evaluate((/** @type {HTMLInputElement} */ input) => input.indeterminate);
  await row(page, MESSAGES[0]).getByTestId('choose').uncheck();
  assert.deepEqual([await isMixed(box), await isMixed(all)], [true, true]);
  assert.match((await chosen(page)) ?? '', /^5 of 6 files/);
  await box.click();
  assert.ok(await row(page, MESSAGES[0]).getByTestId('choose').isChecked());
  assert.deepEqual([await isMixed(box), await isMixed(all)], [false, false]);
  await box.uncheck();
  assert.match((await chosen(page)) ?? '', /^4 of 6 files/);
  await all.check();
  await all.uncheck();
  assert.equal(await chosen(page), '0 of 6 files are chosen');
  await all.check();
  assert.match((await chosen(page)) ?? '', /^All 6 files/);
});

test('search, and choose only what is shown: that is what is saved', async (t) => {
  const page = await openReview(t);
  assert.ok(await page.getByTestId('only-shown').isHidden());
  await page.getByTestId('find-file').fill('PART-00000');
  await page.getByText('2 of 6 files shown').waitFor();
  assert.deepEqual(await paths(page), [MESSAGES[0], 'BasicDataSet_v0.User_v1/part-00000.json']);
  assert.match((await chosen(page)) ?? '', /^All 6 files/, 'searching alone chooses nothing');
  await page.getByTestId('only-shown').click();
  await page.getByTestId('find-file').fill('');
  assert.match((await chosen(page)) ?? '', /^2 of 6 files/);
  const archive = unzip(await saveZip(page));
  assert.deepEqual(Object.keys(archive).sort(), [MESSAGES[0], 'BasicDataSet_v0.User_v1/part-00000.json']);
});

test('filters by status and sorts, files and datasets', async (t) => {
  const page = await openReview(t);
  await page.getByTestId('only-failing').check();
  // The notes carry a warning, because they are clear among encrypted files.
  assert.deepEqual(await paths(page), ['BasicDataSet_v0.Event_v0/broken.json', 'BasicDataSet_v0.User_v1/notes.txt']);
  await page.getByTestId('show-clear').check();
  assert.deepEqual(await paths(page), ['BasicDataSet_v0.User_v1/notes.txt', 'metadata/JobMetadata.json']);
  await page.getByTestId('show-ready').check();
  assert.equal((await paths(page)).length, 3);
  await page.getByTestId('sort-files').selectOption('size');
  const sizes = await page
    .locator('[data-testid=file-row] .size')
    .evaluateAll((all) => all.map((each) => Number.parseFloat(each.textContent ?? '')));
  assert.deepEqual(await paths(page), ['BasicDataSet_v0.User_v1/part-00000.json', ...MESSAGES], `${sizes}`);
  await page.getByTestId('show-all').check();
  assert.equal((await names(page))[0], 'BasicDataSet_v0.User_v1', 'the biggest dataset comes first');
  await page.getByTestId('sort-files').selectOption('status');
  assert.equal((await names(page))[0], 'BasicDataSet_v0.Event_v0', 'the damaged file comes first');
});

test('by keyboard: one tab stop, arrow keys, Space chooses, Enter looks, and ArrowLeft folds', async (t) => {
  const page = await openReview(t);
  const [message] = MESSAGES;
  await page.getByTestId('fold-all').focus();
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'BasicDataSet_v0.Event_v0');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), message);
  await page.keyboard.press('Space');
  assert.equal(await row(page, message).getByTestId('choose').isChecked(), false);
  await page.keyboard.press('Enter');
  await page.locator(`[data-testid=preview][data-path="${message}"][data-state=shown]`).waitFor();
  assert.equal(await row(page, message).getAttribute('aria-selected'), 'true');
  assert.equal(await focused(page), message, 'beside the list, the preview does not take the focus');
  await page.keyboard.press('ArrowRight');
  assert.equal(
    await page.evaluate(() => document.querySelector('mgdc-decrypt').shadowRoot.activeElement?.dataset.testid),
    'save-file',
  );
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await focused(page), 'BasicDataSet_v0.Message_v0', 'from a file to its dataset');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await dataset(page, 'BasicDataSet_v0.Message_v0').getAttribute('aria-expanded'), 'false');
  assert.equal(await focused(page), 'BasicDataSet_v0.Message_v0');
  await page.keyboard.press('ArrowRight');
  assert.equal(await dataset(page, 'BasicDataSet_v0.Message_v0').getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.querySelector('mgdc-decrypt').shadowRoot.activeElement?.role), 'tab');
});

test('a dataset that was added without its delivery has the name of its folder, in the output and for the package', async (t) => {
  const page = await openPage(t);
  const delivery = join(temporary, 'review-part');
  const name = 'BasicDataSet_v0.Message_v0';
  const drop = makeDrop(delivery);
  const paths = [`${name}/2026-11-01/part-00001.json`, `${name}/part-00000.json`];
  for (const path of paths) drop.add(path, jsonLines(3000));
  await chooseFolder(page, join(delivery, name));
  await page.getByTestId('file-row').first().waitFor();
  const details = join(delivery, 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json');
  await page.getByTestId('add-files').setInputFiles([details, KEY]);
  await page.locator('[data-testid=keys-fold]', { hasText: 'everything is unlocked' }).waitFor();
  assert.deepEqual(await names(page), [name]);
  assert.match((await page.getByTestId('review-summary').textContent()) ?? '', /^1 dataset · 2 files · /);
  const written = Object.keys(unzip(await saveZip(page)));
  assert.deepEqual(written.sort(), paths);
  assert.deepEqual(await page.locator('.dataset-bars .name').allTextContents(), [name]);
  const { datasets } = await openDrop(written.map((path) => ({ path, blob: new Blob(['{}']) })));
  assert.deepEqual(
    datasets.map((each) => each.name),
    [name],
  );
  await page.evaluate(() => {
    const element = /** @type {HTMLElementTagNameMap['mgdc-decrypt']} */ (document.querySelector('mgdc-decrypt'));
    element.clear();
    element.add([{ path: 'loose.json', blob: new Blob(['{}']) }]);
  });
  await page.getByText('Files outside a dataset folder').first().waitFor();
  assert.match((await page.getByTestId('review-summary').textContent()) ?? '', /^1 file · /, 'which is no dataset');
});

test('two deliveries are two groups with the names of their folders', async (t) => {
  const other = join(temporary, 'review-july');
  const july = makeDrop(other);
  july.add('BasicDataSet_v0.Message_v0/part-00000.json', '{"july":1}');
  const page = await openReview(t);
  await chooseFolder(page, other);
  await page.getByTestId('delivery').nth(1).waitFor();
  await page.locator('.shell[data-phase=ready]').waitFor();
  const deliveries = page.getByTestId('delivery');
  assert.deepEqual(await deliveries.evaluateAll((all) => all.map((each) => each.dataset.name)), [
    'review',
    'review-july',
  ]);
  assert.deepEqual(await names(page), [
    'BasicDataSet_v0.Event_v0',
    'BasicDataSet_v0.Message_v0',
    'BasicDataSet_v0.User_v1',
    'BasicDataSet_v0.Message_v0',
  ]);
  await deliveries.nth(0).getByTestId('choose').uncheck();
  assert.deepEqual(Object.keys(unzip(await saveZip(page))), ['review-july/BasicDataSet_v0.Message_v0/part-00000.json']);
});

test('one bar shows how big each dataset is, and a table says the same', async (t) => {
  const page = await openReview(t);
  const bar = page.getByTestId('bytes-bar');
  assert.match((await page.getByTestId('review-summary').textContent()) ?? '', /^3 datasets · 6 files · /);
  const shares = await bar.locator('.bytes-part').evaluateAll((parts) => parts.map((each) => each.clientWidth));
  assert.equal(shares.length, 4);
  assert.equal(Math.max(...shares), shares[2], 'the users are the biggest');
  await bar.getByText('Show as a table').click();
  await bar.locator('tbody tr').nth(2).waitFor();
  const cells = await bar.locator('tbody tr').nth(2).locator('th, td').allTextContents();
  assert.deepEqual([cells[0], cells[1]], ['BasicDataSet_v0.User_v1', '2']);
  assert.deepEqual(await bar.locator('thead th').allTextContents(), [
    'Dataset',
    'Files',
    'Size',
    'Ready',
    'Not encrypted',
    'Damaged',
  ]);
});

test('names that would turn the line around, and very long ones, stay inside a small screen', async (t) => {
  const page = await openPage(t, { viewport: { width: 360, height: 740 } });
  await page.evaluate(() => {
    const items = [];
    for (let index = 0; index < 60; index += 1)
      items.push({ path: `BasicDataSet_v0.Set${index}_v0/part.json`, blob: new Blob(['{}']) });
    for (const name of ['مرحبا', 'photo\u202egnp.exe', `A${'very'.repeat(60)}LongName_v1`])
      items.push({ path: `${name}/part.json`, blob: new Blob(['{}']) });
    items.push({ path: 'loose.json', blob: new Blob(['{}']) });
    document.querySelector('mgdc-decrypt').add(items);
  });
  await page.getByTestId('dataset').nth(63).waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.getByText('photo\ufffdgnp.exe').first().waitFor();
  await page.getByText('Files outside a dataset folder').first().waitFor();
});
