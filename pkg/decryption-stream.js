/** One file where it is called, without workers: a TransformStream, and the one-shot `decrypt` on top of it. */

import { isBlob, toBytes } from './bytes.js';
import { toError } from './errors.js';
import { wasm } from './init.js';
import { FileKey } from './keys.js';

/** Bytes of plaintext in one piece. */
const PIECE = 1 << 18;

/** See index.d.ts. */
export class DecryptionStream extends TransformStream {
  constructor(fileKey, { compression = 'auto', decompress = true, outputLimit, signal } = {}) {
    const bytes = FileKey.bytesOf(fileKey);
    const decryptor = new (wasm().Decryptor)(bytes, compression, !decompress, outputLimit);
    bytes.fill(0);
    let settle;
    const summary = new Promise((resolve, reject) => (settle = { resolve, reject }));
    summary.catch(() => {}); // the stream's own error tells; asking for the summary is optional
    const attempt = (use) => {
      try {
        signal?.throwIfAborted();
        use();
      } catch (error) {
        const failure = toError(error);
        settle.reject(failure);
        throw failure;
      }
    };
    const pull = (controller) => {
      for (;;) {
        const piece = new Uint8Array(PIECE);
        const length = decryptor.pull(piece);
        if (length === 0) return;
        controller.enqueue(length === PIECE ? piece : piece.slice(0, length));
      }
    };
    super({
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
          settle.resolve(decryptor.finish());
        });
      },
    });
    this.summary = summary;
  }
}

/** See index.d.ts. Looks at both ends first, so that a wrong key is told from damage. */
export async function decrypt(data, fileKey, options = {}) {
  const blob = isBlob(data) ? data : new Blob([toBytes(data)]);
  await probe(blob, fileKey, options);
  const plaintext = blob.stream().pipeThrough(new DecryptionStream(fileKey, options), { signal: options.signal });
  try {
    return new Uint8Array(await new Response(plaintext).arrayBuffer());
  } catch (error) {
    throw toError(error);
  }
}

async function probe(blob, fileKey, { compression = 'auto', decompress = true }) {
  const { headLength, tailLength, probe } = wasm();
  const head = new Uint8Array(await blob.slice(0, headLength()).arrayBuffer());
  const tail = new Uint8Array(await blob.slice(Math.max(0, blob.size - tailLength())).arrayBuffer());
  const bytes = FileKey.bytesOf(fileKey);
  try {
    probe(bytes, blob.size, head, tail, compression, !decompress);
  } catch (error) {
    throw toError(error);
  } finally {
    bytes.fill(0);
  }
}
