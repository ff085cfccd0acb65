/** Rehearsals by the command line, for what a person may have of a key. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runInLane } from './cli.mjs';
import { samplePath } from './samples.mjs';

export const here = (path) => fileURLToPath(new URL(path, import.meta.url));
export const cli = here('../../pkg/cli.js');
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-rehearse-'));
after(() => rmSync(temporary, { recursive: true }));
let number = 0;
export const fresh = (name) => join(temporary, `${(number += 1)}-${name}`);
export const put = (name, content) => {
  const path = fresh(name);
  writeFileSync(path, content);
  return path;
};

export const DETAILS = 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json';
export const VERSION = '501bc4c9f66d877902c60ab27d226ed6';
export const KID = `https://contoso.vault.azure.net/keys/tenant/${VERSION}`;

export const run = runInLane;
export const linesOf = (text) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

export const privateKey = (name = 'contoso-2048') => samplePath(`keys/${name}/pkcs8.pem`);
export const publicKey = (name) => createPublicKey(createPrivateKey(readFileSync(privateKey(name))));
const jwkOf = (name) => publicKey(name).export({ format: 'jwk' });
const standard = (text) => Buffer.from(text, 'base64url').toString('base64');
const numbers = (text) => [...Buffer.from(text, 'base64url')];

/** A certificate of the key, as `openssl req` writes it. */
function certificate(form) {
  const path = fresh('certificate');
  const subject = ['-subj', '/CN=invented', '-days', '9'];
  execFileSync('openssl', ['req', '-x509', '-new', '-key', privateKey(), ...subject, '-outform', form, '-out', path]);
  return readFileSync(path);
}

/** What a person may have of the key contoso-2048 → whether it says the version. */
const { n, e } = jwkOf();
export const restKey = { kid: KID, kty: 'RSA', key_ops: ['decrypt', 'unwrapKey'], n, e };
export const SOURCES = {
  'SPKI in PEM': [publicKey().export({ type: 'spki', format: 'pem' }), false],
  'SPKI in DER': [publicKey().export({ type: 'spki', format: 'der' }), false],
  'PKCS#1 in PEM': [publicKey().export({ type: 'pkcs1', format: 'pem' }), false],
  'PKCS#1 in DER': [publicKey().export({ type: 'pkcs1', format: 'der' }), false],
  'a certificate in PEM': [certificate('PEM'), false],
  'a certificate in DER': [certificate('DER'), false],
  'a JWK': [JSON.stringify(restKey), true],
  'REST’s answer': [JSON.stringify({ key: restKey, attributes: { enabled: true, created: 1 } }), true],
  'az keyvault key show': [
    JSON.stringify({
      attributes: { enabled: true, expires: null },
      key: { crv: null, d: null, e: standard(e), k: null, keyOps: ['decrypt'], kid: KID, kty: 'RSA', n: standard(n) },
      managed: null,
      tags: null,
    }),
    true,
  ],
  'Get-AzKeyVaultKey in PowerShell 5.1': [
    Buffer.from(
      `\uFEFF${JSON.stringify({
        Key: { Kid: KID, Kty: 'RSA', KeyOps: ['decrypt'], N: numbers(n), E: numbers(e), D: null },
        Id: KID.replace('.net/', '.net:443/'),
        Version: VERSION,
      })}`,
      'utf16le',
    ),
    true,
  ],
  'az keyvault certificate show': [
    JSON.stringify({
      cer: certificate('DER').toString('base64'),
      kid: KID,
      id: KID.replace('/keys/', '/certificates/'),
    }),
    true,
  ],
};

export async function rehearse(source, ...options) {
  const out = fresh('rehearsal');
  const { status, stdout, stderr } = await run(['rehearse', put('key', source), '--out', out, '--json', ...options]);
  assert.deepEqual([status, stderr], [0, '']);
  const lines = linesOf(stdout);
  return { out, files: lines.slice(0, -1), told: lines.at(-1) };
}

/** Path → text of what came out. */
export function textsOf(folder) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return paths.map(({ parentPath, path, name }) => [name, readFileSync(join(parentPath ?? path, name), 'utf8')]);
}
