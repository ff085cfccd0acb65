/** `mgdc-decrypt/check` in a browser: it loads its own module when it is needed, and the page opens what it makes. */

import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { KEY } from '../js/make-drop.mjs';
import { address, browser } from './harness.mjs';

test('a rehearsal is made in the browser, and opens there', async () => {
  const page = await browser.newPage();
  /** @type {string[]} */
  const requests = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  // A document without a policy of its own.
  await page.goto(`${address}pkg/package.json`);
  const pem = readFileSync(KEY, 'utf8');
  const publicKey = String(createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'pem' }));

  await page.evaluate(() => import(String('/pkg/check.js')));
  const wasm = () => requests.filter((path) => path.includes('/pkg/wasm'));
  assert.deepEqual(wasm(), ['/pkg/wasm-check/mgdc_check.js'], 'the module is fetched when it is needed');
  const paths = await page.evaluate(async (key) => {
    const { rehearse } = await import(String('/pkg/check.js'));
    const items = await rehearse(new Blob([key]), { algorithm: 'RSA-OAEP-256' });
    return items.map(({ path }) => path);
  }, publicKey);
  assert.equal(paths.length, 5);
  assert.deepEqual(
    wasm(),
    ['/pkg/wasm-check/mgdc_check.js', '/pkg/wasm-check/embedded.js'],
    'and what decrypts is not',
  );

  const outcomes = await page.evaluate(
    async ([publicPem, privatePem]) => {
      const [{ rehearse }, { openDrop, PrivateKey, zipSink }] = await Promise.all([
        import(String('/pkg/check.js')),
        import(String('/pkg/index.js')),
      ]);
      const drop = await openDrop(await rehearse(publicPem));
      await drop.unlock(PrivateKey.import(privatePem));
      const report = await drop.decrypt(zipSink(new WritableStream()));
      return report.files.map(({ outcome, verified }) => `${outcome} ${verified}`);
    },
    [publicKey, pem],
  );
  assert.deepEqual(outcomes.sort(), ['copied null', 'copied null', 'decrypted crc32', 'decrypted crc32']);
  await page.close();
});
