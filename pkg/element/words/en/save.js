/** English: the ways to save, and the progress of a run. */

import { bytes, duration, number, percent } from '../format.js';
import { count, files } from './counts.js';

/**
 * @import { Progress } from '../../../index.js'
 * @import { Plan } from '../shapes.js'
 */

export const ways = {
  title: 'Save',
  folder: 'Decrypt into a folder',
  folderShort: 'Folder',
  zip: 'Decrypt into a ZIP',
  zipShort: 'ZIP',
  give: 'Decrypt for the portal',
  giveHint: 'The decrypted files go to the portal that this is part of.',
  /** @param {string} reason */
  sinkFailed: (reason) =>
    `the portal that this is part of did not say where the files are to go (${reason}); ask who runs it`,
  saveClear: 'Save the clear files as they are',
  options: 'Options for saving',
  convert: 'CSV, Parquet',
  convertHint: 'Decrypt and convert to CSV or Parquet',
  convertTitle: 'Decrypt and convert',
  formats: {
    csv: {
      title: 'CSV, for a spreadsheet',
      about: 'Rows of JSON become lines of a table. Other files are saved as they are.',
      folder: 'Decrypt as CSV into a folder',
      zip: 'Decrypt as CSV into a ZIP',
    },
    parquet: {
      title: 'Parquet, for data tools',
      about: 'Columns with types, for Spark, DuckDB, pandas and others. Other files are saved as they are.',
      folder: 'Decrypt as Parquet into a folder',
      zip: 'Decrypt as Parquet into a ZIP',
    },
  },
  flatten: 'A column for each nested value',
  notResumed: 'What is converted can’t be resumed: it is always written from the beginning. Choose an empty folder.',
  report: 'Put a report with the data',
  reportHint: 'As a page to read and print, as JSON, and as SHA256SUMS.',
  salvage: 'Save the readable part of damaged files',
  salvageHint: 'Such files end in .partial. They count as failed, and nothing in them is verified.',
  cancel: 'Cancel',
  cancelHint: 'Escape also cancels',
  folderMissing: 'Saving into a folder needs Chrome or Edge on a computer. Here, use the ZIP.',
  folderInsecure: 'Saving into a folder needs an https:// address. Here, use the ZIP.',
  folderFrame: 'This frame is not allowed to open folders. Open the page in its own tab, or use the ZIP.',
  folderRefused: 'the browser did not allow writing into that folder; pick another one, or use the ZIP',
  folderHintShort: 'A folder must be empty or new.',
  folderHint:
    'Choose an empty folder. Browsers don’t allow Downloads, Documents or Desktop itself; a folder inside them is ' +
    'fine.',
  folderHintResume: 'To start: choose an empty folder. To continue: choose the same folder again.',
  resume: 'Resume: skip files already decrypted in this folder',
  resumeHint:
    'Keeps a small list (names, sizes, hashes) in the folder: .mgdc-decrypt.json. Turn it on before the first run.',
  /** @param {number} size */
  held: (size) =>
    `This browser builds the ZIP in memory before it saves it. With ${bytes(size)} that may fail: Chrome or ` +
    'Edge can write straight to the disk.',
  heldInStorage:
    'A big result is first kept, decrypted, in the browser’s private storage on this computer. It is downloaded ' +
    'from there, and deleted some minutes later. The disk needs room for both copies.',
  heldShort: 'The ZIP is first kept, decrypted, in the browser’s private storage. The options say more.',
  heldInMemoryShort: 'The ZIP is built in memory, which may fail. The options say more.',
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
  /**
   * What can be saved now.
   * @param {Plan} plan
   */
  chosen({ totals, bytes: size, clear }) {
    if (totals.files === 0) return 'Nothing is chosen';
    if (clear || totals.deliverable === 0) {
      if (totals.locked > 0) return totals.locked === 1 ? '1 file is locked' : `${files(totals.locked)} are locked`;
      return totals.encrypted > 0 || totals.damaged > 0
        ? 'Nothing here can be decrypted'
        : `${files(totals.files)}, nothing encrypted`;
    }
    return size === null ? files(totals.deliverable) : `${files(totals.deliverable)} · ${bytes(size)}`;
  },
  /**
   * What is chosen and cannot be saved now; what can be saved as it is. Empty if there is nothing to say.
   * @param {Plan} plan
   */
  notSaved({ totals, clear }) {
    if (clear)
      return totals.asIs === 1
        ? '1 file is not encrypted. It can be saved as it is.'
        : `${files(totals.asIs)} are not encrypted. They can be saved as they are.`;
    if (totals.deliverable === 0)
      return totals.damaged > 0 ? `${count(totals.damaged, 'file is', 'files are')} damaged.` : '';
    const parts = [
      totals.locked > 0 && `${number(totals.locked)} locked`,
      totals.damaged > 0 && `${number(totals.damaged)} damaged`,
    ].filter(Boolean);
    return parts.length > 0 ? `Without ${parts.join(', ')}` : '';
  },
  /** @type {(found: number, expected: number) => string} */
  shortFile: (found, expected) =>
    `the saved file has ${number(found)} bytes instead of ${number(expected)}; save again, to another place`,
  noRoom: 'the browser has no room to hold the result; save into a folder, or free some disk space',
  /** @param {string | null} folder */
  zipName: (folder) => `${folder ?? 'delivery'}-decrypted.zip`,
  /** @param {string | null} folder */
  clearName: (folder) => `${folder ?? 'delivery'}-clear-files.zip`,
  /** @type {(folder: string | null, format: string) => string} */
  convertName: (folder, format) => `${folder ?? 'delivery'}-${format}.zip`,
  /** @param {string | null} folder */
  againName: (folder) => `${folder ?? 'delivery'}-decrypted-again.zip`,
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
