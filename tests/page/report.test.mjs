/** On the page: the report of a run. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Validator } from '@cfworker/json-schema';
import { reportAs } from '../../pkg/index.js';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import {
  browser,
  chooseFolder,
  dropOn,
  openForFolder,
  openPage,
  pickedFiles,
  saveZip,
  setOption,
  settled,
  temporary,
  unzip,
} from './harness.mjs';

/** @import { Report } from '../../pkg/index.js' */

const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8'));
const root = join(temporary, 'October');
const drop = makeDrop(root);
for (let index = 0; index < 12; index += 1) drop.add(`Data_v1/part-${index}.json`, jsonLines(500));
drop.add('Other_v1/part-1.json', jsonLines(500));
drop.addRaw('Other_v1/bad.json.gz', Buffer.concat([Buffer.from([31, 139, 8, 0]), Buffer.alloc(60, 1)]));
drop.addClear('metadata/JobMetadata.json', '{}');

async function openWithDrop(t, options) {
  const page = await openPage(t, options);
  await chooseFolder(page, root);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await settled(page);
  return page;
}

/** Saves a ZIP, and opens the report below the summary. */
async function saveAndLook(page) {
  const path = await saveZip(page);
  await page.getByTestId('summary').waitFor();
  await page.getByTestId('report').click();
  return path;
}

async function saved(page, id) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(id).click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

function check(json) {
  const report = JSON.parse(json);
  const { valid, errors } = new Validator(schema, '2020-12', false).validate(report);
  assert.ok(valid, JSON.stringify(errors));
  return report;
}

test('tells how many files were not chosen; then all are chosen again', async (t) => {
  const page = await openWithDrop(t);
  const button = page.getByTestId('only-shown');
  await page.getByTestId('find-file').fill('PART-1');
  await button.filter({ hasText: 'Choose only the 4 files shown' }).focus();
  await page.keyboard.press('Enter');
  assert.match((await page.locator('.ways-state').textContent()) ?? '', /^4 files · /);
  const names = Object.keys(unzip(await saveAndLook(page)));
  const wanted = ['Data_v1/part-1.json', 'Data_v1/part-10.json', 'Data_v1/part-11.json', 'Other_v1/part-1.json'];
  assert.deepEqual(names.sort(), wanted);
  assert.equal(await page.getByTestId('summary').locator('h2').textContent(), 'Done: 4 files decrypted');
  const report = check((await saved(page, 'report-json')).text);
  assert.deepEqual([report.decrypted, report.notChosen, report.options], [4, 11, { paths: 4 }]);
  await page.getByTestId('find-file').fill('zzz');
  await button.waitFor({ state: 'hidden' });
  await page.getByTestId('find-file').fill('');
  await page.getByTestId('choose-all').check();
  assert.equal(Object.keys(unzip(await saveZip(page))).length, 14);
});

test('a report for an auditor, with 3 actions: to look at, to copy, and in three formats', async (t) => {
  const page = await openPage(t, { permissions: ['clipboard-read', 'clipboard-write'] });
  await dropOn(page, [root, KEY]);
  await page.getByTestId('file-row').first().waitFor();
  await settled(page);
  assert.equal(await page.getByTestId('report').count(), 0);
  await saveAndLook(page);
  const shown = page.locator('.report');
  await shown.getByText('Report of mgdc-decrypt').waitFor();
  await shown.getByText('Data_v1/part-11.json').first().waitFor();
  const html = await saved(page, 'report-html');
  assert.equal(html.name, 'mgdc-decrypt-report.html');
  const json = await saved(page, 'report-json');
  assert.equal(json.name, 'mgdc-decrypt-report.json');
  const report = check(json.text);
  assert.deepEqual([report.decrypted, report.copied, report.failed, report.source.name], [13, 1, 1, 'October']);
  assert.ok(report.source.bytes > 1000);
  assert.equal(html.text, reportAs(report, 'html'));
  assert.ok(await shown.getByText('This report has no SHA-256').isVisible());
  const markdown = await saved(page, 'report-markdown');
  assert.deepEqual([markdown.name, markdown.text], ['mgdc-decrypt-report.md', reportAs(report, 'markdown')]);
  await page.getByTestId('report-copy').click();
  await shown.getByText('Copied.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), markdown.text);
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.getByTestId('report-copy').click();
  await shown.getByText('The clipboard is not available. Save the report instead.').waitFor();
});

test('puts the report among the files when that is asked for: 2 actions more', async (t) => {
  const page = await openWithDrop(t);
  await setOption(page, 'report-in-output');
  const hashes = unzip(await saveAndLook(page));
  const own = ['SHA256SUMS', 'mgdc-decrypt-report.html', 'mgdc-decrypt-report.json'];
  for (const name of own) assert.ok(hashes[name], name);
  assert.equal(Object.keys(hashes).length, 14 + own.length);
  assert.equal(await page.getByText('This report has no SHA-256').count(), 0);
  const report = check((await saved(page, 'report-json')).text);
  for (const { output, sha256 } of report.files) if (output) assert.equal(sha256, hashes[output]);
});

test('puts the report into a folder, with what was chosen, and replaces nothing there', async (t) => {
  const page = await openForFolder(t, root);
  await settled(page);
  await page.getByTestId('find-file').fill('part-1.');
  await page.getByTestId('only-shown').click();
  await setOption(page, 'report-in-output');
  const own = [
    'SHA256SUMS',
    'mgdc-decrypt-report.html',
    'mgdc-decrypt-report.json',
    'Data_v1/part-1.json',
    'Other_v1/part-1.json',
  ];
  const numbered = own.map((path) => path.replace(/(\.\w+)?$/, ' (2)$1'));
  for (const expected of [own, [...own, ...numbered]]) {
    const over = page.evaluate(
      () =>
        new Promise((resolve) =>
          document.querySelector('mgdc-decrypt').addEventListener('mgdc-report', () => resolve(null), { once: true }),
        ),
    );
    await page.getByTestId('decrypt-folder').click();
    await over;
    await settled(page);
    const found = await pickedFiles(page);
    assert.deepEqual(Object.keys(found).sort(), [...expected].sort());
    assert.ok(Object.values(found).every((size) => size > 0));
  }
});

test('has the report of a run that was cancelled, when its files are in a folder', async (t) => {
  const big = join(temporary, 'cancelled');
  const many = makeDrop(big);
  const content = jsonLines(6 << 20);
  for (let index = 0; index < 30; index += 1) many.add(`Data_v1/part-${index}.json`, content);
  const page = await openForFolder(t, big);
  await settled(page);
  await page.getByTestId('decrypt-folder').click();
  await page.locator('[data-outcome=decrypted]').first().waitFor();
  await page.getByTestId('cancel').click();
  await page.getByTestId('summary').waitFor();
  assert.equal(await page.getByTestId('summary').locator('h2').textContent(), 'Cancelled');
  await page.getByTestId('report').click();
  const report = check((await saved(page, 'report-json')).text);
  assert.deepEqual([report.status, report.stop.code, report.source.name], ['cancelled', 'ERR_ABORTED', 'cancelled']);
  assert.equal(report.files.length + report.unfinished, 30);
  assert.deepEqual(
    Object.keys(await pickedFiles(page)).sort(),
    report.files.map(({ output }) => output).sort(),
    'it names exactly what is there',
  );
});

const HOSTILE = [
  '<script>document.title = "x"</script>',
  '<img src=x onerror="document.title = 1">',
  '"\'><b>&amp;&lt;',
  '</td></tr></table></style><h1>',
  'a|b`c`\n# d',
  'rtl \u202egnp.exe',
  'العربية/שלום.json',
  'trailing\\',
  '<!-- --> ]]> <svg/onload=1>',
];

test('a browser reads each text of the HTML as text, loads nothing, and runs nothing', async (t) => {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  /** @type {Report} */
  const report = {
    files: HOSTILE.map((path) => ({
      path,
      output: path,
      outcome: 'decrypted',
      bytes: 1,
      verified: null,
      warnings: [path],
    })),
    decrypted: HOSTILE.length,
    copied: 0,
    failed: 0,
    skipped: 0,
    salvaged: 0,
    bytesWritten: 1,
    leftOut: [],
    notChosen: 0,
    unfinished: 0,
    checksums: { crc32: 0, adler32: 0, none: HOSTILE.length },
    status: 'complete',
    stop: null,
    started: '2026-01-01T00:00:00.000Z',
    ended: '2026-01-01T00:00:01.000Z',
    seconds: 1,
    tool: { name: 'mgdc-decrypt', version: '0.1.0', revision: null },
    source: { name: HOSTILE[0], files: 1, bytes: 1 },
    keys: [],
    options: { only: HOSTILE },
  };
  await page.setContent(reportAs(report, 'html'));
  const { cells, elements, directions, title, quirks } = await page.evaluate(() => ({
    cells: [...document.querySelectorAll('table:last-of-type tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].slice(0, 2).map(({ textContent }) => textContent),
    ),
    elements: [...new Set([...document.querySelectorAll('*')].map(({ localName }) => localName))].sort(),
    directions: [...document.querySelectorAll('table:last-of-type tbody td:first-child')].map(
      (cell) => getComputedStyle(cell).direction,
    ),
    title: document.title,
    quirks: document.compatMode,
  }));
  const shown = HOSTILE.map((text) => text.replace('\n', '\\u{A}').replace('\u202e', '\\u{202E}'));
  assert.deepEqual(
    cells,
    shown.map((text) => [text, text]),
  );
  const own = [
    'body',
    'code',
    'h1',
    'h2',
    'head',
    'html',
    'meta',
    'p',
    'style',
    'table',
    'tbody',
    'td',
    'th',
    'thead',
    'title',
    'tr',
  ];
  assert.deepEqual(
    elements.filter((name) => !own.includes(name)),
    [],
  );
  assert.deepEqual([title, quirks, asked], ['Report of mgdc-decrypt', 'CSS1Compat', []]);
  assert.deepEqual([directions[6], directions[7]], ['rtl', 'ltr']);
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    const [text, background] = await page.evaluate(() => {
      const canvas = Object.assign(document.body.appendChild(document.createElement('p')), { textContent: 'x' });
      canvas.style.background = 'Canvas';
      const { color, backgroundColor } = getComputedStyle(canvas);
      return [color, backgroundColor];
    });
    assert.notEqual(text, background);
    assert.equal(background === 'rgb(255, 255, 255)', colorScheme === 'light');
  }
  assert.ok((await page.pdf()).length > 1000, 'it can be printed');
});
