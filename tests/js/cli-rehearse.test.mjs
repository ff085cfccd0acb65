/**
 * `mgdc-decrypt rehearse`: what it makes opens with our own command line, with OpenSSL alone, and with Microsoft's
 * azure-keyvault-keys, whatever the public half of the key came in.
 */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeFolder } from '../../pkg/node/new-folder.js';
import { python } from './python.mjs';
import { samplePath } from './samples.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const cli = here('../../pkg/cli.js');
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-rehearse-'));
after(() => rmSync(temporary, { recursive: true }));
let number = 0;
const fresh = (name) => join(temporary, `${(number += 1)}-${name}`);
const put = (name, content) => {
  const path = fresh(name);
  writeFileSync(path, content);
  return path;
};

const DETAILS = 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json';
const VERSION = '501bc4c9f66d877902c60ab27d226ed6';
const KID = `https://contoso.vault.azure.net/keys/tenant/${VERSION}`;

const run = (args, options = {}) => spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', ...options });
const linesOf = (text) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const privateKey = (name = 'contoso-2048') => samplePath(`keys/${name}/pkcs8.pem`);
const publicKey = (name) => createPublicKey(createPrivateKey(readFileSync(privateKey(name))));
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
const restKey = { kid: KID, kty: 'RSA', key_ops: ['decrypt', 'unwrapKey'], n, e };
const SOURCES = {
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

function rehearse(source, ...options) {
  const out = fresh('rehearsal');
  const { status, stdout, stderr } = run(['rehearse', put('key', source), '--out', out, '--json', ...options]);
  assert.deepEqual([status, stderr], [0, '']);
  const lines = linesOf(stdout);
  return { out, files: lines.slice(0, -1), told: lines.at(-1) };
}

/** Path → text of what came out. */
function textsOf(folder) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return paths.map(({ parentPath, path, name }) => [name, readFileSync(join(parentPath ?? path, name), 'utf8')]);
}

/** Decrypts it three ways, each with other people's code for a part or for all of it. */
function assertOpens({ out }, key, algorithm) {
  const [own, openssl, byVault] = ['own', 'openssl', 'vault'].map(fresh);
  const report = run([out, '--key', key, '--out', own, '--json']);
  assert.deepEqual([report.status, report.stderr], [0, '']);
  const outcomes = linesOf(report.stdout).map(({ outcome }) => outcome);
  assert.deepEqual(outcomes.sort(), ['copied', 'copied', 'decrypted', 'decrypted']);

  execFileSync('bash', [here('../rehearsal/decrypt.sh'), out, key, algorithm, openssl], { stdio: 'pipe' });
  const rows = ([name]) => name.startsWith('rehearsal-part');
  const expected = textsOf(own)
    .filter(rows)
    .map(([, text]) => text)
    .sort();
  assert.deepEqual(
    textsOf(openssl)
      .map(([, text]) => text)
      .sort(),
    expected,
  );
  assert.equal(expected.length, 3);
  for (const text of expected) assert.equal(linesOf(text).length, 24);

  if (algorithm === 'RSA-OAEP-256-MGF1-SHA1') return; // Key Vault does not have it
  const answers = execFileSync(python(), [here('../rehearsal/unwrap.py'), key, join(out, DETAILS), algorithm]);
  const both = JSON.parse(answers);
  assert.equal(both.length, 2);
  assert.deepEqual(both[0], both[1]);
  const answer = put('answer.json', JSON.stringify(both[0]));
  const { status, stderr } = run([out, '--vault-answer', answer, '--out', byVault]);
  assert.deepEqual([status, stderr], [0, '']);
  assert.deepEqual(textsOf(byVault).sort(), textsOf(own).sort());
}

for (const [what, [source, saysVersion]] of Object.entries(SOURCES)) {
  test(`a rehearsal for ${what} opens`, () => {
    const made = rehearse(source);
    const { PublicKeyVersion } = JSON.parse(readFileSync(join(made.out, DETAILS))).DecryptionKeyDetails;
    assert.equal(PublicKeyVersion, saysVersion ? VERSION : '0'.repeat(32));
    assert.deepEqual([made.told.keyVersion, made.told.isVersionMadeUp], [PublicKeyVersion, !saysVersion]);
    assertOpens(made, privateKey(), 'RSA-OAEP');
  });
}

for (const [name, algorithm] of [
  ['contoso-2048', 'RSA-OAEP-256'],
  ['contoso-2048', 'RSA-OAEP-256-MGF1-SHA1'],
  ['contoso-2048', 'RSA1_5'],
  ['contoso-3072', 'RSA-OAEP'],
  ['contoso-4096', 'RSA-OAEP-256'],
]) {
  test(`a rehearsal for ${name} with ${algorithm} opens`, () => {
    const made = rehearse(publicKey(name).export({ type: 'spki', format: 'pem' }), '--algorithm', algorithm);
    assert.deepEqual([made.told.algorithm, made.told.bits], [algorithm, Number(name.slice(-4))]);
    assertOpens(made, privateKey(name), algorithm);
  });
}

test('every name says that it is a rehearsal, but for the one that the format demands', () => {
  const { out, files } = rehearse(SOURCES['a JWK'][0]);
  const names = textsOf(out).map(([name]) => name);
  assert.equal(names.length, files.length);
  assert.deepEqual(
    names.filter((name) => !name.startsWith('rehearsal-')),
    ['encryptionKeyDetails.json'],
  );
  const folders = readdirSync(out).sort();
  assert.ok(folders.every((name) => name === 'metadata' || name.startsWith('rehearsal-BasicDataSet_v0.')));
  assert.deepEqual(files.map(({ encrypted }) => encrypted).sort(), [false, false, false, true, true]);
});

test('says which command to try next, and that works', () => {
  const { out, told } = rehearse(SOURCES['az keyvault key show'][0]);
  const { DecryptionKeyValue } = JSON.parse(readFileSync(join(out, DETAILS))).DecryptionKeyDetails;
  assert.equal(
    told.commands.vault,
    `az keyvault key decrypt --algorithm RSA-OAEP --data-type base64 --id "${KID}" --value "${DecryptionKeyValue}" --output json`,
  );
  const withKey = told.commands.withKey.replace('PRIVATE-KEY', privateKey());
  const script = `mgdc-decrypt() { "${process.execPath}" "${cli}" "$@"; }\n${withKey}`;
  const { status, stdout } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  assert.deepEqual([status, stdout.trim().split(';')[0]], [0, '2 decrypted, 2 copied, 0 failed']);
  assert.equal(rehearse(SOURCES['SPKI in PEM'][0]).told.commands.vault, null);
});

test('people read the same', () => {
  const key = put('key.json', SOURCES['a JWK'][0]);
  const out = fresh("it's a rehearsal");
  const { status, stdout } = run(['rehearse', key, '--out', out]);
  assert.equal(status, 0);
  assert.ok(stdout.includes(`az keyvault key decrypt --algorithm RSA-OAEP --data-type base64 --id "${KID}"`), stdout);
  assert.ok(stdout.includes(`mgdc-decrypt '${out.replace("'", "'\\''")}' --key PRIVATE-KEY`), stdout);
  assert.match(stdout, /"2 decrypted, 2 copied, 0 failed"/);
  const nameless = run(['rehearse', put('key.pem', SOURCES['SPKI in PEM'][0]), '--out', fresh('out')]);
  assert.match(nameless.stdout, /does not name its version/);
});

test('a kid with control characters does not reach the terminal', () => {
  const key = put('key.json', JSON.stringify({ ...restKey, kid: '\u001b]0;owned\u0007' }));
  const { status, stdout } = run(['rehearse', key, '--out', fresh('out')]);
  assert.equal(status, 0);
  assert.doesNotMatch(stdout, /[\u001b\u0007]/);
});

test('reads the key from standard input', () => {
  const out = fresh('out');
  const { status } = run(['rehearse', '-', '--out', out], { input: SOURCES['SPKI in DER'][0] });
  assert.equal(status, 0);
  assert.ok(existsSync(join(out, DETAILS)));
});

test('writes into a folder that is there and empty, and into no other', () => {
  const [empty, full] = ['empty', 'full'].map(fresh);
  for (const folder of [empty, full]) mkdirSync(folder);
  writeFileSync(join(full, 'notes.txt'), 'mine');
  const key = put('key.pem', SOURCES['SPKI in PEM'][0]);
  assert.equal(run(['rehearse', key, '--out', empty]).status, 0);
  for (const folder of [empty, full]) {
    const before = readdirSync(folder);
    const { status, stdout, stderr } = run(['rehearse', key, '--out', folder, '--json']);
    assert.equal(status, 2);
    assert.equal(linesOf(stdout)[0].code, 'ERR_WRITE');
    assert.match(stderr, /has other things in it \(.*\): name a folder that is new or empty/);
    assert.deepEqual(readdirSync(folder), before);
  }
});

test('a failure half way leaves nothing behind', async () => {
  const bytes = new Uint8Array(3);
  const there = fresh('there');
  mkdirSync(there);
  for (const folder of [there, join(there, 'a/b')]) {
    // The second is a file where the first made a folder.
    const files = [
      { path: 'x/y', bytes },
      { path: 'x', bytes },
    ];
    await assert.rejects(writeFolder(folder, files), { code: 'ERR_WRITE', path: folder });
    assert.deepEqual(readdirSync(there), []);
  }
  await writeFolder(join(there, 'a/b'), [{ path: 'x/y', bytes }]);
  assert.deepEqual(readdirSync(join(there, 'a/b')), ['x']);
});

test('a key that it cannot use makes no folder', () => {
  for (const [source, code] of [
    [readFileSync(samplePath('keys/bad/ec-p256.pem')), 'ERR_PUBLIC_KEY_NOT_RSA'],
    [readFileSync(samplePath('keys/bad/noise.bin')), 'ERR_PUBLIC_KEY_INVALID'],
    [readFileSync(samplePath('keys/contoso-2048/pfx-modern.pfx')), 'ERR_PUBLIC_KEY_MISSING'],
  ]) {
    const [out, key] = [join(fresh('new'), 'out'), put('key', source)];
    const { status, stdout, stderr } = run(['rehearse', key, '--out', out, '--json']);
    assert.equal(status, 2);
    assert.deepEqual([linesOf(stdout)[0].code, linesOf(stdout)[0].path], [code, key]);
    assert.match(stderr, new RegExp(`^mgdc-decrypt: ${key}: .*\\(${code}\\)\n$`));
    assert.ok(!existsSync(join(out, '..')));
  }
});

test('a wrong call says how', () => {
  const key = put('key.pem', SOURCES['SPKI in PEM'][0]);
  for (const [args, words] of [
    [[], /name one key/],
    [[key], /--out DIR/],
    [[key, key, '--out', 'x'], /name one key/],
    [[key, '--out', 'x', '--algorithm', 'RSA'], /RSA-OAEP, RSA-OAEP-256, RSA-OAEP-256-MGF1-SHA1, RSA1_5/],
    [[key, '--out', 'x', '--key', key], /--key/],
  ]) {
    const { status, stderr } = run(['rehearse', ...args]);
    assert.equal(status, 2);
    assert.match(stderr, words);
    assert.match(stderr, /`mgdc-decrypt rehearse --help` shows how \(ERR_USAGE\)/);
  }
  const help = run(['rehearse', '--help']);
  assert.equal(help.status, 0);
  assert.match(help.stdout, /^Usage: mgdc-decrypt rehearse KEY --out DIR/);
});

test('a drop in a folder of the command’s name is ./rehearse', () => {
  const folder = fresh('place');
  mkdirSync(folder);
  const made = run(['rehearse', put('key.pem', SOURCES['SPKI in PEM'][0]), '--out', 'rehearse'], { cwd: folder });
  assert.equal(made.status, 0);
  assert.match(made.stdout, /mgdc-decrypt \.\/rehearse --key PRIVATE-KEY --out rehearse-decrypted/);
  const { status, stdout } = run(['./rehearse', '--key', privateKey(), '--out', 'out'], { cwd: folder });
  assert.equal(status, 0, stdout);
  assert.match(run(['--help']).stdout, /\.\/rehearse/);
});
