// The command line that lets Key Vault open a wrapped key. Everything in it ends up in somebody's shell, and most of it
// comes from the drop: only what fits its grammar goes in.

// The hosts of Azure's clouds (about-keys-secrets-certificates.md in MicrosoftDocs/azure-security-docs, azure-cli's cloud.py).
const HOST = /^(?=.{1,100}$)[a-z0-9][a-z0-9-]*\.(vault|managedhsm)\.(azure\.net|azure\.cn|usgovcloudapi\.net|microsoftazure\.de|sovcloud-api\.fr)$/i;
const IDENTIFIER = /^https:\/\/([^/:]+)(?::443)?\/keys\/([a-z0-9-]{1,127})(?:\/([0-9a-z]{1,64}))?\/?$/i;
const VERSION = /^[0-9a-z]{1,64}$/i;
const NAME = /^[a-z0-9-]{1,127}$/i;
const BASE64 = /^[A-Za-z0-9+/]+=*$/;

/** Whether an identifier from the key details names a key in one of Azure's vaults. */
export function knownVault(identifier) {
  const match = IDENTIFIER.exec(identifier ?? '');
  return match !== null && HOST.test(match[1]);
}

/**
 * `az keyvault key decrypt …`. The value goes in as it stands: az reads standard Base64, and would quietly spoil Base64URL.
 * `vault` and `key` are what the person typed, for key details that name the version alone.
 */
export function decryptCommand({ keyIdentifier, publicKeyVersion, wrappedKey }, algorithm, vault, key) {
  const id = knownVault(keyIdentifier) ? complete(keyIdentifier, publicKeyVersion) : identifier(vault.trim(), key.trim(), publicKeyVersion);
  const value = BASE64.test(wrappedKey) ? wrappedKey : 'VALUE';
  // Double quotes: the one kind that bash, PowerShell and cmd.exe agree on.
  return `az keyvault key decrypt --algorithm ${algorithm} --data-type base64 --id "${id}" --value "${value}" --query result --output tsv`;
}

function complete(keyIdentifier, publicKeyVersion) {
  const [, host, name, version] = IDENTIFIER.exec(keyIdentifier);
  return `https://${host}/keys/${name}${path(version ?? publicKeyVersion)}`;
}

function identifier(vault, key, publicKeyVersion) {
  const bare = vault.replace(/^https:\/\//i, '').replace(/\/.*$/, '');
  const host = HOST.test(bare) ? bare : `${NAME.test(bare) ? bare : 'YOUR-VAULT'}.vault.azure.net`;
  const name = NAME.test(key) ? key : 'YOUR-TENANT-ID';
  return `https://${host}/keys/${name}${path(publicKeyVersion)}`;
}

// Without a version Key Vault takes the newest one.
function path(version) {
  return VERSION.test(version ?? '') ? `/${version}` : '';
}
