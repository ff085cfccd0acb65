/**
 * What a portal's back end meets of Azure Key Vault: `decrypt` and `unwrapkey` of its REST API over real RSA keys, with
 * its paths, bodies and errors (Azure/azure-rest-api-specs, Keys/stable/7.4; learn.microsoft.com,
 * common-parameters-and-headers).
 */

import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const PADDINGS = {
  'RSA-OAEP': { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
  'RSA-OAEP-256': { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
  RSA1_5: { padding: constants.RSA_NO_PADDING },
};
const PERMISSIONS = { decrypt: 'decrypt', unwrapkey: 'unwrapKey' };
const ROUTE = /^\/keys\/([A-Za-z0-9-]{1,127})\/([0-9a-f]{32})\/(decrypt|unwrapkey)$/;
const BASE64URL = /^[A-Za-z0-9_-]+$/;

/**
 * `keys`: `NAME/VERSION` → PEM. `callers`: token → permissions. `requests` of what it resolves to counts what was
 * asked; `delay` (milliseconds) and `throttled` may be set at any time.
 */
export async function keyVault({ keys, callers }) {
  /** @typedef {{ path: string, body: string }} Asked */
  /** @type {{ requests: Asked[], delay: number, throttled: boolean, url?: string, close(): Promise<unknown> }} */
  const vault = { requests: [], delay: 0, throttled: false, close: async () => {} };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const body = await text(request);
    vault.requests.push({ path: pathname, body });
    await sleep(vault.delay);
    const { status, headers, json } = answer({ pathname, apiVersion: searchParams.get('api-version'), request, body });
    response
      .writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers })
      .end(JSON.stringify(json));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  vault.url = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  vault.close = () => new Promise((done) => server.close(done) && server.closeAllConnections());
  return vault;

  function answer({ pathname, apiVersion, request, body }) {
    const [, name, version, operation] = ROUTE.exec(pathname) ?? [];
    if (request.method !== 'POST' || !name) return refuse(404, 'NotFound', 'The requested resource was not found.');
    if (!apiVersion) return refuse(400, 'BadParameter', 'api-version must be specified');
    const [, token] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
    if (!callers[token]) {
      const challenge =
        'Bearer authorization="https://login.microsoftonline.com/5f0c1c1e-7a44-4a0e-9d52-0c6f4d1b7a11", ' +
        'resource="https://vault.azure.net"';
      return {
        ...refuse(401, 'Unauthorized', 'AKV10000: Request is missing a Bearer or PoP token.'),
        headers: { 'WWW-Authenticate': challenge },
      };
    }
    if (vault.throttled) {
      return {
        ...refuse(
          429,
          'Throttled',
          'Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached',
        ),
        headers: { 'Retry-After': '1' },
      };
    }
    const permission = PERMISSIONS[operation];
    if (!callers[token].includes(permission)) {
      return refuse(
        403,
        'Forbidden',
        `The user, group or application does not have keys ${permission} permission on this key vault.`,
        'ForbiddenByPolicy',
      );
    }
    const pem = keys[`${name}/${version}`];
    if (!pem)
      return refuse(404, 'KeyNotFound', `A key with (name/id) ${name}/${version} was not found in this key vault.`);
    return unwrap(pem, `${vault.url}/keys/${name}/${version}`, body);
  }
}

function unwrap(pem, kid, body) {
  const { alg, value } = parse(body);
  if (!PADDINGS[alg]) return refuse(400, 'BadParameter', `Invalid algorithm: ${alg}`);
  // The service takes Base64URL and nothing else: not what the key details have.
  if (typeof value !== 'string' || !BASE64URL.test(value))
    return refuse(400, 'BadParameter', "Property 'value' has invalid value");
  try {
    const block = privateDecrypt({ key: createPrivateKey(pem), ...PADDINGS[alg] }, Buffer.from(value, 'base64url'));
    const content = alg === 'RSA1_5' ? withoutPadding(block) : block;
    return { status: 200, json: { kid, value: content.toString('base64url') } };
  } catch {
    return refuse(400, 'BadParameter', 'The parameter is incorrect.\r\n');
  }
}

/**
 * 00 02, eight bytes or more that are not zero, 00, content (RFC 8017, 7.2.2): Node refuses to undo it since 20.11.1.
 */
function withoutPadding(block) {
  const end = block.indexOf(0, 2);
  if (block[0] !== 0 || block[1] !== 2 || end < 10) throw new Error('no RSA1_5 padding');
  return block.subarray(end + 1);
}

function refuse(status, code, message, inner) {
  return { status, json: { error: { code, message, ...(inner && { innererror: { code: inner } }) } } };
}

function parse(body) {
  try {
    return JSON.parse(body) ?? {};
  } catch {
    return {};
  }
}

async function text(request) {
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += part;
  return body;
}
