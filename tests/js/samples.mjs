/** The sample drops of tests/drops, and their expected results. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../drops/', import.meta.url));
const read = (name) => JSON.parse(readFileSync(root + name, 'utf8'));

export const samplePath = (path) => root + path;
export const sampleDrops = read('drops.json');
export const sampleKeys = read('keys.json');
export const expectedOf = (drop) => read('expected.json').filter((line) => line.drop === drop);

/** Our code for each error_kind of the samples. */
export const CODES = {
  metadata_missing: 'ERR_KEY_DETAILS_MISSING',
  metadata_json: 'ERR_KEY_DETAILS_JSON',
  metadata_field: 'ERR_KEY_DETAILS_FIELD',
  metadata_base64: 'ERR_KEY_DETAILS_BASE64',
  iv_length: 'ERR_IV_LENGTH',
  key_unwrap: 'ERR_FILE_KEY_UNWRAP',
  content_key_length: 'ERR_FILE_KEY_LENGTH',
  length: 'ERR_CIPHERTEXT_LENGTH',
  padding: 'ERR_PADDING',
  compressed_data: 'ERR_COMPRESSED_DATA',
  checksum: 'ERR_CHECKSUM',
  trailing_data: 'ERR_TRAILING_DATA',
  unrecognized: 'ERR_UNRECOGNIZED',
  output_limit: 'ERR_OUTPUT_LIMIT',
  no_private_key: 'ERR_PRIVATE_KEY_MISSING',
  not_rsa: 'ERR_PRIVATE_KEY_NOT_RSA',
  rsa_too_small: 'ERR_PRIVATE_KEY_TOO_SMALL',
  malformed_key: 'ERR_PRIVATE_KEY_INVALID',
  wrong_password: 'ERR_PRIVATE_KEY_PASSWORD',
  password_required: 'ERR_PRIVATE_KEY_ENCRYPTED',
  unsupported_key_format: 'ERR_PRIVATE_KEY_UNSUPPORTED',
  kdf_too_costly: 'ERR_PRIVATE_KEY_COST',
};

/** Why a line of a report is not as expected; null if it is. `sha256`: that of the written file. */
export function mismatch(expected, line, sha256) {
  const accepted = [expected, ...(expected.also_ok ?? [])];
  const fits = accepted.some(({ outcome, error_kind, sha256: hash }) => {
    if (outcome === 'error')
      return line?.outcome === 'failed' && line.code === CODES[error_kind] && line.output === null;
    return line?.outcome === { plaintext: 'decrypted', copied: 'copied' }[outcome] && sha256 === hash;
  });
  return fits
    ? null
    : `${expected.drop} ${expected.file}: ${JSON.stringify(line)}, expected ${expected.error_kind ?? expected.outcome}`;
}
