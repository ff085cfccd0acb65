/** English: the ways to save, and the progress of a run. */

import { bytes, duration, number, percent } from '../format.js';
import { files } from './counts.js';

/**
 * @import { Progress } from '../../../index.js'
 * @import { Totals } from '../shapes.js'
 */

export const ways = {
  title: 'Decrypt',
  folder: 'Decrypt into a folder',
  zip: 'Decrypt into a ZIP',
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
};

export const progress = {
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
};

export const spilled = {
  /** @param {number} size */
  note: (size) =>
    `A decrypted copy (${bytes(size)}) is in the browser’s private storage, where the download comes ` +
    'from. It is deleted some minutes from now or, if you close this page, the next time the page is opened.',
  remove: 'The download is complete: delete the copy now',
  busy: 'The browser is still copying it. It will be deleted later.',
};
