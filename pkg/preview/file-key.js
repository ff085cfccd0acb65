/** The key for a preview, also of a file whose end is missing or damaged: for such a file the drop's verdict names none. */

import { readPart } from '../core/bytes.js';
import { MgdcDecryptError } from '../core/errors.js';
import { Yielder } from '../core/yielding.js';

/**
 * @import { Readable } from '../core/bytes.js'
 * @import { Compression, DropFile, MgdcDecryptError as Failure } from '../index.js'
 * @import { Core } from './plaintext.js'
 */

/**
 * The unlocked keys of a drop: `entries` lists them, `of` returns a copy of one, and `missing` the reason why there is
 * none.
 *
 * @typedef {object} PreviewKeys
 * @property {Core} core
 * @property {readonly number[]} entries
 * @property {(entry: number) => Uint8Array<ArrayBuffer> | undefined} of
 * @property {() => Failure | null} missing
 */

/** Errors of a file's end. Its beginning may be whole. */
const OF_THE_END = ['ERR_PADDING', 'ERR_CIPHERTEXT_LENGTH'];

/** @type {Compression[]} */
const COMPRESSED = ['gzip', 'zlib', 'deflate'];

/** How much of a file the core wants before it tells what it is; and how much is enough for a look by ourselves. */
const HEAD = 4096 + 16;
const LOOK = 64;

/**
 * The key, or null for a clear file, and what the core need not find out by itself: it waits for 4 KiB before it does,
 * and what is damaged in them would take the rows before it along.
 *
 * @typedef {{ key: Uint8Array<ArrayBuffer> | null, compression: Compression, error: Failure | null }} Opened
 */

/**
 * How a file is opened. The caller wipes the key.
 * @param {DropFile} file
 * @param {Readable} blob
 * @param {PreviewKeys} keys
 * @returns {Promise<Opened>}
 * @throws why it cannot be opened, as `decrypt` reports it
 */
export async function previewKey({ role, keyDetails, content, error, path }, blob, keys) {
  // The error of a key details document is about its entries.
  if (role === 'key-details') return { key: null, compression: 'none', error: null };
  if (error) {
    const opened = OF_THE_END.includes(error.code) ? await openBeginning(blob, keys) : null;
    if (!opened) throw withPath((error.code === 'ERR_FILE_KEY_MISSING' && keys.missing()) || error, path);
    return { ...opened, error };
  }
  if (keyDetails === null && role !== 'encrypted')
    return { key: null, compression: content === 'gzip' ? 'gzip' : 'none', error };
  const key = keyDetails === null ? null : keys.of(keyDetails);
  if (key) return { key, compression: COMPRESSED.find((name) => name === content) ?? 'none', error };
  const message =
    'file key: no unlocked key details entry opens this file; add the private key or the Key Vault answer first';
  throw withPath(keys.missing() ?? new MgdcDecryptError('ERR_FILE_KEY_MISSING', message), path);
}

/**
 * The first key with which the file begins as data does, or null.
 * @param {Readable} blob
 * @param {PreviewKeys} keys
 * @returns {Promise<Omit<Opened, 'error'> | null>}
 */
async function openBeginning(blob, keys) {
  const head = await readPart(blob, 0, Math.min(blob.size, HEAD));
  const yielder = new Yielder();
  for (const entry of keys.entries) {
    const key = keys.of(entry);
    const compression =
      key && (head.length < HEAD ? shortContent(keys.core, key, head) : recognised(keys.core, key, head));
    if (key && compression) return { key, compression };
    key?.fill(0);
    if (yielder.isDue) await yielder.yield();
  }
  return null;
}

/**
 * `auto` if the core recognises the content.
 * @param {Core} core
 * @param {Uint8Array<ArrayBuffer>} key
 * @param {Uint8Array} head
 * @returns {Compression | null}
 */
function recognised({ Decryptor }, key, head) {
  const decryptor = new Decryptor(key.slice(), 'auto', false);
  try {
    decryptor.push(head);
    return decryptor.pull() > 0 ? 'auto' : null;
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code !== undefined) return null;
    throw error;
  } finally {
    decryptor.free();
  }
}

/**
 * The same for a short file, which the core tells only at its end: gzip, Parquet, or JSON. A wrong key passes as gzip
 * once in 10^8, and as JSON once in 10^7: for that, two bytes have to be right, and 46 more to be no control characters.
 * @param {Core} core
 * @param {Uint8Array<ArrayBuffer>} key
 * @param {Uint8Array} head
 * @returns {Compression | null}
 */
function shortContent({ Decryptor, memory }, key, head) {
  const decryptor = new Decryptor(key.slice(), 'none', true);
  try {
    decryptor.push(head.subarray(0, LOOK));
    const length = decryptor.pull();
    const beginning = String.fromCharCode(...new Uint8Array(memory().buffer, decryptor.address, length));
    if (/^\x1f\x8b\x08[\0-\x1f]/.test(beginning)) return 'gzip';
    return /^(?:PAR1|[{[]\s*["{][\t\n\r\x20-\x7e\x80-\xff]{44})/.test(beginning) ? 'none' : null;
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
