/** Key details, private keys and file keys: handles over the wasm core. */

import { isBlob, withBytes } from './bytes.js';
import { toError } from './errors.js';
import { init, wasm } from './init.js';
import { checkAlgorithm } from './options.js';

/**
 * @import { Algorithm, Bytes, FileOnDisk, ImportOptions, KeyDetails } from '../index.js'
 * @import * as core from '../wasm/mgdc_decrypt.js'
 */

/**
 * See index.d.ts.
 * @param {Bytes | Blob} json
 * @returns {KeyDetails[] | Promise<KeyDetails[]>}
 */
export function parseKeyDetails(json) {
  return withCore(json, (bytes) => wasm().parseKeyDetails(bytes));
}

/** See index.d.ts. The key itself stays in wasm memory, and is wiped there when it is disposed of. */
export class PrivateKey {
  /** @type {core.PrivateKey | null} */
  #handle;

  /** @param {core.PrivateKey} handle */
  constructor(handle) {
    this.#handle = handle;
    this.bits = handle.bits;
    /** @type {(string | null)[]} */
    this.versions = handle.versions;
    this.keyId = handle.keyId ?? null;
  }

  /**
   * @param {Bytes | Blob | FileOnDisk} source
   * @param {ImportOptions} [options]
   */
  static import(source, { password, name = nameOf(source) } = {}) {
    if (password != null && typeof password !== 'string') throw new TypeError('the password must be a string');
    return withCore(source, (bytes) => new PrivateKey(importKey(bytes, name, password)));
  }

  /**
   * For the other modules of this package.
   * @param {PrivateKey} key
   */
  static handleOf(key) {
    if (!key.#handle) throw new TypeError('this private key was disposed of');
    return key.#handle;
  }

  dispose() {
    this.#handle?.free();
    this.#handle = null;
  }

  [Symbol.dispose ?? Symbol('dispose')]() {
    this.dispose();
  }
}

/**
 * Like withBytes, for `use` that calls the core: whoever has to wait for a Blob may wait for the module, too.
 * @template Result
 * @param {Bytes | Blob | FileOnDisk} source
 * @param {(bytes: Uint8Array) => Result} use
 * @returns {Result | Promise<Result>}
 */
function withCore(source, use) {
  const guarded = guard(use);
  return isBlob(source) ? init().then(() => withBytes(source, guarded)) : withBytes(source, guarded);
}

/**
 * Tries the password as it was typed, then with accents composed, then decomposed: a Mac may give two characters where
 * the machine that wrote the file had one (Unicode Standard Annex 15, NFC and NFD).
 * @param {Uint8Array} bytes
 * @param {string | undefined} name
 * @param {string | undefined} password
 */
function importKey(bytes, name, password) {
  const spellings = new Set([password, password?.normalize('NFC'), password?.normalize('NFD')]);
  let refusal;
  for (const spelling of spellings) {
    try {
      return wasm().PrivateKey.import(bytes, name, spelling);
    } catch (error) {
      if (/** @type {{ code?: string } | undefined} */ (error)?.code !== 'ERR_PRIVATE_KEY_PASSWORD') throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

/** See index.d.ts. */
export class FileKey {
  /** @type {core.FileKey | null} */
  #handle;

  /** @param {core.FileKey} handle */
  constructor(handle) {
    this.#handle = handle;
    this.algorithm = /** @type {Algorithm | undefined} */ (handle.algorithm) ?? null;
    this.encoding = handle.encoding;
  }

  /**
   * @param {KeyDetails} details
   * @param {PrivateKey} privateKey
   * @param {{ algorithm?: Algorithm }} [options]
   */
  static unwrap(details, privateKey, { algorithm } = {}) {
    checkAlgorithm(algorithm);
    return guard(
      () => new FileKey(wasm().FileKey.unwrap(document(details), PrivateKey.handleOf(privateKey), algorithm)),
    )();
  }

  /**
   * @param {Bytes} answer
   * @param {KeyDetails} details
   */
  static fromVault(answer, details) {
    return withBytes(
      answer,
      guard((/** @type {Uint8Array} */ bytes) => new FileKey(wasm().FileKey.fromVault(bytes, document(details)))),
    );
  }

  /**
   * A copy of the 48 bytes, for the other modules of this package, which must wipe it.
   * @param {FileKey} key
   */
  static bytesOf(key) {
    if (!key.#handle) throw new TypeError('this file key was disposed of');
    return key.#handle.bytes();
  }

  dispose() {
    this.#handle?.free();
    this.#handle = null;
  }

  [Symbol.dispose ?? Symbol('dispose')]() {
    this.dispose();
  }
}

/**
 * The name of a File; undefined for anything without one.
 * @param {unknown} source
 */
function nameOf(source) {
  return /** @type {{ name?: string } | null | undefined} */ (source)?.name;
}

/**
 * Wraps `use` so that whatever the core throws becomes an MgdcDecryptError.
 * @template {unknown[]} Args
 * @template Result
 * @param {(...args: Args) => Result} use
 * @returns {(...args: Args) => Result}
 */
export function guard(use) {
  return (...args) => {
    try {
      return use(...args);
    } catch (error) {
      throw error instanceof TypeError ? error : toError(error);
    }
  };
}

/**
 * One entry, in the form of a key details document that the core can read.
 * @param {KeyDetails} details
 */
function document({ publicKeyVersion, keyIdentifier, wrappedKey, iv }) {
  const fields = {
    PublicKeyVersion: keyIdentifier ?? publicKeyVersion,
    DecryptionKeyValue: wrappedKey,
    DecryptionKeyIV: iv,
  };
  return new TextEncoder().encode(JSON.stringify(fields));
}
