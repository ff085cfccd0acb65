/**
 * What lets Key Vault open one wrapped key: a command for the Azure CLI, one for PowerShell, and the REST request.
 *
 * All of it ends up in somebody's shell. Host, name and version have passed the grammar of key-identifier.js, the value
 * is Base64, and the algorithm is one of the list: no character among them means anything inside quotes.
 */

import { hostParts, knownKey, readVersion } from './key-identifier.js';

/**
 * @import { Algorithm, KeyDetails } from '../../index.js'
 * @import { KeyPlace } from './key-identifier.js'
 */

/** @typedef {'az' | 'powershell' | 'rest'} Tool */
/** @typedef {(target: KeyPlace, algorithm: string, wrappedKey: string) => string} WriteCommand */

/** In the order in which they are likely: Data Connect's public text names none. */
/** @type {(Algorithm | null)[]} */
export const ALGORITHMS = ['RSA-OAEP', 'RSA-OAEP-256', 'RSA1_5'];

// Old enough for every cloud and for managed HSM; the operation has not changed since.
const API_VERSION = '7.4';
const BASE64 = /^[A-Za-z0-9+/]+=*$/;
/** @type {KeyPlace} */
const NOTHING_TYPED = { host: null, name: null, version: null };

/**
 * Host, name and version of the key that unwraps an entry. The entry's own identifier holds where it has one, and its
 * own version always; `typed` fills the rest, and `null` stays where nobody said.
 * @param {Partial<Pick<KeyDetails, 'keyIdentifier' | 'publicKeyVersion'>>} details
 * @returns {KeyPlace}
 */
export function targetOf({ keyIdentifier, publicKeyVersion }, typed = NOTHING_TYPED) {
  const { host, name, version } = knownKey(keyIdentifier) ?? typed;
  return { host, name, version: readVersion(publicKeyVersion) ?? version };
}

/**
 * `az keyvault key decrypt …`. `--id` names vault or managed HSM and its cloud alike.
 * @type {WriteCommand}
 */
export function azCommand(target, algorithm, wrappedKey) {
  const { host, name, version } = named(target);
  // Double quotes: the one kind that bash, PowerShell and cmd.exe agree on. The value goes in as it stands: az reads
  // standard Base64, and would quietly spoil Base64URL.
  const id = `https://${host}/keys/${name}${version ? `/${version}` : ''}`;
  return (
    `az keyvault key decrypt --algorithm ${algorithm} --data-type base64 --id "${id}" --value ` +
    `"${base64(wrappedKey)}" --output json`
  );
}

/**
 * `Invoke-AzKeyVaultKeyOperation …` of Az.KeyVault, in PowerShell 7 and 5.1.
 * @type {WriteCommand}
 */
export function powershellCommand(target, algorithm, wrappedKey) {
  const { host, name, version } = named(target);
  const { name: vault, isHsm } = hostParts(target.host) ?? { name: host.replace(/\..*/, ''), isHsm: false };
  const place = `${isHsm ? '-HsmName' : '-VaultName'} '${vault}'`;
  const key = `${place} -Name '${name}'${version ? ` -Version '${version}'` : ''}`;
  // RawResult: older versions also have a Result, which went through a text encoding that loses bytes.
  const answer =
    '[pscustomobject]@{ KeyId = $_.KeyId; Algorithm = $_.Algorithm; RawResult = ' +
    '[Convert]::ToBase64String($_.RawResult) }';
  return (
    `Invoke-AzKeyVaultKeyOperation -Operation Decrypt -Algorithm ${algorithm} ${key} ` +
    `-ByteArrayValue ([Convert]::FromBase64String('${base64(wrappedKey)}')) | ForEach-Object { ${answer} } | ` +
    'ConvertTo-Json'
  );
}

/**
 * The REST request, as curl sends it from a POSIX shell that has an access token in TOKEN. Its value is Base64URL
 * without padding.
 * @type {WriteCommand}
 */
export function restCommand(target, algorithm, wrappedKey) {
  const { host, name, version } = named(target);
  const value = base64(wrappedKey).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  const url = `https://${host}/keys/${name}/${version ?? 'KEY-VERSION'}/decrypt?api-version=${API_VERSION}`;
  return (
    `curl --silent --show-error --request POST '${url}' --header "Authorization: Bearer $TOKEN" ` +
    `--header 'Content-Type: application/json' --data '{"alg":"${algorithm}","value":"${value}"}'`
  );
}

/**
 * What a tool needs before: the cloud that it has to be signed in to, where that is not the public one; the token's
 * audience for REST.
 * @param {Tool} tool
 * @param {Pick<KeyPlace, 'host'>} place
 * @returns {{ token?: string, signIn?: string } | null}
 */
export function needs(tool, { host }) {
  const { domain = 'vault.azure.net', cloud = null } = hostParts(host) ?? {};
  if (tool === 'rest') return { token: `https://${domain}` };
  if (!cloud) return null;
  return {
    signIn: tool === 'az' ? `az cloud set --name ${cloud}, then az login` : `Connect-AzAccount -Environment ${cloud}`,
  };
}

/**
 * Capitals stand for what nobody said yet.
 * @param {KeyPlace} target
 */
function named({ host, name, version }) {
  return { host: host ?? 'YOUR-VAULT.vault.azure.net', name: name ?? 'YOUR-TENANT-ID', version };
}

/** @param {string} value */
function base64(value) {
  return BASE64.test(value) ? value : 'WRAPPED-KEY';
}
