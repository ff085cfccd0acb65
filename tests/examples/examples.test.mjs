/** Every example runs as its first lines say, with the package under its own name. */

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { expectedOf, samplePath } from '../js/samples.mjs';
import { keyVault } from '../portal/key-vault.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-examples-'));
const examples = join(temporary, 'examples');
const DROP = 'java-gzip-oaep';
const KEY = samplePath('keys/contoso-2048/pkcs8.pem');
const DETAILS = 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json';
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

let browser;

before(async () => {
  cpSync(join(root, 'examples'), examples, {
    recursive: true,
    filter: (path) => !/node_modules|\/dist$/.test(path.slice(root.length)),
  });
  // What `npm install` makes of the dependency in examples/package.json.
  mkdirSync(join(examples, 'node_modules'));
  symlinkSync(join(root, 'pkg'), join(examples, 'node_modules/mgdc-decrypt'));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
  });
});

after(async () => {
  await browser?.close();
  rmSync(temporary, { recursive: true, force: true });
});

/** A page that fails its test when a script fails or the console gets an error. */
async function open(t, address) {
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const noise = [];
  page.on('pageerror', (error) => noise.push(error.stack));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && noise.push(message.text()));
  t.after(async () => {
    await context.close();
    assert.deepEqual(noise, []);
  });
  await page.goto(address);
  return page;
}

/** A plain static server, as the examples' first lines start one. */
async function serveStatic(t, folder) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    const content = await readFile(file).catch(() => null);
    if (!content) return response.writeHead(404).end();
    return response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'text/plain' }).end(content);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => new Promise((done) => server.close(done) && server.closeAllConnections()));
  return `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`;
}

async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return readFileSync(await download.path());
}

/** Name → SHA-256 of every entry, read by Python. */
async function unzipped(bytes) {
  const program = `
import hashlib, io, json, sys, zipfile
archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
print(json.dumps({name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}))`;
  const python = run('python3', ['-c', program]);
  python.child.stdin?.end(bytes);
  return JSON.parse((await python).stdout);
}

const expected = Object.fromEntries(expectedOf(DROP).map(({ file, sha256: hash }) => [file, hash]));

test('embed: the element decrypts a drop into a ZIP, and the host gets the report', async (t) => {
  const page = await open(t, `${await serveStatic(t, examples)}embed/`);
  await page.getByTestId('add-folder').setInputFiles(samplePath(`drops/${DROP}`));
  await page.getByTestId('add-files').setInputFiles(KEY);
  const zip = await saved(page, () => page.getByTestId('decrypt-zip').click());
  assert.deepEqual(await unzipped(zip), expected);
  await page.getByText('5 decrypted, 1 copied, 0 failed').waitFor();
});

/** The portal's server as its first lines start it, with what answers like Key Vault. */
async function startPortal(t, { pem = readFileSync(KEY, 'utf8') } = {}) {
  const name = '5f0c1c1e-7a44-4a0e-9d52-0c6f4d1b7a11';
  const details = JSON.parse(readFileSync(samplePath(`drops/${DROP}/${DETAILS}`), 'utf8'));
  const versions = JSON.stringify(details).match(/[0-9a-f]{32}/g);
  const vault = await keyVault({
    keys: Object.fromEntries((versions ?? []).map((version) => [`${name}/${version}`, pem])),
    callers: { 'portal-token': ['unwrapKey'] },
  });
  const server = spawn(process.execPath, [join(examples, 'portal/server.mjs')], {
    env: { ...process.env, VAULT: vault.url, KEY_NAME: name, TOKEN: 'portal-token', PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  t.after(async () => {
    server.kill();
    await vault.close();
  });
  const [address] = await once(createInterface(server.stdout), 'line');
  return { address, vault, version: versions?.[0] };
}

test('portal: the back end lets Key Vault unwrap, and the page decrypts the drop', async (t) => {
  const { address, vault } = await startPortal(t);
  const page = await open(t, address);
  await page.getByTestId('add-folder').setInputFiles(samplePath(`drops/${DROP}`));
  await page.locator('[data-testid=details-row][data-unlocked=true]').waitFor({ state: 'attached' }); // what is unlocked is folded
  const zip = await saved(page, () => page.getByTestId('decrypt-zip').click());
  assert.deepEqual(await unzipped(zip), expected);
  assert.equal(vault.requests.length, 1, 'one request for each wrapped key');
});

test('portal: what is not from its own page, or is not a wrapped key, does not reach Key Vault', async (t) => {
  const { address, vault, version } = await startPortal(t);
  const post = (body, site) =>
    fetch(`${address}unwrap/${version}?algorithm=RSA-OAEP`, {
      method: 'POST',
      body,
      headers: { 'Sec-Fetch-Site': site },
    }).then(({ status }) => status);
  assert.equal(await post(new Uint8Array(256), 'cross-site'), 403);
  assert.equal(await post(new Uint8Array(513), 'same-origin'), 400);
  assert.equal((await fetch(`${address}node_modules/mgdc-decrypt/../../portal/server.mjs`)).status, 404);
  assert.equal(vault.requests.length, 0);
});

test('portal: a refusal of Key Vault is told to the person', async (t) => {
  const { address } = await startPortal(t, { pem: readFileSync(samplePath('keys/stranger-2048/pkcs8.pem'), 'utf8') });
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(address);
  await page.getByTestId('add-folder').setInputFiles(samplePath(`drops/${DROP}`));
  await page.getByText('Key Vault refused with status 400').first().waitFor();
});

test('worker: bundled, it decrypts one file and names what is wrong with another', async (t) => {
  const folder = join(examples, 'worker');
  const { warnings } = await build({
    entryPoints: [join(folder, 'page.js'), join(folder, 'worker.js')],
    absWorkingDir: folder,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    outdir: join(folder, 'dist'),
    logLevel: 'silent',
  });
  assert.deepEqual(warnings, []);
  const page = await open(t, await serveStatic(t, folder));
  const path = 'BasicDataSet_v0.Message_v0/part-00000.json';
  await page.getByLabel('encryptionKeyDetails.json').setInputFiles(samplePath(`drops/${DROP}/${DETAILS}`));
  await page.getByLabel('Private key').setInputFiles(KEY);
  await page.getByLabel('Encrypted file').setInputFiles(samplePath(`drops/${DROP}/${path}`));
  await page.getByRole('button', { name: 'Decrypt' }).click();
  await page.getByText(/^\d+ bytes$/).waitFor();
  assert.equal(sha256(await saved(page, () => page.getByRole('link').click())), expected[path]);

  await page.getByLabel('Private key').setInputFiles(samplePath('keys/stranger-2048/pkcs8.pem'));
  await page.getByRole('button', { name: 'Decrypt' }).click();
  await page.getByText('ERR_FILE_KEY_UNWRAP').waitFor();
});

test('node: a drop folder goes into an output folder', async () => {
  const out = join(temporary, 'out');
  const program = join(examples, 'node/decrypt-drop.mjs');
  const { stdout } = await run(process.execPath, [program, samplePath(`drops/${DROP}`), KEY, out]);
  const written = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.deepEqual(
    Object.fromEntries(
      written.map((entry) => {
        const path = join(entry.parentPath ?? entry.path, entry.name);
        return [path.slice(out.length + 1), sha256(readFileSync(path))];
      }),
    ),
    expected,
  );
  assert.equal(stdout.match(/^decrypted\t/gm)?.length, 5);
});

test('node: a damaged file fails by name, and leaves nothing behind', async () => {
  const out = join(temporary, 'out-damaged');
  const program = join(examples, 'node/decrypt-drop.mjs');
  const failure = await run(process.execPath, [program, samplePath('drops/neg-inside'), KEY, out]).catch(
    (error) => error,
  );
  assert.equal(failure.code, 1);
  assert.match(failure.stdout, /^failed\t.*ERR_/m);
  assert.deepEqual(
    readdirSync(out, { recursive: true }).filter((path) => String(path).endsWith('.partial')),
    [],
  );
});

test('every example has a test, and says how to run it', () => {
  const folders = readdirSync(join(root, 'examples'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map(({ name }) => name);
  assert.deepEqual(folders.sort(), ['embed', 'frameworks', 'node', 'portal', 'worker']);
  for (const file of [
    'embed/index.html',
    'frameworks/index.html',
    'node/decrypt-drop.mjs',
    'portal/server.mjs',
    'worker/page.js',
  ]) {
    assert.match(readFileSync(join(root, 'examples', file), 'utf8'), /To run it from a\s+(?:\* )?checkout/, file);
  }
});
