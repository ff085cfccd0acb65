/**
 * Two AES engines, one result. WebCrypto where `crypto.subtle` exists: hardware AES, on another thread. RustCrypto in
 * wasm where it does not, as on every http:// portal, and for the last piece of each file, whose padding is checked there.
 *
 * Both give pieces `{ piece, lastBlock }`: plaintext with the ciphertext block that it ends in, or, without `lastBlock`,
 * ciphertext that is still to be decrypted.
 */

import { release } from './bytes.js';

const BLOCK = 16;

/** Decrypts `pieces` with `decryptor` into `output`; returns the summary. */
export async function decryptInto(output, pieces, decryptor, memory) {
  let whole = false;
  try {
    for await (const { piece, lastBlock } of pieces) {
      if (lastBlock) decryptor.pushDecrypted(piece, lastBlock);
      else decryptor.push(piece);
      output.read += piece.length;
      release(piece);
      await drain(output, decryptor, memory);
    }
    decryptor.end();
    await drain(output, decryptor, memory);
    whole = true;
    return decryptor.finish(); // which frees it
  } finally {
    if (!whole) decryptor.free();
  }
}

/** Straight out of the module's memory: the only copy is that of the output. */
async function drain(output, decryptor, memory) {
  for (let length = decryptor.pull(); length > 0; length = decryptor.pull()) {
    const waiting = output.write(new Uint8Array(memory.buffer, decryptor.address, length));
    if (waiting) await waiting;
  }
}

/** Reads `source` in pieces of `size` bytes, and decrypts them where WebCrypto can. */
export function readPieces(source, key, size) {
  const subtle = subtleFor(source);
  return ahead(subtle ? webCryptoPieces(subtle, source, key, size) : rawPieces(source, 0, size));
}

/** The same with all but the end decrypted, also without WebCrypto: for a worker that does nothing else. */
export function decryptedPieces(source, key, size, makeDecryptor, memory) {
  const subtle = subtleFor(source);
  return subtle ? webCryptoPieces(subtle, source, key, size) : wasmPieces(source, key, size, makeDecryptor, memory);
}

// What is no whole blocks fails at its end, and has no room for one block more.
function subtleFor(source) {
  return source.size % BLOCK === 0 && globalThis.crypto?.subtle;
}

/** All but the last piece, which must hold the last block. */
function countFor(source, size) {
  return Math.max(0, Math.ceil(source.size / size) - 1);
}

async function* rawPieces(source, start, size) {
  for (let at = start; at < source.size || at === 0; at += size) yield { piece: await source.read(at, Math.min(source.size, at + size)) };
}

/**
 * WebCrypto has no streaming CBC and always strips padding. So each piece gets one more block, that decrypts to a whole
 * block of padding: the encryption of nothing under the piece's last block as IV is just that. The last ciphertext block
 * is then the next piece's IV.
 */
async function* webCryptoPieces(subtle, source, key, size) {
  const aes = await subtle.importKey('raw', key.subarray(0, 32), 'AES-CBC', false, ['encrypt', 'decrypt']);
  let iv = key.slice(32);
  const count = countFor(source, size);
  // One block too many is read to have its room.
  const read = (index) => source.read(index * size, Math.min(source.size, (index + 1) * size + BLOCK));
  let next = read(0);
  for (let index = 0; index < count; index += 1) {
    const data = await next;
    next = read(index + 1); // while this one is decrypted
    next.catch(() => {}); // it is awaited above
    const lastBlock = data.slice(size - BLOCK, size);
    data.set(new Uint8Array(await subtle.encrypt({ name: 'AES-CBC', iv: lastBlock }, aes, new Uint8Array())), size);
    const piece = new Uint8Array(await subtle.decrypt({ name: 'AES-CBC', iv }, aes, data));
    release(data);
    yield { piece, lastBlock };
    iv = lastBlock;
  }
  yield { piece: await next };
}

/** The decryptor holds the last block back, so what it gave ends in the one before. */
async function* wasmPieces(source, key, size, makeDecryptor, memory) {
  const decryptor = makeDecryptor(key, 'none', true);
  try {
    const count = countFor(source, size);
    for (let index = 0; index < count; index += 1) {
      const data = await source.read(index * size, (index + 1) * size);
      decryptor.push(data);
      const lastBlock = data.slice(size - 2 * BLOCK, size - BLOCK);
      release(data);
      const length = decryptor.pull();
      yield { piece: new Uint8Array(memory.buffer, decryptor.address, length).slice(), lastBlock };
    }
    yield* rawPieces(source, count > 0 ? count * size - BLOCK : 0, size + BLOCK);
  } finally {
    decryptor.free();
  }
}

/** Asks for the next piece before the last one is used up: reading and AES go on meanwhile. */
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
