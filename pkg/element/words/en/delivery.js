/** English: adding a delivery, and what was found in it. */

import { number } from '../format.js';
import { files } from './counts.js';

export const intake = {
  folderNote: 'Your browser may call this “upload”. Nothing is uploaded: the files are read on this computer only.',
  unreadable:
    'the browser could not read it: check that you are allowed to read it, and add it again; ' +
    'its content is missing here',
  pasted:
    'what you pasted is not a private key, not key details, and not an answer from Key Vault that opens anything ' +
    'here, so it was not used; check that you copied all of it',
  waiting: 'What you added will be read when this run has ended.',
  sampleNote: 'This is sample data with a sample key. Everything in it is invented, and the key protects nothing.',
};

export const found = {
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
};

export const problem = {
  /** @param {string} code */
  code: (code) => `(${code})`,
  retry: 'Try again',
  dismiss: 'Dismiss',
};
