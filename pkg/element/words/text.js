/**
 * Every text of the page, in one place. A translation replaces this file, and the language in format.js.
 *
 * Errors have their own text (MgdcDecryptError.message): one line that says what was found and what to do.
 */

import { bytes, duration, number, percent } from './format.js';

/** @import { Progress } from '../../index.js' */

/**
 * The number of files of each kind; `bytes`: their size, or `null` until it is known.
 *
 * @typedef {object} Totals
 * @property {number} files
 * @property {number | null} bytes
 * @property {number} encrypted
 * @property {number} locked
 * @property {number} damaged
 * @property {number} ready
 * @property {number} asIs
 * @property {number} deliverable
 */
/**
 * The parts of a report that are shown.
 *
 * @typedef {object} Figures
 * @property {number} decrypted
 * @property {number} copied
 * @property {number} failed
 * @property {number} skipped
 * @property {readonly unknown[]} warned
 * @property {boolean} inVain
 */
/**
 * An entry that a vault answer opened. @typedef {{ version: string | null, algorithm: string | null, files: number
 * | null }} Opened
 */
/** @typedef {{ totals: Totals, keys: { entries: readonly { key: unknown }[] }, drop: unknown }} Found */
/**
 * A run that is over.
 *
 * @typedef {object} Finished
 * @property {Figures | null} figures `null` if it failed or was cancelled
 * @property {Error | null} error
 * @property {'folder' | 'zip' | 'file'} way
 * @property {string} name
 */

/** @type {(n: number, one: string, many: string) => string} */
const count = (n, one, many) => `${number(n)} ${n === 1 ? one : many}`;
/** @param {number} n */
const files = (n) => count(n, 'file', 'files');

/**
 * An error's message as a sentence.
 * @param {string} message
 */
export function sentence(message) {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** @param {Opened} entry */
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
      'Add the folder, single files, encryptionKeyDetails.json and the private key (PEM, DER, PFX, JWK), all at once ' +
      'or one after another, anywhere on this page.',
    addFiles: 'Add files',
    addFolder: 'Add a folder',
    folderNote: 'Your browser may call this “upload”. Nothing is uploaded: the files are read on this computer only.',
    sample: 'Try it with sample data',
    clear: 'Clear all',
    unreadable:
      'the browser could not read it: check that you are allowed to read it, and add it again; ' +
      'its content is missing here',
    pasted:
      'what you pasted is not a private key, not key details, and not an answer from Key Vault that opens anything ' +
      'here, so it was not used; check that you copied all of it',
    waiting: 'What you added will be read when this run has ended.',
    sampleNote: 'This is sample data with a sample key. Everything in it is invented, and the key protects nothing.',
  },
  found: {
    title: 'Keys',
    /** @param {number} n */
    reading: (n) => (n > 0 ? `Looking through ${files(n)}…` : 'Looking…'),
    asking: 'Waiting for Key Vault…',
    /** @type {(progress: { done: number, total: number }) => string} */
    trying: ({ done, total }) => `Trying the key on ${number(done)} of ${number(total)} key details entries…`,
    keysTitle: 'Private keys',
    detailsTitle: 'Key details',
    noDrop: 'Now add the drop: the folder that Data Connect delivered.',
    noDetailsTitle: 'No key details yet',
    noDetails:
      'Encrypted files need the key details of their drop. They are in the drop’s own folder. Add the folder, ' +
      'or this file:',
    detailsPath: 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json',
    nothingEncrypted: 'Nothing in this drop is encrypted, so everything is copied as it is.',
    noKeyTitle: 'No private key yet',
    noKey:
      'Add the private key that belongs to the key version below: a PEM, DER, PFX or JWK file. If the key ' +
      'cannot leave Key Vault, use the way shown below the key details.',
    noKeyNoDetails: 'Add the private key of the drop: a PEM, DER, PFX or JWK file.',
    noKeyNeeded: 'No private key is needed.',
  },
  key: {
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
  },
  details: {
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
  },
  vault: {
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
  },
  files: {
    title: 'Files',
    /** @param {Totals} totals */
    summary: (totals) =>
      totals.bytes === null ? files(totals.files) : `${files(totals.files)}, ${bytes(totals.bytes)}`,
    /** @type {(n: number, isWarned: boolean) => string} */
    onlyProblems: (n, isWarned) =>
      `Only files that failed${isWarned ? ', are locked or have a warning' : ' or are locked'} (${number(n)})`,
    list: 'Files of the drop',
    find: 'Find files by part of their path',
    findHint: 'This searches all files. The browser’s own search finds only the rows in view.',
    /** @type {(n: number, all: number) => string} */
    matching: (n, all) => `${number(n)} of ${files(all)} shown`,
    /** @param {string} wanted */
    noMatch: (wanted) => `No path contains “${wanted}”.`,
    /** @param {string} name */
    save: (name) => `Save ${name}`,
    keyDetails: 'Key details: read, not copied',
    /** @param {string} reason */
    leftOut: (reason) => `Left out: ${reason}`,
    metadata: 'Metadata: copied as it is',
    /** @param {string | null} content */
    clear: (content) => (content ? `Not encrypted (${content}): copied as it is` : 'Not encrypted: copied as it is'),
    /** @param {string | null} repair */
    ready: (repair) => (repair ? `Ready, after a repair (${repair})` : 'Ready'),
    locked: 'Locked: no key fits yet',
    waiting: 'Waiting',
    /** @type {(done: number, total: number) => string} */
    underway: (done, total) => (done >= total ? 'Finishing…' : `Decrypting, ${percent(done, total)}`),
    decrypted: 'Decrypted',
    copied: 'Copied',
    skipped: 'was already there',
    failed: 'Failed',
    verified: { crc32: 'verified (CRC-32)', adler32: 'verified (Adler-32)', null: 'not verifiable' },
    savedAs: 'saved as',
    expanded: 'It grew to more than 200 times its size. Check the content before you trust it.',
  },
  ways: {
    title: 'Decrypt',
    folder: 'Decrypt into a folder',
    zip: 'Decrypt into a ZIP',
    /** @type {(way: string, n: number) => string} */
    some: (way, n) => `${way} (${number(n)})`,
    /** @param {number} n */
    onlyShown: (n) => `Only what is shown (${number(n)})`,
    report: 'Put a report with the SHA-256 of every file beside the files; this takes longer',
    cancel: 'Cancel',
    cancelHint: 'Escape also cancels',
    folderMissing: 'Saving into a folder needs Chrome or Edge on a computer. Here, use the ZIP.',
    folderInsecure: 'Saving into a folder needs an https:// address. Here, use the ZIP.',
    folderFrame: 'This frame is not allowed to open folders. Open the page in its own tab, or use the ZIP.',
    folderRefused: 'the browser did not allow writing into that folder; pick another one, or use the ZIP',
    folderHint: 'Create or pick an empty folder. Browsers do not allow Downloads, Documents and Desktop themselves.',
    folderHintResume: 'First run: create or pick an empty folder. To continue: pick the same folder again.',
    resume: 'Skip files that are already there and complete; tick this before the first run',
    resumeHint: 'A list (names, sizes, hashes) stays in the folder: .mgdc-decrypt.json.',
    convert: 'Convert rows of JSON',
    conversions: { asDelivered: 'As delivered', csv: 'To CSV', parquet: 'To Parquet' },
    convertHint: 'Files that hold no rows of JSON are saved as they were delivered.',
    /** @param {number} size */
    held: (size) =>
      `This browser builds the ZIP in memory before it saves it. With ${bytes(size)} that may fail: Chrome or ` +
      'Edge can write straight to the disk.',
    heldInStorage:
      'A big result is first kept, decrypted, in the browser’s private storage on this computer. It is downloaded ' +
      'from there, and deleted some minutes later. The disk needs room for both copies.',
    /** @type {(room: number, needed: number) => string} */
    noRoomToSpill: (room, needed) =>
      `the browser has room for ${bytes(room)} in its private storage, and at least ${bytes(needed)} are ` +
      'needed; free some disk space, save single files, or use Chrome or Edge, which write straight to the disk',
    /** @param {number} written */
    spillFull: (written) =>
      `the browser’s private storage was full after ${bytes(written)}; free some disk space, save single ` +
      'files, or use Chrome or Edge, which write straight to the disk',
    /** @param {string} reason */
    noStorage: (reason) =>
      `the browser’s private storage cannot be written (${reason}); allow this page to store data, or use ` +
      'Chrome or Edge',
    nothing: 'Nothing can be decrypted yet.',
    allDamaged: 'Nothing here can be decrypted.',
    /** @param {Totals} totals */
    someReady({ files: all, deliverable, locked, damaged }) {
      const rest = [locked > 0 && `${number(locked)} still locked`, damaged > 0 && `${number(damaged)} damaged`]
        .filter(Boolean)
        .join(', ');
      return `${number(deliverable)} of ${files(all)} ready; ${rest}.`;
    },
    /** @param {number} n */
    allClear: (n) => `Nothing here is encrypted; ${files(n)} would be copied.`,
    /** @param {number} n */
    allReady: (n) => `${files(n)} ready.`,
    /** @type {(found: number, expected: number) => string} */
    shortFile: (found, expected) =>
      `the saved file has ${number(found)} bytes instead of ${number(expected)}; save again, to another place`,
    noRoom: 'the browser has no room to hold the result; save into a folder, or free some disk space',
    /** @param {string | null} folder */
    zipName: (folder) => `${folder ?? 'drop'}-decrypted.zip`,
  },
  progress: {
    label: 'Progress of all files',
    starting: 'Starting…',
    cancelling: 'Cancelling…',
    finishing: 'Finishing: the browser is closing the files…',
    /** @param {Progress} progress */
    percent: (progress) => percent(progress.bytesRead, progress.bytesTotal),
    /** @param {Progress} progress */
    amount: ({ bytesRead, bytesTotal }) => `${bytes(bytesRead)} of ${bytes(bytesTotal)}`,
    /** @param {Progress} progress */
    files: ({ filesDone, filesTotal }) => `${number(filesDone)} of ${files(filesTotal)}`,
    /** @param {number} rate */
    rate: (rate) => `${bytes(rate)} a second`,
    /** @param {number} seconds */
    left: (seconds) => `${duration(seconds)} left`,
  },
  summary: {
    /** @param {Figures} figures */
    heading({ decrypted, copied, failed, skipped, inVain }) {
      if (inVain) return `Nothing could be decrypted${copied > 0 ? `; ${files(copied)} copied` : ''}`;
      if (failed > 0) return `Done, but ${files(failed)} failed`;
      if (skipped > 0 && skipped === decrypted + copied)
        return `Nothing to do: ${skipped === 1 ? 'the file is' : `all ${files(skipped)} are`} already there`;
      return decrypted > 0 ? `Done: ${files(decrypted)} decrypted` : `Done: ${files(copied)} copied`;
    },
    /**
     * What the heading does not say.
     * @param {Figures} figures
     */
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
    /** @param {number} n */
    cancelledFolder: (n) =>
      `${files(n)} ${n === 1 ? 'was finished and is' : 'were finished and are'} in the folder. ` +
      'No half-written file is left.',
    notResumable:
      'A new run into this folder writes them again under other names, because the box for skipping files was ' +
      'not ticked.',
    resumable: 'To continue, leave the box ticked and pick the same folder again.',
    stopped: 'Stopped',
    decrypted: 'Decrypted',
    copied: 'Copied',
    failed: 'Failed',
    skipped: 'Of these, already there',
    written: 'Written',
    verified: 'Verified by checksum',
    /** @type {(verified: number, decrypted: number) => string} */
    ofDecrypted: (verified, decrypted) => `${number(verified)} of ${number(decrypted)}`,
    /** @param {string} name */
    savedZip: (name) => `Saved as ${name}.`,
    /** @param {string} name */
    savedFolder: (name) => `Saved into the folder ${name}.`,
    /** @param {number} n */
    renamed: (n) =>
      n === 1
        ? `${files(n)} was saved under another name, because its own was taken.`
        : `${files(n)} were saved under other names, because their own were taken.`,
    unverified:
      'A file without a checksum cannot be verified: its padding and its beginning were right, but no more is known.',
    failures: 'What failed, and why',
    /** @param {number} n */
    warned: (n) => `${files(n)} ${n === 1 ? 'has' : 'have'} a warning`,
    /** @param {number} n */
    several: (n) => `${files(n)}:`,
    /** @param {number} n */
    more: (n) => `… and ${files(n)} more: see the list below.`,
    number,
    bytes,
    report: 'Save the report',
    reportJson: 'Report as JSON',
    reportMarkdown: 'Copy the report as Markdown',
    reportCopied: 'Copied',
    reportName: 'mgdc-decrypt-report',
    reportHint: 'It has no SHA-256, because the box for it was not ticked before the run.',
  },
  spilled: {
    /** @param {number} size */
    note: (size) =>
      `A decrypted copy (${bytes(size)}) is in the browser’s private storage, where the download comes ` +
      'from. It is deleted some minutes from now or, if you close this page, the next time the page is opened.',
    remove: 'The download is complete: delete the copy now',
    busy: 'The browser is still copying it. It will be deleted later.',
  },
  problem: {
    /** @param {string} code */
    code: (code) => `(${code})`,
    retry: 'Try again',
    dismiss: 'Dismiss',
  },
  say: {
    /** @param {Found} found */
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
    /** @param {Finished} run */
    finished({ figures, error, way, name }) {
      if (error) return `${text.summary.stopped}: ${sentence(error.message)}`;
      if (!figures) return text.summary.cancelled;
      if (way === 'file' && figures.failed === 0) return text.summary.savedZip(name);
      const rest = text.summary.rest(figures);
      return `${text.summary.heading(figures)}.${rest && ` ${rest}.`}`;
    },
  },
};
