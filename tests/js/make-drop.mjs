/**
 * Makes a drop during the test, for cases that are too big or too many to store. Uses Node's own crypto and zlib.
 */

import { constants, createCipheriv, createPrivateKey, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib, { gzipSync } from 'node:zlib';
import { samplePath } from './samples.mjs';

export const KEY = samplePath('keys/contoso-2048/pkcs8.pem');
const VERSION = '501bc4c9f66d877902c60ab27d226ed6';

/**
 * Writes the key details into `folder`; returns `add(path, plaintext)` and `addBig(path, pieces)` for encrypted files.
 */
export function makeDrop(folder) {
  // Always the same: with a key by chance, garbage has right padding once in 256 runs.
  const [key, iv] = [Buffer.alloc(32, 7), Buffer.alloc(16, 9)];
  const publicKey = createPublicKey(createPrivateKey(readFileSync(KEY)));
  const wrapped = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, key);
  const details = {
    PublicKeyVersion: VERSION,
    DecryptionKeyValue: wrapped.toString('base64'),
    DecryptionKeyIV: iv.toString('base64'),
  };
  const place = (path) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    return file;
  };
  writeFileSync(
    place('metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json'),
    JSON.stringify({ DecryptionKeyDetails: details }),
  );
  const cipher = () => createCipheriv('aes-256-cbc', key, iv);
  const encrypt = (content) => {
    const aes = cipher();
    return Buffer.concat([aes.update(content), aes.final()]);
  };
  /** `pieces`: gzip data already, member after member. */
  const addMembers = (path, pieces) => pipeline(Readable.from(pieces), cipher(), createWriteStream(place(path)));
  return {
    add: (path, plaintext) => writeFileSync(place(path), encrypt(gzipped(plaintext))),
    addRaw: (path, content) => writeFileSync(place(path), encrypt(content)),
    addClear: (path, content) => writeFileSync(place(path), content),
    /** The same block so many times, each a gzip member: that is compressed once. */
    addBig: (path, times, block) => addMembers(path, Array(times).fill(gzipSync(block, { level: 1 }))),
    addMembers,
  };
}

/**
 * One gzip member that holds `block` `count` times, compressed once. ISIZE counts modulo 2^32 (RFC 1952, section
 * 2.3.1).
 */
export function* member(block, count) {
  const compressed = zlib.deflateRawSync(block, { finishFlush: zlib.constants.Z_FULL_FLUSH });
  yield Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  let crc = 0;
  for (let index = 0; index < count; index += 1) {
    yield compressed;
    crc = zlib.crc32(block, crc);
  }
  const end = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]); // a last block without content, CRC-32, ISIZE
  end.writeUInt32LE(crc, 2);
  end.writeUInt32LE((count * block.length) % 2 ** 32, 6);
  yield end;
}

/** @type {WeakMap<Uint8Array, Buffer>} */
const packed = new WeakMap();

/** Compressed once, where many files have the same content. @param {string | Uint8Array} content */
export function gzipped(content) {
  const known = typeof content === 'string' ? undefined : packed.get(content);
  const bytes = known ?? gzipSync(content, { level: 1 });
  if (typeof content !== 'string') packed.set(content, bytes);
  return bytes;
}

/** JSON Lines, `bytes` long at least. */
export function jsonLines(bytes) {
  const lines = [];
  for (let length = 0, id = 0; length < bytes; id += 1) {
    const line = `${JSON.stringify({ id, subject: `Message ${id}`, body: randomBytes(24).toString('hex') })}\n`;
    lines.push(line);
    length += line.length;
  }
  return Buffer.from(lines.join(''));
}
