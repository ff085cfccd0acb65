/** Where the bytes go in a host's page: its sink, the event before a download, and a frame that may not download. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { answer } from '../../.ci/serve.mjs';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { browser, chooseFolder, rows, temporary, unzip } from './harness.mjs';
import { openHost } from './host-page.mjs';

/** @import { FrameLocator, Page } from 'playwright-core' */

const HTML = '<mgdc-decrypt></mgdc-decrypt>';
const NAME = 'Data/part-00000.json';
const content = jsonLines(5000);

/** A delivery of one file, in a folder of its own. @param {string} name */
function delivery(name) {
  const root = join(temporary, name);
  makeDrop(root).add(NAME, content);
  return root;
}

/** @param {Page | FrameLocator} page @param {string} root */
async function add(page, root) {
  await chooseFolder(page, root);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.locator('.shell[data-phase=ready]').waitFor();
}

/** @param {Uint8Array | Buffer | string} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** The downloads that a page starts. @param {Page} page */
function downloadsOf(page) {
  /** @type {string[]} */
  const names = [];
  page.on('download', (download) => names.push(download.suggestedFilename()));
  return names;
}

/** @param {Page} page */
async function useBlobSink(page) {
  await page.evaluate(async () => {
    // @ts-expect-error: an address of the server
    const { blobSink } = await import('/pkg/index.js');
    const element = document.querySelector('mgdc-decrypt');
    Object.assign(window, { sinks: [] });
    element.sink = () => {
      const sink = blobSink();
      /** @type {any} */ (window).sinks.push(sink);
      return sink;
    };
  });
}

/** What the sinks of all runs have. @param {Page} page @returns {Promise<[string, string][][]>} */
const given = (page) =>
  page.evaluate(() =>
    Promise.all(
      /** @type {any} */ (window).sinks.map(async (/** @type {{ blobs: Map<string, Blob> }} */ { blobs }) =>
        Promise.all([...blobs].map(async ([path, blob]) => [path, await blob.text()])),
      ),
    ),
  );

test('with a sink, files go to the host and nowhere else', async (t) => {
  const page = await openHost(t, HTML);
  const downloads = downloadsOf(page);
  await useBlobSink(page);
  await add(page, delivery('sink'));
  for (const other of ['decrypt-zip', 'decrypt-folder', 'convert'])
    assert.ok(await page.getByTestId(other).isHidden(), other);
  await page.getByTestId('decrypt-host').click();
  await page.getByTestId('summary').getByText('Handed to the portal.').waitFor();
  assert.match((await page.getByTestId('summary').locator('h2').textContent()) ?? '', /Done: 1 file decrypted/);
  await page.getByTestId('decrypt-host').click();
  await page.waitForFunction(() => /** @type {any} */ (window).sinks[1]?.blobs.size === 1);
  const runs = await given(page);
  assert.deepEqual(
    runs.map((files) => files.map(([path, text]) => [path, sha256(text)])),
    Array(2).fill([[NAME, sha256(content)]]),
  );
  assert.deepEqual(downloads, []);
  await page.getByTestId('clear').click();
  assert.ok(await page.evaluate(() => document.querySelector('mgdc-decrypt').sink !== null), 'it stays');
});

test('a single file goes into the sink, too', async (t) => {
  const page = await openHost(t, HTML);
  const downloads = downloadsOf(page);
  await useBlobSink(page);
  await add(page, delivery('sink-file'));
  await page.getByTestId('save-file').first().click();
  await page.waitForFunction(() => /** @type {any} */ (window).sinks[0]?.blobs.size === 1);
  assert.deepEqual(
    (await given(page))[0].map(([path, text]) => [path, sha256(text)]),
    [[NAME, sha256(content)]],
  );
  assert.deepEqual(downloads, []);
});

for (const [what, code, words] of /** @type {[string, string, RegExp][]} */ ([
  ['throws', "() => { throw new Error('no room on the shelf'); }", /no room on the shelf/],
  ['gives something else', '() => ({})', /expected a sink/],
])) {
  test(`a function for the sink that ${what} stops the run with a sentence`, async (t) => {
    const page = await openHost(t, HTML);
    await page.evaluate(`document.querySelector('mgdc-decrypt').sink = ${code}`);
    await add(page, delivery(`sink-${what.replaceAll(' ', '-')}`));
    await page.getByTestId('decrypt-host').click();
    const problem = page.locator('[data-testid=problem][data-code=ERR_WRITE]');
    await problem.waitFor();
    assert.match((await problem.textContent()) ?? '', words);
    assert.ok(await page.getByTestId('summary').isHidden());
  });
}

test('a sink that cannot take a file fails it, and nothing says that it was handed over', async (t) => {
  const page = await openHost(t, HTML);
  await page.evaluate(() => {
    const open = () => new WritableStream({ write: () => Promise.reject(new Error('the shelf broke')) });
    document.querySelector('mgdc-decrypt').sink = { open };
  });
  await add(page, delivery('sink-broken'));
  await page.getByTestId('decrypt-host').click();
  await page.getByTestId('summary').waitFor();
  const said = (await page.getByTestId('summary').textContent()) ?? '';
  assert.doesNotMatch(said, /Handed to the portal|Done:/);
  assert.ok((await rows(page)).every(({ outcome }) => outcome !== 'decrypted'));
});

test('a host that prevents the default of mgdc-output has the ZIP, and nothing is downloaded', async (t) => {
  const page = await openHost(t, HTML);
  const downloads = downloadsOf(page);
  await page.evaluate(() => {
    document.addEventListener('mgdc-output', (event) => {
      event.preventDefault();
      Object.assign(window, { output: /** @type {CustomEvent} */ (event).detail });
    });
  });
  await add(page, delivery('taken'));
  await page.getByTestId('decrypt-zip').click();
  await page.getByTestId('summary').getByText('Handed to the portal as taken-decrypted.zip.').waitFor();
  const { name, bytes } = await page.evaluate(async () => {
    const { name, blob } = /** @type {any} */ (window).output;
    return { name, bytes: [...new Uint8Array(await blob.arrayBuffer())] };
  });
  const path = join(temporary, `taken-${name}`);
  writeFileSync(path, Buffer.from(bytes));
  assert.deepEqual(unzip(path), { [NAME]: sha256(content) });
  await page.getByTestId('report').click();
  await page.getByTestId('report-html').click();
  await page.waitForFunction(() => /** @type {any} */ (window).output.name === 'mgdc-decrypt-report.html');
  assert.deepEqual(downloads, []);
});

/**
 * A portal with the element in a frame of another origin, with this `sandbox`, or none. The page around it keeps what
 * the frame posts to it.
 * @param {import('node:test').TestContext} t
 * @param {{ sandbox: string | null, script?: string, sameOrigin?: boolean }} how
 */
async function openFrame(t, { sandbox, script = '', sameOrigin = false }) {
  const frame = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
    <script type="module" src="/pkg/element.js"></script>${HTML}<script>${script}</script>`;
  const attribute = sandbox === null ? '' : `sandbox="${sandbox}"`;
  const portal = () => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
    <script>addEventListener('message', ({ data }) => { window.got = data; });</script>
    <iframe ${attribute} src="http://127.0.0.1:${port}/frame" width="1000" height="900"></iframe>`;
  // As such a frame needs it: its origin is opaque, so every module needs CORS.
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    const html = new Map([
      ['/frame', frame],
      ['/portal', portal()],
    ]).get(request.url ?? '');
    if (!html) return answer(request, response);
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  t.after(() => server.close());
  const context = await browser.newContext({ acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  t.after(() => context.close());
  /** @type {string[]} */
  const noise = [];
  page.on('pageerror', (error) => noise.push(String(error.stack)));
  await page.goto(`http://${sameOrigin ? '127.0.0.1' : 'localhost'}:${port}/portal`);
  const inner = page.frameLocator('iframe');
  await inner.locator('.shell[data-phase=empty]').waitFor();
  t.after(() => assert.deepEqual(noise, []));
  return { page, inner };
}

/** @type {[what: string, how: Parameters<typeof openFrame>[1], downloaded: boolean, isSure: boolean][]} */
const FRAMES = [
  ['a sandbox without allow-downloads', { sandbox: 'allow-scripts' }, false, false],
  ['a sandbox with it', { sandbox: 'allow-scripts allow-downloads' }, true, false],
  ['a frame of another origin', { sandbox: null }, true, false],
  ['a frame of the same origin', { sandbox: null, sameOrigin: true }, true, true],
  [
    'a sandbox of the same origin without allow-downloads',
    { sandbox: 'allow-scripts allow-same-origin', sameOrigin: true },
    false,
    false,
  ],
  [
    'a sandbox of the same origin with it',
    { sandbox: 'allow-scripts allow-same-origin allow-downloads', sameOrigin: true },
    true,
    true,
  ],
];

for (const [what, how, downloaded, isSure] of FRAMES) {
  test(`${what}: ${isSure ? 'says that it is done' : 'asks to check the downloads'}`, async (t) => {
    const { page, inner } = await openFrame(t, how);
    const downloads = downloadsOf(page);
    await add(inner, delivery('framed'));
    await inner.getByTestId('decrypt-zip').click();
    await inner.getByTestId('summary').waitFor();
    // All that is seen and told: summary, bar, steps, legend, rows.
    const said = await inner.locator('.shell').innerText();
    if (isSure) assert.match(said, /Done: 1 file decrypted.*Saved as framed-decrypted\.zip/s);
    else {
      assert.match(said, /Check your downloads: framed-decrypted\.zip.*allow-downloads/s);
      assert.doesNotMatch(said, /\bDone\b|\bSaved\b/);
    }
    await page.waitForTimeout(500);
    assert.deepEqual(downloads, downloaded ? ['framed-decrypted.zip'] : []);
  });
}

test('a sandbox without allow-downloads passes the bytes to the page around it', async (t) => {
  const { page, inner } = await openFrame(t, {
    sandbox: 'allow-scripts',
    script: `document.querySelector('mgdc-decrypt').addEventListener('mgdc-output', (event) => {
      event.preventDefault();
      parent.postMessage(event.detail, document.referrer);
    });`,
  });
  await add(inner, delivery('passed'));
  await inner.getByTestId('decrypt-zip').click();
  await inner.getByTestId('summary').getByText('Handed to the portal as passed-decrypted.zip.').waitFor();
  await page.waitForFunction(() => 'got' in window);
  const bytes = await page.evaluate(async () => [
    ...new Uint8Array(await /** @type {any} */ (window).got.blob.arrayBuffer()),
  ]);
  const path = join(temporary, 'passed.zip');
  writeFileSync(path, Buffer.from(bytes));
  assert.deepEqual(unzip(path), { [NAME]: sha256(content) });
});
