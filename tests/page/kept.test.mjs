/** What stays and what goes: when the language changes, after *Clear all*, and on paper. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { preview } from '../../pkg/element/words/en/preview.js';
import { KEY, makeDrop } from '../js/make-drop.mjs';
import { chooseFolder, openPage, setOption, settled, temporary } from './harness.mjs';

const root = join(temporary, 'kept');
const drop = makeDrop(root);
for (const name of ['Event', 'Message', 'User'])
  drop.add(`BasicDataSet_v0.${name}_v0/part-0.json`, `{"secret":"in ${name}"}`);

async function open(t) {
  const page = await openPage(t, { viewport: { width: 1366, height: 900 } });
  await chooseFolder(page, root);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.getByTestId('file-row').first().waitFor();
  await settled(page);
  return page;
}

const dataset = (page, name) => page.locator(`[data-testid=dataset][data-name="BasicDataSet_v0.${name}_v0"]`);

test('another language keeps what is folded, searched, sorted, chosen, typed and ticked', async (t) => {
  const page = await open(t);
  await dataset(page, 'Message').press('ArrowLeft');
  await page.locator('[data-testid=dataset][aria-expanded=false]').first().waitFor();
  await setOption(page, 'report-in-output');
  await dataset(page, 'User').getByTestId('choose').uncheck();
  await page.getByTestId('sort-files').selectOption('size');
  await page.getByTestId('language').selectOption('de');
  await page.getByText('Alle 3 Dateien').or(page.getByText('2 von 3')).first().waitFor();
  assert.equal(await dataset(page, 'Message').getAttribute('aria-expanded'), 'false');
  assert.equal(await page.getByTestId('file-row').count(), 2);
  assert.equal(await page.getByTestId('sort-files').inputValue(), 'size');
  assert.equal(await page.getByTestId('report-in-output').isChecked(), true);
  assert.equal(await dataset(page, 'User').getByTestId('choose').isChecked(), false);
  await page.getByTestId('find-file').fill('event');
  await page.waitForFunction(
    () => document.querySelector('mgdc-decrypt').shadowRoot.querySelectorAll('[data-testid=file-row]').length === 1,
  );
  await page.getByTestId('language').selectOption('zh-Hans');
  assert.equal(await page.getByTestId('find-file').inputValue(), 'event');
  await page.locator('.files-view.flat').waitFor();
  assert.equal(await page.getByTestId('file-row').count(), 1, 'the list is still narrowed');
});

test('Clear all forgets the rows of the preview at once, though the rest can come back', async (t) => {
  const page = await open(t);
  await page.getByTestId('file-row').first().click();
  await page.getByTestId('preview').getByText('in Event').first().waitFor();
  await page.getByTestId('clear').click();
  await page.getByTestId('undo').click();
  await page.getByTestId('file-row').first().waitFor();
  assert.equal(await page.getByTestId('preview').getAttribute('data-path'), null);
  assert.equal(await page.getByTestId('preview').getByText('in Event').count(), 0);
});

test('the preview of one line says so', () => {
  const figures = { rows: 1, rowsTotal: null, content: 'text', bytesRead: 10, bytesTotal: 20, stoppedBy: 'bytes' };
  const said = [{}, { rows: 2 }, { rowsTotal: 1 }, { content: 'json', rowsTotal: 5 }].map((one) =>
    preview.figures({ ...figures, isAtEnd: false, ...one }),
  );
  assert.deepEqual(said, [
    'The first line · 10 bytes of 20 bytes read',
    'First 2 lines · 10 bytes of 20 bytes read',
    '1 line, and no more',
    'The first row of 5',
  ]);
});

test('a list that is too long to print says so on paper, and names the report', async (t) => {
  const page = await openPage(t);
  const many = join(temporary, 'too-long');
  const long = makeDrop(many);
  for (let index = 0; index < 501; index += 1) long.addClear(`metadata/part-${index}.json`, '{}');
  await chooseFolder(page, many);
  await page.locator('.files-view.windowed').waitFor();
  const note = page.getByText('The list of 501 files is too long to print. The report of a run names every file.');
  assert.ok(await note.isHidden());
  await page.emulateMedia({ media: 'print' });
  assert.ok(await note.isVisible());
  assert.ok(await page.locator('.files-view').isHidden());
});
