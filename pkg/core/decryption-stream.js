/** Decrypts one file in the calling thread, without workers: a TransformStream, and the one-shot `decrypt` on it. */

import { isBlob, joined, toBytes } from './bytes.js';
import { readEnds } from './ends.js';
import { aborted, toError } from './errors.js';
import { init, memory, wasm } from './init.js';
import { FileKey } from './keys.js';
import { checkCompression } from './options.js';

/**
 * @import { Bytes, DecryptionSummary, DecryptOptions, OwnBytes, Repair } from '../index.js'
 * @import { Decryptor } from '../wasm/mgdc_decrypt.js'
 */

/** How many bytes are decrypted at a time. */
const PIECE = 1 << 18;

/** See index.d.ts. */
export class DecryptionStream extends TransformStream {
  /**
   * @param {FileKey} fileKey
   * @param {DecryptOptions & { repair?: Repair | null }} [options]
   */
  constructor(fileKey, { compression = 'auto', decompress = true, outputLimit, repair, signal } = {}) {
    checkCompression(compression);
    const bytes = FileKey.bytesOf(fileKey);
    /** @type {Decryptor | null} */
    let decryptor = new (wasm().Decryptor)(bytes, compression, !decompress, outputLimit, repair);
    bytes.fill(0);
    const open = () => /** @type {Decryptor} */ (decryptor);
    /** @type {(summary: DecryptionSummary) => void} */
    let resolveSummary;
    /** @type {(error: unknown) => void} */
    let rejectSummary;
    /** @type {Promise<DecryptionSummary>} */
    const summary = new Promise((resolve, reject) => {
      resolveSummary = resolve;
      rejectSummary = reject;
    });
    summary.catch(() => {}); // the stream itself reports the error; callers need not use the summary
    /** @type {() => void} */
    let abort;
    const finish = () => {
      signal?.removeEventListener('abort', abort);
      const whole = open();
      decryptor = null;
      return whole.finish(); // which frees it
    };
    /** @param {unknown} error */
    const fail = (error) => {
      const failure = error instanceof TypeError ? error : toError(error);
      signal?.removeEventListener('abort', abort);
      decryptor?.free();
      decryptor = null;
      rejectSummary(failure);
      return failure;
    };
    /** @param {() => void} use */
    const attempt = (use) => {
      try {
        use();
      } catch (error) {
        throw fail(error);
      }
    };
    /** @param {TransformStreamDefaultController<OwnBytes>} controller */
    const pull = (controller) => {
      const core = open();
      for (let length = core.pull(); length > 0; length = core.pull()) {
        controller.enqueue(new Uint8Array(memory().buffer, core.address, length).slice());
      }
    };
    /** @type {Transformer<Bytes, OwnBytes> & { cancel?(reason: unknown): void }} */
    const transformer = {
      start(controller) {
        abort = () => controller.error(fail(aborted(signal?.reason)));
        if (signal?.aborted) abort();
        else signal?.addEventListener('abort', abort);
      },
      transform(chunk, controller) {
        attempt(() => {
          // In pieces of bounded size, because a chunk may be huge.
          const input = toBytes(chunk);
          for (let at = 0; at < input.length; at += PIECE) {
            open().push(input.subarray(at, at + PIECE));
            pull(controller);
          }
        });
      },
      flush(controller) {
        attempt(() => {
          open().end();
          pull(controller);
          resolveSummary(finish());
        });
      },
      // Only newer engines call this; in others the garbage collector frees the decryptor.
      cancel: (reason) => void fail(aborted(reason)),
    };
    super(transformer);
    this.summary = summary;
  }
}

/**
 * See index.d.ts. Looks at both ends of the file first, to tell a wrong key from damage, and to find what to undo.
 * @param {Blob | Bytes} data
 * @param {FileKey} fileKey
 * @param {DecryptOptions} [options]
 */
export async function decrypt(data, fileKey, options = {}) {
  const blob = isBlob(data) ? data : new Blob([toBytes(data)]);
  try {
    await init();
    const repair = await probe(blob, fileKey, options);
    return await collect(blob.stream().pipeThrough(new DecryptionStream(fileKey, { ...options, repair })));
  } catch (error) {
    throw error instanceof TypeError ? error : toError(error);
  }
}

/**
 * @param {Blob} blob
 * @param {FileKey} fileKey
 * @param {DecryptOptions} options
 * @returns {Promise<Repair | null>}
 */
async function probe(blob, fileKey, { compression = 'auto', decompress = true }) {
  checkCompression(compression);
  const { size, head, tail } = await readEnds(blob);
  const bytes = FileKey.bytesOf(fileKey);
  try {
    return wasm().probe(bytes, size, head, tail, compression, !decompress);
  } finally {
    bytes.fill(0);
  }
}

/**
 * Not `new Response(stream)`: Chromium would replace any error of the stream with "Failed to fetch".
 * @param {ReadableStream<OwnBytes>} stream
 */
async function collect(stream) {
  /** @type {OwnBytes[]} */
  const pieces = [];
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) pieces.push(next.value);
  return joined(pieces);
}
