/**
 * A portal, as small as one can be: a page with `<mgdc-decrypt>`, and the route through which its callback reaches Key
 * Vault. A real one takes its token from its identity library, and checks first who is asking and whether they may.
 */

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** What the element needs, and the portal's own connection. Nothing else may run, load or send here. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  'worker-src blob:',
  "form-action 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types mgdc-decrypt',
].join('; ');

const LARGEST_KEY = 512; // bytes that RSA-4096 wraps into

/**
 * `vault`: its address; `keyName`; `token`: () => access token. `unwraps` of what it resolves to lists what the page
 * asked for.
 */
export async function portal({ vault, keyName, token }) {
  /** @type {{ unwraps: string[], abandoned: number, url?: string, close(): Promise<unknown> }} */
  const state = { unwraps: [], abandoned: 0, close: async () => {} };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const [, version] = /^\/unwrap\/([0-9a-f]{32})$/.exec(pathname) ?? [];
    if (request.method !== 'POST' || !version) return sendFile(pathname, response);
    state.unwraps.push(version);
    // A page that went away needs no answer.
    const gone = new AbortController();
    response.on('close', () => {
      if (response.writableEnded) return;
      state.abandoned += 1;
      gone.abort();
    });
    const asked = unwrap(version, searchParams.get('algorithm') ?? 'RSA-OAEP', await bytes(request), gone.signal);
    const { status, body } = await asked.catch(() => ({
      status: 502,
      body: 'Key Vault cannot be reached; try again later',
    }));
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  state.url = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`;
  state.close = () => new Promise((done) => server.close(done) && server.closeAllConnections());
  return state;

  /** The answer of Key Vault goes to the page as it is; of its errors, only what a person can act upon. */
  async function unwrap(version, algorithm, wrappedKey, signal) {
    if (wrappedKey.length > LARGEST_KEY) return { status: 400, body: 'this is no wrapped key' };
    const response = await fetch(`${vault}/keys/${keyName}/${version}/unwrapkey?api-version=7.4`, {
      method: 'POST',
      signal,
      headers: { Authorization: `Bearer ${token()}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ alg: algorithm, value: Buffer.from(wrappedKey).toString('base64url') }),
    });
    const body = await response.text();
    if (response.ok) return { status: 200, body };
    const known = {
      401: 'the portal is not signed in to Key Vault',
      403: 'you may not unwrap with this key; ask for the permission unwrapKey',
      404: `Key Vault has no version ${version} of this key`,
      429: 'Key Vault has too much to do; wait a minute',
    };
    return { status: 502, body: known[response.status] ?? `Key Vault refused with status ${response.status}` };
  }
}

async function sendFile(pathname, response) {
  const path = normalize(pathname === '/' ? '/page.html' : pathname);
  const file = path.startsWith('/pkg/') ? root + path : here + path;
  const found = TYPES[extname(file)] && (await readFile(file).catch(() => null));
  if (!found) return response.writeHead(404).end('not found');
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)],
    'Content-Security-Policy': POLICY,
    'Cache-Control': 'no-store',
  });
  return response.end(found);
}

async function bytes(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}
