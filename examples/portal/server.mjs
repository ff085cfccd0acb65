/**
 * A portal whose back end lets Azure Key Vault unwrap the keys: the private key never leaves the vault. To run it from a
 * checkout, signed in with the Azure CLI and with the permission `unwrapKey` on the key:
 *
 *     make build && npm install --prefix examples --no-package-lock
 *     VAULT=https://contoso.vault.azure.net KEY_NAME=(the tenant id) \
 *       TOKEN=$(az account get-access-token --resource https://vault.azure.net --query accessToken --output tsv) \
 *       node examples/portal/server.mjs
 *
 * Before you use this for more than one person: check who is asking and whether they may, and take the token from your
 * identity library.
 */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const { VAULT, KEY_NAME, TOKEN, PORT = '8080' } = process.env;
const here = fileURLToPath(new URL('.', import.meta.url));
const examples = fileURLToPath(new URL('..', import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const LARGEST_WRAPPED_KEY = 512; // bytes: RSA-4096

// What the element needs, plus the portal's own connection. The import map stands in the page, so its hash is allowed.
const page = await readFile(`${here}index.html`, 'utf8');
const [, importMap] = /<script type="importmap">(.*?)<\/script>/s.exec(page);
const POLICY = [
  "default-src 'none'",
  `script-src 'self' 'wasm-unsafe-eval' 'sha256-${createHash('sha256').update(importMap).digest('base64')}'`,
  "connect-src 'self'",
  'worker-src blob:',
  'img-src data:',
  "form-action 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types mgdc-decrypt',
].join('; ');

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const [, version] = /^\/unwrap\/([0-9a-f]{32})$/.exec(pathname) ?? [];
  const answered =
    request.method === 'POST' && version
      ? unwrap(request, response, version, searchParams.get('algorithm'))
      : sendFile(response, pathname);
  answered.catch((error) => {
    console.error(error);
    response.writeHead(502).end('Key Vault cannot be reached; try again later');
  });
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));

async function unwrap(request, response, version, algorithm) {
  // Other pages in the same browser may not use the rights of this server.
  if (request.headers['sec-fetch-site'] !== 'same-origin') return response.writeHead(403).end('not from this page');
  const wrappedKey = await readAtMost(request, LARGEST_WRAPPED_KEY);
  if (!wrappedKey) return response.writeHead(400).end('this is not a wrapped key');
  const answer = await fetch(`${VAULT}/keys/${KEY_NAME}/${version}/unwrapkey?api-version=7.4`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ alg: algorithm, value: wrappedKey.toString('base64url') }),
  });
  const text = await answer.text();
  if (answer.ok) return response.writeHead(200, { 'Cache-Control': 'no-store' }).end(text);
  console.error(text);
  return response.writeHead(502).end(`Key Vault refused with status ${answer.status}: see the portal's log`);
}

/** The body, or null where it is longer than `limit` bytes. */
async function readAtMost(request, limit) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    parts.push(part);
    length += part.length;
    if (length > limit) return null;
  }
  return Buffer.concat(parts);
}

async function sendFile(response, pathname) {
  const path = normalize(pathname === '/' ? '/index.html' : pathname);
  const file = (path.startsWith('/node_modules/mgdc-decrypt/') ? examples : here) + path;
  const content = TYPES[extname(file)] && (await readFile(file).catch(() => null));
  if (!content) return response.writeHead(404).end('not found');
  response.writeHead(200, { 'Content-Type': TYPES[extname(file)], 'Content-Security-Policy': POLICY });
  return response.end(content);
}
