/** SHA-256 in pieces. */

import { Sha256 } from '../wasm/mgdc_decrypt.js';

/** @import { Hash } from './plaintext-writer.js' */

/**
 * Native in Node, otherwise in wasm, because WebCrypto can only hash everything at once. `memory`: that of the module.
 * @param {WebAssembly.Memory} memory
 * @returns {Hash}
 */
export function hasher(memory) {
  const crypto = globalThis.process?.getBuiltinModule?.('node:crypto');
  if (!crypto) {
    const hash = new Sha256();
    // The binding allocates memory before it copies the bytes. If that grows the module's memory, views of it are
    // detached, so they are copied first.
    return {
      update: (bytes) => hash.update(bytes.buffer === memory.buffer ? bytes.slice() : bytes),
      digest: () => hash.digest(),
    };
  }
  const hash = crypto.createHash('sha256');
  return { update: (bytes) => hash.update(bytes), digest: () => hash.digest('hex') };
}

/**
 * @param {Hash} hash
 * @param {Uint8Array} data
 */
export function digest(hash, data) {
  hash.update(data);
  return hash.digest();
}
