/**
 * Key identifiers of Key Vault and managed HSM: https://HOST/keys/NAME[/VERSION].
 *
 * Their parts end up in a person's shell, and may come from the drop. So each part is used only if it fits its grammar.
 */

/**
 * A key in a vault; `null` for unknown parts. @typedef {{ host: string | null, name: string | null,
 * version: string | null }} KeyPlace
 */

// The hosts of Azure's clouds (about-keys-secrets-certificates.md in MicrosoftDocs/azure-security-docs, azure-cli's
// cloud.py), and the name of each cloud in az and PowerShell. For the last one that name is not known here.
/** @type {Map<string | undefined, string | null>} */
const CLOUDS = new Map([
  ['azure.net', null],
  ['azure.cn', 'AzureChinaCloud'],
  ['usgovcloudapi.net', 'AzureUSGovernment'],
  ['microsoftazure.de', 'AzureGermanCloud'],
  ['sovcloud-api.fr', null],
]);
const HOST = /^([a-z0-9][a-z0-9-]{0,62})\.((vault|managedhsm)\.([a-z0-9-]+\.[a-z]+))$/;
const ANY_HOST = /^(?=.{4,253}$)[a-z0-9][a-z0-9-]{0,62}(\.[a-z0-9][a-z0-9-]{0,62}){2,}$/;
const VAULT = /^[a-z0-9][a-z0-9-]{0,62}$/;
const NAME = /^[a-z0-9-]{1,127}$/i;
const VERSION = /^[0-9a-z]{1,64}$/i;
// A certificate has a key and a secret of the same name and version.
const IDENTIFIER =
  /^(?:https:\/\/)?([^/:\s]+)(?::443)?(?:\/(?:keys|certificates|secrets)\/([^/\s]+)(?:\/([^/\s]+))?)?\/*$/i;
const RESOURCE =
  /\/providers\/Microsoft\.KeyVault\/(vaults|managedHSMs)\/([^/\s]+)(?:\/keys\/([^/\s]+)(?:\/versions\/([^/\s]+))?)?\/*$/i;

/**
 * The parts of a host: `{ name, domain, isHsm, cloud, known }`; `null` if the text is not a host name. `known`: whether
 * it belongs to one of Azure's clouds.
 * @param {string | null | undefined} host
 */
export function hostParts(host) {
  const text = (host ?? '').toLowerCase();
  const [, name, domain, service, cloud] = HOST.exec(text) ?? [];
  const azureName = CLOUDS.get(cloud);
  if (azureName !== undefined) return { name, domain, isHsm: service === 'managedhsm', cloud: azureName, known: true };
  if (!ANY_HOST.test(text)) return null;
  const [first, ...rest] = text.split('.');
  return { name: first, domain: rest.join('.'), isHsm: rest[0] === 'managedhsm', cloud: null, known: false };
}

/**
 * Host, name and version of a key in one of Azure's vaults; `null` for any other text. For identifiers from the drop.
 * @param {string | null | undefined} identifier
 * @returns {(KeyPlace & { host: string }) | null}
 */
export function knownKey(identifier) {
  const [, host, name, version] = IDENTIFIER.exec(identifier ?? '') ?? [];
  if (!/^https:\/\//i.test(identifier ?? '') || !hostParts(host)?.known || !NAME.test(name ?? '')) return null;
  return { host: host.toLowerCase(), name, version: checked(VERSION, version) };
}

/**
 * Reads what a person typed or pasted as the vault: its name, host or address, the identifier of a key, or Azure's
 * resource id. Returns `{ host, name, version }`, with `null` for parts that the text does not contain. Returns `null`
 * if the text is none of these.
 * @param {string} text
 * @returns {(KeyPlace & { host: string }) | null}
 */
export function readVault(text) {
  const bare = text.replace(/[\s"'`“”‘’<>\\]/g, '');
  const [, kind, resource, key, keyVersion] = RESOURCE.exec(bare) ?? [];
  const [, place, name, version] = resource ? [] : (IDENTIFIER.exec(bare) ?? []);
  const vault = (resource ?? place ?? '').toLowerCase();
  const service = kind?.toLowerCase() === 'managedhsms' ? 'managedhsm' : 'vault';
  const host = VAULT.test(vault) ? `${vault}.${service}.azure.net` : hostParts(vault) && vault;
  return host ? { host, name: checked(NAME, key ?? name), version: checked(VERSION, keyVersion ?? version) } : null;
}

/**
 * The text as the name of a key; `null` if it is not one.
 * @param {string} text
 */
export function readKeyName(text) {
  return checked(NAME, text.trim());
}

/**
 * The text as a key version; `null` if it is not one.
 * @param {string | null | undefined} text
 */
export function readVersion(text) {
  return checked(VERSION, text ?? '');
}

/**
 * @param {RegExp} grammar
 * @param {string | undefined} text
 */
function checked(grammar, text) {
  return text !== undefined && grammar.test(text) ? text : null;
}
