/** Decompresses a clear gzip file with the core, whose checks a browser's own DecompressionStream does not tell apart. */

/** @import { Core } from './plaintext.js' */

const BLOCK = 16;

/**
 * It is used like a Decryptor. The core decompresses what another engine has decrypted (`pushDecrypted`), and decrypts
 * only the last block by itself, for its padding. So the clear bytes are passed to it as decrypted ones, and for the
 * last block a ciphertext of zeros, with the IV under which those decrypt to the bytes that are left and their padding.
 */
export class Inflater {
  #decryptor;
  #decrypted;
  /** What does not fill a block. */
  #rest = new Uint8Array();

  /** @param {Core} core */
  constructor(core) {
    this.#decryptor = new core.Decryptor(new Uint8Array(48), 'gzip', false);
    this.#decrypted = decryptedZeros(core);
  }

  get address() {
    return this.#decryptor.address;
  }

  /** @param {Uint8Array} piece */
  push(piece) {
    const bytes = new Uint8Array(this.#rest.length + piece.length);
    bytes.set(this.#rest);
    bytes.set(piece, this.#rest.length);
    const whole = bytes.length - (bytes.length % BLOCK);
    this.#decryptor.pushDecrypted(bytes.subarray(0, whole), new Uint8Array(BLOCK));
    this.#rest = bytes.slice(whole);
  }

  end() {
    const last = new Uint8Array(BLOCK).fill(BLOCK - this.#rest.length);
    last.set(this.#rest);
    this.#decryptor.pushDecrypted(
      new Uint8Array(),
      last.map((byte, at) => byte ^ this.#decrypted[at]),
    );
    this.#decryptor.push(new Uint8Array(BLOCK));
    this.#decryptor.end();
  }

  pull() {
    return this.#decryptor.pull();
  }

  finish() {
    return this.#decryptor.finish();
  }

  free() {
    this.#decryptor.free();
  }
}

/**
 * What a block of zeros decrypts to under a key of zeros, before CBC adds the IV.
 * @param {Core} core
 */
function decryptedZeros({ Decryptor, memory }) {
  const decryptor = new Decryptor(new Uint8Array(48), 'none', true);
  try {
    // The second block is held back.
    decryptor.push(new Uint8Array(2 * BLOCK));
    const length = decryptor.pull();
    return new Uint8Array(memory().buffer, decryptor.address, length).slice();
  } finally {
    decryptor.free();
  }
}
