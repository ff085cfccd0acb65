/** Every form of a key through the page, with its password where it has one. */

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CODES, expectedOf, sampleKeys, samplePath } from '../js/samples.mjs';
import { openPage, saveZip, sharedPage, temporary, unzip } from './harness.mjs';

const folder = samplePath('drops/java-gzip-oaep');
const expected = Object.fromEntries(expectedOf('java-gzip-oaep').map(({ file, sha256 }) => [file, sha256]));
// Noise without a key's name is no key here, but a file of the drop.
const forms = sampleKeys.filter(({ file }) => /^keys\/(contoso-2048|bad)\//.test(file) && !file.endsWith('noise.bin'));

for (const { file, form, password, outcome, error_kind, also_ok = [] } of forms) {
  test(`${outcome === 'key' ? 'opens with' : 'refuses'} ${file}: ${form}`, async (t) => {
    const page = await sharedPage(t);
    await page.getByTestId('add-folder').setInputFiles(folder);
    await page.getByTestId('add-files').setInputFiles(samplePath(file));
    const row = page.getByTestId('key-row');
    await row.waitFor();
    if (password) {
      const field = page.getByTestId('password');
      await field.fill(password);
      await field.press('Enter');
    }
    if (outcome === 'key') {
      assert.deepEqual(unzip(await saveZip(page)), expected);
      assert.equal(await page.getByTestId('password').inputValue(), '', 'the field keeps no password');
      return;
    }
    if (error_kind === 'password_required') return page.getByTestId('password').waitFor();
    const codes = [error_kind, ...also_ok.map((other) => other.error_kind)].map((kind) => CODES[kind]);
    await page.waitForFunction((wanted) => {
      const text = document.querySelector('mgdc-decrypt').shadowRoot.querySelector('[data-testid=key-row]').innerHTML;
      return wanted.some((code) => text.includes(code));
    }, codes);
  });
}

test('keys of two versions may share name, size and time; the same one twice counts once', async (t) => {
  const [current, old] = ['contoso-2048', 'contoso-2048-old'].map((version) => {
    const copy = join(temporary, version, 'pkcs8.pem');
    mkdirSync(join(temporary, version));
    copyFileSync(samplePath(`keys/${version}/pkcs8.pem`), copy);
    utimesSync(copy, 1_700_000_000, 1_700_000_000);
    return copy;
  });
  const page = await openPage(t);
  for (const key of [current, old, current]) {
    await page.getByTestId('add-files').setInputFiles(key);
    await page.locator('.shell[data-phase=ready]').waitFor();
  }
  assert.equal(await page.getByTestId('key-row').count(), 2);
});
