/**
 * English: one plain sentence or two for each code of an error: what happened, and what to do. Each must be true for
 * every case of its code. The core's own message, with paths, sizes and versions, is folded below.
 */

/** @import { ErrorCode } from '../../../index.js' */

const REPORT = 'Something went wrong in this program. Please report it, with the technical details below.';

/** @type {Record<ErrorCode, string>} */
export const errors = {
  ERR_WASM_LOAD: 'The decryption module didn’t load. Reload the page, or try another browser.',
  ERR_KEY_DETAILS_MISSING:
    'The file encryptionKeyDetails.json is missing. It is in the delivery, in ' +
    'metadata/MoreMetadata/EncryptedDatasets. Add it.',
  ERR_KEY_DETAILS_JSON: 'This encryptionKeyDetails.json can’t be read. Download it again.',
  ERR_KEY_DETAILS_FIELD:
    'Something is missing or wrong in this encryptionKeyDetails.json. Check that it came with this delivery, or ' +
    'download it again.',
  ERR_KEY_DETAILS_BASE64: 'A value in this encryptionKeyDetails.json is damaged. Download it again.',
  ERR_KEY_DETAILS_LIMIT:
    'There are more key details than this page reads. There may be nothing wrong with them. Keep only the entries ' +
    'that your files need.',
  ERR_IV_LENGTH:
    'A start value (IV) in encryptionKeyDetails.json can’t be used: it has the wrong length, or the key that opens ' +
    'it is missing. The technical details say which.',
  ERR_PRIVATE_KEY_INVALID:
    'No private key can be read from this. It is damaged, or it is something else. Export the key again.',
  ERR_PRIVATE_KEY_MISSING:
    'This holds no private key that can be read. A certificate or a public key can’t decrypt: add the private key. ' +
    'If the key was made in Key Vault, let Key Vault open the delivery.',
  ERR_PRIVATE_KEY_NOT_RSA:
    'This is not an RSA key, and Data Connect uses only RSA keys. Add the RSA key that is named after the tenant ID.',
  ERR_PRIVATE_KEY_TOO_SMALL:
    'This RSA key has fewer than 2,048 bits, so it is not the key that Data Connect used. Add the right key.',
  ERR_PRIVATE_KEY_ENCRYPTED: 'This key has a password. Enter it.',
  ERR_PRIVATE_KEY_PASSWORD: 'Wrong password. Check capital letters.',
  ERR_PRIVATE_KEY_COST:
    'Checking the password of this key takes more time or memory than this page allows. Export the key again with ' +
    'the usual settings.',
  ERR_PRIVATE_KEY_UNSUPPORTED: 'Keys of this kind can’t be opened here. The technical details say what to do instead.',
  ERR_PUBLIC_KEY_MISSING: 'No public key can be read from this. The technical details say what to add instead.',
  ERR_PUBLIC_KEY_INVALID:
    'No public key can be read from this. It is damaged, or it is something else. Export the key again.',
  ERR_PUBLIC_KEY_NOT_RSA:
    'This is not an RSA key, and Data Connect uses only RSA keys. Add the RSA key that is named after the tenant ID.',
  ERR_PUBLIC_KEY_SIZE: 'This RSA key has a size that can’t be used. Data Connect takes a key of 2,048 bits.',
  ERR_FILE_KEY_UNWRAP: 'None of the keys here fits. Add the private key with the version that the delivery needs.',
  ERR_FILE_KEY_LENGTH:
    'What was unwrapped is not a key for files: it has the wrong length. Check that the key details and the key, ' +
    'or the answer from Key Vault, belong to this delivery.',
  ERR_FILE_KEY_MISSING: 'Locked. Add the private key, or let Key Vault open the delivery.',
  ERR_VAULT_ANSWER:
    'This answer opens nothing here. Copy everything that the command printed, and check that the command is the ' +
    'one that this page shows.',
  ERR_CALLBACK: 'The key could not be unwrapped for you.',
  ERR_CONVERTED:
    'This file was changed on its way: a program treated it as text, and bytes were lost. Download it again, as a ' +
    'binary file.',
  ERR_CIPHERTEXT_LENGTH: 'This file was cut or changed on its way. Download it again.',
  ERR_PADDING:
    'This file doesn’t open. It needs another key, or it was cut, changed or damaged. The technical details say ' +
    'what was seen. Download it again, or add the right key.',
  ERR_UNRECOGNIZED:
    'What came out of this file makes no sense, so nothing was saved. It needs another key or start value (IV), it ' +
    'is damaged, or it has an unknown format. Download it again, with its encryptionKeyDetails.json.',
  ERR_COMPRESSED_DATA: 'This file is damaged inside. Download it again.',
  ERR_CHECKSUM: 'This file is damaged: its checksum or its length is wrong. Download it again.',
  ERR_TRAILING_DATA: 'This file is damaged at its end, or something was added there. Download it again.',
  ERR_OUTPUT_LIMIT: 'This file grows beyond the limit that is set, so it was not saved.',
  ERR_FINISHED: REPORT,
  ERR_ARCHIVE:
    'This can’t be unpacked here: it is damaged, it has a password, or its kind is not supported. Unpack it with ' +
    'another program, or download it again. Then add the folder.',
  ERR_NOTHING_ENCRYPTED: 'Nothing in this delivery is encrypted. Check that it is the right folder.',
  ERR_LITTER: 'Left out: a system or a program made this file. It is not part of the delivery.',
  ERR_PRIVATE_KEY_IN_DROP: 'Left out: this is a private key, and it is never saved with the data.',
  ERR_SECRET_IN_DROP: 'Left out: this file was used as a password or an answer.',
  ERR_LINK_OUTSIDE: 'Left out: this link leads out of the delivery. Copy the file into it if it belongs there.',
  ERR_LINK_LOOP: 'Left out: this link leads back into its own folder.',
  ERR_NOT_A_FILE: 'Left out: this is not a file.',
  ERR_ROW_INVALID:
    'A row of this file is not in the form that is expected. Save the file as it is, and look at that place.',
  ERR_ROW_LIMIT: 'A row of this file is too long to be read here. Save the file as it is, and use another program.',
  ERR_READ: 'This can’t be read. It was changed, moved or deleted, or you are not allowed to read it. Add it again.',
  ERR_WRITE: 'This could not be saved there. Save again, to another place.',
  ERR_NO_SPACE: 'There is not enough space. Free some space or choose another place, then save again.',
  ERR_UNSAFE_NAME: 'A file with this name or path can’t be saved there. Give it a shorter or simpler name.',
  ERR_ABORTED: 'Cancelled before it was finished.',
  ERR_USAGE: 'The site that shows this page used it in the wrong way. Please tell its owner.',
  ERR_INTERNAL: REPORT,
};

export const technical = {
  title: 'Technical details',
};
