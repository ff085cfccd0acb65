/** English: the bar at the top, the empty page, the steps, and what happens to everything at once. */

import { bytes, number, percent } from '../format.js';
import { count, files } from './counts.js';

/** @import { Finished, Totals } from '../shapes.js' */

export const page = {
  title: 'Decrypt a Data Connect delivery',
  /** @param {number} share */
  busy: (share) => `${percent(share, 1)} · Decrypting`,
  starting: 'Decrypting…',
  /**
   * @param {Finished} run
   * @returns {string}
   */
  over({ error, figures }) {
    if (error) return 'Stopped';
    if (!figures) return 'Cancelled';
    return figures.failed > 0 || figures.inVain ? 'Done, with failures' : 'Done';
  },
  /** @type {(state: string, title: string) => string} */
  titleWith: (state, title) => `${state} – ${title}`,
  insecure:
    'This page was loaded over plain http://. It works, but more slowly, and it cannot save into a folder: use the ' +
    'ZIP. Anybody between the server and you could have changed its code, so an https:// address is better.',
};

export const bar = {
  name: 'mgdc-decrypt',
  label: 'Page',
  skip: 'Skip to the delivery',
  modes: 'What do you want to do?',
  decrypt: 'Decrypt a delivery',
  check: 'Check a key',
  offline: 'Offline: this page cannot send data',
  offlineShort: 'Offline',
  offlineHint: 'What this page can and cannot do with your data',
  help: 'Help',
  dark: 'Use dark colors',
  light: 'Use light colors',
  language: 'Language',
};

export const welcome = {
  title: 'Decrypt a Microsoft Graph Data Connect delivery in your browser.',
  stays: 'Your files and keys never leave this computer.',
  target: 'Drag the delivery folder and its private key here.',
  targetHintHere: 'All at once or one after another, in any order.',
  targetHint: 'All at once or one after another, in any order, anywhere on this page.',
  addFolder: 'Choose the delivery’s folder',
  addFiles: 'Choose files or a ZIP',
  paste: 'Paste a key',
  sample: 'Try the sample',
  picture: 'A folder and a key become a table.',
  steps: 'How it works',
  stepGet: 'Get the delivery',
  stepGetHint:
    'Copy the whole folder that Data Connect wrote to your storage: with the Azure portal, Storage Explorer or azcopy.',
  stepKey: 'Get its key',
  stepKeyHint:
    'The private key as a file (PEM, PFX, JWK, DER), or leave it in Key Vault: you get the command to run there.',
  stepSave: 'Look and save',
  stepSaveHint: 'Choose what you need. Save it to a folder or as a ZIP.',
  tree: 'What a delivery looks like',
  treeFolder: 'your delivery',
  treeKey: 'says which key opens the delivery',
  treeData: 'encrypted data, a folder for each dataset',
  other: 'No delivery yet?',
  check: 'Check a key',
  checkHint: 'See whether the services will accept it, before the first delivery.',
  rehearse: 'Rehearse',
  rehearseHint: 'Make a small invented delivery for your key, and decrypt it.',
  offlineCopy: 'Download this page for offline use',
};

export const paste = {
  label: 'Private key, key details or Key Vault’s answer',
  hint:
    'Paste the text here, or paste it anywhere on this page with the keyboard: a key as PEM or JWK, ' +
    'encryptionKeyDetails.json, an answer from Key Vault. Copied files work, too.',
  add: 'Add',
  close: 'Close',
};

export const rail = {
  label: 'Steps',
  delivery: 'Delivery',
  key: 'Key',
  review: 'Review',
  save: 'Save',
  done: 'done',
  problem: 'needs attention',
  needDelivery: 'Now add the delivery: the folder that Data Connect wrote.',
  needDetails: 'Now add the missing file.',
  packed: 'An archive could not be opened here. The list below says why.',
  /** @param {string} key */
  needPassword: (key) => `Enter the password of ${key}.`,
  needKey: 'Now add the private key, or let Key Vault open the delivery.',
  wrongKey: 'Now add the right key, or let Key Vault open the delivery.',
  /** @type {(ready: number, locked: number) => string} */
  someLocked: (ready, locked) =>
    `${files(ready)} ${ready === 1 ? 'is' : 'are'} unlocked, ${number(locked)} still locked. Add another key, or go ` +
    'on without them.',
  unlocked: 'Everything is unlocked. Choose what you need, and save it.',
  nothingEncrypted: 'Nothing here is encrypted. No key is needed.',
  nothingUsable: 'Nothing here can be decrypted. The list says why.',
  running: 'Decrypting and saving…',
  over: 'Saved. You can look at the report, or save something else.',
  overFailed: 'Finished, but not everything worked. See what failed below.',
  cancelled: 'Cancelled. You can start again at any time.',
};

export const line = {
  noDelivery: 'No delivery yet',
  /** @param {number} n */
  keys: (n) => count(n, 'key', 'keys'),
  unnamed: 'Delivery',
  sample: 'Sample delivery',
  /** @param {Totals} totals */
  totals: ({ files: n, bytes: size }) => (size === null ? files(n) : `${files(n)} · ${bytes(size)}`),
  addFolder: 'Add a folder',
  addFiles: 'Add files',
  paste: 'Paste',
  /** @param {number} n */
  arriving: (n) => (n > 0 ? `Reading ${files(n)}…` : 'Reading…'),
  clear: 'Clear all',
};

export const overlay = {
  title: 'Let go to add it',
  hint: 'A delivery, its key, or both: the page sorts them.',
  check: 'Let go to check it',
  checkHint: 'The description of a key, a certificate or a vault.',
};

export const undo = {
  cleared: 'Everything was cleared.',
  restore: 'Undo',
  said: 'Everything was cleared. You can undo this for ten seconds.',
  restored: 'Everything is back.',
  wiped: 'Everything was cleared, and the keys were wiped.',
};
