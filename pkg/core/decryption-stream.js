/** One file where it is called, without workers: a TransformStream, and the one-shot `decrypt` on top of it. */

import { isBlob, joined, toBytes } from './bytes.js';
import { readEnds } from './ends.js';
import { aborted, toError } from './errors.js';
import { memory, wasm } from './init.js';
import { FileKey } from './keys.js';
import { checkCompression } from './options.js';

/** Bytes that are decrypted at a time. */
const PIECE = 1 << 18;

/** See index.d.ts. */
export class DecryptionStream extends TransformStream {
  constructor(fileKey, { compression = 'auto', decompress = true, outputLimit, repair, signal } = {}) {
    checkCompression(compression);
    const bytes = FileKey.bytesOf(fileKey);
    let decryptor = new (wasm().Decryptor)(bytes, compression, !decompress, outputLimit, repair);
    bytes.fill(0);
    let settle;
    const summary = new Promise((resolve, reject) => (settle = { resolve, reject }));
    summary.catch(() => {}); // the stream's own error tells; asking for the summary is optional
    let abort;
    const finish = () => {
      signal?.removeEventListener('abort', abort);
      const whole = decryptor;
      decryptor = null;
      return whole.finish(); // which frees it
    };
    const fail = (error) => {
      const failure = error instanceof TypeError ? error : toError(error);
      signal?.removeEventListener('abort', abort);
      decryptor?.free();
      decryptor = null;
      settle.reject(failure);
      return failure;
    };
    const attempt = (use) => {
      try {
        use();
      } catch (error) {
        throw fail(error);
      }
    };
    const pull = (controller) => {
      for (let length = decryptor.pull(); length > 0; length = decryptor.pull()) {
        controller.enqueue(new Uint8Array(memory().buffer, decryptor.address, length).slice());
      }
    };
    super({
      start(controller) {
        abort = () => controller.error(fail(aborted(signal.reason)));
        if (signal?.aborted) abort();
        else signal?.addEventListener('abort', abort);
      },
      transform(chunk, controller) {
        attempt(() => {
          // Bounded pieces: a chunk may be huge.
          const input = toBytes(chunk);
          for (let at = 0; at < input.length; at += PIECE) {
            decryptor.push(input.subarray(at, at + PIECE));
            pull(controller);
          }
        });
      },
      flush(controller) {
        attempt(() => {
          decryptor.end();
          pull(controller);
          settle.resolve(finish());
        });
      },
      // Newer engines only; in the others the garbage collector frees it.
      cancel: (reason) => void fail(aborted(reason)),
    });
    this.summary = summary;
  }
}

/** See index.d.ts. Looks at both ends first, so that a wrong key is told from damage, and what must be undone is known. */
export async function decrypt(data, fileKey, options = {}) {
  const blob = isBlob(data) ? data : new Blob([toBytes(data)]);
  try {
    const repair = await probe(blob, fileKey, options);
    return await collect(blob.stream().pipeThrough(new DecryptionStream(fileKey, { ...options, repair })));
  } catch (error) {
    throw error instanceof TypeError ? error : toError(error);
  }
}

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

/** Not `new Response(stream)`: Chromium makes "Failed to fetch" of whatever the stream says. */
async function collect(stream) {
  const pieces = [];
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) pieces.push(next.value);
  return joined(pieces);
}
