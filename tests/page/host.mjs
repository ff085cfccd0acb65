/** A host of the package: serves it as it is, on any headers, and shows pages on which a test runs what it wants. */

import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { browser } from './harness.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** @typedef {Record<string, string>} Headers */

/**
 * Starts a server; resolves to its origin. `/pkg/` and `/copy/` are both the package; `/sample.js` the sample;
 * `/program.js` what the consumers run, with the entry that `?` names. `extra`: texts by their path.
 * @param {Headers} [headers]
 * @param {Record<string, string>} [extra]
 */
export async function startHost(headers = {}, extra = {}) {
  const server = createServer(({ url }, response) => {
    const { pathname, search } = new URL(url ?? '/', 'http://localhost');
    const found = extra[pathname] ?? contentOf(normalize(pathname), decodeURIComponent(search.slice(1)));
    const type = TYPES[extname(pathname)] ?? 'text/html';
    response.writeHead(found === null ? 404 : 200, { 'Content-Type': type, ...headers }).end(found ?? 'not found');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}`;
}

/**
 * @param {string} path
 * @param {string} entry
 */
function contentOf(path, entry) {
  if (path === '/') return '<!doctype html><title>host</title><link rel="icon" href="data:,"><p>host</p>';
  if (path === '/program.js') {
    const program = readFileSync(join(root, 'tests/consumers/sources/program/decrypt.js'), 'utf8');
    return program.replace("'mgdc-decrypt'", JSON.stringify(entry || '/pkg/index.js'));
  }
  const file = join(root, path === '/sample.js' ? 'www' : '', path.replace(/^\/copy\//, '/pkg/'));
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file) : null;
}

/**
 * A page of the host.
 * @param {import('node:test').TestContext} t
 * @param {string} origin
 */
export async function openHost(t, origin) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`${origin}/`);
  return page;
}

/** What `all` of the program tells when all is well. */
export const RIGHT = /^\d+\.\d+\.\d+\S* \d+ 2048 \| 5 decrypted: .*Message_v0\/2024-06-01\/part-00000\.json \d{4,}/;

/**
 * Runs a function of the program in a page; resolves to what it tells, or to `CODE message`.
 * @param {import('playwright-core').Page} page
 * @param {{ entry?: string, run?: 'all' | 'atOnce' | 'decryptSample', origin?: string }} [options]
 */
export function tell(page, { entry = '/pkg/index.js', run = 'all', origin = '' } = {}) {
  return page.evaluate(
    async ([address, name]) => {
      const program = await import(address);
      try {
        return await program[name]();
      } catch (error) {
        const { code, message } = /** @type {{ code?: string, message?: string }} */ (error);
        return `${code} ${message}`;
      }
    },
    [`${origin}/program.js?${encodeURIComponent(entry)}`, run],
  );
}

/**
 * Calls `init` of an entry; resolves to 'loaded' or to `CODE message`.
 * @param {import('playwright-core').Page} page
 * @param {string | undefined} source
 * @param {string} [entry]
 */
export function initOf(page, source, entry = '/pkg/slim.js') {
  return page.evaluate(
    async ([address, from]) => {
      const { init } = await import(address);
      return init(from).then(
        () => 'loaded',
        (error) => `${error.code} ${error.message}`,
      );
    },
    /** @type {[string, string | undefined]} */ ([entry, source]),
  );
}
