/** The step “Review”: datasets, what is chosen of them, and a look at a file before it is saved. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { openPage, rows, saveZip, temporary, unzip } from './harness.mjs';

const root = join(temporary, 'review');
const made = makeDrop(root);
const BIG = '9007199254740993123';
const LONG = `${'long text '.repeat(40)}and its end`;
const records = Array.from({ length: 250 }, (_, id) =>
  JSON.stringify({
    id,
    subject: `Message ${id}`,
    from: { name: 'ليلى', address: 'layla@contoso.example' },
    none: null,
  }),
);
made.add('BasicDataSet_v0.Message_v0/part-00000.json', records.join('\n'));
made.add('BasicDataSet_v0.Message_v0/part-00001.json', `{"big":${BIG},"long":${JSON.stringify(LONG)},"empty":""}\n`);
made.add('BasicDataSet_v0.User_v1/part-00000.json', jsonLines(30_000));
made.addClear('BasicDataSet_v0.User_v1/notes.txt', 'First line\nSecond line\n');
made.addClear('BasicDataSet_v0.Event_v0/broken.json', Buffer.alloc(4016, 0xee));
made.addClear('metadata/JobMetadata.json', '{"job":1}');

const MESSAGES = ['BasicDataSet_v0.Message_v0/part-00000.json', 'BasicDataSet_v0.Message_v0/part-00001.json'];

/**
 * A page with that drop, and its key.
 * @param {import('node:test').TestContext} t
 * @param {{ key?: boolean, viewport?: { width: number, height: number } }} [options]
 */
async function openReview(t, { key = true, ...options } = {}) {
  const page = await openPage(t, { viewport: { width: 1366, height: 900 }, ...options });
  await widen(page);
  await page.getByTestId('add-folder').setInputFiles(root);
  if (key) await page.getByTestId('add-files').setInputFiles(KEY);
  await page.getByTestId('file-row').first().waitFor();
  await page.locator('.shell[data-phase=ready]').waitFor();
  return page;
}

/** Gives the element the width of the window, as portals do. */
function widen(page) {
  return page.evaluate(() => {
    /** @type {HTMLElement | null} */
    let node = document.querySelector('mgdc-decrypt');
    for (; node; node = node.parentElement) node.style.maxInlineSize = 'none';
  });
}

const dataset = (page, name) => page.locator(`[data-testid=dataset][data-name="${name}"]`);
const row = (page, path) => page.locator(`[data-testid=file-row][data-path="${path}"]`);
const names = (page) => page.getByTestId('dataset').evaluateAll((all) => all.map(({ dataset: { name } }) => name));
const paths = async (page) => (await rows(page)).map(({ path }) => path);
const chosen = (page) => page.getByTestId('chosen').textContent();

/** Path or name of the row that has the focus. */
function focused(page) {
  return page.evaluate(() => {
    const { path, name } = document.querySelector('mgdc-decrypt').shadowRoot.activeElement?.dataset ?? {};
    return path ?? name ?? null;
  });
}

/** Chooses a file and waits until its preview is in the given state. */
async function look(page, path, state = 'shown') {
  await row(page, path).click();
  await page.locator(`[data-testid=preview][data-path="${path}"][data-state=${state}]`).waitFor();
}

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
  assert.match((await dataset(page, 'BasicDataSet_v0.Message_v0').textContent()) ?? '', /2 files · saved/);
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

test('shows an encrypted file as a table, as JSON and by its columns, a hundred rows at a time', async (t) => {
  const page = await openReview(t);
  await look(page, MESSAGES[0]);
  const table = page.getByTestId('preview-table');
  assert.deepEqual(await table.locator('thead bdi').allTextContents(), ['id', 'subject', 'from', 'none']);
  assert.match((await table.locator('thead th').nth(1).textContent()) ?? '', /whole number · 100% filled/);
  assert.equal(await table.locator('tbody tr').count(), 100);
  assert.match((await page.getByTestId('preview-figures').textContent()) ?? '', /^First 100 rows/);
  assert.match(
    (await page.getByTestId('preview-note').textContent()) ?? '',
    /Shown in memory only, not saved\. Not verified/,
  );
  assert.equal(await table.locator('tbody tr').first().locator('.nothing').textContent(), 'null');
  const nested = table.getByRole('button', { name: '{…} 2 fields' }).first();
  await nested.click();
  assert.match((await table.locator('.opened pre').textContent()) ?? '', /"address": "layla@contoso\.example"/);
  await nested.click();
  assert.equal(await table.locator('.opened').count(), 0);
  for (const [wanted, words] of [
    [200, /^First 200 rows/],
    [250, /^All 250 rows/],
  ]) {
    await page.getByTestId('preview-more').click();
    await page
      .getByTestId('preview-figures')
      .filter({ hasText: /** @type {RegExp} */ (words) })
      .waitFor();
    await page.waitForFunction(
      (count) =>
        document.querySelector('mgdc-decrypt').shadowRoot.querySelectorAll('[data-testid=preview-table] tbody tr')
          .length === count,
      wanted,
    );
  }
  assert.ok(await page.getByTestId('preview-more').isHidden());
  await page.getByTestId('preview-tab-json').click();
  const json = page.getByTestId('preview-json').locator('pre');
  assert.deepEqual(JSON.parse((await json.nth(7).textContent()) ?? ''), JSON.parse(records[7]));
  await page.keyboard.press('ArrowRight');
  const columns = page.getByTestId('preview-columns').locator('tbody tr');
  assert.deepEqual(await columns.nth(3).locator('th, td').allTextContents(), [
    'none',
    'no values',
    '0 of 250 (0%)',
    '',
  ]);
});

test('shows whole numbers with all their digits, long text cut, and an empty text as one', async (t) => {
  const page = await openReview(t);
  await look(page, MESSAGES[1]);
  const cells = page.getByTestId('preview-table').locator('tbody td');
  assert.equal(await cells.nth(0).textContent(), BIG);
  assert.match((await cells.nth(1).textContent()) ?? '', /^long text .*…all 411 characters$/);
  assert.equal(await cells.nth(2).textContent(), '""');
  await cells.nth(1).getByRole('button').click();
  assert.equal(await page.getByTestId('preview-table').locator('.opened pre').textContent(), LONG);
  await page.getByTestId('preview-tab-json').click();
  assert.match((await page.getByTestId('preview-json').textContent()) ?? '', new RegExp(`"big": ${BIG},`));
});

test('shows a clear file without a key, says why not for a locked one, and shows that once the key is there', async (t) => {
  const page = await openReview(t, { key: false });
  await look(page, 'BasicDataSet_v0.User_v1/notes.txt');
  assert.deepEqual(await page.getByTestId('preview-table').locator('tbody td').allTextContents(), [
    'First line',
    'Second line',
  ]);
  assert.ok(await page.getByTestId('preview-tab-json').isHidden(), 'text has no columns');
  await look(page, MESSAGES[0], 'locked');
  assert.match(
    (await page.getByTestId('preview-problem').textContent()) ?? '',
    /^This file is locked\. Add the private key/,
  );
  assert.equal(
    await page.getByTestId('preview-table').locator('tbody tr').count(),
    0,
    'nothing of the other file is left',
  );
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.locator('[data-testid=preview][data-state=shown]').waitFor();
  assert.equal(await page.getByTestId('preview-table').locator('tbody tr').count(), 100);
});

test('shows CSV as a table, and what is no table as lines or bytes', async (t) => {
  const folder = join(temporary, 'review-kinds');
  const drop = makeDrop(folder);
  drop.add('Report/people.csv', 'Name,Age\n"Doe, Jo",41\nAnn,\n');
  drop.add('Report/noise.bin', Buffer.from([0, 1, 2, 0xff, 0xfe, ...Buffer.from('text'), 0x80, 0x81]));
  drop.add('Report/wide.json', jsonLines(3_000_000));
  const page = await openPage(t);
  await page.getByTestId('add-folder').setInputFiles(folder);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.locator('.shell[data-phase=ready]').waitFor();
  await look(page, 'Report/people.csv');
  const table = page.getByTestId('preview-table');
  assert.deepEqual(await table.locator('thead bdi').allTextContents(), ['Name', 'Age']);
  assert.match((await table.locator('thead th').nth(2).textContent()) ?? '', /whole number · 50% filled/);
  assert.deepEqual(await table.locator('tbody td').allTextContents(), ['Doe, Jo', '41', 'Ann', '""']);
  await look(page, 'Report/noise.bin');
  assert.deepEqual(await table.locator('thead bdi').allTextContents(), ['Place', 'Bytes', 'Text']);
  assert.match((await table.locator('tbody td').nth(1).textContent()) ?? '', /^00 01 02 ff fe 74 65 78 74/);
  await look(page, 'Report/wide.json');
  assert.match((await page.getByTestId('preview-note').textContent()) ?? '', /only the beginning was read/);
  for (let rowsShown = 200; rowsShown <= 1000; rowsShown += 100) {
    await page.getByTestId('preview-more').click();
    await page.waitForFunction(
      (count) =>
        document.querySelector('mgdc-decrypt').shadowRoot.querySelectorAll('[data-testid=preview-table] tbody tr')
          .length === count,
      rowsShown,
    );
  }
  assert.equal(
    await page.getByTestId('preview-figures').textContent(),
    'The preview ends after 1,000 rows. Save the file to see all of it.',
  );
  assert.ok(await page.getByTestId('preview-more').isHidden());
});

test('says what is wrong with a damaged file, and forgets what it showed with Clear all', async (t) => {
  const page = await openReview(t);
  await row(page, 'BasicDataSet_v0.Event_v0/broken.json').click();
  const problem = page.getByTestId('preview-problem');
  await problem.filter({ hasText: /\S/ }).waitFor();
  assert.match((await problem.getAttribute('data-code')) ?? '', /^ERR_/);
  assert.equal(await page.getByTestId('preview-table').locator('tbody tr').count(), 0);
  await look(page, MESSAGES[0]);
  await page.evaluate(() => document.querySelector('mgdc-decrypt').clear());
  const left = await page.evaluate(() => {
    const pane = document.querySelector('mgdc-decrypt').shadowRoot.querySelector('[data-testid=preview]');
    return pane?.textContent ?? '';
  });
  assert.doesNotMatch(left, /Message 1|layla/);
});

test('on a small screen the preview takes the place of the list, with the focus, and gives both back', async (t) => {
  const page = await openReview(t, { viewport: { width: 360, height: 740 } });
  await row(page, MESSAGES[0]).focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-testid=preview][data-state=shown]').waitFor();
  assert.ok(await page.getByTestId('find-file').isHidden());
  const back = page.getByTestId('preview-back');
  assert.ok(await back.evaluate((node) => node.matches(':focus')));
  const table = page.getByTestId('preview').getByRole('row').nth(1);
  const { y = 740 } = (await table.boundingBox()) ?? {};
  assert.ok(y < 740 - 112, `the first row is at ${y} px, where the bar does not cover it`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), MESSAGES[0]);
  assert.ok(await page.getByTestId('preview').isHidden());
});

test('two deliveries are two groups with the names of their folders', async (t) => {
  const other = join(temporary, 'review-july');
  const july = makeDrop(other);
  july.add('BasicDataSet_v0.Message_v0/part-00000.json', '{"july":1}');
  const page = await openReview(t);
  await page.getByTestId('add-folder').setInputFiles(other);
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
