/** Conversion on the page: after the seal, into a ZIP and into a folder, by keyboard. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compareBytes } from '../js/converted.mjs';
import { KEY, makeDrop } from '../js/make-drop.mjs';
import { expectedOf, samplePath } from '../js/samples.mjs';
import { dropOn, openForFolder, openPage, pickedFiles, saveZip, setOption, settled, temporary } from './harness.mjs';

const SAMPLE = 'java-gzip-oaep';

/** The bytes of every entry by name. */
function entriesOf(path) {
  const program = `
import base64, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
print(json.dumps({name: base64.b64encode(archive.read(name)).decode() for name in archive.namelist()}))`;
  const entries = JSON.parse(execFileSync('python3', ['-c', program, path], { maxBuffer: 1 << 28, encoding: 'utf8' }));
  return new Map(Object.entries(entries).map(([name, text]) => [name, Buffer.from(text, 'base64')]));
}

test('a delivery as CSV with 3 actions, and as Parquet, without a request after the seal', async (t) => {
  const page = await openPage(t);
  const requests = [];
  page.context().on('request', (request) => requests.push(request.url()));
  await dropOn(page, [samplePath(`drops/${SAMPLE}`), KEY]);
  await page.getByTestId('file-row').first().waitFor();
  await settled(page);
  const converted = { csv: await saveConverted(page, 'csv'), parquet: await saveConverted(page, 'parquet') };
  const plain = entriesOf(await saveZip(page));
  assert.deepEqual(
    requests.filter((url) => !url.startsWith('blob:')),
    [],
  );
  const encrypted = expectedOf(SAMPLE).filter(({ outcome }) => outcome === 'plaintext');
  assert.ok(encrypted.length > 0);
  for (const [to, entries] of Object.entries(converted)) {
    assert.equal(entries.size, plain.size);
    let count = 0;
    for (const [path, bytes] of plain) {
      const output = path.replace(/\.json$/, `.${to}`);
      if (entries.has(output) && output !== path) {
        compareBytes(to, bytes, entries.get(output));
        count += 1;
      } else assert.ok(entries.get(path)?.equals(bytes), `${path} is as it was delivered`);
    }
    assert.ok(count >= encrypted.length, `${count} files were converted`);
  }
});

/** A click on the menu, and one on its button. */
async function saveConverted(page, to) {
  await page.getByTestId('convert').click();
  const click = page.getByTestId(`convert-${to}-zip`).click();
  const [download] = await Promise.all([page.waitForEvent('download'), click]);
  assert.match(download.suggestedFilename(), new RegExp(`-${to}\\.zip$`));
  const path = join(temporary, `${to}.zip`);
  await download.saveAs(path);
  await settled(page);
  return entriesOf(path);
}

test('by keyboard, into a folder: the menu is labelled, and says that such a run is not resumed', async (t) => {
  const root = join(temporary, 'convert-folder');
  const rows = Array.from(
    { length: 50_000 },
    (_, id) => `${JSON.stringify({ id, text: createHash('sha256').update(`${id}`).digest('hex') })}\n`,
  );
  const drop = makeDrop(root);
  drop.add('set/part-0.json', rows.join(''));
  drop.add('set/part-1.json', rows.slice(0, 3).join(''));
  const page = await openForFolder(t, root);
  await settled(page);
  const note = page.getByTestId('convert-not-resumed');
  await page.getByTestId('convert').focus();
  await page.keyboard.press('Enter');
  assert.ok(await note.isHidden());
  await page.keyboard.press('Escape');
  // Such a run is refused if it is to be resumed: see `resume` in index.d.ts.
  await setOption(page, 'resume');
  await page.getByTestId('convert').focus();
  await page.keyboard.press('Enter');
  await note.filter({ hasText: 'What is converted can’t be resumed' }).waitFor();
  const button = page.getByRole('button', { name: 'Decrypt as CSV into a folder' });
  for (let presses = 0; presses < 5 && !(await button.evaluate((node) => node.matches(':focus'))); presses += 1)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('[data-testid=file-row][data-outcome=decrypted]').nth(1).waitFor();
  await page.getByTestId('summary').waitFor();
  const files = await pickedFiles(page);
  assert.deepEqual(Object.keys(files).sort(), ['set/part-0.csv', 'set/part-1.csv']);
  const text = await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('picked');
    const handle = await (await folder.getDirectoryHandle('set')).getFileHandle('part-0.csv');
    return (await handle.getFile()).text();
  });
  writeFileSync(join(temporary, 'page.csv'), text);
  compareBytes('csv', rows.join(''), readFileSync(join(temporary, 'page.csv')));
});
