/** What a host's headers and servers can refuse: each error names the header and the value that would allow it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initOf, openHost, RIGHT, startHost, tell } from './host.mjs';

/** @param {string} value */
const policy = (value) => ({ 'Content-Security-Policy': value });
const SCRIPTS = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const WORKERS = `${SCRIPTS}; worker-src blob:`;

test('works under the strictest policy that allows what it needs, with no connection at all', async (t) => {
  const strict = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:";
  const trusted = "require-trusted-types-for 'script'; trusted-types mgdc-decrypt";
  assert.match(await tell(await openHost(t, await startHost(policy(`${strict}; ${trusted}`)))), RIGHT);
});

test('a policy that forbids to compile: wasm-unsafe-eval, at once and later', async (t) => {
  const page = await openHost(t, await startHost(policy("script-src 'self'; worker-src blob:")));
  for (const run of /** @type {const} */ (['atOnce', 'decryptSample']))
    assert.match(
      await tell(page, { run }),
      /^ERR_WASM_LOAD .*'wasm-unsafe-eval' to script-src.*Content-Security-Policy/,
    );
});

test('a policy that forbids workers: worker-src blob:', async (t) => {
  const page = await openHost(t, await startHost(policy(SCRIPTS)));
  assert.match(await tell(page, { run: 'decryptSample' }), /worker-src blob:/);
  const codes = await page.evaluate(async () => {
    // @ts-expect-error: an address of the host
    const { blobSink, openDrop } = await import('/pkg/index.js');
    const drop = await openDrop([{ path: 'a.json', blob: new Blob(['{}']) }]);
    const { files } = await drop.decrypt(blobSink());
    return files.map(({ code, message }) => `${code} ${message}`);
  });
  assert.equal(codes.length, 1);
  assert.match(codes[0], /^ERR_WASM_LOAD .*add blob: to worker-src in the header Content-Security-Policy/);
});

test('a run that takes a worker which has failed to start, before the reason is known', async (t) => {
  const page = await openHost(t, await startHost(policy(SCRIPTS)));
  const [code] = await page.evaluate(async () => {
    // Without the event, the reason is awaited for 200 ms.
    addEventListener('securitypolicyviolation', (event) => event.stopImmediatePropagation());
    // @ts-expect-error: an address of the host
    const { blobSink, openDrop } = await import('/pkg/index.js');
    const drop = await openDrop([{ path: 'a.json', blob: new Blob(['{}']) }]); // starts the workers
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { files } = await drop.decrypt(blobSink());
    return files.map(({ code, message }) => `${code} ${message}`);
  });
  assert.match(code, /^ERR_WASM_LOAD a worker did not start/);
});

test('a policy of Trusted Types that does not name ours: trusted-types mgdc-decrypt', async (t) => {
  const trusted = "require-trusted-types-for 'script'; trusted-types somebody";
  const page = await openHost(t, await startHost(policy(`${WORKERS}; ${trusted}`)));
  const told = await tell(page, { run: 'decryptSample' });
  assert.match(told, /trusted-types mgdc-decrypt/);
  assert.doesNotMatch(told, /worker-src/);
});

test('two copies of the package on a page with Trusted Types share the policy', async (t) => {
  const trusted = "require-trusted-types-for 'script'; trusted-types mgdc-decrypt";
  const page = await openHost(t, await startHost(policy(`${WORKERS}; ${trusted}`)));
  assert.match(await tell(page), RIGHT);
  assert.match(await tell(page, { entry: '/copy/index.js' }), RIGHT);
  // The policy is not one for anything that comes along.
  const refused = await page.evaluate(() => {
    try {
      return globalThis[Symbol.for('mgdc-decrypt.trusted-types')].createScriptURL('https://elsewhere.example/x.js');
    } catch (error) {
      return String(error);
    }
  });
  assert.match(refused, /only blob URLs/);
});

test('a policy that forbids to fetch the module: connect-src, with its origin', async (t) => {
  const origin = await startHost(policy("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"));
  const told = await initOf(await openHost(t, origin), undefined);
  assert.match(told, /^ERR_WASM_LOAD .*to connect-src in the header Content-Security-Policy/);
  assert.ok(told.includes(`add ${origin} to connect-src`), told);
});

test('a server of another origin without CORS: Access-Control-Allow-Origin', async (t) => {
  const origin = await startHost();
  const elsewhere = await startHost();
  const page = await openHost(t, origin);
  const told = await initOf(page, `${elsewhere}/pkg/wasm/mgdc_decrypt_bg.wasm`);
  assert.ok(told.startsWith('ERR_WASM_LOAD '), told);
  assert.ok(told.includes(`answers, but not to pages of ${origin}`), told);
  assert.ok(told.endsWith(`send the header Access-Control-Allow-Origin: ${origin}`), told);
  // It may be tried again.
  assert.equal(await initOf(page, '/pkg/wasm/mgdc_decrypt_bg.wasm'), 'loaded');
});

for (const [what, source, words] of /** @type {[string, string, RegExp][]} */ ([
  ['HTML in place of the module', '/', /answers with HTML in place of mgdc_decrypt_bg\.wasm/],
  ['another file in its place', '/sample.js', /answers with a file that begins with "\/\/ Generated/],
  ['nothing at the address', '/lost.wasm', /\/lost\.wasm answers with the HTTP status 404/],
  ['no server at the address', 'http://127.0.0.1:9/x.wasm', /http:\/\/127\.0\.0\.1:9\/x\.wasm does not answer/],
])) {
  test(`${what} is said`, async (t) => {
    const told = await initOf(await openHost(t, await startHost()), source);
    assert.match(told, /^ERR_WASM_LOAD /);
    assert.match(told, words);
  });
}

test('a relative address belongs to the page, and the default entry needs none', async (t) => {
  const page = await openHost(t, await startHost());
  assert.equal(await initOf(page, 'pkg/wasm/mgdc_decrypt_bg.wasm'), 'loaded');
  const other = await openHost(t, await startHost());
  assert.equal(await initOf(other, undefined, '/pkg/index.js'), 'loaded');
});

test('mgdc-decrypt/slim asks for init() first where it cannot wait, and loads its file by itself elsewhere', async (t) => {
  const page = await openHost(t, await startHost());
  const entry = '/pkg/slim.js';
  assert.match(await tell(page, { entry, run: 'atOnce' }), /^ERR_WASM_LOAD .*await init\(\) first/);
  const asked = page.waitForRequest((request) => request.url().endsWith('.wasm'));
  assert.match(
    await page.evaluate(async () => {
      // @ts-expect-error: an address of the host
      const { openDrop } = await import('/pkg/slim.js');
      return String((await openDrop([])).files.length);
    }),
    /^0$/,
  );
  await asked;
  assert.match(await tell(page, { entry }), RIGHT);
});

test('the entries share classes and module, in whichever order they are imported', async (t) => {
  for (const order of [
    ['index', 'slim', 'element'],
    ['element', 'slim', 'index'],
    ['slim', 'check', 'preview', 'index'],
  ]) {
    const page = await openHost(t, await startHost());
    const wasm = [];
    page.on('request', (request) => request.url().endsWith('.wasm') && wasm.push(request.url()));
    const same = await page.evaluate(async (names) => {
      const entries = {};
      for (const name of names) entries[name] = await import(`/pkg/${name}.js`);
      const { index, slim } = entries;
      const drop = await slim.openDrop([]);
      return [index.PrivateKey === slim.PrivateKey, index.FileKey === slim.FileKey, drop instanceof index.DataDrop];
    }, order);
    assert.deepEqual(same, [true, true, true]);
    assert.match(await tell(page), RIGHT);
    assert.deepEqual(wasm, [], 'what is embedded is not fetched, too');
  }
});

test('works from another origin, with slim, and where the page is isolated', async (t) => {
  const cdn = await startHost({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
  const origin = await startHost({
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  });
  const page = await openHost(t, origin);
  assert.equal(await page.evaluate(() => crossOriginIsolated), true);
  assert.match(await tell(page, { origin: cdn }), RIGHT);
  const other = await openHost(t, origin);
  const told = await other.evaluate(
    async (address) => (await import(address)).init().then(() => 'loaded', String),
    `${cdn}/pkg/slim.js`,
  );
  assert.equal(told, 'loaded');
});

test('a page without workers does the work itself', async (t) => {
  const page = await openHost(t, await startHost());
  await page.evaluate(() => Reflect.deleteProperty(globalThis, 'Worker'));
  assert.match(await tell(page), RIGHT);
});

test('a page without workers says that converting needs one', async (t) => {
  const page = await openHost(t, await startHost());
  const told = await page.evaluate(async () => {
    Reflect.deleteProperty(globalThis, 'Worker');
    // @ts-expect-error: an address of the host
    const { blobSink, openDrop } = await import('/pkg/index.js');
    const drop = await openDrop([{ path: 'set/a.json', blob: new Blob(['{"a":1}\n']) }]);
    const { files } = await drop.decrypt(blobSink(), { convert: 'csv' });
    return files.map(({ code, message }) => `${code} ${message}`).join();
  });
  assert.match(told, /^ERR_WASM_LOAD no worker can do it here .*converting and salvaging need one/);
});
