/** Files that are not data, and drops that are still packed, on the page. */

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { chooseFolder, dropOn, openPage, rows, saveZip, temporary, unfoldLeftOut, unzip } from './harness.mjs';

const ready = (page) => page.locator('.shell[data-phase=ready]').waitFor();
const text = (page) => page.locator('mgdc-decrypt').evaluate((element) => element.shadowRoot.textContent);

test('litter is a calm row, is not counted and not saved', async (t) => {
  const root = join(temporary, 'littered');
  const drop = makeDrop(root);
  drop.add('Data/part-0.json', jsonLines(2000));
  drop.addClear('Data/._part-0.json', Buffer.from([0, 5, 0x16, 7, 0, 2, 0, 0]));
  drop.addClear('Data/._SUCCESS.crc', Buffer.from('crc\0\0\0\x02\0'));
  drop.addClear('Thumbs.db', Buffer.alloc(100, 0xd0));
  const page = await openPage(t);
  await chooseFolder(page, root);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await ready(page);
  assert.match(await page.locator('.ways-state').innerText(), /^2 files · /);
  await unfoldLeftOut(page);
  const row = page.locator('[data-testid=file-row][data-path="Data/._part-0.json"]');
  assert.match(
    (await row.textContent()) ?? '',
    /Left out: a system or a program made this file. It is not part of the delivery./,
  );
  assert.equal(await row.getAttribute('data-tone'), 'calm');
  assert.deepEqual(Object.keys(unzip(await saveZip(page))).sort(), ['Data/._SUCCESS.crc', 'Data/part-0.json']);
  const codes = Object.fromEntries((await rows(page)).map(({ path, outcome, code }) => [path, code ?? outcome]));
  assert.deepEqual(
    [codes['Thumbs.db'], codes['Data/._part-0.json'], codes['Data/part-0.json']],
    ['ERR_LITTER', 'ERR_LITTER', 'decrypted'],
  );
});

/** @type {[way: string, add: (page: import('playwright-core').Page, path: string) => Promise<unknown>][]} */
const WAYS = [
  ['dropped', (page, path) => dropOn(page, [path])],
  ['picked', (page, path) => page.getByTestId('add-files').setInputFiles(path)],
];
for (const [way, add] of WAYS) {
  test(`a drop that is a ZIP, ${way}, cannot be opened here: nothing is called clear`, async (t) => {
    const zip = join(temporary, 'delivery.zip');
    writeFileSync(zip, `PK\x03\x04${'\0'.repeat(26)}metadata/MoreMetadata/x`);
    const page = await openPage(t);
    await add(page, zip);
    await page.getByTestId('add-files').setInputFiles(KEY);
    await ready(page);
    await page.locator('[data-testid=problem][data-code=ERR_ARCHIVE]').waitFor();
    assert.match(await page.getByTestId('need').innerText(), /^An archive could not be opened here/);
    const words = await text(page);
    assert.match(words, /This can’t be unpacked here/);
    assert.doesNotMatch(
      words,
      /not encrypted|Nothing in this drop is encrypted|No private key is needed|copied as it is/i,
    );
    assert.ok(await page.getByTestId('decrypt-zip').isDisabled());
  });
}
