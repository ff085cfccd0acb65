/**
 * Bytes into a Blob without holding them: each full piece becomes a blob of its own, which the browser may page out.
 */

const PIECE = 4 * 1024 * 1024;

export class BlobWriter {
  /** @type {Uint8Array<ArrayBuffer> | null} */
  #piece = null;
  #used = 0;
  /** @type {Blob[]} */
  #parts = [];

  /**
   * Copies the chunk: whoever wrote it may use its memory again.
   * @param {Uint8Array} chunk
   */
  write(chunk) {
    this.#piece ??= new Uint8Array(PIECE);
    const piece = this.#piece;
    let rest = chunk;
    while (rest.length > 0) {
      const fits = rest.subarray(0, PIECE - this.#used);
      piece.set(fits, this.#used);
      this.#used += fits.length;
      rest = rest.subarray(fits.length);
      if (this.#used === PIECE) this.#fold(piece);
    }
  }

  /**
   * Everything that was written. @throws NotReadableError where the browser ran out of room
   * @param {string} type
   */
  async blob(type) {
    if (this.#piece && this.#used > 0) this.#fold(this.#piece);
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

  /** @param {Uint8Array<ArrayBuffer>} piece */
  #fold(piece) {
    this.#parts.push(new Blob([piece.subarray(0, this.#used)]));
    this.#used = 0;
  }
}
