/** A drop in memory, with one or several key details entries, and sinks to inspect. Uses Node's own crypto. */

import assert from 'node:assert/strict';
import { constants, createCipheriv, createHash, createPrivateKey, createPublicKey, publicEncrypt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { FileKey, openDrop, PrivateKey } from '../../pkg/index.js';
import { gzipped } from './make-drop.mjs';
import { samplePath } from './samples.mjs';

export const MIB = 2 ** 20;
export const DETAILS = 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json';
export const PEM = readFileSync(samplePath('keys/contoso-2048/pkcs8.pem'));
export const STRANGER = readFileSync(samplePath('keys/stranger-2048/pkcs8.pem'));
export const privateKey = () => PrivateKey.import(PEM);
export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

const publicKey = createPublicKey(createPrivateKey(PEM));
const PADDINGS = {
  'RSA-OAEP': { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
  'RSA-OAEP-256': { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
  RSA1_5: { padding: constants.RSA_PKCS1_PADDING },
};

let drawn = 0;

/** The same key in every run: with a random one, a truncated file has right padding by chance, once in 256 runs. */
function draw(length) {
  const counter = Buffer.alloc(16);
  counter.writeUInt32BE((drawn += 1));
  return createCipheriv('aes-128-ctr', Buffer.alloc(16), counter).update(Buffer.alloc(length));
}

/**
 * One AES key with its IV, as the writer of a drop makes it. `answer`: the vault answer; `details`: the drop's entry.
 */
export function newKey(algorithm = 'RSA-OAEP') {
  const [key, iv] = [draw(32), draw(16)];
  const wrapped = publicEncrypt({ key: publicKey, ...PADDINGS[algorithm] }, key);
  const details = {
    PublicKeyVersion: draw(16).toString('hex'),
    DecryptionKeyValue: wrapped.toString('base64'),
    DecryptionKeyIV: iv.toString('base64'),
  };
  const encryptUnder = (other, content) => {
    const aes = createCipheriv('aes-256-cbc', key, other);
    return Buffer.concat([aes.update(content), aes.final()]);
  };
  const encrypt = (content) => encryptUnder(iv, content);
  const fileKey = () =>
    FileKey.fromVault(key.toString('base64'), {
      place: '$',
      kind: 'file',
      publicKeyVersion: null,
      keyIdentifier: null,
      wrappedKey: details.DecryptionKeyValue,
      iv: details.DecryptionKeyIV,
    });
  return { key, iv, wrapped, details, encrypt, encryptUnder, fileKey, answer: key.toString('base64url') };
}

/** `items`: the input of `openDrop`; `contents`: the expected output. */
export class MemoryDrop {
  items = [];
  contents = new Map();

  constructor(entries = 1) {
    this.keys = Array.from({ length: entries }, () => newKey());
    this.addClear(DETAILS, JSON.stringify({ DecryptionKeyDetails: this.keys.map(({ details }) => details) }));
    this.contents.clear();
  }

  /** Compressed and encrypted, with the key of one entry. */
  add(path, content, entry = 0) {
    return this.#put(path, this.keys[entry].encrypt(gzipped(content)), content);
  }

  /** Encrypted as it is. */
  addRaw(path, content, entry = 0) {
    return this.#put(path, this.keys[entry].encrypt(content), content);
  }

  addClear(path, content) {
    return this.#put(path, content, content);
  }

  /** The drop, opened and unlocked. */
  async open() {
    const drop = await openDrop(this.items);
    await drop.unlock(privateKey());
    return drop;
  }

  #put(path, delivered, content) {
    this.items.push({ path, blob: new Blob([delivered]) });
    this.contents.set(path, Buffer.from(content));
    return this;
  }
}

/** Twelve files big and small, and three that are copied. */
export function mixedDrop() {
  const memory = new MemoryDrop();
  for (let index = 0; index < 12; index += 1)
    memory.add(`set/part-${index}.json`, lines(index % 4 === 0 ? 2.5 * MIB : 100 * index));
  return memory
    .addClear('metadata/JobMetadata.json', '{"a":1}')
    .addClear('empty', '')
    .addClear('clear.txt', lines(3 * MIB));
}

/** By path: the code, or the outcome if there is no code. */
export const codes = (report) =>
  Object.fromEntries(report.files.map(({ path, outcome, code }) => [path, code ?? outcome]));

/** Text that is not worth compressing, `bytes` long at least. */
export function lines(bytes) {
  return Buffer.from(
    draw(Math.ceil(bytes / 2))
      .toString('hex')
      .replace(/.{63}/g, '$&\n'),
  );
}

/**
 * A sink that keeps its chunks unchanged, and records what happened to each output. `on`: hooks `open`, `write`,
 * `close` and `abort`, called with the path (and the chunk) before the action.
 */
export class MemorySink {
  closed = new Map();
  open_ = new Map();
  aborted = [];
  events = [];

  constructor(on = {}) {
    this.on = on;
  }

  async open(path, info) {
    this.events.push(['open', path, info]);
    await this.on.open?.(path, info);
    const chunks = [];
    this.open_.set(path, chunks);
    return new WritableStream({
      write: async (chunk) => {
        chunks.push(chunk);
        await this.on.write?.(path, chunk);
      },
      close: async () => {
        await this.on.close?.(path);
        this.open_.delete(path);
        this.closed.set(path, chunks);
      },
      abort: async (reason) => {
        await this.on.abort?.(path, reason);
        this.open_.delete(path);
        this.aborted.push(path);
      },
    });
  }

  close() {
    this.events.push(['close']);
  }

  abort(reason) {
    this.events.push(['abort', reason]);
  }

  /** Path → bytes of what was finished. */
  get files() {
    return new Map([...this.closed].map(([path, chunks]) => [path, Buffer.concat(chunks)]));
  }
}

/** Compares names, lengths and hashes, because `deepEqual` on the bytes would print all of them. */
export function sameFiles(actual, expected) {
  const digests = (files) =>
    Object.fromEntries([...files].map(([path, bytes]) => [path, `${bytes.length} ${sha256(bytes)}`]).sort());
  assert.deepEqual(digests(actual), digests(expected));
}

/** `MgdcDecryptError` with this code, for `assert.rejects` and `assert.throws`. */
export const fails = (code) => ({ name: 'MgdcDecryptError', code, message: /./ });

/** An encrypted file on its own and its key. */
export function sealed(content, { compress = (bytes) => gzipSync(bytes, { level: 1 }) } = {}) {
  const made = newKey();
  return { ...made, content, data: new Uint8Array(made.encrypt(compress(content))), fileKey: made.fileKey() };
}
