/**
 * Two AES engines, one result. WebCrypto where `crypto.subtle` exists: hardware AES, on another thread. RustCrypto in
 * wasm where it does not, as on every http:// portal, and for the last piece of each file, whose padding is checked there.
 */

const BLOCK = 16;

/** Decrypts `source` with `decryptor` into `output`; returns the summary. */
export async function decryptInto(output, source, key, decryptor, size) {
  let whole = false;
  try {
    await pass(output, source, key, decryptor, size);
    whole = true;
    return decryptor.finish(); // which frees it
  } finally {
    if (!whole) decryptor.free();
  }
}

async function pass(output, source, key, decryptor, size) {
  // What is no whole blocks fails at its end, and has no room for one block more.
  const subtle = source.size % BLOCK === 0 && globalThis.crypto?.subtle;
  // All but the last piece, which must hold the last block.
  const count = Math.max(0, Math.ceil(source.size / size) - 1);
  const pieces = subtle ? await webCryptoPieces(subtle, source, key, size, count) : wasmPieces(source, size, count);
  for await (const { piece, lastBlock } of ahead(pieces)) {
    if (lastBlock) decryptor.pushDecrypted(piece, lastBlock);
    else decryptor.push(piece);
    output.read += piece.length;
    await output.drain((target) => decryptor.pull(target));
  }
  const last = await source.read(count * size, source.size);
  decryptor.push(last);
  decryptor.end();
  output.read += last.length;
  await output.drain((target) => decryptor.pull(target));
}

async function* wasmPieces(source, size, count) {
  for (let index = 0; index < count; index += 1) yield { piece: await source.read(index * size, (index + 1) * size) };
}

/**
 * WebCrypto has no streaming CBC and always strips padding. So each piece gets one more block, that decrypts to a whole
 * block of padding: the encryption of nothing under the piece's last block as IV is just that. The last ciphertext block
 * is then the next piece's IV.
 */
async function* webCryptoPieces(subtle, source, key, size, count) {
  const aes = await subtle.importKey('raw', key.subarray(0, 32), 'AES-CBC', false, ['encrypt', 'decrypt']);
  let iv = key.slice(32);
  for (let index = 0; index < count; index += 1) {
    // One block too many is read to have its room.
    const start = index * size;
    const data = await source.read(start, start + size + BLOCK);
    const lastBlock = data.slice(size - BLOCK, size);
    data.set(new Uint8Array(await subtle.encrypt({ name: 'AES-CBC', iv: lastBlock }, aes, new Uint8Array())), size);
    yield { piece: new Uint8Array(await subtle.decrypt({ name: 'AES-CBC', iv }, aes, data)), lastBlock };
    iv = lastBlock;
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
