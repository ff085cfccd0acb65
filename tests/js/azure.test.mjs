/**
 * Keys that other programs write and wrap while this test runs: Microsoft's azure-keyvault-keys, cryptography, OpenSSL,
 * keytool and Node.
 */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createCipheriv, createPrivateKey, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { KEY } from './make-drop.mjs';
import { python } from './python.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-azure-'));
after(() => rmSync(temporary, { recursive: true }));

const written = JSON.parse(
  execFileSync(python(), [here('azure_keys.py'), KEY], { encoding: 'utf8', maxBuffer: 1 << 24 }),
);

const PLAINTEXT = '{"Id":1,"Subject":"wrapped by somebody else"}\n';
let number = 0;
const fresh = (name) => join(temporary, `${(number += 1)}-${name}`);

function put(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** A drop with one file, under a content key that was wrapped elsewhere. */
function dropOf({ key, wrapped }) {
  const [root, iv] = [fresh('drop'), randomBytes(16)];
  const aes = createCipheriv('aes-256-cbc', Buffer.from(key, 'base64'), iv);
  const details = {
    PublicKeyVersion: '501bc4c9f66d877902c60ab27d226ed6',
    DecryptionKeyValue: wrapped,
    DecryptionKeyIV: iv.toString('base64'),
  };
  put(
    join(root, 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json'),
    JSON.stringify({ DecryptionKeyDetails: details }),
  );
  put(join(root, 'Data/part.json'), Buffer.concat([aes.update(gzipSync(PLAINTEXT)), aes.final()]));
  return root;
}

/**
 * The command line's exit status and output. `password`: bytes that are passed in a file.
 * @param {string} drop
 * @param {string} key
 * @param {string | Uint8Array | null} [password]
 */
function decrypt(drop, key, password = null) {
  const out = fresh('out');
  const secret = password === null ? [] : ['--password-file', put(fresh('password'), password)];
  const { status, stderr } = spawnSync(
    process.execPath,
    [here('../../pkg/cli.js'), drop, '--key', key, ...secret, '--out', out],
    { encoding: 'utf8' },
  );
  return { status, stderr, plaintext: status === 0 ? readFileSync(join(out, 'Data/part.json'), 'utf8') : null };
}

const good = { status: 0, stderr: '', plaintext: PLAINTEXT };

test('the library wrapped with every algorithm that Key Vault has for RSA', () => {
  assert.deepEqual(
    [...new Set(written.wrapped.map(({ algorithm }) => algorithm))],
    ['RSA-OAEP', 'RSA-OAEP-256', 'RSA1_5'],
  );
});

for (const one of written.wrapped) {
  test(`unwraps what azure-keyvault-keys made with ${one.operation}, ${one.algorithm}`, () =>
    assert.deepEqual(decrypt(dropOf(one), KEY), good));
}

const sample = () => dropOf(written.wrapped[0]);

for (const { form, password, content } of written.containers) {
  test(`opens ${form} as cryptography writes it today`, () =>
    assert.deepEqual(decrypt(sample(), put(fresh('key'), Buffer.from(content, 'base64')), password), good));
}

test('opens PKCS#8 as OpenSSL and Node write it today', () => {
  const password = 'Contoso-drop-1';
  const byOpenssl = fresh('openssl.pem');
  execFileSync('openssl', ['pkcs8', '-topk8', '-in', KEY, '-out', byOpenssl, '-passout', `pass:${password}`]);
  const byNode = createPrivateKey(readFileSync(KEY)).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: password,
  });
  for (const key of [byOpenssl, put(fresh('node.pem'), byNode)])
    assert.deepEqual(decrypt(sample(), key, password), good);
});

test('opens PFX as OpenSSL writes it today, and as keytool converts it', () => {
  const password = 'Contoso-drop-1';
  const [certificate, pfx, store] = ['certificate.pem', 'openssl.pfx', 'keytool.p12'].map(fresh);
  execFileSync('openssl', [
    'req',
    '-x509',
    '-new',
    '-key',
    KEY,
    '-subj',
    '/CN=invented',
    '-days',
    '9',
    '-out',
    certificate,
  ]);
  execFileSync('openssl', [
    'pkcs12',
    '-export',
    '-inkey',
    KEY,
    '-in',
    certificate,
    '-name',
    'key',
    '-out',
    pfx,
    '-passout',
    `pass:${password}`,
  ]);
  const [source, target] = ['src', 'dest'].map((side) => (path) => [
    `-${side}keystore`,
    path,
    `-${side}storetype`,
    'PKCS12',
    `-${side}storepass`,
    password,
  ]);
  execFileSync('keytool', ['-importkeystore', '-noprompt', ...source(pfx), ...target(store)], { stdio: 'ignore' });
  for (const key of [pfx, store]) assert.deepEqual(decrypt(sample(), key, password), good);
});

test('a password opens whether its accents are typed as one character or as two', () => {
  const { password, content } = written.containers.find(({ form }) => form === 'PKCS#8');
  const composed = put(fresh('composed.pem'), Buffer.from(content, 'base64'));
  const apart = password.normalize('NFD');
  assert.notEqual(apart, password);
  const pem = createPrivateKey(readFileSync(KEY)).export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: apart,
  });
  for (const key of [composed, put(fresh('apart.pem'), pem)])
    for (const typed of [password, apart]) assert.deepEqual(decrypt(sample(), key, typed), good);
  // The same in the other encodings of a password file: as Windows PowerShell 5.1 and as an editor of Windows writes
  // it.
  for (const bytes of [
    Buffer.from(`\uFEFF${password}\r\n`, 'utf16le'),
    Buffer.from(`${password}\r\n`, 'latin1'),
    Buffer.from(`\uFEFF${password}\n`),
  ]) {
    assert.deepEqual(decrypt(sample(), composed, bytes), good);
  }
  const wrong = decrypt(sample(), composed, `${password}!`);
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /ERR_PRIVATE_KEY_PASSWORD/);
});
