/**
 * Many small files at a time: a message, a buffer and a turn of the event loop for each of them would cost more than
 * decrypting them. The worker reads them side by side, and looks itself what each of them is.
 */

import { joined } from '../core/bytes.js';
import { MgdcDecryptError, toError, toPlain } from '../core/errors.js';
import { readWhole } from './source.js';

/** Bytes of a file that counts as small, of all files of a batch, and how many: sending one may take Chromium 0.3 ms. */
const SMALL = 64 * 1024;
const BATCH_BYTES = 1 << 20;
const BATCH_FILES = 32;
/** Most plaintext of a file here. One that expands beyond goes through the usual way, piece by piece. */
const MOST_OUTPUT = 1 << 20;

export const isSmall = ({ size }) => size <= SMALL;

/** Whether it goes in a batch: also what nobody has looked at, for in Chromium the size is a question to the disk. */
export const mayBeSmall = (file) => Boolean(file.error) || !file.examined || isSmall(file);

/** Files that may be small in batches, any other one by itself, in their order. */
export function* inBatches(files) {
  let [batch, bytes] = [[], 0];
  for (const file of files) {
    const goes = mayBeSmall(file);
    if (batch.length > 0 && !(goes && batch.length < BATCH_FILES && bytes < BATCH_BYTES)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    if (goes) {
      batch.push(file);
      bytes += file.error || !file.examined ? 0 : file.size;
    } else yield [file];
  }
  if (batch.length > 0) yield batch;
}

/**
 * In the worker. `files`: `{ source, entry, repair }`, where `entry` is an index of `keys`, null for a file that is copied,
 * and undefined where nobody has looked; then `path` is that of a file that may be a private key. Gives for each file
 * `{ bytes, summary, sha256, modified, verdict }`, `{ isBig }`, `{ kind }` of a private key, or `{ error }`, in their order;
 * `verdict` is undefined where somebody has looked.
 */
export async function decryptBatch(batch, keys, { judge, kindOfKey, makeDecryptor, hash, memory }) {
  const { files, compression, decompress, outputLimit } = batch;
  return Promise.all(files.map((file) => one(file).catch(failed)));

  async function one({ source, entry, repair, path }) {
    if (!isSmall(source)) return { isBig: true };
    const data = await readWhole(source);
    const kind = path === undefined ? null : kindOfKey(path, data);
    if (kind) {
      data.fill(0);
      return { kind };
    }
    const verdict = entry === undefined ? judge(keys, data) : undefined;
    return { ...open(data, verdict ?? { entry, repair }), verdict, modified: source.lastModified ?? source.modified };
  }

  function open(data, { entry, repair }) {
    if (entry === null) return { bytes: data, summary: copied(data), sha256: hash?.(data) };
    const key = keys.key(entry);
    if (!key) throw new MgdcDecryptError('ERR_FILE_KEY_MISSING', 'file key: its entry is not unlocked any more');
    const decryptor = makeDecryptor(key, compression, !decompress, outputLimit, repair);
    key.fill(0);
    let whole = false;
    try {
      decryptor.push(data);
      decryptor.end();
      const pieces = [];
      let length = 0;
      for (let pulled = decryptor.pull(); pulled > 0; pulled = decryptor.pull()) {
        length += pulled;
        if (length > MOST_OUTPUT) return { isBig: true };
        pieces.push(new Uint8Array(memory.buffer, decryptor.address, pulled).slice());
      }
      whole = true;
      const summary = decryptor.finish(); // which frees it
      const bytes = pieces.length === 1 ? pieces[0] : joined(pieces);
      return { bytes, summary, sha256: hash?.(bytes) };
    } finally {
      if (!whole) decryptor.free();
    }
  }
}

function copied({ length }) {
  return { compression: 'none', bytesIn: length, bytesOut: length, verified: null, warnings: [] };
}

function failed(error) {
  return { error: toPlain(toError(error)) };
}
