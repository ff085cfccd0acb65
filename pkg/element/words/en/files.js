/** English: the list of files. */

import { bytes, number, percent } from '../format.js';
import { files as count } from './counts.js';

/** @import { Totals } from '../shapes.js' */

export const files = {
  title: 'Files',
  /** @param {Totals} totals */
  summary: (totals) => (totals.bytes === null ? count(totals.files) : `${count(totals.files)}, ${bytes(totals.bytes)}`),
  /** @type {(n: number, isWarned: boolean) => string} */
  onlyProblems: (n, isWarned) =>
    `Only files that failed${isWarned ? ', are locked or have a warning' : ' or are locked'} (${number(n)})`,
  list: 'Files of the drop',
  find: 'Find files by part of their path',
  findHint: 'This searches all files. The browser’s own search finds only the rows in view.',
  /** @type {(n: number, all: number) => string} */
  matching: (n, all) => `${number(n)} of ${count(all)} shown`,
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
  locked: 'Locked',
  waiting: 'Waiting',
  /** @type {(done: number, total: number) => string} */
  underway: (done, total) => (done >= total ? 'Finishing…' : `Decrypting, ${percent(done, total)}`),
  decrypted: 'Decrypted',
  copied: 'Copied',
  skipped: 'was already there',
  failed: 'Failed',
  verified: { crc32: 'verified (CRC-32)', adler32: 'verified (Adler-32)', null: 'not verified (no checksum)' },
  savedAs: 'saved as',
  expanded: 'It grew to more than 200 times its size. Check the content before you trust it.',
};
