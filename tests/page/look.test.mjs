/** The step “Review”: a look at a file before it is saved. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { chooseFolder, openPage, temporary } from './harness.mjs';
import { BIG, focused, LONG, look, MESSAGES, openReview, records, row } from './reviewed.mjs';

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
  await chooseFolder(page, folder);
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
