/** Runs that are interrupted: no space, a closed tab. No half-written file stays under its final name. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, makeDrop } from '../js/make-drop.mjs';
import { address, openForFolder, pickedFiles, rows, temporary } from './harness.mjs';

/** A page with a big file, a small one, and a folder to write into. */
async function bigDrop(t) {
  const root = join(temporary, t.name.replaceAll(' ', '-'));
  const drop = makeDrop(root);
  await drop.addBig('Data/big.json', 30, jsonLines(4 << 20));
  drop.add('Data/small.json', '{}');
  return openForFolder(t, root);
}

test('reports that there is no space left, and delivers what fits', async (t) => {
  const page = await bigDrop(t);
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(address).origin, quotaSize: 8 << 20 });
  await page.getByTestId('decrypt-folder').click();
  await page.locator('[data-testid=file-row][data-outcome=failed]').waitFor({ timeout: 60_000 });
  const codes = Object.fromEntries((await rows(page)).map(({ path, outcome, code }) => [path, code ?? outcome]));
  assert.equal(codes['Data/big.json'], 'ERR_NO_SPACE');
  assert.equal(codes['Data/small.json'], 'decrypted');
  assert.deepEqual(Object.keys(await pickedFiles(page)), ['Data/small.json']);
});

test('leaves nothing under a final name when the tab is closed', async (t) => {
  const page = await bigDrop(t);
  await page.getByTestId('decrypt-folder').click();
  await page.waitForFunction(
    () => document.querySelector('mgdc-decrypt').shadowRoot.querySelector('[data-testid=overall-progress]').value > 0,
  );
  const next = await page.context().newPage();
  await page.close();
  await next.goto(address);
  assert.equal('Data/big.json' in (await pickedFiles(next)), false);
});
