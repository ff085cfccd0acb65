/**
 * Collects bytes into a Blob without keeping them in memory: each full piece becomes a blob of its own, which the
 * browser may move to the disk.
 */

const PIECE = 4 * 1024 * 1024;

export class BlobWriter {
  /** @type {Uint8Array<ArrayBuffer> | null} */
  #piece = null;
  #used = 0;
  /** @type {Blob[]} */
  #parts = [];

  /**
   * Copies the chunk, because the caller may reuse its memory.
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
   * A Blob of everything that was written. @throws NotReadableError if the browser ran out of room
   * @param {string} type
   */
  async blob(type) {
    if (this.#piece && this.#used > 0) this.#fold(this.#piece);
    // If the browser had no room for a blob, only reading it reveals that.
    for (const part of this.#parts) await part.slice(0, 1).arrayBuffer();
    return new Blob(this.#parts, { type });
  }

  /** Releases everything, and overwrites the plaintext in our own buffer. */
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
