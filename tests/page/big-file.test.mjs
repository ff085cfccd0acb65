/** A file that two workers decrypt. In Firefox the page starts the second one. */

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { KEY, makeDrop } from '../js/make-drop.mjs';
import { dropOn, openPage, saveZip, temporary, unzip } from './harness.mjs';

test('a file of 12 MiB is decrypted whole', async (t) => {
  const plaintext = randomBytes(12 << 20);
  const folder = join(temporary, 'big-file');
  makeDrop(folder).addRaw('Messages/part-00000.json', gzipSync(plaintext, { level: 1 }));
  const page = await openPage(t);
  await dropOn(page, [folder, KEY]);
  await page.getByTestId('file-row').first().waitFor();
  const path = await saveZip(page);
  const sha256 = createHash('sha256').update(plaintext).digest('hex');
  assert.deepEqual(unzip(path), { 'Messages/part-00000.json': sha256 });
});
