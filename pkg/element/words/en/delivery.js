/** English: adding a delivery, and what was found in it. */

import { number } from '../format.js';
import { files } from './counts.js';

export const intake = {
  folderNote: 'Your browser may call this “upload”. Nothing is uploaded: the files are read on this computer only.',
  unreadable:
    'the browser could not read it: check that you are allowed to read it, and add it again; its content is ' +
    'missing here',
  pasted:
    'what you pasted is not a private key, not key details, and not an answer from Key Vault that opens anything ' +
    'here, so it was not used; check that you copied all of it',
  waiting: 'What you added will be read when this run has ended.',
  sampleNote: 'This is sample data with a sample key. Everything in it is invented, and the key protects nothing.',
};

export const found = {
  /** @param {number} n */
  reading: (n) => (n > 0 ? `Looking through ${files(n)}…` : 'Looking…'),
  asking: 'Waiting for Key Vault…',
  /** @type {(progress: { done: number, total: number }) => string} */
  trying: ({ done, total }) => `Trying the key on ${number(done)} of ${number(total)} key details entries…`,
};

export const problem = {
  retry: 'Try again',
  dismiss: 'Dismiss',
};
