/**
 * Many small files at a time: a message, a buffer and a turn of the event loop for each of them would cost more than
 * decrypting them. The worker reads them side by side, and looks itself what each of them is.
 */

import { joined } from '../core/bytes.js';
import { MgdcDecryptError, toPlain } from '../core/errors.js';
import { isSmall } from './protocol.js';
import { readWhole } from './source.js';

/** Most plaintext of a file here. One that expands beyond goes through the usual way, piece by piece. */
const MOST_OUTPUT = 1 << 20;

/** Decrypts or copies the files of a Batch; resolves to one BatchResult for each, in their order (see protocol.js). */
export async function decryptBatch(batch, keys, { judge, kindOfKey, makeDecryptor, hash, memory }) {
  const { files, compression, decompress, outputLimit } = batch;
  return Promise.all(files.map((file) => one(file).catch(failed)));

  async function one({ source, entry, repair, path }) {
    if (!isSmall(source)) return { kind: 'big' };
    const data = await readWhole(source);
    const key = path === undefined ? null : kindOfKey(path, data);
    if (key) {
      data.fill(0);
      return { kind: 'private-key', key };
    }
    const verdict = entry === undefined ? judge(keys, data) : undefined;
    return { ...open(data, verdict ?? { entry, repair }), verdict, modified: source.lastModified ?? source.modified };
  }

  function open(data, { entry, repair }) {
    if (entry === null) return { kind: 'whole', bytes: data, summary: copied(data), sha256: hash?.(data) };
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
        if (length > MOST_OUTPUT) return { kind: 'big' };
        pieces.push(new Uint8Array(memory.buffer, decryptor.address, pulled).slice());
      }
      whole = true;
      const summary = decryptor.finish(); // which frees it
      const bytes = pieces.length === 1 ? pieces[0] : joined(pieces);
      return { kind: 'whole', bytes, summary, sha256: hash?.(bytes) };
    } finally {
      if (!whole) decryptor.free();
    }
  }
}

function copied({ length }) {
  return { compression: 'none', bytesIn: length, bytesOut: length, verified: null, warnings: [] };
}

function failed(error) {
  return { kind: 'failed', error: toPlain(error) };
}
