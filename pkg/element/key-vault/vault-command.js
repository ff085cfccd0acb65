/**
 * Commands that make Key Vault open one wrapped key: for the Azure CLI, for PowerShell, and as a REST request.
 *
 * They end up in a person's shell. Host, name and version have passed the grammar of key-identifier.js, the value is
 * Base64, and the algorithm is from the list below: none of these contain a character that is special inside quotes.
 */

import { hostParts, knownKey, readVersion } from './key-identifier.js';

/**
 * @import { Algorithm, KeyDetails } from '../../index.js'
 * @import { KeyPlace } from './key-identifier.js'
 */

/** @typedef {'az' | 'powershell' | 'rest'} Tool */
/** @typedef {(target: KeyPlace, algorithm: string, wrappedKey: string) => string} WriteCommand */

/** Most likely first: Data Connect's public documentation does not name the algorithm. */
/** @type {(Algorithm | null)[]} */
export const ALGORITHMS = ['RSA-OAEP', 'RSA-OAEP-256', 'RSA1_5'];

// Old enough that every cloud and managed HSM supports it; the operation has not changed since.
const API_VERSION = '7.4';
const BASE64 = /^[A-Za-z0-9+/]+=*$/;
/** @type {KeyPlace} */
const NOTHING_TYPED = { host: null, name: null, version: null };

/**
 * Host, name and version of the key that unwraps an entry. The entry's own identifier and version take precedence over
 * `typed`. Parts that neither contains are `null`.
 * @param {Partial<Pick<KeyDetails, 'keyIdentifier' | 'publicKeyVersion'>>} details
 * @returns {KeyPlace}
 */
export function targetOf({ keyIdentifier, publicKeyVersion }, typed = NOTHING_TYPED) {
  const { host, name, version } = knownKey(keyIdentifier) ?? typed;
  return { host, name, version: readVersion(publicKeyVersion) ?? version };
}

/**
 * `az keyvault key decrypt …`. `--id` works for vaults and managed HSMs, and also identifies the cloud.
 * @type {WriteCommand}
 */
export function azCommand(target, algorithm, wrappedKey) {
  const { host, name, version } = named(target);
  // Double quotes are the only kind that works in bash, PowerShell and cmd.exe. The value is not converted: az expects
  // standard Base64, and would silently corrupt Base64URL.
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
  // RawResult, because the Result of older versions has passed through a text encoding that loses bytes.
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
 * The REST request, sent with curl from a POSIX shell that has an access token in TOKEN. The value is Base64URL without
 * padding.
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
 * What a tool needs beforehand: for az and PowerShell, a sign-in to the right cloud unless it is the public one; for
 * REST, a token with this audience.
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
 * Fills unknown parts with placeholders in capitals.
 * @param {KeyPlace} target
 */
function named({ host, name, version }) {
  return { host: host ?? 'YOUR-VAULT.vault.azure.net', name: name ?? 'YOUR-TENANT-ID', version };
}

/** @param {string} value */
function base64(value) {
  return BASE64.test(value) ? value : 'WRAPPED-KEY';
}
