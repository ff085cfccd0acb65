/**
 * The page as one file, opened from a disk, and what the ordinary page says there. Runs in Chromium, with `make test
 * CHECK=firefox` in Firefox, and with `CHECK=webkit` in WebKit.
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { samplePath } from '../js/samples.mjs';
import { cases, pathOf } from '../readiness/expected.mjs';
import {
  browserName,
  chooseFolder,
  complain,
  dropOn,
  openFromDisk,
  openPage,
  ready,
  saves,
  setOption,
  settled,
  temporary,
  unzip,
} from './harness.mjs';
import { hashes, judged, summary } from './person.mjs';
import { startOutside, tryToGetOut } from './ways-out.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = join(root, 'www/mgdc-decrypt.html');
const html = readFileSync(built, 'utf8');
// Where a person has it: alone, with nothing beside it.
const file = join(temporary, 'mgdc-decrypt.html');
copyFileSync(built, file);

const { elsewhere, visits } = await startOutside();

/** Tests that run only when they are asked for: with `make test CHECK=thorough`, `firefox` or `webkit`. */
const more = process.env.MGDC_THOROUGH || process.env.MGDC_BROWSER ? test : () => {};

/** The page as one file. The test fails if it asks for anything but itself. */
async function open(t, options) {
  const page = await openFromDisk(t, file, options);
  await ready(page);
  t.after(() => complain(page));
  return page;
}

async function assertAlone(page) {
  const others = page.requests.filter((url) => !/^(blob|data):|\/mgdc-decrypt\.html$/.test(url));
  assert.deepEqual(others, [], 'it asks for nothing else');
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  assert.deepEqual(
    loaded.filter((name) => !/^(blob|data):/.test(name)),
    [],
  );
}

more('has less than 1 MiB, the notices inside, and the same bytes when it is built again', () => {
  assert.ok(Buffer.byteLength(html) < 2 ** 20, `${Buffer.byteLength(html)} bytes`);
  assert.ok(html.includes(readFileSync(join(root, 'THIRD-PARTY-NOTICES'), 'utf8')), 'the notices');
  const again = join(temporary, 'again.html');
  execFileSync(process.execPath, ['.ci/standalone.mjs', again], { cwd: root });
  assert.ok(readFileSync(again).equals(readFileSync(built)), 'the same bytes');
});

test('its policy stands before everything else: no connections, and scripts only by their hashes', async (t) => {
  const [, head = '', policy = ''] =
    /^(.*?)<meta http-equiv="Content-Security-Policy" content="([^"]*)">/s.exec(html) ?? [];
  assert.match(
    `${head}<meta http-equiv`,
    /^<!doctype html>\s*<html lang="en">\s*<head>\s*<meta charset="utf-8">\s*<meta http-equiv/,
  );
  const rules = Object.fromEntries(policy.split('; ').map((rule) => /^(\S+) (.*)$/.exec(rule)?.slice(1) ?? []));
  assert.equal(rules['default-src'], "'none'");
  assert.equal(rules['connect-src'], "'none'");
  const page = await open(t);
  const scripts = await page.evaluate(() =>
    [...document.querySelectorAll('script')].filter(({ type }) => !type).map(({ textContent }) => textContent ?? ''),
  );
  assert.equal(scripts.length, 2);
  const allowed = scripts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  assert.deepEqual(rules['script-src']?.split(' ').sort(), [...allowed, "'wasm-unsafe-eval'"].sort());
});

test('decrypts a delivery with its key, and asks for nothing', async (t) => {
  const page = await open(t);
  await dropOn(page, [samplePath('drops/java-gzip-oaep'), KEY]);
  await settled(page);
  await page.getByTestId('file-row').first().waitFor();
  assert.ok(await page.getByTestId('offline').isVisible(), 'it says that it is offline');
  const { path } = await saves(page, 'decrypt-zip');
  await page.getByTestId('summary').waitFor();
  await settled(page);
  assert.deepEqual(unzip(path), hashes('java-gzip-oaep'));
  assert.equal(await summary(page), 'Done: 5 files decrypted');
  await assertAlone(page);
});

more('has its sample, its other languages and CSV inside', async (t) => {
  const page = await open(t);
  await page.getByTestId('sample').click();
  await page.getByTestId('file-row').first().waitFor();
  await settled(page);
  await page.evaluate(() => {
    document.querySelector('mgdc-decrypt').lang = 'de';
  });
  await page.getByText('Lieferung entschlüsseln').first().waitFor();
  await page.getByTestId('convert').click();
  const { path } = await saves(page, 'convert-csv-zip');
  assert.ok(Object.keys(unzip(path)).some((name) => name.endsWith('.csv')));
  await assertAlone(page);
});

more('shows a file before it is saved', async (t) => {
  const page = await open(t);
  await chooseFolder(page, samplePath('drops/java-gzip-oaep'));
  await page.getByTestId('add-files').setInputFiles([KEY]);
  await settled(page);
  await page.getByTestId('file-row').first().click();
  const preview = page.getByTestId('preview');
  await preview.getByRole('table').waitFor();
  assert.ok((await preview.getByRole('row').count()) > 1, 'a header and a row at least');
  await assertAlone(page);
});

more('checks a key for the services', async (t) => {
  const page = await open(t);
  const good = /** @type {Record<string, any>} */ (cases.find(({ id }) => id === 'rest-good-mgdc'));
  await page.getByTestId('check-key').click();
  await page.getByTestId('add-files').setInputFiles(good.files.map(pathOf));
  await judged(page);
  const mgdc = page.locator('[data-testid=service][data-service=mgdc]');
  await mgdc.waitFor();
  assert.equal(await mgdc.getAttribute('data-verdict'), 'accepts');
  await assertAlone(page);
});

more('saves a big ZIP, also where a page from a disk has no private storage', async (t) => {
  const folder = join(temporary, 'big-from-disk');
  const big = Buffer.alloc(80 << 20, 'id,subject,sent\n');
  const drop = makeDrop(folder);
  drop.addClear('Report/big.csv', big);
  drop.add('Data/small.json', jsonLines(1000));
  const page = await open(t);
  await page.evaluate(() => delete window.showSaveFilePicker); // by which Chromium writes straight to the disk
  await chooseFolder(page, folder);
  await page.getByTestId('add-files').setInputFiles([KEY]);
  await settled(page);
  const { path } = await saves(page, 'decrypt-zip');
  await page.getByTestId('summary').waitFor();
  assert.equal(unzip(path)['Report/big.csv'], createHash('sha256').update(big).digest('hex'));
});

// In WebKit not in workers, because they read no files there: pkg/core/blind-workers.js.
more('salvages a file that was cut, and converts', async (t) => {
  const folder = join(temporary, 'cut');
  const drop = makeDrop(folder);
  drop.add('Data/small.json', '{"a":1}\n{"a":2}\n');
  drop.add('Data/cut.json', jsonLines(6 << 20));
  const whole = readFileSync(join(folder, 'Data/cut.json'));
  writeFileSync(join(folder, 'Data/cut.json'), whole.subarray(0, (whole.length * 0.9) & ~15));
  const page = await open(t);
  await dropOn(page, [folder, KEY]);
  await page.getByText('1 key · everything is unlocked').waitFor();
  await settled(page);
  await setOption(page, 'salvage');
  const { path } = await saves(page, 'decrypt-zip');
  await page.getByTestId('summary').waitFor();
  await settled(page);
  assert.deepEqual(Object.keys(unzip(path)).sort(), ['Data/cut.json.partial', 'Data/small.json']);
  await page.getByTestId('convert').click();
  const converted = await saves(page, 'convert-csv-zip');
  assert.ok(Object.keys(unzip(converted.path)).includes('Data/small.csv'));
});

more('says before a very big ZIP where it is built', async (t) => {
  const folder = join(temporary, 'very-big-from-disk');
  const drop = makeDrop(folder);
  drop.addClear('Report/big.csv', Buffer.alloc(1 << 20, 'id,subject,sent\n'));
  drop.add('Data/small.json', jsonLines(10));
  truncateSync(join(folder, 'Report/big.csv'), 600 << 20);
  const page = await open(t);
  await page.evaluate(() => delete window.showSaveFilePicker);
  await chooseFolder(page, folder);
  await page.getByTestId('add-files').setInputFiles([KEY]);
  await settled(page);
  // Firefox has private storage from a disk, too: browsers.test.mjs.
  const words =
    browserName === 'firefox' ? 'The ZIP is first kept, decrypted' : 'The ZIP is built in memory, which may fail.';
  await page.getByText(words).first().waitFor();
});

test('lets nothing out: every way that a policy can close is closed from the start', async (t) => {
  const page = await openFromDisk(t, file);
  await ready(page);
  assert.deepEqual(await page.evaluate(tryToGetOut, elsewhere), []);
  assert.deepEqual(visits, [], 'nobody outside was visited');
});

more('the ordinary page from a disk says what to do instead', async (t) => {
  const page = await openFromDisk(t, join(root, 'www/index.html'));
  const advice = page.locator('.not-started');
  await advice.waitFor();
  assert.match(await advice.innerText(), /open mgdc-decrypt\.html instead, which is the same page as one file/);
  const { y, width, height } = /** @type {DOMRect} */ (await advice.boundingBox());
  assert.ok(y >= 0 && y < 100 && width > 300 && height > 40, JSON.stringify({ y, width, height }));
});

test('the link on the first screen downloads the page as one file', async (t) => {
  const page = await openPage(t);
  const link = page.getByRole('link', { name: 'Download this page for offline use' });
  assert.equal(await link.getAttribute('download'), '');
  const { path, name } = await saves(page, link);
  assert.equal(name, 'mgdc-decrypt.html');
  assert.ok(readFileSync(path).equals(readFileSync(built)), 'the same bytes');
});
