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

/** The first characters of key versions: enough to compare, never last in a sentence. @param {string[]} versions */
const short = (versions) => versions.map((version) => (version.length > 8 ? `${version.slice(0, 8)}…` : version));

/** Versions that a sentence names one by one. */
const MOST_NAMED = 3;

export const keyStep = {
  title: 'Key',
  /**
   * The key versions that are still needed; `null` where the delivery does not name one.
   * @param {(string | null)[]} versions
   */
  needed(versions) {
    const named = short(versions.filter((version) => version !== null));
    if (named.length === 0 || named.length !== versions.length || named.length > MOST_NAMED)
      return versions.length > 1
        ? `This delivery is locked. It needs ${number(versions.length)} private keys.`
        : 'This delivery is locked. It needs its private key.';
    return named.length === 1
      ? `This delivery is locked. Key version ${named[0]} is needed.`
      : `This delivery is locked. Key versions ${named.join(', ')} are needed.`;
  },
  /** The key versions that are still needed, when others are open. @param {number} n */
  partly: (n) =>
    `A part of this delivery is unlocked. ${count(n, 'key version is', 'key versions are')} still missing.`,
  /** @type {(keys: number, answers: number) => string} */
  unlocked: (keys, answers) =>
    [
      keys > 0 && count(keys, 'key', 'keys'),
      answers > 0 && count(answers, 'answer from Key Vault', 'answers from Key Vault'),
      'everything is unlocked',
    ]
      .filter(Boolean)
      .join(' · '),
  noDrop: 'The key is ready. Now add the delivery: the folder that Data Connect delivered.',
  fileTitle: 'I have the key file',
  fileText:
    'Add the private key: a PEM, DER, PFX or JWK file. Choose it here, drag it onto this page, or copy its text ' +
    'and paste it.',
  choose: 'Choose the key file',
  another: 'Add another key',
  vaultTitle: 'The key is in Key Vault',
  versionsTitle: 'Key versions of this delivery',
  missingTitle: 'One file is missing: encryptionKeyDetails.json',
  missingText: 'It names the keys of the encrypted files. It is in the delivery’s own folder, here:',
  missingChoose: 'Choose encryptionKeyDetails.json',
  missingFolder: 'Or drag the whole delivery folder onto this page.',
  /** The way to the file; the first part is the delivery's own folder. */
  missingPath: ['The delivery’s folder', 'metadata', 'MoreMetadata', 'EncryptedDatasets', 'encryptionKeyDetails.json'],
};

export const key = {
  reading: 'Reading…',
  /** @param {number} bits */
  bits: (bits) => `RSA, ${bits} bits`,
  /** @param {number} n */
  several: (n) => count(n, 'key', 'keys'),
  /** @param {number} n */
  opened: (n) => `Opened ${count(n, 'wrapped key', 'wrapped keys')} of this delivery`,
  /** @param {string[]} versions */
  versions: (versions) => `Opened ${versions.length === 1 ? 'version' : 'versions'} ${versions.join(', ')}`,
  /** @param {string[]} versions */
  carries: (versions) => `${versions.length === 1 ? 'version' : 'versions'} ${versions.join(', ')}`,
  waiting: 'Waiting for the delivery',
  waitingForDetails: 'Waiting for encryptionKeyDetails.json',
  nothingEncrypted: 'Not needed: nothing here is encrypted',
  notNeeded: 'Not needed: everything is unlocked',
  failed: 'Can’t be used',
  needsPassword: 'Needs its password',
  /**
   * A key that opens nothing, while something is locked.
   * @param {(string | null)[]} versions that are needed
   */
  noMatch(versions) {
    const named = short(versions.filter((version) => version !== null));
    if (named.length === 0 || named.length > MOST_NAMED) return 'This key doesn’t match this delivery.';
    return named.length === 1
      ? `This key doesn’t match. Key version ${named[0]} is needed.`
      : `This key doesn’t match. Key versions ${named.join(', ')} are needed.`;
  },
  cancelled:
    'cancelled before the key was tried on all of the delivery’s wrapped keys; to try it again, remove it and add ' +
    'it again',
  password: 'Password of this key',
  show: 'Show',
  showPassword: 'Show the password',
  unlock: 'Unlock',
  passwordHint: 'Used here once and not kept.',
  /** @param {string} name */
  remove: (name) => `Remove ${name}`,
  treatAsFile: 'Not a key? Treat it as a data file.',
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
  locked: 'Locked',
  column: 'Opens values inside rows, which this page does not decrypt',
  place: 'at',
  /** @param {number} n */
  more: (n) => `… and ${number(n)} more, used in the same way but not listed.`,
  /** @param {number} n */
  several: (n) => `${number(n)} key versions`,
};

export const vault = {
  intro: 'The key stays where it is: Key Vault unlocks the delivery for you.',
  trouble: 'The command doesn’t work?',
  permissionText:
    'You need the permission “decrypt” on the key. If you have only “unwrapKey”, use PowerShell with Unwrap in ' +
    'place of Decrypt, or REST with unwrapkey in place of decrypt.',
  stepName: 'Say which key it is',
  stepRun: 'Run this command',
  stepRunAll: 'Run these commands',
  stepAnswer: 'Paste what it prints',
  name: 'Vault or key identifier',
  key: 'Key name (tenant ID)',
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
  algorithmHint: 'If Key Vault complains about the padding or a parameter, choose the next padding.',
  /** @param {string} version */
  entry: (version) => `Key version ${short([version])[0]}`,
  /** @param {string} version */
  command: (version) => `Command for key version ${version}`,
  copy: 'Copy',
  /** @param {string} version */
  copyOf: (version) => `Copy the command for key version ${version}`,
  copied: 'Copied',
  copyFailed: 'The clipboard is not available. The command is selected: copy it with the keyboard.',
  /** @param {number} n */
  more: (n) => `… and ${count(n, 'more wrapped key', 'more wrapped keys')}, shown here when these are open.`,
  answerHint: 'The JSON or just the value. If there are several, one after the other.',
  open: 'Unlock',
  /** @param {Opened[]} entries */
  opened: (entries) => entries.map(openedOne).join(' '),
  /** @param {string} identifier */
  foreign: (identifier) =>
    `The key details name a key that is not in a known Key Vault, so the command does not use it: ${identifier}`,
};
