/** The two AES engines, WebCrypto and wasm, on the same data: they give the same plaintext, summaries and codes. */

import assert from 'node:assert/strict';
import { createDecipheriv, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { toError } from '../../pkg/core/errors.js';
import { memory, wasm } from '../../pkg/core/init.js';
import { init } from '../../pkg/index.js';
import { decryptedPieces, decryptInto, readPieces } from '../../pkg/worker/engines.js';
import { lines, newKey } from './memory-drop.mjs';
import { rounds, seeded } from './random.mjs';

/**
 * @import { Compression, Repair } from '../../pkg/index.js'
 * @import { MakeDecryptor } from '../../pkg/worker/engines.js'
 * @import { PlaintextWriter } from '../../pkg/worker/plaintext-writer.js'
 * @import { Piece } from '../../pkg/worker/protocol.js'
 * @import { Reader } from '../../pkg/worker/source.js'
 */

await init();
const PIECE = 64;
const { crypto } = globalThis;

/** As much of a Reader as the engines use. @typedef {Pick<Reader, 'size' | 'at' | 'next'>} Source */
/** @typedef {{ key: Buffer, iv: Buffer }} Key */
/** @typedef {(source: Source, key: Uint8Array<ArrayBuffer>, repair?: Repair) => AsyncGenerator<Piece, void>} Make */
/**
 * @typedef {object} Options
 * @property {Compression} [compression]
 * @property {boolean} [keep]
 * @property {number} [limit]
 * @property {Repair} [repair]
 * @property {Reader['next']} [next]
 * @property {Make} [make]
 */

/**
 * The output, or the code of the failure. `used`: whether WebCrypto was used.
 * @param {string} engine
 * @param {Buffer} data
 * @param {Key} key
 * @param {Options} [options]
 */
async function decryptWith(
  engine,
  data,
  { key, iv },
  { compression = 'none', keep = false, limit, repair, next = nextOf(data), make = alone } = {},
) {
  let used = false;
  const subtle = {
    /** @param {Parameters<SubtleCrypto['importKey']>} args */
    importKey: (...args) => crypto.subtle.importKey(...args),
    /** @param {Parameters<SubtleCrypto['encrypt']>} args */
    encrypt: (...args) => crypto.subtle.encrypt(...args),
    /** @param {Parameters<SubtleCrypto['decrypt']>} args */
    decrypt: (...args) => {
      used = true;
      return crypto.subtle.decrypt(...args);
    },
  };
  const fileKey = new Uint8Array([...key, ...iv]);
  const source = { size: data.length, at: 0, next };
  /** @type {Uint8Array[]} */
  const pieces = [];
  const output = {
    read: 0,
    hash() {},
    /** @param {Uint8Array} bytes */
    write: (bytes) => void pieces.push(bytes.slice()),
  };
  const decryptor = new (wasm().Decryptor)(fileKey, compression, keep, limit, repair);
  Object.defineProperty(globalThis, 'crypto', { value: engine === 'WebCrypto' ? { subtle } : {}, configurable: true });
  try {
    const writer = /** @type {PlaintextWriter} */ (/** @type {unknown} */ (output));
    const summary = await decryptInto(writer, make(source, fileKey, repair), decryptor, memory());
    return { plaintext: Buffer.concat(pieces), summary, read: output.read, used };
  } catch (error) {
    return { code: toError(error).code, used };
  } finally {
    Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
    const { __wbg_ptr: address } = /** @type {{ __wbg_ptr?: number }} */ (/** @type {unknown} */ (decryptor));
    assert.equal(address, 0, 'its memory was given back');
  }
}

/** @type {MakeDecryptor} */
const makeDecryptor = (...options) => new (wasm().Decryptor)(...options);
/** @type {Make} */
const alone = (source, key, repair) => readPieces(/** @type {Reader} */ (source), key, PIECE, repair);
/** What an inflater gets. @type {Make} */
const forInflater = (source, key, repair) =>
  decryptedPieces(/** @type {Reader} */ (source), key, PIECE, makeDecryptor, memory(), repair);

/**
 * As the sources of the package do it.
 * @param {Buffer} data
 * @returns {Reader['next']}
 */
function nextOf(data) {
  /**
   * @this {Source}
   * @param {number} size
   * @param {ArrayBuffer} [buffer]
   */
  async function next(size, buffer = new ArrayBuffer(size + 16)) {
    const bytes = new Uint8Array(buffer, 0, Math.min(size, data.length - this.at));
    bytes.set(data.subarray(this.at, this.at + bytes.length));
    this.at += bytes.length;
    return bytes;
  }
  return next;
}

/**
 * Decrypts with both engines, in one worker and in two, and returns the result, on which all must agree.
 * @param {Buffer} data
 * @param {Key} key
 * @param {Options} options
 * @param {string} [name]
 */
async function both(data, key, options, name) {
  const behind = options.repair ? 16 : 0;
  const whole = data.length - behind > PIECE && data.length % 16 === 0;
  const expected = await decryptWith('wasm', data, key, options);
  assert.equal(expected.used, false);
  /** @type {Record<string, [engine: string, make?: Make]>} */
  const others = {
    WebCrypto: ['WebCrypto'],
    'WebCrypto, two workers': ['WebCrypto', forInflater],
    'wasm, two workers': ['wasm', forInflater],
  };
  for (const [way, [engine, make]] of Object.entries(others)) {
    const result = await decryptWith(engine, data, key, { ...options, make });
    assert.equal(result.used, whole && engine === 'WebCrypto', 'WebCrypto decrypts all but the last piece');
    assert.deepEqual({ ...result, used: false }, expected, `${name}: ${way}`);
  }
  delete (/** @type {{ used?: boolean }} */ (expected).used);
  return expected;
}

test('every size around the first pieces, with the IV at the beginning of the file', async () => {
  const key = newKey();
  const iv = randomBytes(16);
  for (let size = 0; size <= 4 * PIECE + 17; size += 1) {
    const content = randomBytes(size);
    const data = Buffer.concat([iv, key.encryptUnder(iv, content)]);
    const { plaintext, summary, read } = await both(data, key, { repair: 'iv-in-front' }, `${size} bytes`);
    assert.ok(plaintext?.equals(content), `${size} bytes`);
    assert.deepEqual(
      [summary?.bytesIn, summary?.bytesOut, summary?.warnings.length, read],
      [data.length, size, 1, data.length],
    );
  }
});

test('every size around the first pieces', async () => {
  const key = newKey();
  for (let size = 0; size <= 4 * PIECE + 17; size += 1) {
    const content = randomBytes(size);
    const { plaintext, summary, read } = await both(key.encrypt(content), key, {}, `${size} bytes`);
    assert.ok(plaintext?.equals(content), `${size} bytes`);
    const length = size + 16 - (size % 16);
    assert.deepEqual([summary?.bytesIn, summary?.bytesOut, read], [length, size, length]);
  }
});

test('random sizes around multiples of the piece, in every compression', async (t) => {
  const random = seeded(t);
  const key = newKey();
  const forms = { gzip: gzipSync, zlib: deflateSync, deflate: deflateRawSync, none: (bytes) => bytes };
  for (let run = 0; run < rounds(120); run += 1) {
    const [compression, compress] = Object.entries(forms)[run % 4];
    const content = lines(Math.max(0, PIECE * Math.floor(30 * random()) + Math.floor(40 * random()) - 20));
    const options = { compression: /** @type {Compression} */ (random() < 0.5 ? 'auto' : compression) };
    const result = await both(key.encrypt(compress(content)), key, options, `${content.length} bytes, ${compression}`);
    if (content.length > 0 || compression !== 'deflate')
      assert.ok(result.plaintext?.equals(content), `${content.length} bytes, ${compression}`);
  }
});

test('both engines keep the same compressed bytes', async () => {
  const key = newKey();
  const gzip = gzipSync(lines(900));
  const { plaintext } = await both(key.encrypt(gzip), key, { compression: 'auto', keep: true });
  assert.ok(plaintext?.equals(gzip));
});

test('both engines stop at the output limit', async () => {
  const key = newKey();
  const data = key.encrypt(gzipSync(lines(5000)));
  for (const limit of [0, 1, 100, 4999])
    assert.equal((await both(data, key, { compression: 'gzip', limit })).code, 'ERR_OUTPUT_LIMIT');
});

test('a file cut at any byte fails in the same way', async () => {
  const key = newKey();
  const data = key.encrypt(gzipSync(lines(300), { level: 0 }));
  assert.ok(data.length > 4 * PIECE);
  const seen = new Set();
  for (let length = 0; length < data.length; length += 1) {
    const { code } = await both(
      data.subarray(0, length),
      key,
      { compression: 'gzip' },
      `${length} of ${data.length} bytes`,
    );
    assert.equal(
      length % 16 === 0 && length > 0
        ? /PADDING|COMPRESSED|CHECKSUM|TRAILING/.test(code ?? '')
        : code === 'ERR_CIPHERTEXT_LENGTH',
      true,
      `${code} at ${length}`,
    );
    seen.add(code);
  }
  assert.ok(seen.size >= 2);
});

test('damage in any block gives the same result', async () => {
  const key = newKey();
  const data = key.encrypt(lines(5 * PIECE));
  for (let at = 0; at < data.length; at += 16) {
    const damaged = Buffer.from(data);
    damaged[at + 3] ^= 0x55;
    const { plaintext, code } = await both(damaged, key, {}, `at ${at}`);
    if (code) assert.equal(code, 'ERR_PADDING');
    else assert.ok(plaintext.equals(opened(damaged, key)), 'as Node decrypts it');
  }
});

test('a wrong key and a wrong IV give the same result', async () => {
  const [key, other] = [newKey(), newKey()];
  const content = lines(3 * PIECE);
  for (const compress of [gzipSync, (bytes) => bytes]) {
    const data = key.encrypt(compress(content));
    assert.match(
      (await both(data, { key: other.key, iv: key.iv }, { compression: 'gzip' })).code ?? '',
      /ERR_PADDING|ERR_COMPRESSED_DATA/,
    );
    const { plaintext } = await both(data, { key: key.key, iv: other.iv }, {});
    assert.ok(plaintext?.equals(opened(data, { key: key.key, iv: other.iv })), 'only the first block differs');
  }
});

test('the padding is checked in the same way, whatever the last byte is', async () => {
  const key = newKey();
  const data = key.encrypt(lines(2 * PIECE).subarray(0, 2 * PIECE - 5));
  for (let last = 0; last < 256; last += 1) {
    const damaged = Buffer.from(data);
    damaged[damaged.length - 17] ^= last; // decides the last byte of plaintext
    const { code } = await both(damaged, key, {}, `last byte ${5 ^ last}`);
    const padding = 5 ^ last;
    assert.equal(code, padding === 5 || padding === 1 ? undefined : 'ERR_PADDING', `last byte ${padding}`);
  }
});

test('a file that cannot be read is ERR_READ with either engine', async () => {
  const key = newKey();
  const data = Buffer.alloc(4 * PIECE);
  for (const engine of ['WebCrypto', 'wasm']) {
    for (const make of [undefined, forInflater]) {
      for (const broken of [0, 1, 2, 3]) {
        const whole = nextOf(data);
        /**
         * @this {Source}
         * @param {Parameters<Reader['next']>} args
         */
        const next = async function (...args) {
          if (this.at === broken * PIECE) throw new DOMException('gone', 'NotReadableError');
          return whole.apply(this, args);
        };
        assert.equal(
          (await decryptWith(engine, data, key, { next, make })).code,
          'ERR_READ',
          `${engine}, piece ${broken}`,
        );
      }
    }
  }
});

function opened(data, { key, iv }) {
  const aes = createDecipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([aes.update(data), aes.final()]);
}
