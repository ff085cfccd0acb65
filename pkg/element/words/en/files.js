/** English: the list of files. */

import { percent } from '../format.js';

export const files = {
  list: 'Datasets and files',
  /** @param {string} name */
  save: (name) => `Save ${name}`,
  keyDetails: 'Key details: read, not copied',
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
  /** @param {string} reason */
  failedWhy: (reason) => `Failed: ${reason}`,
  verified: { crc32: 'verified (CRC-32)', adler32: 'verified (Adler-32)', null: 'not verified (no checksum)' },
  savedAs: 'saved as',
  expanded: 'It grew to more than 200 times its size. Check the content before you trust it.',
};
