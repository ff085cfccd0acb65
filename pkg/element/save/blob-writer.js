/**
 * Bytes into a Blob without holding them: each full piece becomes a blob of its own, which the browser may page out.
 */

const PIECE = 4 * 1024 * 1024;

export class BlobWriter {
  #piece = null;
  #used = 0;
  #parts = [];

  /** Copies the chunk: whoever wrote it may use its memory again. */
  write(chunk) {
    this.#piece ??= new Uint8Array(PIECE);
    let rest = chunk;
    while (rest.length > 0) {
      const fits = rest.subarray(0, PIECE - this.#used);
      this.#piece.set(fits, this.#used);
      this.#used += fits.length;
      rest = rest.subarray(fits.length);
      if (this.#used === PIECE) this.#fold();
    }
  }

  /** Everything that was written. @throws NotReadableError where the browser ran out of room */
  async blob(type) {
    if (this.#used > 0) this.#fold();
    // A browser that had no room for a blob says so only to who reads it.
    for (const part of this.#parts) await part.slice(0, 1).arrayBuffer();
    return new Blob(this.#parts, { type });
  }

  /** Lets go of everything; what was plaintext in our own buffer is overwritten. */
  clear() {
    this.#piece?.fill(0);
    this.#piece = null;
    this.#used = 0;
    this.#parts = [];
  }

  #fold() {
    this.#parts.push(new Blob([this.#piece.subarray(0, this.#used)]));
    this.#used = 0;
  }
}
