/** The pages and headers in docs/embedding.md: each page is opened in Chromium, and decrypts a drop. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { samplePath } from '../js/samples.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const guide = readFileSync(join(root, 'docs/embedding.md'), 'utf8');
const fenced = (language) =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text]) => text);
const [elementPage, handOver, frame, closedPage] = fenced('html');
const [policy] = fenced('http').map((text) => text.trim().replace(/^Content-Security-Policy: /, ''));
const BARE =
  '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/node_modules/mgdc-decrypt/element.js"></script><mgdc-decrypt></mgdc-decrypt>';

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
  });
});
after(() => browser?.close());

/** Serves one page as `/` and `/inner.html`, and the package where npm puts it. */
async function serve(t, page, headers = {}) {
  const asked = [];
  const pageNow = typeof page === 'function' ? page : () => page;
  const server = createServer(({ url }, response) => {
    const path = normalize(new URL(url ?? '/', 'http://localhost').pathname);
    asked.push(path);
    const file = join(root, path.replace(/^\/node_modules\/mgdc-decrypt\//, 'pkg/'));
    const isPackage = path.startsWith('/node_modules/') && statSync(file, { throwIfNoEntry: false })?.isFile();
    const content = isPackage ? readFileSync(file) : ['/', '/inner.html'].includes(path) ? pageNow() : null;
    response.writeHead(content === null ? 404 : 200, {
      'Content-Type': TYPES[extname(path)] ?? 'text/html',
      ...headers,
    });
    response.end(content ?? 'not found');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => new Promise((done) => server.close(done) && server.closeAllConnections()));
  return { origin: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`, asked };
}

/** A page, and what its console said. */
async function open(t, address) {
  const context = await browser.newContext({ acceptDownloads: true });
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const said = [];
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('console', (message) => said.push(message.text()));
  await page.goto(address);
  return { page, said };
}

/** Decrypts the sample drop in a page or frame, and resolves to the size of the ZIP. */
async function decrypt(page, place = page) {
  await place.getByTestId('add-folder').setInputFiles(samplePath('drops/java-gzip-oaep'));
  await place.getByTestId('add-files').setInputFiles(samplePath('keys/contoso-2048/pkcs8.pem'));
  const [download] = await Promise.all([page.waitForEvent('download'), place.getByTestId('decrypt-zip').click()]);
  return statSync(await download.path()).size;
}
const noise = (said) => said.filter((line) => /refused|violat|blocked|error/i.test(line) && !/404|favicon/.test(line));

test('the element page tells its host how the run ended', async (t) => {
  const { origin } = await serve(t, elementPage);
  const { page, said } = await open(t, origin);
  assert.ok((await decrypt(page)) > 10_000);
  await page.waitForFunction(() => document.readyState === 'complete');
  assert.ok(said.includes('0 failed'), said.join('\n'));
  assert.deepEqual(noise(said), []);
});

test('the element works under the strictest policy of the guide', async (t) => {
  const { origin } = await serve(t, BARE, { 'Content-Security-Policy': policy });
  const { page, said } = await open(t, origin);
  assert.ok((await decrypt(page)) > 10_000);
  // The icon of the test's page is not among what the element needs.
  assert.deepEqual(
    noise(said).filter((line) => !line.includes('data:,')),
    [],
  );
});

for (const value of ["'wasm-unsafe-eval'", 'worker-src blob:', 'trusted-types mgdc-decrypt'])
  test(`the policy of the guide needs its ${value}`, async (t) => {
    const { origin } = await serve(t, BARE, {
      'Content-Security-Policy': policy.replace(value, value.startsWith('trusted') ? 'trusted-types other' : ''),
    });
    const { page } = await open(t, origin);
    const told = await page
      .evaluate(async () => {
        // @ts-expect-error: an address of the host
        const { blobSink, openDrop } = await import('/node_modules/mgdc-decrypt/index.js');
        const drop = await openDrop([{ path: 'set/a.json', blob: new Blob(['{}']) }]);
        const { files } = await drop.decrypt(blobSink());
        return files.map(({ code, message }) => `${code} ${message}`).join();
      })
      .catch(String);
    assert.match(told, /ERR_WASM_LOAD|WebAssembly module may not be compiled/);
    assert.match(told, new RegExp(value.split(' ')[0].replaceAll("'", '')));
  });

test('in the iframe of the guide the element saves, with CORS for an opaque origin', async (t) => {
  const inner = await serve(t, BARE, { 'Access-Control-Allow-Origin': '*' });
  const outer = await serve(t, frame.replace('https://example.com', inner.origin));
  const { page } = await open(t, outer.origin);
  const place = page.frameLocator('iframe');
  assert.ok((await decrypt(page, place)) > 10_000);
  assert.deepEqual(
    await place
      .locator('mgdc-decrypt')
      .evaluate(async () => [self.origin, await navigator.clipboard.writeText('x').then(() => 'copied', String)]),
    ['null', 'copied'],
  );
});

test('a frame that may not download hands its bytes to the page around it', async (t) => {
  const listener = '<script>got = []; onmessage = ({ data: { name, blob } }) => got.push([name, blob.size])</script>';
  const around = frame.replace(' allow-downloads', '');
  /** @type {Record<string, string>} */
  const pages = {};
  const outer = await serve(t, () => `<!doctype html>${listener}${pages.frame}`);
  const given = handOver.replace('https://portal.example', outer.origin);
  const inner = await serve(t, `${BARE}${given}`, { 'Access-Control-Allow-Origin': '*' });
  pages.frame = around.replace('https://example.com', inner.origin);
  const { page } = await open(t, outer.origin);
  const place = page.frameLocator('iframe');
  await place.getByTestId('add-folder').setInputFiles(samplePath('drops/java-gzip-oaep'));
  await place.getByTestId('add-files').setInputFiles(samplePath('keys/contoso-2048/pkcs8.pem'));
  await place.getByTestId('decrypt-zip').click();
  // @ts-expect-error: a global of the page
  const [[name, size]] = await (await page.waitForFunction(() => got.length > 0 && got)).jsonValue();
  assert.match(name, /\.zip$/);
  assert.ok(size > 10_000);
});

test('without that header, nothing of the frame starts', async (t) => {
  const inner = await serve(t, BARE);
  const outer = await serve(t, frame.replace('https://example.com', inner.origin));
  const { said } = await open(t, outer.origin);
  assert.match(said.join('\n'), /from origin 'null' has been blocked by CORS policy/);
});

test('the closed page asks nobody for anything once it is closed, and does all that it can', async (t) => {
  const { origin, asked } = await serve(t, closedPage);
  const { page, said } = await open(t, origin);
  await page.locator('mgdc-decrypt:not([hold])').waitFor({ state: 'attached' });
  const before = asked.length;
  assert.ok((await decrypt(page)) > 10_000);
  const [network, script] = await page.evaluate(
    async (address) => [
      await fetch(address).then(() => 'sent', String),
      await import(`${address}/node_modules/mgdc-decrypt/slim.js?late`).then(() => 'loaded', String),
    ],
    origin,
  );
  assert.match(network, /Failed to fetch/);
  assert.match(script, /Failed to fetch/);
  // What a page that is not closed would load late: archives, preview, conversion, salvage, the check, languages.
  const late = await page.evaluate(async () => {
    // @ts-expect-error: an address of the host
    const { blobSink, openDrop } = await import('/node_modules/mgdc-decrypt/index.js');
    const drop = await openDrop([{ path: 'set/a.json', blob: new Blob(['{"a":1}\n']) }]);
    const { rows } = await drop.preview('set/a.json');
    const sink = blobSink();
    await drop.decrypt(sink, { convert: 'csv', salvage: true });
    document.querySelector('mgdc-decrypt')?.setAttribute('lang', 'de');
    return [rows.length, [...sink.blobs.keys()].join()];
  });
  assert.deepEqual(late, [1, 'set/a.csv']);
  await page.getByText('Lieferung').first().waitFor();
  assert.deepEqual(asked.slice(before), []);
  assert.equal(
    said.some((line) => line.startsWith('Uncaught')),
    false,
  );
});
