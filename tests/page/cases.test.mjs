/**
 * The cases of tests/cases/pages.py in Chromium: a text that contains a key is added or pasted; the key opens the drop,
 * and is never written to the output.
 */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from '../cases/run.mjs';
import { chooseFolder, openPage, saveZip, sharedPage, temporary, unzip } from './harness.mjs';

for (const { name, what, folder, page: wanted, lines } of build(join(temporary, 'cases'), ['pages'])) {
  test(`${name}: ${what}`, async (t) => {
    const page = wanted.longest ? await openPage(t) : await sharedPage(t);
    if (wanted.longest) await watchLongTasks(page);
    await chooseFolder(page, join(folder, wanted.folder));
    if (wanted.add) await page.getByTestId('add-files').setInputFiles(join(folder, wanted.add));
    if (wanted.paste) await paste(page, readFileSync(join(folder, wanted.paste), 'utf8'));
    await page
      .getByTestId('key-row')
      .filter({ hasText: /Opened version/ })
      .first()
      // Folded, because everything is unlocked.
      .waitFor({ timeout: 60_000, state: 'attached' });
    const zip = await saveZip(page);
    const delivered = Object.entries(lines)
      .filter(([, { sha256 }]) => sha256)
      .map(([path, { sha256 }]) => [path, sha256]);
    assert.deepEqual(unzip(zip), Object.fromEntries(delivered), 'every file comes out right, and no other');
    assert.deepEqual(entriesWith(zip, wanted.never), [], 'no private key is written');
    if (wanted.longest) {
      const longest = await page.evaluate(() => Math.max(0, ...window.longTasks));
      assert.ok(longest <= wanted.longest, `the page was blocked for ${longest} ms`);
    }
  });
}

async function watchLongTasks(page) {
  await page.evaluate(() => {
    window.longTasks = [];
    new PerformanceObserver((list) =>
      window.longTasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({ type: 'longtask' });
  });
}

/** As a person does it with the keys: on nothing in particular. */
function paste(page, text) {
  return page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true }));
  }, text);
}

/** The entries of a ZIP that hold a text. */
function entriesWith(path, text) {
  const program = `
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
print(json.dumps([name for name in archive.namelist() if sys.argv[2].encode() in archive.read(name)]))`;
  return JSON.parse(execFileSync('python3', ['-c', program, path, text], { encoding: 'utf8' }));
}
