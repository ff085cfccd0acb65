/**
 * Processes many small files at a time: a message, a buffer and a turn of the event loop for each would cost more than
 * decrypting it. The worker reads them in parallel, and finds out by itself what each of them is.
 */

import { joined } from '../core/bytes.js';
import { MgdcDecryptError, toPlain } from '../core/errors.js';
import { isSmall } from '../core/small.js';
import { readWhole } from './source.js';

/**
 * @import { DecryptionSummary } from '../index.js'
 * @import { KeySet } from '../wasm/mgdc_decrypt.js'
 * @import { MakeDecryptor } from './engines.js'
 * @import { Batch, BatchFile, BatchResult, NoFile, Source, WholeFile } from './protocol.js'
 * @import { Verdict } from '../core/ends.js'
 */

/**
 * What the worker provides.
 *
 * @typedef {object} Tools
 * @property {(keys: KeySet, data: Uint8Array) => Verdict} judge
 * @property {(path: string, data: Uint8Array) => string | null} kindOfKey
 * @property {MakeDecryptor} makeDecryptor
 * @property {((data: Uint8Array) => string) | null} hash
 * @property {WebAssembly.Memory} memory
 * @property {((opened: WholeFile) => WholeFile | null) | null} convert for batches that are converted
 */

/** Maximum bytes of plaintext of a file in a batch. A file that expands further is processed by itself, in pieces. */
const MOST_OUTPUT = 1 << 20;

/**
 * Decrypts or copies the files of a Batch; resolves to one BatchResult for each, in their order (see protocol.js).
 * @param {Omit<Batch, 'type' | 'keys' | 'sha256'>} batch
 * @param {KeySet} keys
 * @param {Tools} tools
 * @returns {Promise<BatchResult[]>}
 */
export async function decryptBatch(batch, keys, { judge, kindOfKey, makeDecryptor, hash, memory, convert }) {
  const { files, compression, decompress, outputLimit } = batch;
  return Promise.all(files.map((file) => one(file).catch(failed)));

  /**
   * @param {BatchFile} file
   * @returns {Promise<BatchResult>}
   */
  async function one({ source, entry, repair, path, asDelivered }) {
    if (!isSmall(source)) return { kind: 'big' };
    const data = await readWhole(source);
    const key = path === undefined ? null : kindOfKey(path, data);
    if (key) {
      data.fill(0);
      return { kind: 'private-key', key };
    }
    const verdict = entry === undefined ? judge(keys, data) : undefined;
    const opened = finished(open(data, verdict ?? { entry, repair }), asDelivered);
    return opened.kind === 'whole' ? { ...opened, verdict, modified: dateOf(source) } : opened;
  }

  /**
   * @param {Uint8Array<ArrayBuffer>} data
   * @param {Pick<BatchFile, 'entry' | 'repair'>} file
   * @returns {BatchResult}
   */
  function open(data, { entry, repair }) {
    if (entry === null) return { kind: 'whole', bytes: data, summary: copied(data) };
    const key = entry === undefined ? undefined : keys.key(entry);
    if (!key) throw new MgdcDecryptError('ERR_FILE_KEY_MISSING', 'file key: its entry is no longer unlocked');
    const decryptor = makeDecryptor(key, compression, !decompress, outputLimit, repair);
    key.fill(0);
    let whole = false;
    try {
      decryptor.push(data);
      decryptor.end();
      /** @type {Uint8Array<ArrayBuffer>[]} */
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
      return { kind: 'whole', bytes, summary };
    } finally {
      if (!whole) decryptor.free();
    }
  }

  /**
   * With its conversion and its hash.
   * @param {BatchResult} opened
   * @param {boolean} [asDelivered]
   * @returns {BatchResult}
   */
  function finished(opened, asDelivered) {
    if (opened.kind !== 'whole') return opened;
    const result = convert && !asDelivered ? convert(opened) : opened;
    if (!result) return { kind: 'big' };
    return { ...result, sha256: hash?.(result.bytes) };
  }
}

/**
 * @param {Uint8Array} data
 * @returns {DecryptionSummary}
 */
function copied({ length }) {
  return { compression: 'none', bytesIn: length, bytesOut: length, verified: null, warnings: [] };
}

/**
 * @param {unknown} error
 * @returns {NoFile}
 */
function failed(error) {
  return { kind: 'failed', error: toPlain(error) };
}

/**
 * The date of a File, or of a path in Node; undefined for a plain Blob.
 * @param {Source} source
 */
function dateOf(source) {
  if ('modified' in source) return source.modified;
  return 'lastModified' in source ? /** @type {File} */ (source).lastModified : undefined;
}
