/**
 * The sealed network: after the start nothing gets out, neither from the page nor from a worker. What no policy can
 * stop is kept out of the code by tests/js/no-way-out.test.mjs. `make seal-report` tries many more ways, in more
 * browsers.
 */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { address, chooseFolder, openPage, pickFolders, saveZip, temporary } from './harness.mjs';
import { startOutside, tryToGetOut } from './ways-out.mjs';

const { elsewhere, visits } = await startOutside();

test('blocks every way out, from the page and from its workers', async (t) => {
  const root = join(temporary, 'sealed');
  await makeDrop(root).addBig('Data/part-00000.json', 60, jsonLines(4 << 20));
  const page = await openPage(t);
  await pickFolders(page);
  const requests = [];
  await chooseFolder(page, root);
  page.context().on('request', (request) => requests.push(request.url()));
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.getByTestId('decrypt-folder').click();
  const workers = page.workers();
  assert.ok(workers.length >= 2, `${workers.length} workers`);
  for (const worker of workers) {
    assert.deepEqual(await worker.evaluate(tryToGetOut, elsewhere), [], 'from a worker');
    // The own host: a script import is what `script-src 'self'` leaves open here, and SECURITY.md says so.
    assert.deepEqual(await worker.evaluate(tryToGetOut, `${address}sample.js?leak`), ['import']);
    assert.ok(worker.url().startsWith('blob:'), 'the worker inherits the policy of the page');
  }
  await page.locator('[data-testid=file-row][data-outcome=decrypted]').waitFor({ timeout: 60_000 });
  const real = requests.filter((url) => !url.startsWith('blob:'));
  assert.deepEqual(
    real.filter((url) => !url.startsWith(elsewhere) && !url.startsWith(address)),
    [],
  );
  assert.deepEqual(await page.evaluate(tryToGetOut, elsewhere), [], 'from the page');
  assert.deepEqual(await page.evaluate(tryToGetOut, `${address}sample.js?leak`), ['import']);
  assert.deepEqual(visits, [], 'nobody outside was visited');
  page.noise.length = 0; // the refusals are told on the console
});

test('requests nothing more after a drop was added', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('sample').click();
  await page.getByTestId('file-row').first().waitFor();
  const requests = [];
  page.context().on('request', (request) => requests.push(request.url()));
  await saveZip(page);
  assert.deepEqual(
    requests.filter((url) => !url.startsWith('blob:')),
    [],
  );
});
