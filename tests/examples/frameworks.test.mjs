/**
 * The element in React 18 and 19, in Vue, and without a framework: examples/frameworks, built by Vite from the packed
 * tarball, in real Chromium. Once as it stands, and once with the element defined after everything was rendered.
 */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { makeProject, pack } from '../consumers/project.mjs';
import { expectedOf, samplePath } from '../js/samples.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mgdc-frameworks-'));
const DROP = 'java-gzip-oaep';
const key = createPrivateKey(readFileSync(samplePath('keys/contoso-2048/pkcs8.pem')));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };
const VITE = { vite: '8.4.0' };
const packed = pack(folder).folder;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
});

after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** @type {[name: string, entry: string, packages: Record<string, string>][]} */
const FRAMEWORKS = [
  ['no framework', 'plain.js', VITE],
  ['React 18', 'react.jsx', { ...VITE, react: '18.3.1', 'react-dom': '18.3.1' }],
  ['React 19', 'react.jsx', { ...VITE, react: '19.3.1', 'react-dom': '19.3.1' }],
  ['Vue 3', 'vue.js', { ...VITE, vue: '3.5.45', '@vitejs/plugin-vue': '6.0.11' }],
];

for (const [name, entry, packages] of FRAMEWORKS) {
  for (const isLate of [false, true]) {
    const when = isLate ? 'defined after it was rendered' : 'defined before';
    test(`${name}, the element ${when}: texts, unwrap, sink and reports`, { timeout: 300_000 }, async (t) => {
      const page = await open(t, await build(t, entry, packages, isLate));
      await page.getByText('Open a delivery to Contoso').waitFor();
      assert.equal(await page.evaluate(() => /** @type {any} */ (window).wasLate ?? false), isLate);
      await page.getByTestId('add-folder').setInputFiles(samplePath(`drops/${DROP}`));
      await page.locator('[data-testid=details-row][data-unlocked=true]').waitFor({ state: 'attached' });
      await page.getByTestId('decrypt-host').click();
      const output = page.locator('output').filter({ hasText: 'decrypted' });
      await output.waitFor();
      assert.equal(await output.textContent(), '5 decrypted, 1 copied, 0 failed: the portal has 6 files');
      const files = Object.fromEntries(expectedOf(DROP).map(({ file, sha256 }) => [file, sha256]));
      assert.deepEqual(await handedOver(page), files);
    });
  }
}

/**
 * The SHA-256 of each file that the portal has.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<Record<string, string>>}
 */
async function handedOver(page) {
  const files = await page.evaluate(() =>
    Promise.all(
      [.../** @type {any} */ (window).sink.blobs].map(async ([path, blob]) => [
        path,
        [...new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))],
      ]),
    ),
  );
  return Object.fromEntries(files.map(([path, hash]) => [path, Buffer.from(hash).toString('hex')]));
}

/**
 * Builds the recipe; resolves to the folder with its page.
 * @param {import('node:test').TestContext} t
 * @param {string} entry
 * @param {Record<string, string>} packages
 * @param {boolean} isLate
 */
async function build(t, entry, packages, isLate) {
  const project = makeProject({ name: entry, packages, sources: [], runs: [] }, packed);
  t.after(() => rmSync(project, { recursive: true, force: true }));
  cpSync(join(root, 'examples/frameworks'), project, { recursive: true });
  change(join(project, 'portal.js'), 'sink = blobSink();', 'sink = window.sink = blobSink();');
  if (entry !== 'vue.js') {
    rmSync(join(project, 'vite.config.js'));
    change(join(project, 'index.html'), 'src="vue.js"', `src="${entry}"`);
  }
  // They have one of their own.
  if (entry !== 'plain.js') change(join(project, 'index.html'), '<output></output>\n', '');
  if (isLate) {
    const late = `setTimeout(() => {
      window.wasLate = document.querySelector('mgdc-decrypt') !== null && !customElements.get('mgdc-decrypt');
      import('mgdc-decrypt/element');
    }, 300);`;
    const recipe = join(project, entry === 'vue.js' ? 'Deliveries.vue' : entry);
    change(recipe, "import 'mgdc-decrypt/element';", '');
    change(recipe, /^import \{ portal \} .*$/m, (line) => `${line}\n${late}`);
  }
  await promisify(execFile)(join(project, 'node_modules/.bin/vite'), ['build'], { cwd: project });
  return join(project, 'dist');
}

/**
 * @param {string} path
 * @param {string | RegExp} what
 * @param {string | ((whole: string) => string)} by
 */
function change(path, what, by) {
  const before = readFileSync(path, 'utf8');
  const text = typeof by === 'string' ? before.replace(what, by) : before.replace(what, by);
  assert.notEqual(text, before, `${path} has ${what}`);
  writeFileSync(path, text);
}

/**
 * Shows the page, with a back end that unwraps as Key Vault does. The test fails if the console gets a warning.
 * @param {import('node:test').TestContext} t
 * @param {string} dist
 */
async function open(t, dist) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path.startsWith('/unwrap/')) {
      const wrapped = Buffer.concat(await request.toArray());
      const bytes = privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING }, wrapped);
      return response.end(JSON.stringify({ value: bytes.toString('base64url') }));
    }
    const file = path === '/' ? '/index.html' : path;
    const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(file))] ?? 'text/plain';
    return response.writeHead(200, { 'Content-Type': type }).end(readFileSync(join(dist, file)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  /** @type {string[]} */
  const noise = [];
  page.on('pageerror', (error) => noise.push(String(error.stack)));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && noise.push(message.text()));
  t.after(async () => {
    await context.close();
    server.closeAllConnections();
    server.close();
    assert.deepEqual(noise, []);
  });
  await page.goto(`http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`);
  return page;
}
