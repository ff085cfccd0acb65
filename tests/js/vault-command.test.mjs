/** The commands with which Key Vault unwraps: their text, and that a shell reads it as intended. */

import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { knownKey, readKeyName, readVault } from '../../pkg/element/key-vault/key-identifier.js';
import {
  ALGORITHMS,
  azCommand,
  needs,
  powershellCommand,
  restCommand,
  targetOf,
} from '../../pkg/element/key-vault/vault-command.js';
import { openDrop } from '../../pkg/index.js';
import { keyVault } from '../portal/key-vault.mjs';
import { lines, MemoryDrop, newKey, PEM } from './memory-drop.mjs';

/** @import { KeyPlace } from '../../pkg/element/key-vault/key-identifier.js' */

const NAME = '5f0c1c1e-7a44-4a0e-9d52-0c6f4d1b7a11';
const VERSION = '501bc4c9f66d877902c60ab27d226ed6';
const OTHER = '3793442aae3995cec2674897139a950f';
const TARGET = { host: 'contoso-kv.vault.azure.net', name: NAME, version: VERSION };
const VALUE = '+/+/AAAA++//BBBB/w==';
const SUFFIXES = ['azure.net', 'azure.cn', 'usgovcloudapi.net', 'microsoftazure.de', 'sovcloud-api.fr'];

/** The words that bash hands to a program of that name. */
function wordsOf(command, program) {
  const script = `${program}() { printf '%s\\0' "$@"; }; TOKEN='a b"c'; ${command}`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

test('a pasted key identifier gives vault, name and version, of every cloud and of managed HSM', () => {
  for (const suffix of SUFFIXES) {
    for (const service of ['vault', 'managedhsm']) {
      const host = `contoso-kv.${service}.${suffix}`;
      for (const text of [
        `https://${host}/keys/${NAME}/${VERSION}`,
        ` "https://${host.toUpperCase()}:443/keys/${NAME}/${VERSION}/" `,
        `“${host}/keys/${NAME}/${VERSION}”`,
      ]) {
        assert.deepEqual(readVault(text), { host, name: NAME, version: VERSION }, text);
      }
      assert.deepEqual(readVault(`https://${host}/keys/${NAME}`), { host, name: NAME, version: null });
      assert.deepEqual(readVault(`https://${host}/`), { host, name: null, version: null });
      assert.deepEqual(knownKey(`https://${host}/keys/${NAME}`), { host, name: NAME, version: null });
    }
  }
});

test('a vault is also recognised by its name, its certificate, its secret and its resource id', () => {
  const host = 'contoso-kv.vault.azure.net';
  const resource = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.KeyVault';
  assert.deepEqual(readVault(' Contoso-KV '), { host, name: null, version: null });
  for (const kind of ['certificates', 'secrets'])
    assert.deepEqual(readVault(`https://${host}/${kind}/${NAME}/${VERSION}`), { host, name: NAME, version: VERSION });
  assert.deepEqual(readVault(`${resource}/vaults/contoso-kv`), { host, name: null, version: null });
  assert.deepEqual(readVault(`${resource}/vaults/contoso-kv/keys/${NAME}/versions/${VERSION}`), {
    host,
    name: NAME,
    version: VERSION,
  });
  assert.deepEqual(readVault(`${resource}/managedHSMs/contoso-kv`), {
    host: 'contoso-kv.managedhsm.azure.net',
    name: null,
    version: null,
  });
});

test('other texts are not taken for a vault, and a host of an unknown cloud is accepted only from the person', () => {
  for (const text of [
    '',
    '  ',
    'a b/c',
    'http://x',
    'con$toso',
    '-x',
    'https://;rm',
    '$(id)',
    'https://contoso.vault.azure.net/other/x',
    'x'.repeat(300),
  ]) {
    assert.equal(readVault(text), null, text);
  }
  const stack = 'vault1.vault.local.azurestack.external';
  assert.deepEqual(readVault(`https://${stack}/keys/${NAME}`), { host: stack, name: NAME, version: null });
  assert.equal(knownKey(`https://${stack}/keys/${NAME}/${VERSION}`), null);
  assert.equal(knownKey(`https://contoso.vault.azure.net.evil.example/keys/${NAME}`), null);
  for (const name of ['a b', "x'", 'x"', '$x', 'x`', 'x;y', 'x\ny', '']) assert.equal(readKeyName(name), null, name);
});

test("an entry's own identifier and version take precedence over what was typed", () => {
  const typed = { host: 'typed.vault.azure.net', name: 'typed', version: OTHER };
  const own = `https://contoso-kv.vault.azure.net/keys/${NAME}/${VERSION}`;
  assert.deepEqual(targetOf({ keyIdentifier: own, publicKeyVersion: VERSION }, typed), TARGET);
  assert.deepEqual(targetOf({ keyIdentifier: null, publicKeyVersion: VERSION }, typed), { ...typed, version: VERSION });
  assert.deepEqual(targetOf({ keyIdentifier: null, publicKeyVersion: null }, typed), typed);
  assert.deepEqual(targetOf({ keyIdentifier: 'https://evil.example/keys/x', publicKeyVersion: '$(id)' }), {
    host: null,
    name: null,
    version: null,
  });
});

test('the Azure CLI gets whole words, through a shell', () => {
  for (const algorithm of ALGORITHMS) {
    assert.deepEqual(wordsOf(azCommand(TARGET, algorithm ?? '', VALUE), 'az'), [
      'keyvault',
      'key',
      'decrypt',
      '--algorithm',
      algorithm,
      '--data-type',
      'base64',
      '--id',
      `https://contoso-kv.vault.azure.net/keys/${NAME}/${VERSION}`,
      '--value',
      VALUE,
      '--output',
      'json',
    ]);
  }
  const hsm = wordsOf(
    azCommand({ ...TARGET, host: 'contoso.managedhsm.azure.net', version: null }, 'RSA1_5', VALUE),
    'az',
  );
  assert.ok(hsm.includes(`https://contoso.managedhsm.azure.net/keys/${NAME}`));
});

test('PowerShell gets vault or managed HSM by name, the value as bytes, and prints all that the page can use', () => {
  const command = powershellCommand(TARGET, 'RSA-OAEP-256', VALUE);
  assert.ok(
    command.startsWith(
      `Invoke-AzKeyVaultKeyOperation -Operation Decrypt -Algorithm RSA-OAEP-256 -VaultName 'contoso-kv' -Name ` +
        `'${NAME}' -Version '${VERSION}' -ByteArrayValue ([Convert]::FromBase64String('${VALUE}')) | `,
    ),
    command,
  );
  assert.match(
    command,
    /KeyId = \$_\.KeyId; Algorithm = \$_\.Algorithm; RawResult = \[Convert\]::ToBase64String\(\$_\.RawResult\)/,
  );
  assert.match(
    powershellCommand({ ...TARGET, host: 'contoso.managedhsm.azure.cn', version: null }, 'RSA1_5', VALUE),
    /-HsmName 'contoso' -Name '[^']+' -ByteArrayValue/,
  );
});

test('REST gets Base64URL without padding', () => {
  assert.deepEqual(wordsOf(restCommand(TARGET, 'RSA-OAEP', VALUE), 'curl'), [
    '--silent',
    '--show-error',
    '--request',
    'POST',
    `https://contoso-kv.vault.azure.net/keys/${NAME}/${VERSION}/decrypt?api-version=7.4`,
    '--header',
    'Authorization: Bearer a b"c',
    '--header',
    'Content-Type: application/json',
    '--data',
    '{"alg":"RSA-OAEP","value":"-_-_AAAA--__BBBB_w"}',
  ]);
});

test('placeholders in capitals stand for unknown parts, and nothing from a hostile drop gets in', () => {
  const target = targetOf({ keyIdentifier: 'https://x"; rm -rf ~; "/keys/a', publicKeyVersion: "'; rm -rf ~; '" });
  for (const write of [azCommand, powershellCommand, restCommand]) {
    const command = write(target, 'RSA-OAEP', 'AAAA\'; rm -rf ~; "');
    assert.match(command, /YOUR-VAULT/);
    assert.match(command, /YOUR-TENANT-ID/);
    assert.match(command, /WRAPPED-KEY/);
    assert.doesNotMatch(command, /rm -rf/);
  }
});

test('another cloud needs its own sign-in, and a token for its own audience', () => {
  assert.equal(needs('az', TARGET), null);
  assert.equal(needs('powershell', { host: null }), null);
  assert.deepEqual(needs('rest', TARGET), { token: 'https://vault.azure.net' });
  assert.deepEqual(needs('rest', { host: 'x.managedhsm.usgovcloudapi.net' }), {
    token: 'https://managedhsm.usgovcloudapi.net',
  });
  assert.match(needs('az', { host: 'x.vault.azure.cn' })?.signIn ?? '', /az cloud set --name AzureChinaCloud/);
  assert.match(
    needs('powershell', { host: 'x.vault.usgovcloudapi.net' })?.signIn ?? '',
    /-Environment AzureUSGovernment/,
  );
});

test('the curl command, run against a server that answers like Key Vault, opens the drop', async (t) => {
  for (const algorithm of ALGORITHMS) {
    const memory = new MemoryDrop(1);
    memory.keys[0] = newKey(algorithm ?? undefined);
    memory.items.length = 0;
    memory.addClear(
      'metadata/encryptionKeyDetails.json',
      JSON.stringify({ DecryptionKeyDetails: memory.keys[0].details }),
    );
    memory.add('part.json', lines(300));
    const drop = await openDrop(memory.items);
    const [details] = drop.keyDetails;
    const vault = await keyVault({
      keys: { [`${NAME}/${details.publicKeyVersion}`]: PEM },
      callers: { token: ['decrypt'] },
    });
    t.after(() => vault.close());
    const command = restCommand(
      targetOf(details, /** @type {KeyPlace} */ (readVault(`contoso.vault.azure.net/keys/${NAME}`))),
      algorithm ?? '',
      details.wrappedKey,
    );
    const local = command.replace('https://contoso.vault.azure.net', `${vault.url}`);
    const { stdout } = await promisify(execFile)('bash', ['-c', local], { env: { ...process.env, TOKEN: 'token' } });
    assert.deepEqual(await drop.unlock(stdout), [0], stdout.replace(/"value":.*/, ''));
    // Without the right to it, the vault's error is what is pasted.
    const denied = await promisify(execFile)('bash', ['-c', local], { env: { ...process.env, TOKEN: 'nobody' } });
    await assert.rejects((await openDrop(memory.items)).unlock(denied.stdout), /Key Vault answered with an error/);
  }
});
