/** Key details, private keys and file keys, each by itself. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decrypt, FileKey, PrivateKey, parseKeyDetails, version } from '../../pkg/index.js';
import { DETAILS, fails, newKey, PEM, privateKey, STRANGER } from './memory-drop.mjs';
import { samplePath } from './samples.mjs';

/** @import { Algorithm, Bytes, KeyDetails } from '../../pkg/index.js' */

const KEYS = samplePath('keys/');
const document = (...entries) => JSON.stringify({ DecryptionKeyDetails: entries });
const one = (algorithm) => {
  const made = newKey(algorithm);
  return { ...made, entry: parseKeyDetails(document(made.details))[0] };
};

test('the version is that of package.json, with a revision', () => {
  const { version: own } = JSON.parse(readFileSync(new URL('../../pkg/package.json', import.meta.url), 'utf8'));
  assert.match(version(), /^\d+\.\d+\.\d+\+\w+$/);
  assert.ok(version().startsWith(`${own}+`));
});

test('key details are read at once from text and bytes, and as a promise from a Blob', async () => {
  const text = readFileSync(`${samplePath('drops/node-rotation/')}${DETAILS}`, 'utf8');
  const bytes = new TextEncoder().encode(text);
  const details = parseKeyDetails(text);
  assert.equal(details.length, 2);
  assert.deepEqual(
    details.map(({ kind }) => kind),
    ['file', 'file'],
  );
  assert.deepEqual(Object.keys(details[0]).sort(), [
    'iv',
    'keyIdentifier',
    'kind',
    'place',
    'publicKeyVersion',
    'wrappedKey',
  ]);
  assert.equal(atob(details[0].wrappedKey).length, 256);
  assert.equal(atob(details[0].iv).length, 16);
  assert.match(details[0].publicKeyVersion ?? '', /^[0-9a-f]{32}$/);
  assert.deepEqual(parseKeyDetails(bytes), details);
  assert.deepEqual(parseKeyDetails(bytes.buffer), details);
  assert.deepEqual(parseKeyDetails(Buffer.from(`..${text}`).subarray(2)), details, 'a view into a bigger buffer');
  const promise = parseKeyDetails(new Blob([text]));
  assert.ok(promise instanceof Promise);
  assert.deepEqual(await promise, details);
  assert.equal(new TextDecoder().decode(bytes), text, 'what the caller holds is left alone');
});

test('damaged key details are told apart', async () => {
  const { details } = newKey();
  const cases = [
    ['{', 'ERR_KEY_DETAILS_JSON'],
    ['{}', 'ERR_KEY_DETAILS_FIELD'],
    [document({ ...details, DecryptionKeyIV: undefined }), 'ERR_KEY_DETAILS_FIELD'],
    [document({ ...details, DecryptionKeyValue: '***' }), 'ERR_KEY_DETAILS_BASE64'],
    [document({ ...details, DecryptionKeyIV: 'AAAA' }), 'ERR_IV_LENGTH'],
  ];
  for (const [text, code] of cases) {
    assert.throws(() => parseKeyDetails(text), fails(code), text);
    await assert.rejects(parseKeyDetails(new Blob([text])), fails(code), text);
  }
  for (const wrong of [12, null, undefined, {}, ['x']])
    assert.throws(() => parseKeyDetails(/** @type {Bytes} */ (/** @type {unknown} */ (wrong))), TypeError);
});

test('a Blob that cannot be read is ERR_READ', async () => {
  /** @type {Pick<Blob, 'slice' | 'arrayBuffer'>} */
  const parts = {
    slice: () => unreadable,
    arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')),
  };
  // As much of a Blob as is used.
  const unreadable = /** @type {Blob} */ (parts);
  await assert.rejects(parseKeyDetails(unreadable), fails('ERR_READ'));
  await assert.rejects(PrivateKey.import(unreadable), fails('ERR_READ'));
  await assert.rejects(decrypt(Object.assign(unreadable, { size: 64 }), newKey().fileKey()), fails('ERR_READ'));
});

test('a private key is read at once from text and bytes, and as a promise from a Blob', async () => {
  const { entry } = one();
  const sources = [PEM.toString(), PEM, new Uint8Array(PEM).buffer, readFileSync(`${KEYS}contoso-2048/pkcs1.der`)];
  for (const source of sources) {
    const key = PrivateKey.import(source);
    assert.equal(key.bits, 2048);
    assert.deepEqual(key.versions, [null]);
    assert.equal(key.keyId, null);
    FileKey.unwrap(entry, key).dispose();
  }
  const promise = PrivateKey.import(new Blob([PEM]));
  assert.ok(promise instanceof Promise);
  FileKey.unwrap(entry, await promise).dispose();
  assert.match(PEM.toString(), /^-----BEGIN/, 'what the caller holds is left alone');
  for (const bits of [3072, 4096])
    assert.equal(PrivateKey.import(readFileSync(`${KEYS}contoso-${bits}/pkcs8.pem`)).bits, bits);
});

test('a source of several keys opens with each of them', () => {
  const key = PrivateKey.import(Buffer.concat([STRANGER, PEM]));
  assert.equal(key.versions.length, 2);
  assert.equal(FileKey.unwrap(one().entry, key).algorithm, 'RSA-OAEP');
});

test('the version of a key is taken from its file name', async () => {
  const version = '0123456789abcdef0123456789abcdef';
  const name = `contoso-${version}.pem`;
  for (const key of [PrivateKey.import(PEM, { name }), await PrivateKey.import(new File([PEM], name))]) {
    assert.deepEqual(key.versions, [version]);
    assert.equal(key.keyId, version);
  }
});

test('unusable private keys are told apart', async () => {
  const cases = {
    'public-spki.pem': 'ERR_PRIVATE_KEY_MISSING',
    'certificate.pem': 'ERR_PRIVATE_KEY_MISSING',
    'ec-p256.pem': 'ERR_PRIVATE_KEY_NOT_RSA',
    'ed25519.pem': 'ERR_PRIVATE_KEY_NOT_RSA',
    'rsa-1024.pem': 'ERR_PRIVATE_KEY_TOO_SMALL',
    'cut.pem': 'ERR_PRIVATE_KEY_INVALID',
    'damaged.pem': 'ERR_PRIVATE_KEY_INVALID',
    'empty.pem': 'ERR_PRIVATE_KEY_INVALID',
    'noise.bin': 'ERR_PRIVATE_KEY_INVALID',
  };
  for (const [file, code] of Object.entries(cases)) {
    const source = readFileSync(`${KEYS}bad/${file}`);
    assert.throws(() => PrivateKey.import(source), fails(code), file);
    await assert.rejects(PrivateKey.import(new Blob([source])), fails(code), file);
  }
  for (const wrong of [12, null, undefined, {}])
    assert.throws(() => PrivateKey.import(/** @type {Bytes} */ (/** @type {unknown} */ (wrong))), TypeError);
});

test('a key with a password needs exactly that password', async () => {
  const { entry } = one();
  for (const file of ['pkcs8-pbes2-aes256-sha256.pem', 'pkcs1-proc-type-aes256.pem', 'pfx-modern.pfx']) {
    const source = readFileSync(`${KEYS}contoso-2048/${file}`);
    assert.throws(() => PrivateKey.import(source), fails('ERR_PRIVATE_KEY_ENCRYPTED'), file);
    assert.throws(
      () => PrivateKey.import(source, { password: 'contoso-drop-1' }),
      fails('ERR_PRIVATE_KEY_PASSWORD'),
      file,
    );
    assert.throws(
      () => PrivateKey.import(source, { password: /** @type {string} */ (/** @type {unknown} */ (12)) }),
      TypeError,
    );
    FileKey.unwrap(entry, PrivateKey.import(source, { password: 'Contoso-drop-1' })).dispose();
    FileKey.unwrap(entry, await PrivateKey.import(new Blob([source]), { password: 'Contoso-drop-1' })).dispose();
  }
  FileKey.unwrap(entry, PrivateKey.import(readFileSync(`${KEYS}contoso-2048/pfx-empty-password.pfx`))).dispose();
});

test('a key that contains its identifier reports it', () => {
  const { kid } = JSON.parse(readFileSync(`${KEYS}contoso-2048/jwk-kid.json`, 'utf8'));
  const key = PrivateKey.import(readFileSync(`${KEYS}contoso-2048/jwk-kid.json`));
  assert.equal(key.keyId, kid);
  assert.deepEqual(key.versions, [kid.split('/').at(-1)]);
});

test('an error never shows the key', () => {
  const [, line] = PEM.toString().split('\n');
  assert.throws(
    () => PrivateKey.import(PEM.subarray(0, 900)),
    ({ message, stack, cause }) => !`${message}${stack}${cause}`.includes(line.slice(0, 12)),
  );
});

test('every padding is found by itself, and a forced one is the only one tried', () => {
  const key = privateKey();
  /** @type {Algorithm[]} */
  const algorithms = ['RSA-OAEP', 'RSA-OAEP-256', 'RSA1_5'];
  for (const algorithm of algorithms) {
    const { entry } = one(algorithm);
    assert.equal(FileKey.unwrap(entry, key).algorithm, algorithm);
    assert.equal(FileKey.unwrap(entry, key, { algorithm }).algorithm, algorithm);
    const other = algorithm === 'RSA-OAEP' ? 'RSA-OAEP-256' : 'RSA-OAEP';
    assert.throws(() => FileKey.unwrap(entry, key, { algorithm: other }), fails('ERR_FILE_KEY_UNWRAP'));
  }
  // @ts-expect-error No such padding exists: that is what is refused.
  assert.throws(() => FileKey.unwrap(one().entry, key, { algorithm: 'RSA-OAEP-512' }), TypeError);
});

test('a wrong private key is ERR_FILE_KEY_UNWRAP', () => {
  assert.throws(() => FileKey.unwrap(one().entry, PrivateKey.import(STRANGER)), fails('ERR_FILE_KEY_UNWRAP'));
  assert.throws(
    () => FileKey.unwrap(one().entry, PrivateKey.import(readFileSync(`${KEYS}contoso-3072/pkcs8.pem`))),
    fails('ERR_FILE_KEY_UNWRAP'),
  );
});

test('a vault answer is accepted in every form', async () => {
  const { key, entry, encrypt } = one();
  const encodings = /** @type {BufferEncoding[]} */ (['base64', 'base64url', 'hex']);
  const [base64, base64url, hex] = encodings.map((encoding) => key.toString(encoding));
  const answers = [
    { kid: 'x', value: base64url },
    { RawResult: [...key] },
    { result: base64, algorithm: 'RSA-OAEP' },
  ].map((answer) => JSON.stringify(answer));
  const forms = [base64, base64url, hex, `"${base64}"\n`, Buffer.from(base64url), ...answers];
  const data = encrypt('[{"id":1}]');
  for (const form of forms) {
    const fileKey = FileKey.fromVault(form, entry);
    assert.equal(fileKey.encoding, 'raw');
    assert.equal(Buffer.from(await decrypt(data, fileKey)).toString(), '[{"id":1}]', String(form));
  }
  assert.equal(FileKey.fromVault(answers[2], entry).algorithm, 'RSA-OAEP');
  assert.equal(FileKey.fromVault(base64, entry).algorithm, null);
  const raw = new Uint8Array([...key.subarray(0, 31), 0xff]); // no text
  assert.equal(FileKey.fromVault(raw, entry).encoding, 'raw');
});

test('anything that is not an answer is ERR_VAULT_ANSWER, and a key of another length ERR_FILE_KEY_LENGTH', () => {
  const { entry } = one();
  for (const answer of ['', 'no key at all!', '{"error":{"code":"Forbidden"}}', '{}'])
    assert.throws(() => FileKey.fromVault(answer, entry), fails('ERR_VAULT_ANSWER'), answer);
  assert.throws(() => FileKey.fromVault(Buffer.alloc(24).toString('base64'), entry), fails('ERR_FILE_KEY_LENGTH'));
  assert.throws(() => FileKey.fromVault(/** @type {Bytes} */ (/** @type {unknown} */ (12)), entry), TypeError);
});

test('keys that were disposed of no longer open anything', async () => {
  const { entry, answer } = one();
  const key = privateKey();
  const fileKey = FileKey.fromVault(answer, entry);
  for (const handle of [key, fileKey]) {
    handle.dispose();
    handle.dispose();
  }
  assert.throws(() => FileKey.unwrap(entry, key), /TypeError.*disposed/);
  await assert.rejects(decrypt(new Uint8Array(16), fileKey), /TypeError.*disposed/);
  if (Symbol.dispose) {
    const other = privateKey();
    other[Symbol.dispose]();
    assert.throws(() => FileKey.unwrap(entry, other), TypeError);
  }
});

test('a key in the wrong place is a TypeError', async () => {
  const { entry } = one();
  assert.throws(() => FileKey.unwrap(entry, /** @type {PrivateKey} */ (/** @type {unknown} */ (null))), TypeError);
  assert.throws(
    () => FileKey.unwrap(/** @type {KeyDetails} */ (/** @type {unknown} */ (null)), privateKey()),
    TypeError,
  );
  await assert.rejects(
    decrypt(new Uint8Array(16), /** @type {FileKey} */ (/** @type {unknown} */ (privateKey()))),
    TypeError,
  );
});
