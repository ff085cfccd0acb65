/** The key for a preview, also of a file whose end is missing or damaged: for such a file the drop's verdict names none. */

import { readPart } from '../core/bytes.js';
import { MgdcDecryptError } from '../core/errors.js';
import { memory, wasm } from '../core/init.js';
import { Yielder } from '../core/yielding.js';

/**
 * @import { Readable } from '../core/bytes.js'
 * @import { DropFile, MgdcDecryptError as Failure } from '../index.js'
 */

/**
 * The unlocked keys of a drop: `entries` lists them, `of` returns a copy of one, and `missing` the reason why there is
 * none.
 *
 * @typedef {object} PreviewKeys
 * @property {readonly number[]} entries
 * @property {(entry: number) => Uint8Array<ArrayBuffer> | undefined} of
 * @property {() => Failure | null} missing
 */

/** Errors of a file's end. Its beginning may be whole. */
const OF_THE_END = ['ERR_PADDING', 'ERR_CIPHERTEXT_LENGTH'];

/** How much of a file the core wants before it tells what it is; and how much is enough for a look by ourselves. */
const HEAD = 4096 + 16;
const LOOK = 64;

/**
 * The file's key, or null for a clear file. The caller wipes it.
 * @param {DropFile} file
 * @param {Readable} blob
 * @param {PreviewKeys} keys
 * @throws why it cannot be opened, as `decrypt` reports it
 */
export async function previewKey({ role, keyDetails, error, path }, blob, keys) {
  if (error) {
    const key = OF_THE_END.includes(error.code) ? await keyOfBeginning(blob, keys) : null;
    if (!key) throw withPath((error.code === 'ERR_FILE_KEY_MISSING' && keys.missing()) || error, path);
    return key;
  }
  if (keyDetails === null && role !== 'encrypted') return null;
  const key = keyDetails === null ? null : keys.of(keyDetails);
  if (key) return key;
  const message = 'file key: no unlocked key details entry opens this file';
  throw withPath(keys.missing() ?? new MgdcDecryptError('ERR_FILE_KEY_MISSING', message), path);
}

/**
 * The first key with which the file begins as data does, or null.
 * @param {Readable} blob
 * @param {PreviewKeys} keys
 */
async function keyOfBeginning(blob, keys) {
  const head = await readPart(blob, 0, Math.min(blob.size, HEAD));
  const yielder = new Yielder();
  for (const entry of keys.entries) {
    const key = keys.of(entry);
    if (key && (head.length < HEAD ? looksRight(key, head) : isRecognised(key, head))) return key;
    key?.fill(0);
    if (yielder.isDue) await yielder.yield();
  }
  return null;
}

/**
 * Whether the core recognises the content.
 * @param {Uint8Array<ArrayBuffer>} key
 * @param {Uint8Array} head
 */
function isRecognised(key, head) {
  const decryptor = new (wasm().Decryptor)(key.slice(), 'auto', false);
  try {
    decryptor.push(head);
    return decryptor.pull() > 0;
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code !== undefined) return false;
    throw error;
  } finally {
    decryptor.free();
  }
}

/**
 * The same for a short file, which the core tells only at its end: gzip, Parquet, or JSON. A wrong key passes as gzip
 * once in 10^8, and as JSON once in 10^7: for that, two bytes have to be right, and 46 more to be no control characters.
 * @param {Uint8Array<ArrayBuffer>} key
 * @param {Uint8Array} head
 */
function looksRight(key, head) {
  const decryptor = new (wasm().Decryptor)(key.slice(), 'none', true);
  try {
    decryptor.push(head.subarray(0, LOOK));
    const length = decryptor.pull();
    const beginning = String.fromCharCode(...new Uint8Array(memory().buffer, decryptor.address, length));
    return /^(?:\x1f\x8b\x08[\0-\x1f]|PAR1|[{[]\s*["{][\t\n\r\x20-\x7e\x80-\xff]{44})/.test(beginning);
  } finally {
    decryptor.free();
  }
}

/**
 * @param {Failure} error
 * @param {string} path
 */
function withPath({ code, message, cause }, path) {
  return new MgdcDecryptError(code, message, { path, cause });
}
