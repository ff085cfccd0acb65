/** Every sample drop on the page: folder and keys in, ZIP out. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectedOf, mismatch, sampleDrops, samplePath } from '../js/samples.mjs';
import { chooseFolder, rows, saveZip, sharedPage, unzip } from './harness.mjs';

for (const { drop, path, keys } of sampleDrops) {
  test(`decrypts ${drop} as expected`, async (t) => {
    const page = await sharedPage(t);
    await chooseFolder(page, samplePath(path));
    for (const key of keys) await page.getByTestId('add-files').setInputFiles(samplePath(key));
    await page.waitForFunction(
      (count) =>
        document.querySelector('mgdc-decrypt').shadowRoot.querySelectorAll('[data-testid=key-row]').length === count,
      keys.length,
    );
    const expected = expectedOf(drop);
    const delivers = expected.some(({ outcome }) => outcome !== 'error');
    const archive = delivers ? unzip(await saveZip(page)) : {};
    // Where nothing can be delivered, the page has said so before anything is clicked.
    if (!delivers) await page.locator('[data-testid=file-row][data-outcome=failed]').first().waitFor();
    const found = await rows(page);
    const wrong = expected.map((one) => {
      const row = found.find((candidate) => candidate.path === one.file);
      // Without key details there is no row for them: the page tells it as a problem of the drop.
      if (!row && one.error_kind === 'metadata_missing') return null;
      const line = row && { outcome: row.outcome, code: row.code, output: row.outcome === 'failed' ? null : row.path };
      return mismatch(one, line, archive[outputOf(one.file, archive)]);
    });
    assert.deepEqual(wrong.filter(Boolean), []);
    assert.equal(Object.keys(archive).length, expected.filter(({ outcome }) => outcome !== 'error').length);
    if (drop === 'neg-no-metadata')
      assert.match(await page.getByTestId('problem').innerText(), /encryptionKeyDetails\.json/);
  });
}

/** A compressed file loses its ending. */
function outputOf(path, archive) {
  return path in archive ? path : path.replace(/\.gz$/, '');
}
