/** Salvage in real Chromium: what it loads, and when; rows of a file that a person picked; on the sealed page. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { jsonLines } from '../js/make-drop.mjs';
import { MemoryDrop, MIB, PEM } from '../js/memory-drop.mjs';
import { chooseFolder, openBlank, openPage, saveZip, setOption, settled, unzip } from './harness.mjs';

const folder = mkdtempSync(join(tmpdir(), 'mgdc-salvage-page-'));
after(() => rmSync(folder, { recursive: true }));

/** What a run with `salvage` needs, and no other. */
const NEEDED = ['/pkg/salvage.js', '/pkg/wasm/salvage-worker-source.js', '/pkg/wasm-check/embedded.js'];

const memory = new MemoryDrop();
const content = jsonLines(6 * MIB);
memory.add('set/cut.json', content);
for (const { path, blob } of memory.items) {
  const bytes = Buffer.from(await blob.arrayBuffer());
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), path === 'set/cut.json' ? bytes.subarray(0, bytes.length * 0.9) : bytes);
}

test('only a run that salvages loads what it needs, and it writes the rows with their hash', async (t) => {
  const { page, requests } = await openBlank(t);
  await page.setInputFiles('input', folder);
  const run = (salvage) =>
    page.evaluate(
      async ({ pem, salvage }) => {
        const { openDrop, PrivateKey } = await import(`${location.origin}/pkg/index.js`);
        const drop = await openDrop(/** @type {HTMLInputElement} */ (document.querySelector('input')).files);
        await drop.unlock(PrivateKey.import(pem));
        const files = {};
        const sink = {
          open: async (path) => {
            const parts = [];
            return new WritableStream({
              write: (bytes) => void parts.push(bytes.slice()),
              close: async () => {
                files[path] = await new Blob(parts).text();
              },
            });
          },
        };
        const { salvaged, files: results } = await drop.decrypt(sink, { salvage, sha256: true });
        const text = files['set/cut.json.partial'] ?? '';
        const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
        const result = results.find(({ outcome }) => outcome === 'failed');
        return {
          salvaged,
          text,
          result,
          digest: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
        };
      },
      { pem: PEM.toString(), salvage },
    );
  const plain = await run(false);
  assert.deepEqual([plain.salvaged, plain.text, plain.result.salvaged], [0, '', undefined]);
  assert.deepEqual(
    requests.filter((path) => NEEDED.includes(path)),
    [],
  );
  const { salvaged, text, result, digest } = await run(true);
  assert.deepEqual(requests.filter((path) => NEEDED.includes(path)).sort(), [...NEEDED].sort());
  assert.equal(salvaged, 1);
  assert.equal(result.salvaged.sha256, digest);
  assert.ok(text.length > content.length * 0.8 && content.toString().startsWith(text), `${text.length} bytes`);
});

test('the sealed page salvages, too, without a request, and says that nothing of it is verified', async (t) => {
  const page = await openPage(t);
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await chooseFolder(page, folder);
  await page.getByTestId('add-files').setInputFiles([{ name: 'key.pem', mimeType: '', buffer: PEM }]);
  await page.getByTestId('file-row').first().waitFor();
  await settled(page);
  await setOption(page, 'salvage');
  const path = await saveZip(page);
  await page.getByTestId('summary').waitFor();
  assert.match(await page.getByTestId('salvaged').innerText(), /It ends in \.partial, and nothing in it is verified\./);
  assert.deepEqual(Object.keys(unzip(path)), ['set/cut.json.partial']);
  const text = execFileSync('unzip', ['-p', path, 'set/cut.json.partial'], { maxBuffer: 8 * MIB, encoding: 'utf8' });
  assert.ok(text.length > content.length * 0.8 && content.toString().startsWith(text), `${text.length} bytes`);
  assert.deepEqual(
    requests.filter((url) => !url.startsWith('blob:')),
    [],
  );
});
