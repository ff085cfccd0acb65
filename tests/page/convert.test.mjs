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
import { openForFolder, openPage, pickedFiles, saveZip, temporary } from './harness.mjs';

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

async function withSample(t) {
  const page = await openPage(t);
  await page.getByTestId('add-folder').setInputFiles(samplePath(`drops/${SAMPLE}`));
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.getByText('ready.').waitFor();
  return page;
}

for (const [to, name] of [
  ['csv', 'To CSV'],
  ['parquet', 'To Parquet'],
]) {
  test(`the page converts a drop ${name.toLowerCase()}, without a request after the seal`, async (t) => {
    const page = await withSample(t);
    const plain = entriesOf(await saveZip(page));
    const requests = [];
    page.context().on('request', (request) => requests.push(request.url()));
    await page.getByLabel('Convert rows of JSON').selectOption({ label: name });
    const converted = entriesOf(await saveZip(page));
    assert.deepEqual(
      requests.filter((url) => !url.startsWith('blob:')),
      [],
    );
    const encrypted = expectedOf(SAMPLE).filter(({ outcome }) => outcome === 'plaintext');
    assert.ok(encrypted.length > 0);
    assert.equal(converted.size, plain.size);
    let count = 0;
    for (const [path, bytes] of plain) {
      const output = path.replace(/\.json$/, `.${to}`);
      if (converted.has(output) && output !== path) {
        compareBytes(to, bytes, converted.get(output));
        count += 1;
      } else assert.ok(converted.get(path)?.equals(bytes), `${path} is as it was delivered`);
    }
    assert.ok(count >= encrypted.length, `${count} files were converted`);
  });
}

test('by keyboard, into a folder: the choice is labelled, and hides that a run can be resumed', async (t) => {
  const root = join(temporary, 'convert-folder');
  const rows = Array.from(
    { length: 50_000 },
    (_, id) => `${JSON.stringify({ id, text: createHash('sha256').update(`${id}`).digest('hex') })}\n`,
  );
  const drop = makeDrop(root);
  drop.add('set/part-0.json', rows.join(''));
  drop.add('set/part-1.json', rows.slice(0, 3).join(''));
  const page = await openForFolder(t, root);
  await page.getByText('ready.').waitFor();
  assert.ok(await page.getByTestId('resume').isVisible());
  await page.getByTestId('convert').focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.getByTestId('convert').inputValue(), 'csv');
  assert.ok(await page.getByTestId('resume').isHidden());
  await page.getByTestId('decrypt-folder').click();
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
