/** `mgdc-decrypt/check`: rehearsals, through the package. */

import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as check from '../../pkg/check.js';
import { openDrop, PrivateKey } from '../../pkg/index.js';
import instantiate from '../../pkg/wasm-check/mgdc_check.js';
import { MemorySink } from './memory-drop.mjs';
import { samplePath } from './samples.mjs';

/** @import { Algorithm } from '../../pkg/index.js' */

const DETAILS = 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json';
const VERSION = '501bc4c9f66d877902c60ab27d226ed6';
const { rehearse } = check;

const pemOf = (name) => readFileSync(samplePath(`keys/${name}/pkcs8.pem`), 'utf8');
const publicOf = (name) => createPublicKey(createPrivateKey(pemOf(name)));
const detailsOf = async (items) =>
  JSON.parse(await items.find(({ path }) => path === DETAILS).blob.text()).DecryptionKeyDetails;

/** The report, and what was written. */
async function decrypted(items, key) {
  const drop = await openDrop(items);
  await drop.unlock(PrivateKey.import(key));
  const sink = new MemorySink();
  const report = await drop.decrypt(sink);
  const { algorithm } = drop.keyDetails[0];
  drop.dispose();
  return { report, sink, algorithm };
}

test('what is declared is exported, and nothing else', () => {
  const declarations = readFileSync(new URL('../../pkg/check.d.ts', import.meta.url), 'utf8');
  const declared = [...declarations.matchAll(/^export (?:function|class|const) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(Object.keys({ ...check }).sort(), [...new Set(declared)].sort());
});

/** @type {[string, Algorithm | undefined][]} */
const WRAPPINGS = [
  ['contoso-2048', undefined],
  ['contoso-2048', 'RSA-OAEP-256'],
  ['contoso-2048', 'RSA-OAEP-256-MGF1-SHA1'],
  ['contoso-2048', 'RSA1_5'],
  ['contoso-3072', 'RSA-OAEP'],
  ['contoso-4096', 'RSA-OAEP-256'],
];
for (const [name, algorithm] of WRAPPINGS) {
  test(`decrypts what it made for ${name}, ${algorithm ?? 'the default'}`, async () => {
    const items = await rehearse(publicOf(name).export({ type: 'spki', format: 'pem' }), { algorithm });
    const { report, algorithm: found } = await decrypted(items, pemOf(name));
    assert.deepEqual([report.decrypted, report.copied, report.failed], [2, 2, 0]);
    assert.equal(found, algorithm ?? 'RSA-OAEP');
    for (const { output, outcome, verified, warnings } of report.files) {
      assert.match(/** @type {string} */ (output), /(^|\/)rehearsal-[^/]*$/);
      assert.equal(verified, outcome === 'decrypted' ? 'crc32' : null);
      assert.deepEqual(warnings, []);
    }
  });
}

test('the key may be text, bytes or a Blob', async () => {
  const jwk = JSON.stringify({
    ...publicOf('contoso-2048').export({ format: 'jwk' }),
    kid: `https://c.vault.azure.net/keys/t/${VERSION}`,
  });
  for (const key of [jwk, new TextEncoder().encode(jwk), new TextEncoder().encode(jwk).buffer, new Blob([jwk])]) {
    const details = await detailsOf(await rehearse(key));
    assert.equal(details.PublicKeyVersion, VERSION);
    assert.equal(Buffer.from(details.DecryptionKeyValue, 'base64').length, 256);
    assert.equal(Buffer.from(details.DecryptionKeyIV, 'base64').length, 16);
  }
});

test('a key without a version gets one that no vault has', async () => {
  const items = await rehearse(publicOf('contoso-2048').export({ type: 'pkcs1', format: 'der' }));
  assert.equal((await detailsOf(items)).PublicKeyVersion, '0'.repeat(32));
});

test('refuses what it cannot encrypt to, with a code of its own', async () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ec = publicKey.export({ type: 'spki', format: 'pem' });
  await assert.rejects(rehearse(ec), { name: 'MgdcDecryptError', code: 'ERR_PUBLIC_KEY_NOT_RSA' });
  await assert.rejects(rehearse('[]'), { code: 'ERR_PUBLIC_KEY_MISSING' });
  await assert.rejects(rehearse(''), { code: 'ERR_PUBLIC_KEY_INVALID' });
  // @ts-expect-error No such padding exists: that is what is refused.
  await assert.rejects(rehearse(pemOf('contoso-2048'), { algorithm: 'RSA-OAEP-512' }), TypeError);
});

test('the module that decrypts cannot encrypt, and neither has the bindings of the other', async () => {
  const exportsOf = async (path) => {
    const module = await WebAssembly.compile(readFileSync(new URL(`../../pkg/${path}`, import.meta.url)));
    return WebAssembly.Module.exports(module).map(({ name }) => name);
  };
  const [main, own] = [await exportsOf('wasm/mgdc_decrypt_bg.wasm'), await exportsOf('wasm-check/mgdc_check_bg.wasm')];
  assert.ok(main.includes('parseKeyDetails') && !main.includes('rehearse') && !main.includes('salvage_new'));
  assert.ok(own.includes('rehearse') && own.includes('salvage_new') && !own.includes('parseKeyDetails'));
});

test('loads its module when it is first needed, and tries again after a failure', async () => {
  // @ts-expect-error The query makes a module of its own, which is not loaded yet; TypeScript finds no file for it.
  const { init, wasm } = await import('../../pkg/check/init.js?fresh');
  assert.throws(wasm, { code: 'ERR_WASM_LOAD' });
  await assert.rejects(init(new URL('missing.wasm', import.meta.url)), {
    code: 'ERR_WASM_LOAD',
    message: /mgdc_check_bg\.wasm/,
  });
  await init(new URL('../../pkg/wasm-check/mgdc_check_bg.wasm', import.meta.url));
  assert.equal(typeof wasm().rehearse, 'function');
});

test('nothing of a private key that was given stays in its memory', async () => {
  await rehearse(pemOf('contoso-2048'));
  // The bindings are instantiated already, and give what they have.
  const { memory } = await instantiate({ module_or_path: '' });
  const now = Buffer.from(memory.buffer);
  const jwk = createPrivateKey(pemOf('contoso-2048')).export({ format: 'jwk' });
  assert.ok(now.length > 1 << 20);
  for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi']) {
    const number = Buffer.from(/** @type {string} */ (jwk[name]), 'base64url');
    for (const bytes of [number, Buffer.from(number).reverse()])
      for (let at = 0; at + 32 <= bytes.length; at += 32)
        assert.equal(now.indexOf(bytes.subarray(at, at + 32)), -1, `${name}, from byte ${at}`);
  }
});
