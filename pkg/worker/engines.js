/**
 * Two AES engines with the same result. Where `crypto.subtle` exists, WebCrypto: hardware AES, on another thread.
 * Where it does not (on every http:// page), RustCrypto in wasm, which also decrypts the last piece of each file, to
 * check its padding.
 *
 * Both yield pieces `{ piece, lastBlock }`: plaintext with the ciphertext of its last block. Without `lastBlock`, the
 * piece is ciphertext that must still be decrypted.
 */

import { joined, release } from '../core/bytes.js';
import { IV_IN_FRONT, isConverted } from '../core/repair.js';
import { Stages } from './stages.js';

/**
 * @import { DecryptionSummary, Repair } from '../index.js'
 * @import { Decryptor } from '../wasm/mgdc_decrypt.js'
 * @import { PlaintextWriter } from './plaintext-writer.js'
 * @import { Piece } from './protocol.js'
 * @import { Reader } from './source.js'
 */

/** @typedef {(...options: ConstructorParameters<typeof Decryptor>) => Decryptor} MakeDecryptor */

const BLOCK = 16;

/**
 * Decrypts `pieces` with `decryptor` into a PlaintextWriter; returns the summary.
 * @param {Pick<PlaintextWriter, keyof PlaintextWriter>} writer
 * @param {AsyncIterable<Piece>} pieces
 * @param {Decryptor} decryptor
 * @param {WebAssembly.Memory} memory
 * @param {{ mayGrow?: boolean, stages?: Stages }} [options] `mayGrow`: reading `pieces` may make the memory grow
 * @returns {Promise<DecryptionSummary>}
 */
export async function decryptInto(writer, pieces, decryptor, memory, { mayGrow = false, stages = new Stages() } = {}) {
  let whole = false;
  try {
    for await (const { piece, lastBlock } of pieces) {
      stages.lap('wait for ciphertext');
      if (lastBlock) decryptor.pushDecrypted(piece, lastBlock);
      else decryptor.push(piece);
      writer.read += piece.length;
      release(piece);
      await drain(writer, decryptor, memory, mayGrow, stages);
    }
    decryptor.end();
    await drain(writer, decryptor, memory, mayGrow, stages);
    whole = true;
    return decryptor.finish(); // which frees it
  } finally {
    if (!whole) decryptor.free();
  }
}

/**
 * Writes straight from the module's memory, so that the writer makes the only copy. If the memory may grow while it
 * writes, it gets a copy: growing empties all views.
 * @param {Pick<PlaintextWriter, keyof PlaintextWriter>} writer
 * @param {Decryptor} decryptor
 * @param {WebAssembly.Memory} memory
 * @param {boolean} mayGrow
 * @param {Stages} stages
 */
async function drain(writer, decryptor, memory, mayGrow, stages) {
  for (let length = decryptor.pull(); length > 0; length = decryptor.pull()) {
    stages.lap('inflate');
    writer.hash(new Uint8Array(memory.buffer, decryptor.address, length));
    stages.lap('hash');
    const view = new Uint8Array(memory.buffer, decryptor.address, length);
    const plaintext = mayGrow ? view.slice() : view;
    const waiting = writer.write(plaintext);
    if (waiting) await waiting;
    if (plaintext.length !== length) throw new Error('the memory grew while plaintext was written from it');
    stages.lap('write');
  }
  stages.lap('inflate');
}

/**
 * Reads `source` in pieces of `size` bytes, and decrypts them if WebCrypto is available.
 * @param {Reader} source
 * @param {Uint8Array<ArrayBuffer>} key
 * @param {number} size
 * @param {Repair | null | undefined} repair
 */
export function readPieces(source, key, size, repair) {
  const subtle = !isConverted(repair) && subtleFor(source);
  return ahead(subtle ? webCryptoPieces(subtle, source, key, size, repair) : rawPieces(source, size));
}

/**
 * The same, but decrypts all except the last piece even without WebCrypto: for a worker that has another one to inflate.
 * Not for converted files.
 * @param {Reader} source
 * @param {Uint8Array<ArrayBuffer>} key
 * @param {number} size
 * @param {MakeDecryptor} makeDecryptor
 * @param {WebAssembly.Memory} memory
 * @param {Repair | null | undefined} repair
 */
export function decryptedPieces(source, key, size, makeDecryptor, memory, repair) {
  const subtle = subtleFor(source);
  if (subtle) return webCryptoPieces(subtle, source, key, size, repair);
  return wasmPieces(source, key, size, makeDecryptor, memory, repair);
}

/**
 * WebCrypto, unless the file does not consist of whole blocks: then decryption must fail at its end, and
 * `webCryptoPieces` could not append a block.
 * @param {Reader} source
 */
function subtleFor(source) {
  return source.size % BLOCK === 0 && globalThis.crypto?.subtle;
}

/**
 * @param {Reader} source
 * @param {number} size
 * @returns {AsyncGenerator<Piece, void>}
 */
async function* rawPieces(source, size) {
  do yield { piece: await source.next(size) };
  while (source.at < source.size);
}

/**
 * WebCrypto has no streaming CBC and always strips padding. So each piece gets an extra block that decrypts to a full
 * block of padding: that is the encryption of an empty text with the piece's last block as the IV. The last ciphertext
 * block is then the IV of the next piece. The last piece, which holds the file's own padding, is left encrypted.
 * @param {SubtleCrypto} subtle
 * @param {Reader} source
 * @param {Uint8Array<ArrayBuffer>} key
 * @param {number} size
 * @param {Repair | null | undefined} repair
 * @returns {AsyncGenerator<Piece, void>}
 */
async function* webCryptoPieces(subtle, source, key, size, repair) {
  const aes = await subtle.importKey('raw', key.subarray(0, 32), 'AES-CBC', false, ['encrypt', 'decrypt']);
  let iv = await ivOf(source, key, repair);
  if (repair === IV_IN_FRONT) yield { piece: iv.slice() };
  let data = await source.next(size);
  /** @type {ArrayBuffer | undefined} */
  let used;
  while (source.at < source.size) {
    const next = source.next(size, used); // reads while this piece is decrypted
    next.catch(() => {}); // it is awaited below
    const lastBlock = data.slice(-BLOCK);
    const padded = new Uint8Array(data.buffer, 0, size + BLOCK);
    padded.set(new Uint8Array(await subtle.encrypt({ name: 'AES-CBC', iv: lastBlock }, aes, new Uint8Array())), size);
    yield { piece: new Uint8Array(await subtle.decrypt({ name: 'AES-CBC', iv }, aes, padded)), lastBlock };
    iv = lastBlock;
    used = padded.buffer;
    data = await next;
  }
  yield { piece: data };
}

/**
 * The IV. If it is at the beginning of the file, it is read from there, and the caller passes it to the decryptor as
 * the first piece.
 * @param {Reader} source
 * @param {Uint8Array<ArrayBuffer>} key
 * @param {Repair | null | undefined} repair
 */
async function ivOf(source, key, repair) {
  return repair === IV_IN_FRONT ? source.next(BLOCK) : key.slice(32);
}

/**
 * The decryptor holds back the last block, so the plaintext of a piece ends with the block before it.
 * @param {Reader} source
 * @param {Uint8Array<ArrayBuffer>} key
 * @param {number} size
 * @param {MakeDecryptor} makeDecryptor
 * @param {WebAssembly.Memory} memory
 * @param {Repair | null | undefined} repair
 * @returns {AsyncGenerator<Piece, void>}
 */
async function* wasmPieces(source, key, size, makeDecryptor, memory, repair) {
  const iv = await ivOf(source, key, repair);
  if (repair === IV_IN_FRONT) yield { piece: iv.slice() };
  const own = joined([key.subarray(0, 32), iv]);
  const decryptor = makeDecryptor(own, 'none', true);
  own.fill(0);
  try {
    let data = await source.next(size);
    let held = new Uint8Array();
    while (source.at < source.size) {
      decryptor.push(data);
      const lastBlock = data.slice(-2 * BLOCK, -BLOCK);
      held = data.slice(-BLOCK);
      const next = source.next(size, data.buffer);
      next.catch(() => {}); // it is awaited below
      const length = decryptor.pull();
      yield { piece: new Uint8Array(memory.buffer, decryptor.address, length).slice(), lastBlock };
      data = await next;
    }
    yield { piece: joined([held, data]) };
  } finally {
    decryptor.free();
  }
}

/**
 * Requests the next piece before the consumer has finished with the last one, so that reading and AES continue.
 * @param {AsyncGenerator<Piece, void>} pieces
 * @returns {AsyncGenerator<Piece, void>}
 */
async function* ahead(pieces) {
  let next = pieces.next();
  next.catch(() => {}); // it is awaited below
  for (;;) {
    const { value, done } = await next;
    if (done) return;
    next = pieces.next();
    next.catch(() => {});
    yield value;
  }
}
