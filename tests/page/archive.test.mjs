/** A drop in a ZIP archive, on the page. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { makeZip } from '../js/make-zip.mjs';
import { samplePath } from '../js/samples.mjs';
import { dropOn, openBlank, openPage, rows, saveZip, settled, temporary, unfoldLeftOut, unzip } from './harness.mjs';

const text = (page) => page.locator('mgdc-decrypt').evaluate((element) => element.shadowRoot.textContent);
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** A drop with small files, one of 1 MiB and one of 9 MiB, its key, and what is to come out. */
const folder = join(temporary, 'export');
const contents = {
  'Data/part-0.json': jsonLines(2000),
  'Data/part-1.json': jsonLines(1 << 20),
  'Data/größe.json': jsonLines(9 << 20),
};
const drop = makeDrop(folder);
for (const [path, content] of Object.entries(contents)) drop.add(path, content);
const hashes = Object.fromEntries(Object.entries(contents).map(([path, content]) => [path, hash(content)]));

/** @type {[way: string, add: (page: import('playwright-core').Page, path: string) => Promise<unknown>][]} */
const WAYS = [
  ['dropped', (page, path) => dropOn(page, [path])],
  ['picked', (page, path) => page.getByTestId('add-files').setInputFiles(path)],
];
for (const [way, add] of WAYS)
  for (const option of ['-0', '-6'])
    test(`a drop in one ZIP archive (zip ${option}), ${way}, is opened`, async (t) => {
      const zip = join(temporary, `delivery${way}${option}.zip`);
      execFileSync('zip', ['-q', '-r', option, zip, 'export'], { cwd: temporary });
      const page = await openPage(t);
      const requests = [];
      page.context().on('request', (request) => requests.push(request.url()));
      await add(page, zip);
      await page.getByTestId('add-files').setInputFiles(KEY);
      await settled(page);
      assert.match((await page.locator('.ways-state').textContent()) ?? '', /^3 files · /);
      assert.match((await page.getByTestId('dataset').textContent()) ?? '', /3 files · ready/);
      assert.doesNotMatch(await text(page), /Nothing in this drop is encrypted|copied as it is/i);
      assert.deepEqual(unzip(await saveZip(page)), hashes);
      assert.deepEqual(
        requests.filter((url) => !url.startsWith('blob:')),
        [],
      );
    });

test('key details and data in two archives, a key in one of them, and a damaged one', async (t) => {
  const [data, details, cut] = ['data', 'details', 'cut'].map((name) => join(temporary, `${name}.zip`));
  execFileSync('zip', ['-q', '-r', data, 'Data'], { cwd: folder });
  writeFileSync(join(folder, 'key.pem'), readFileSync(KEY));
  execFileSync('zip', ['-q', '-r', details, 'metadata', 'key.pem'], { cwd: folder });
  writeFileSync(cut, readFileSync(data).subarray(0, 5000));
  const page = await openPage(t);
  await page.getByTestId('add-files').setInputFiles(data);
  await page.getByTestId('add-files').setInputFiles([details, cut]);
  await settled(page);
  assert.equal(await page.locator('.rail [data-state=stuck]').count(), 0, 'the others are ready');
  const row = page.locator('[data-testid=file-row][data-path="cut.zip"]');
  assert.match((await row.textContent()) ?? '', /This can’t be unpacked here/);
  await row.click();
  await page.locator('[data-testid=preview][data-path="cut.zip"][data-state=failed]').waitFor();
  const pane = page.getByTestId('preview');
  await pane.getByText('Technical details').click();
  await pane.getByText('This ZIP archive is damaged: it has no end, so it was probably cut off').waitFor();
  const saved = unzip(await saveZip(page));
  assert.deepEqual(new Set(Object.values(saved)), new Set(Object.values(hashes)));
  await unfoldLeftOut(page);
  const codes = Object.fromEntries((await rows(page)).map(({ path, outcome, code }) => [path, code ?? outcome]));
  assert.equal(codes['cut.zip'], 'ERR_ARCHIVE');
  assert.ok(Object.values(codes).includes('ERR_PRIVATE_KEY_IN_DROP'));
});

test('entries with unsafe names fail in their rows, and the others are saved', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('add-files').setInputFiles(samplePath('archives/hostile-names.zip'));
  await page.getByTestId('add-files').setInputFiles(samplePath('keys/contoso-2048/pkcs8.pem'));
  await settled(page);
  const saved = Object.keys(unzip(await saveZip(page))).sort();
  assert.deepEqual(saved, ['BasicDataSet_v0.Event_v0/dot.json', 'BasicDataSet_v0.Event_v0/ok.json']);
  const codes = (await rows(page)).map(({ code }) => code).filter(Boolean);
  assert.equal(codes.filter((code) => code === 'ERR_UNSAFE_NAME').length, 11);
});

test('the reader is loaded for what may be a ZIP archive, and for nothing else', async (t) => {
  const { page, requests } = await openBlank(t);
  /** What becomes of one file: paths, and code of the first one's error. */
  const open = (path, bytes) =>
    page.evaluate(
      async ([name, numbers]) => {
        const { openDrop } = await import(`${location.origin}/pkg/index.js`);
        const { files } = await openDrop([{ path: name, blob: new Blob([Uint8Array.from(numbers)]) }]);
        return [files.map(({ path: found }) => found), files[0].error?.code ?? null];
      },
      /** @type {[string, number[]]} */ ([path, [...bytes]]),
    );
  const loads = () => requests.filter((path) => /^\/pkg\/archive(\.js|\/open-zip\.js)$/.test(path));
  const zip = makeZip([{ name: 'set/a.json', content: '{"a":1}\n' }]);

  assert.deepEqual((await open('data.bin', Buffer.from('PK is how it begins\n')))[0], ['data.bin']);
  assert.deepEqual((await open('data.json', zip))[0], ['data.json']);
  assert.deepEqual(loads(), [], 'neither content nor name is that of an archive');

  await page.route('**/pkg/archive.js', (route) => route.abort());
  assert.deepEqual(await open('drop.bin', zip), [['drop.bin'], 'ERR_WASM_LOAD']);
  // A file with this name may be an archive behind other bytes, which only the reader can tell.
  assert.deepEqual(await open('other.zip', Buffer.from('MZ')), [['other.zip'], 'ERR_WASM_LOAD']);
  await page.unroute('**/pkg/archive.js');
  requests.length = 0;
  assert.deepEqual(await open('drop.bin', zip), [['set/a.json'], null], 'it is loaded when it can be');
  assert.ok(loads().includes('/pkg/archive.js'));
  requests.length = 0;
  assert.deepEqual(await open('other.bin', zip), [['set/a.json'], null]);
  assert.deepEqual(requests, [], 'once');
});
