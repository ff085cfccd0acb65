/**
 * Every word that a person reads, in one place. A translation replaces this file and the language in format.js.
 *
 * Errors bring their own text (MgdcDecryptError.message): one line that says what was found and what to do.
 */

import { bytes, duration, number, percent } from './format.js';

const count = (n, one, many) => `${number(n)} ${n === 1 ? one : many}`;
const files = (n) => count(n, 'file', 'files');

/** An error's message as a sentence. */
export function sentence(message) {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function openedOne({ version, algorithm, files: n }) {
  const what = version ? `key version ${version}` : 'the key details entry';
  const which = algorithm ? `, which was for ${algorithm}` : '';
  return `Opened ${what} with Key Vault’s answer${which}${n === null ? '' : `: it opens ${files(n)}`}.`;
}

export const text = {
  intake: {
    title: 'Drop the delivery and its private key here',
    titleMore: 'Add more: drop it anywhere on this page',
    hint:
      'The folder, single files, encryptionKeyDetails.json, the private key (PEM, DER, PFX, JWK): all at once ' +
      'or one after another, anywhere on this page.',
    addFiles: 'Add files',
    addFolder: 'Add a folder',
    folderNote: 'Your browser may call this “upload”. Nothing is uploaded: the files are read on this computer only.',
    sample: 'Try it with sample data',
    clear: 'Clear all',
    unreadable:
      'the browser could not read it: see that you may read it, and add it again; what lies in it is missing here',
    pasted:
      'what was pasted is no private key, no key details and no answer of Key Vault that opens something here: ' +
      'nothing was done with it; copy the whole of it',
    waiting: 'What you added is looked at when this run has ended.',
    sampleNote: 'This is sample data with a sample key. Everything in it is invented, and the key protects nothing.',
  },
  found: {
    title: 'Keys',
    reading: (n) => (n > 0 ? `Looking through ${files(n)}…` : 'Looking…'),
    asking: 'Waiting for Key Vault…',
    trying: ({ done, total }) => `Trying the key on ${number(done)} of ${number(total)} key details entries…`,
    keysTitle: 'Private keys',
    detailsTitle: 'Key details',
    noDrop: 'Now add the drop: the folder that Data Connect delivered.',
    noDetailsTitle: 'No key details yet',
    noDetails:
      'Encrypted files need the key details of their drop. They lie in the drop’s own folder; add the folder, ' +
      'or this file:',
    detailsPath: 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json',
    nothingEncrypted: 'Nothing in this drop is encrypted: everything is copied as it is.',
    noKeyTitle: 'No private key yet',
    noKey:
      'Add the private key that belongs to the key version below: a PEM, DER, PFX or JWK file. If the key ' +
      'cannot leave Key Vault, use the way shown below the key details.',
    noKeyNoDetails: 'Add the private key of the drop: a PEM, DER, PFX or JWK file.',
    noKeyNeeded: 'No private key is needed.',
  },
  key: {
    reading: 'Reading…',
    bits: (bits) => `RSA, ${bits} bits`,
    several: (n) => count(n, 'key', 'keys'),
    opened: (n) => `Opened ${count(n, 'key details entry', 'key details entries')}`,
    versions: (versions) => `Opened ${versions.length === 1 ? 'version' : 'versions'} ${versions.join(', ')}`,
    carries: (versions) => `${versions.length === 1 ? 'version' : 'versions'} ${versions.join(', ')}`,
    waiting: 'Waiting for key details',
    fitsNothing: 'Fits nothing here',
    notNeeded: 'Not needed: everything is open already',
    failed: 'Not usable',
    needsPassword: 'Needs its password',
    password: 'Password of this key',
    unlock: 'Unlock',
    passwordHint: 'Used here once and not kept.',
    remove: (name) => `Remove ${name}`,
    treatAsFile: 'It is no key: treat it as a file of the drop',
  },
  details: {
    version: 'Key version',
    noVersion: 'Key version not named',
    unnamed: 'one that is not named',
    opened: (key, algorithm) => `Opened with ${key} (${algorithm})`,
    answered: (algorithm) => `Opened with Key Vault’s answer${algorithm ? ` (${algorithm})` : ''}`,
    lacking: (versions) => `Still without a key: ${versions}`,
    encoding: (encoding) => `key spelled as ${encoding}`,
    opens: (n) => `opens ${files(n)}`,
    locked: 'Locked: no private key for it yet',
    unfitting: 'Locked: no fitting key yet',
    column: 'Opens values inside rows, which this page does not do',
    place: 'at',
    more: (n) =>
      `… and ${count(n, 'entry', 'entries')} more: ${n === 1 ? 'it is' : 'they are'} used like these, and not listed.`,
    several: (n) => `${number(n)} key versions`,
  },
  vault: {
    summary: 'Key stays in Key Vault',
    intro:
      'A key that was made in Key Vault cannot be exported. Let Key Vault open each wrapped key instead; the ' +
      'private key stays where it is. You need the permission “decrypt” on it. With “unwrapKey” alone, take ' +
      'PowerShell with Unwrap in place of Decrypt, or REST with unwrapkey in place of decrypt.',
    stepName: '1. Say which key it is:',
    stepRun: '2. Run this:',
    stepAnswer: '3. Paste what it prints:',
    name: 'Vault, or the whole key identifier',
    key: 'Name of the key (the tenant id)',
    advice({ vault, key, host, name, version, known, wanted }) {
      const told = [];
      if (vault !== '' && host === null)
        told.push(
          'The vault is not understood: its name (contoso), its address (contoso.vault.azure.net) or the ' +
            'identifier of the key (https://contoso.vault.azure.net/keys/…) will do.',
        );
      if (host !== null && !known)
        told.push(
          `${host} is in none of Azure’s known clouds. See that it is yours before you run this: the wrapped ` +
            'key goes there.',
        );
      if (key !== '' && name === null) told.push('The name of a key has letters, digits and hyphens only.');
      if (version !== null && !wanted.some((one) => one === null || one === version))
        told.push(
          `That identifier is of version ${version}, which no file here needs. The versions below are the ` +
            'right ones, if it is the same key.',
        );
      return told.join(' ');
    },
    tool: 'Tool',
    tools: { az: 'Azure CLI', powershell: 'PowerShell', rest: 'REST (curl)' },
    signIn: (command) => `This vault is in a cloud of its own. Sign in there first: ${command}`,
    token: (audience) => `In a POSIX shell, with an access token for ${audience} in the variable TOKEN.`,
    algorithm: 'Padding',
    algorithmHint: 'If Key Vault answers with an error about the padding or the parameter, try the next one.',
    command: (version) => `Command for key version ${version}`,
    copy: 'Copy',
    copyOf: (version) => `Copy the command for key version ${version}`,
    copied: 'Copied',
    copyFailed: 'No clipboard here: the command is selected, copy it with the keyboard',
    more: (n) => `… and ${count(n, 'wrapped key', 'wrapped keys')} more, shown here when these are open.`,
    answer: 'Key Vault’s answer',
    answerHint: 'For any of the versions above: the whole JSON of az, PowerShell or REST, or the bare value.',
    open: 'Open with this answer',
    opened: (entries) => entries.map(openedOne).join(' '),
    foreign: (identifier) =>
      `The key details name a key that is in no known Key Vault, so it is not put into the command: ${identifier}`,
  },
  files: {
    title: 'Files',
    summary: (totals) =>
      totals.bytes === null ? files(totals.files) : `${files(totals.files)}, ${bytes(totals.bytes)}`,
    onlyProblems: (n, isWarned) =>
      `Only what failed${isWarned ? ', is locked or carries a warning' : ' or is locked'} (${number(n)})`,
    list: 'Files of the drop',
    find: 'Find files by a part of their path',
    findHint: 'Only the rows in view are on the page: this looks through all files, the browser’s own search does not.',
    matching: (n, all) => `${number(n)} of ${files(all)} shown`,
    noMatch: (wanted) => `No path contains “${wanted}”.`,
    save: (name) => `Save ${name}`,
    keyDetails: 'Key details: read, not copied',
    leftOut: (reason) => `Left out: ${reason}`,
    metadata: 'Metadata: copied as it is',
    clear: (content) => (content ? `Not encrypted (${content}): copied as it is` : 'Not encrypted: copied as it is'),
    ready: (repair) => (repair ? `Ready, after a repair (${repair})` : 'Ready'),
    locked: 'Locked: no fitting key yet',
    waiting: 'Waiting',
    underway: (done, total) => (done >= total ? 'Finishing…' : `Decrypting, ${percent(done, total)}`),
    decrypted: 'Decrypted',
    copied: 'Copied',
    skipped: 'was there already',
    failed: 'Failed',
    verified: { crc32: 'verified (CRC-32)', adler32: 'verified (Adler-32)', null: 'not verifiable' },
    savedAs: 'saved as',
    expanded: 'It grew to more than 200 times its size: look at the content before you trust it.',
  },
  ways: {
    title: 'Decrypt',
    folder: 'Decrypt into a folder',
    zip: 'Decrypt into a ZIP',
    cancel: 'Cancel',
    cancelHint: 'Escape cancels, too',
    folderMissing: 'Saving into a folder needs Chrome or Edge on a computer. Here, take the ZIP.',
    folderInsecure: 'Saving into a folder needs an https:// address. Here, take the ZIP.',
    folderFrame: 'This frame may not open folders. Open the page in a tab of its own, or take the ZIP.',
    folderRefused: 'the browser did not allow writing into that folder; pick another one, or take the ZIP',
    folderHint: 'Make or pick an empty folder; browsers refuse Downloads, Documents and Desktop themselves.',
    folderHintResume: 'First run: make or pick an empty folder. To go on: pick the same folder again.',
    resume: 'Skip what is already there and whole; tick before the first run',
    resumeHint: 'A list (names, sizes, hashes) stays in the folder: .mgdc-decrypt.json.',
    held: (size) =>
      `This browser builds the ZIP in memory before it saves it. With ${bytes(size)} that may fail: Chrome or ` +
      'Edge can write straight to the disk.',
    heldInStorage:
      'A big result is first written, decrypted, to the browser’s private storage on this computer, downloaded ' +
      'from there, and deleted some minutes later. The disk needs room for both.',
    noRoomToSpill: (room, needed) =>
      `the browser has room for ${bytes(room)} in its private storage, and ${bytes(needed)} at least are ` +
      'needed; free some disk space, save single files, or use Chrome or Edge, which write straight to the disk',
    spillFull: (written) =>
      `the browser’s private storage was full after ${bytes(written)}; free some disk space, save single ` +
      'files, or use Chrome or Edge, which write straight to the disk',
    noStorage: (reason) =>
      `the browser’s private storage cannot be written (${reason}); allow this page to store data, or use ` +
      'Chrome or Edge',
    nothing: 'Nothing can be decrypted yet.',
    allDamaged: 'Nothing here can be decrypted.',
    someReady({ files: all, deliverable, locked, damaged }) {
      const rest = [locked > 0 && `${number(locked)} still locked`, damaged > 0 && `${number(damaged)} damaged`]
        .filter(Boolean)
        .join(', ');
      return `${number(deliverable)} of ${files(all)} ready; ${rest}.`;
    },
    allClear: (n) => `Nothing here is encrypted; ${files(n)} would be copied.`,
    allReady: (n) => `${files(n)} ready.`,
    shortFile: (found, expected) =>
      `the saved file has ${number(found)} bytes instead of ${number(expected)}; save again, to another place`,
    noRoom: 'the browser has no room to hold the result; save into a folder, or free some disk space',
    zipName: (folder) => `${folder ?? 'drop'}-decrypted.zip`,
  },
  progress: {
    label: 'Progress of all files',
    starting: 'Starting…',
    cancelling: 'Cancelling…',
    finishing: 'Finishing: the browser is closing the files…',
    percent: (progress) => percent(progress.bytesRead, progress.bytesTotal),
    amount: ({ bytesRead, bytesTotal }) => `${bytes(bytesRead)} of ${bytes(bytesTotal)}`,
    files: ({ filesDone, filesTotal }) => `${number(filesDone)} of ${files(filesTotal)}`,
    rate: (rate) => `${bytes(rate)} a second`,
    left: (seconds) => `${duration(seconds)} left`,
  },
  summary: {
    heading({ decrypted, copied, failed, skipped, inVain }) {
      if (inVain) return `Nothing could be decrypted${copied > 0 ? `; ${files(copied)} copied` : ''}`;
      if (failed > 0) return `Done, but ${files(failed)} failed`;
      if (skipped > 0 && skipped === decrypted + copied)
        return `Nothing to do: ${skipped === 1 ? 'the file is' : `all ${files(skipped)} are`} already there`;
      return decrypted > 0 ? `Done: ${files(decrypted)} decrypted` : `Done: ${files(copied)} copied`;
    },
    /** What the heading leaves out. */
    rest({ decrypted, copied, failed, skipped, warned, inVain }) {
      const carry = warned.length > 0 && text.summary.warned(warned.length);
      if (inVain) return [`${number(failed)} failed`, carry].filter(Boolean).join(', ');
      if (failed === 0 && skipped === decrypted + copied) return carry || '';
      const parts = [
        failed > 0 && `${number(decrypted)} decrypted`,
        (failed > 0 || decrypted > 0) && `${number(copied)} copied`,
        skipped > 0 && `${number(skipped)} of them already there`,
        carry,
      ];
      return parts.filter(Boolean).join(', ');
    },
    cancelled: 'Cancelled',
    cancelledZip: 'Nothing was saved.',
    cancelledFolder: (n) =>
      `${files(n)} had been finished and ${n === 1 ? 'is' : 'are'} in the folder; nothing half-written is left.`,
    notResumable:
      'A new run into this folder writes them again, under other names: the box that skips what is there was ' +
      'not ticked.',
    resumable: 'To go on, leave the box ticked and pick the same folder again.',
    stopped: 'Stopped',
    decrypted: 'Decrypted',
    copied: 'Copied',
    failed: 'Failed',
    skipped: 'Of these, already there',
    written: 'Written',
    verified: 'Verified by checksum',
    ofDecrypted: (verified, decrypted) => `${number(verified)} of ${number(decrypted)}`,
    savedZip: (name) => `Saved as ${name}.`,
    savedFolder: (name) => `Saved into the folder ${name}.`,
    renamed: (n) =>
      `${files(n)} ${n === 1 ? 'was' : 'were'} saved under another name, because ` +
      `${n === 1 ? 'its own' : 'theirs'} was taken.`,
    unverified:
      'What carries no checksum cannot be verified: its padding and its beginning were right, no more is known.',
    failures: 'What failed, and why',
    warned: (n) => `${files(n)} ${n === 1 ? 'carries' : 'carry'} a warning`,
    several: (n) => `${files(n)}:`,
    more: (n) => `… and ${files(n)} more: see the list below.`,
    number,
    bytes,
  },
  spilled: {
    note: (size) =>
      `A decrypted copy (${bytes(size)}) is in the browser’s private storage, where the download is copied ` +
      'from. It is deleted some minutes from now; if you close this page, when it is opened the next time.',
    remove: 'The download is complete: delete the copy now',
    busy: 'The browser is still copying it. It is deleted later.',
  },
  problem: {
    code: (code) => `(${code})`,
    retry: 'Try again',
    dismiss: 'Dismiss',
  },
  say: {
    found({ totals, keys, drop }) {
      const usable = keys.entries.filter(({ key }) => key).length;
      if (!drop) return `${count(usable, 'private key', 'private keys')} added. ${text.found.noDrop}`;
      const locked =
        (totals.locked > 0 ? `, ${number(totals.locked)} locked` : '') +
        (totals.damaged > 0 ? `, ${number(totals.damaged)} damaged` : '');
      return (
        `Found ${files(totals.files)}, ${number(totals.encrypted)} encrypted${locked}, ` +
        `${count(usable, 'private key', 'private keys')}.`
      );
    },
    started: 'Decrypting has started.',
    finished({ outcome, figures, error, only, name }) {
      if (outcome === 'cancelled') return text.summary.cancelled;
      if (error) return `${text.summary.stopped}: ${sentence(error.message)}`;
      if (only && figures.failed === 0) return text.summary.savedZip(name);
      const rest = text.summary.rest(figures);
      return `${text.summary.heading(figures)}.${rest && ` ${rest}.`}`;
    },
  },
};
