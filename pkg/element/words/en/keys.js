/** English: private keys, key details and the way through Key Vault. */

import { number } from '../format.js';
import { count, files } from './counts.js';

/** @import { Opened } from '../shapes.js' */

/** @param {Opened} entry */
function openedOne({ version, algorithm, files: n }) {
  const what = version ? `key version ${version}` : 'the key details entry';
  const which = algorithm ? `, which was for ${algorithm}` : '';
  return `Opened ${what} with Key Vault’s answer${which}${n === null ? '' : `: it opens ${files(n)}`}.`;
}

export const key = {
  reading: 'Reading…',
  /** @param {number} bits */
  bits: (bits) => `RSA, ${bits} bits`,
  /** @param {number} n */
  several: (n) => count(n, 'key', 'keys'),
  /** @param {number} n */
  opened: (n) => `Opened ${count(n, 'key details entry', 'key details entries')}`,
  /** @param {string[]} versions */
  versions: (versions) => `Opened ${versions.length === 1 ? 'version' : 'versions'} ${versions.join(', ')}`,
  /** @param {string[]} versions */
  carries: (versions) => `${versions.length === 1 ? 'version' : 'versions'} ${versions.join(', ')}`,
  waiting: 'Waiting for key details',
  fitsNothing: 'Does not fit anything here',
  notNeeded: 'Not needed: everything is already open',
  failed: 'Not usable',
  needsPassword: 'Needs its password',
  password: 'Password of this key',
  unlock: 'Unlock',
  passwordHint: 'Used here once and not kept.',
  /** @param {string} name */
  remove: (name) => `Remove ${name}`,
  treatAsFile: 'This is not a key: treat it as a file of the drop',
};

export const details = {
  version: 'Key version',
  noVersion: 'Key version not named',
  unnamed: 'an unnamed version',
  /** @type {(key: string, algorithm: string | null) => string} */
  opened: (key, algorithm) => `Opened with ${key} (${algorithm})`,
  /** @param {string | null} algorithm */
  answered: (algorithm) => `Opened with Key Vault’s answer${algorithm ? ` (${algorithm})` : ''}`,
  /** @param {string} versions */
  lacking: (versions) => `Still without a key: ${versions}`,
  /** @param {string} encoding */
  encoding: (encoding) => `key written as ${encoding}`,
  /** @param {number} n */
  opens: (n) => `opens ${files(n)}`,
  locked: 'Locked: no private key for it yet',
  unfitting: 'Locked: no key fits yet',
  column: 'Opens values inside rows, which this page does not decrypt',
  place: 'at',
  /** @param {number} n */
  more: (n) => `… and ${number(n)} more, used in the same way but not listed.`,
  /** @param {number} n */
  several: (n) => `${number(n)} key versions`,
};

export const vault = {
  summary: 'Key stays in Key Vault',
  intro:
    'A key that was made in Key Vault cannot be exported. Let Key Vault open each wrapped key instead; the ' +
    'private key stays where it is. You need the permission “decrypt” on it. If you have only “unwrapKey”, use ' +
    'PowerShell with Unwrap in place of Decrypt, or REST with unwrapkey in place of decrypt.',
  stepName: '1. Say which key it is:',
  stepRun: '2. Run this:',
  stepAnswer: '3. Paste what it prints:',
  name: 'Vault, or the whole key identifier',
  key: 'Name of the key (the tenant id)',
  /**
   * @param {object} said
   * @param {string} said.vault as typed
   * @param {string} said.key as typed
   * @param {string | null} said.host
   * @param {string | null} said.name
   * @param {string | null} said.version
   * @param {boolean} said.known whether the host is in one of Azure's clouds
   * @param {(string | null)[]} said.wanted versions that files need
   */
  advice({ vault, key, host, name, version, known, wanted }) {
    const told = [];
    if (vault !== '' && host === null)
      told.push(
        'This does not name a vault. Enter its name (contoso), its address (contoso.vault.azure.net) or the ' +
          'identifier of the key (https://contoso.vault.azure.net/keys/…).',
      );
    if (host !== null && !known)
      told.push(
        `${host} is not in any known Azure cloud. Check that it is yours before you run this, because the ` +
          'wrapped key goes there.',
      );
    if (key !== '' && name === null) told.push('The name of a key has only letters, digits and hyphens.');
    if (version !== null && !wanted.some((one) => one === null || one === version))
      told.push(
        `This identifier has version ${version}, which no file here needs. If it is the same key, the ` +
          'versions below are the right ones.',
      );
    return told.join(' ');
  },
  tool: 'Tool',
  tools: { az: 'Azure CLI', powershell: 'PowerShell', rest: 'REST (curl)' },
  /** @param {string} command */
  signIn: (command) => `This vault is in a separate cloud. Sign in there first: ${command}`,
  /** @param {string} audience */
  token: (audience) => `Run it in a POSIX shell, with an access token for ${audience} in the variable TOKEN.`,
  algorithm: 'Padding',
  algorithmHint: 'If Key Vault answers with an error about the padding or the parameter, try the next one.',
  /** @param {string} version */
  command: (version) => `Command for key version ${version}`,
  copy: 'Copy',
  /** @param {string} version */
  copyOf: (version) => `Copy the command for key version ${version}`,
  copied: 'Copied',
  copyFailed: 'The clipboard is not available. The command is selected: copy it with the keyboard',
  /** @param {number} n */
  more: (n) => `… and ${count(n, 'more wrapped key', 'more wrapped keys')}, shown here when these are open.`,
  answer: 'Key Vault’s answer',
  answerHint: 'For any of the versions above: all of the JSON from az, PowerShell or REST, or just the value.',
  open: 'Open with this answer',
  /** @param {Opened[]} entries */
  opened: (entries) => entries.map(openedOne).join(' '),
  /** @param {string} identifier */
  foreign: (identifier) =>
    `The key details name a key that is not in a known Key Vault, so the command does not use it: ${identifier}`,
};
