/**
 * A rehearsal opens with our own command line, with OpenSSL alone, and with Microsoft's azure-keyvault-keys, whatever the
 * public half of the key came in.
 */

import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { keyVault } from '../portal/key-vault.mjs';
import { python } from './python.mjs';
import {
  DETAILS,
  fresh,
  here,
  linesOf,
  privateKey,
  publicKey,
  put,
  rehearse,
  run,
  SOURCES,
  textsOf,
  VERSION,
} from './rehearsals.mjs';

/** Decrypts it three ways, each with other people's code for a part or for all of it. */
async function assertOpens({ out }, key, algorithm) {
  const [own, openssl, byVault] = ['own', 'openssl', 'vault'].map(fresh);
  const report = await run([out, '--key', key, '--out', own, '--json']);
  assert.deepEqual([report.status, report.stderr], [0, '']);
  const outcomes = linesOf(report.stdout).map(({ outcome }) => outcome);
  assert.deepEqual(outcomes.sort(), ['copied', 'copied', 'decrypted', 'decrypted']);

  execFileSync('bash', [here('../rehearsal/decrypt.sh'), out, key, algorithm, openssl], { stdio: 'pipe' });
  const rows = (/** @type {string[]} */ [name]) => name.startsWith('rehearsal-part');
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
  const both = JSON.parse(String(answers));
  assert.equal(both.length, 2);
  assert.deepEqual(both[0], both[1]);
  const answer = put('answer.json', JSON.stringify(both[0]));
  const { status, stderr } = await run([out, '--vault-answer', answer, '--out', byVault]);
  assert.deepEqual([status, stderr], [0, '']);
  assert.deepEqual(textsOf(byVault).sort(), textsOf(own).sort());
}

for (const [what, [source, saysVersion]] of Object.entries(SOURCES)) {
  test(`a rehearsal for ${what} opens`, async () => {
    const made = await rehearse(source);
    const { PublicKeyVersion } = JSON.parse(readFileSync(join(made.out, DETAILS), 'utf8')).DecryptionKeyDetails;
    assert.equal(PublicKeyVersion, saysVersion ? VERSION : '0'.repeat(32));
    assert.deepEqual([made.told.keyVersion, made.told.isVersionMadeUp], [PublicKeyVersion, !saysVersion]);
    await assertOpens(made, privateKey(), 'RSA-OAEP');
  });
}

for (const [name, algorithm] of [
  ['contoso-2048', 'RSA-OAEP-256'],
  ['contoso-2048', 'RSA-OAEP-256-MGF1-SHA1'],
  ['contoso-2048', 'RSA1_5'],
  ['contoso-3072', 'RSA-OAEP'],
  ['contoso-4096', 'RSA-OAEP-256'],
]) {
  test(`a rehearsal for ${name} with ${algorithm} opens`, async () => {
    const made = await rehearse(publicKey(name).export({ type: 'spki', format: 'pem' }), '--algorithm', algorithm);
    assert.deepEqual([made.told.algorithm, made.told.bits], [algorithm, Number(name.slice(-4))]);
    await assertOpens(made, privateKey(name), algorithm);
  });
}

for (const algorithm of ['RSA-OAEP', 'RSA-OAEP-256', 'RSA1_5']) {
  test(`a vault gives the file key of a rehearsal to azure-keyvault-keys: ${algorithm}`, async () => {
    const { out } = await rehearse(SOURCES['REST’s answer'][0], '--algorithm', algorithm);
    const keys = { [`tenant/${VERSION}`]: readFileSync(privateKey(), 'utf8') };
    const vault = await keyVault({ keys, callers: { 'invented-token': ['decrypt', 'unwrapKey'] } });
    const script = here('../rehearsal/vault.py');
    const asked = promisify(execFile)(python(), [script, join(out, DETAILS), 'tenant', algorithm, String(vault.url)]);
    const { stdout } = await asked.finally(() => vault.close());
    const operations = vault.requests.map(({ path }) => path.split('/').at(-1));
    assert.ok(operations.includes('decrypt') && operations.includes('unwrapkey'), `${operations}`);
    for (const answer of JSON.parse(stdout)) {
      const target = fresh('by-vault');
      const { status, stderr } = await run([
        out,
        '--vault-answer',
        put('a.json', JSON.stringify(answer)),
        '--out',
        target,
      ]);
      assert.deepEqual([status, stderr], [0, '']);
      assert.equal(textsOf(target).length, 4);
    }
  });
}
