/** Collects decrypted files as Blobs, for who has no folder and no stream to write to. */

import { MgdcDecryptError } from '../core/errors.js';

/** @import { OwnBytes } from '../index.js' */

/**
 * `blobs` gets a Blob under each output path when its file is complete. Each piece becomes a Blob as it comes, so that
 * the bytes are the browser's to keep, which moves them to the disk when there are many, and not on the heap.
 * @param {{ limit?: number }} [options] most bytes of all files together
 */
export function blobSink({ limit = Number.POSITIVE_INFINITY } = {}) {
  if (!(limit >= 0)) throw new TypeError('limit: expected a number of bytes');
  /** @type {Map<string, Blob>} */
  const blobs = new Map();
  let held = 0;
  return {
    reusesBuffers: true, // a Blob has a copy of its own
    blobs,
    /**
     * @param {string} path
     * @returns {WritableStream<OwnBytes>}
     */
    open(path) {
      /** @type {Blob[]} */
      let parts = [];
      let size = 0;
      const forget = () => {
        held -= size;
        size = 0;
        parts = [];
      };
      return new WritableStream({
        write(bytes) {
          if (held + bytes.length > limit) {
            forget(); // a stream that failed is not aborted
            throw tooMuch(path, limit);
          }
          held += bytes.length;
          size += bytes.length;
          parts.push(new Blob([bytes]));
        },
        close() {
          blobs.set(path, new Blob(parts));
        },
        abort: forget,
      });
    },
  };
}

/**
 * @param {string} path
 * @param {number} limit
 */
function tooMuch(path, limit) {
  const found = `with this file there would be more than the limit of ${limit} bytes that was set for blobSink`;
  const message = `${found}; raise it, or write into a folder (directorySink) or a ZIP (zipSink)`;
  return new MgdcDecryptError('ERR_OUTPUT_LIMIT', message, { path });
}
