/** Decrypting a single file: `decrypt` and `DecryptionStream`. */

import assert from 'node:assert/strict';
import { createDecipheriv, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { wasm } from '../../pkg/core/init.js';
import { DecryptionStream, decrypt } from '../../pkg/index.js';
import { fails, lines, MIB, newKey, sealed } from './memory-drop.mjs';
import { seeded } from './random.mjs';

/** @import { Bytes, Compression } from '../../pkg/index.js' */

const same = (actual, expected) =>
  assert.ok(Buffer.from(actual).equals(Buffer.from(expected)), `${actual.length} bytes, expected ${expected.length}`);

/** The whole output of a stream into which `data` is written in pieces of `size` bytes. */
async function through(stream, data, size = data.length) {
  const writer = stream.writable.getWriter();
  const writing = (async () => {
    for (let at = 0; at < data.length; at += size) await writer.write(data.slice(at, at + size));
    await writer.close();
  })();
  writing.catch(() => {}); // the readable side tells
  const pieces = [];
  for await (const piece of stream.readable) pieces.push(piece);
  await writing;
  return Buffer.concat(pieces);
}

test('one call decrypts a Blob, a view, a buffer, a File', async () => {
  const { data, content, fileKey } = sealed(lines(5000));
  const padded = new Uint8Array(data.length + 7);
  padded.set(data, 5);
  for (const source of [
    data,
    data.buffer,
    padded.subarray(5, 5 + data.length),
    new Blob([data]),
    new File([data], 'part.json'),
  ]) {
    const plaintext = await decrypt(source, fileKey);
    assert.ok(plaintext instanceof Uint8Array);
    same(plaintext, content);
  }
  for (const wrong of [null, undefined, 12, {}])
    await assert.rejects(decrypt(/** @type {Bytes} */ (/** @type {unknown} */ (wrong)), fileKey), TypeError);
});

test('one call decrypts every size around an AES block', async () => {
  for (const size of [1, 15, 16, 17, 31, 32, 33]) {
    const content = lines(size).subarray(0, size);
    const { data, fileKey } = sealed(content, { compress: (bytes) => bytes });
    same(await decrypt(data, fileKey), content);
    same(await through(new DecryptionStream(fileKey), data, 5), content);
  }
});

test('compression is detected from the content, or given by the caller', async () => {
  const content = lines(5000);
  /** @type {Record<Exclude<Compression, 'auto'>, (bytes: Buffer<ArrayBuffer>) => Buffer<ArrayBuffer>>} */
  const forms = { gzip: gzipSync, zlib: deflateSync, deflate: deflateRawSync, none: (bytes) => bytes };
  for (const [name, compress] of Object.entries(forms)) {
    const compression = /** @type {Exclude<Compression, 'auto'>} */ (name);
    const { data, fileKey } = sealed(content, { compress });
    same(await decrypt(data, fileKey), content);
    same(await decrypt(data, fileKey, { compression }), content);
    same(await decrypt(data, fileKey, { compression: 'auto' }), content);
    same(await decrypt(data, fileKey, { decompress: false }), compress(content));
    const stream = new DecryptionStream(fileKey, { compression });
    same(await through(stream, data), content);
    const verified = { gzip: 'crc32', zlib: 'adler32' }[compression] ?? null;
    assert.deepEqual(await stream.summary, {
      compression,
      bytesIn: data.length,
      bytesOut: content.length,
      verified,
      warnings: [],
    });
  }
  const { data, fileKey } = sealed(content);
  await assert.rejects(decrypt(data, fileKey, { compression: 'zlib' }), fails('ERR_COMPRESSED_DATA'));
  same(await decrypt(data, fileKey, { compression: 'none' }), gzipSync(content, { level: 1 }));
  for (const wrong of ['GZIP', 'brotli', '', null]) {
    const compression = /** @type {Compression} */ (wrong);
    await assert.rejects(decrypt(data, fileKey, { compression }), TypeError, `${compression}`);
    assert.throws(() => new DecryptionStream(fileKey, { compression }), TypeError, `${compression}`);
  }
});

test('binary content passes when `none` is forced, and not otherwise', async () => {
  const content = randomBytes(5000);
  const { data, fileKey } = sealed(content, { compress: (bytes) => bytes });
  await assert.rejects(decrypt(data, fileKey), fails('ERR_UNRECOGNIZED'));
  same(await decrypt(data, fileKey, { compression: 'none' }), content);
});

test('the output limit counts plaintext, to the byte', async () => {
  const content = lines(5000);
  const { data, fileKey } = sealed(content);
  const limited = (outputLimit) => decrypt(data, fileKey, { outputLimit });
  same(await limited(content.length), content);
  await assert.rejects(limited(content.length - 1), fails('ERR_OUTPUT_LIMIT'));
  await assert.rejects(through(new DecryptionStream(fileKey, { outputLimit: 10 }), data), fails('ERR_OUTPUT_LIMIT'));
});

test('chunks of any size give the same', async () => {
  const content = lines(3 * MIB);
  const { data, fileKey } = sealed(content);
  const few = sealed(content.subarray(0, 20_000));
  for (const size of [15, 16, 17, 65_536, MIB, data.length]) {
    const [part, expected] = size < 100 ? [few, few.content] : [{ data, fileKey }, content];
    const stream = new DecryptionStream(part.fileKey);
    same(await through(stream, part.data, size), expected);
    const { bytesIn, bytesOut } = await stream.summary;
    assert.deepEqual([bytesIn, bytesOut], [part.data.length, expected.length]);
  }
  const small = sealed(content.subarray(0, 3000));
  same(await through(new DecryptionStream(small.fileKey), small.data, 1), content.subarray(0, 3000));
});

test('random chunks give the same', async (t) => {
  const random = seeded(t);
  const content = lines(200_000);
  const { data, fileKey } = sealed(content);
  for (let run = 0; run < 20; run += 1) {
    const cuts = Array.from({ length: 40 }, () => Math.floor(random() * data.length)).sort((a, b) => a - b);
    const stream = new DecryptionStream(fileKey);
    const chunks = [0, ...cuts].map((from, index) => data.subarray(from, cuts[index] ?? data.length));
    const source = new ReadableStream({
      pull: (controller) => (chunks.length > 0 ? controller.enqueue(chunks.shift()) : controller.close()),
    });
    same(new Uint8Array(await new Response(source.pipeThrough(stream)).arrayBuffer()), content);
  }
});

test('a huge chunk goes in and comes out in bounded pieces, and is left alone', async (t) => {
  const { prototype } = wasm().Decryptor;
  const push = t.mock.method(prototype, 'push');
  const content = Buffer.alloc(8 * MIB, 'text\n');
  const { data, fileKey } = sealed(content, { compress: (bytes) => bytes });
  const before = data.slice();
  const stream = new DecryptionStream(fileKey);
  const writer = stream.writable.getWriter();
  writer.write(data);
  writer.close();
  let [length, biggest] = [0, 0];
  for await (const piece of stream.readable) {
    length += piece.length;
    biggest = Math.max(biggest, piece.length);
  }
  assert.equal(length, content.length);
  assert.ok(biggest <= MIB, `a piece of ${biggest}`);
  const taken = push.mock.calls.map(({ arguments: [piece] }) => piece.length);
  assert.ok(Math.max(...taken) <= MIB, 'wasm memory never shrinks again');
  same(data, before);
});

test('a stream whose reader is slow does not run ahead', async () => {
  const { data, fileKey } = sealed(Buffer.alloc(16 * MIB, 'text\n'), { compress: (bytes) => bytes });
  let taken = 0;
  const source = new ReadableStream({
    pull(controller) {
      controller.enqueue(data.subarray(taken, taken + MIB));
      taken += MIB;
      if (taken >= data.length) controller.close();
    },
  });
  const reader = source.pipeThrough(new DecryptionStream(fileKey)).getReader();
  await reader.read();
  await sleep(50);
  assert.ok(taken <= 4 * MIB, `${taken} bytes were taken`);
  await reader.cancel();
});

test('damage and wrong keys are told apart, by `decrypt` and by the stream', async () => {
  const content = lines(100_000);
  const { data, fileKey, encrypt } = sealed(content);
  const gzip = gzipSync(content, { level: 1 });
  const changed = (at, bytes = gzip) => {
    const copy = Buffer.from(bytes);
    copy[at] ^= 0xff;
    return encrypt(copy);
  };
  /** @type {Record<string, [Uint8Array, string | RegExp]>} */
  const cases = {
    'not whole blocks': [data.subarray(0, -1), 'ERR_CIPHERTEXT_LENGTH'],
    'cut at a block': [data.subarray(0, -16), 'ERR_PADDING'],
    'damaged inside': [changed(20), /ERR_COMPRESSED_DATA|ERR_CHECKSUM/],
    'a wrong checksum': [changed(gzip.length - 6), 'ERR_CHECKSUM'],
    'a gzip that stops early': [encrypt(gzip.subarray(0, -9)), 'ERR_COMPRESSED_DATA'],
    'something behind the gzip': [encrypt(Buffer.concat([gzip, Buffer.from('more')])), 'ERR_TRAILING_DATA'],
  };
  for (const [name, [bytes, code]] of Object.entries(cases)) {
    await assert.rejects(decrypt(bytes, fileKey), fails(code), name);
    const stream = new DecryptionStream(fileKey);
    await assert.rejects(through(stream, bytes, 1000), fails(code), name);
    await assert.rejects(stream.summary, { code }, name);
  }
});

test('looking at both ends first distinguishes a wrong key from odd content', async () => {
  const { data } = sealed(lines(100_000));
  let other = newKey();
  while (endsWell(data, other)) other = newKey(); // the padding is right by chance once in 256
  await assert.rejects(decrypt(data, other.fileKey()), fails('ERR_PADDING'));
  await assert.rejects(
    through(new DecryptionStream(other.fileKey()), data, 1000),
    fails('ERR_UNRECOGNIZED'),
    'a stream sees the beginning only',
  );
});

function endsWell(data, { key }) {
  const aes = createDecipheriv('aes-256-cbc', key, data.subarray(-32, -16));
  try {
    aes.update(data.subarray(-16));
    return Boolean(aes.final());
  } catch {
    return false;
  }
}

test('the reason survives where a Response would lose it, as in Chromium', async (t) => {
  const { Response } = globalThis;
  t.after(() => (globalThis.Response = Response));
  // @ts-expect-error As much of a Response as is used, without its static methods.
  globalThis.Response = class {
    arrayBuffer = () => Promise.reject(new TypeError('Failed to fetch'));
  };
  const content = lines(1000);
  const { encrypt, fileKey } = sealed(content);
  await assert.rejects(decrypt(encrypt(gzipSync(content).subarray(0, -9)), fileKey), fails('ERR_COMPRESSED_DATA'));
});

test('zero bytes behind the gzip are skipped, with a warning', async () => {
  const content = lines(1000);
  const { encrypt, fileKey } = sealed(content);
  const stream = new DecryptionStream(fileKey);
  same(await through(stream, encrypt(Buffer.concat([gzipSync(content), Buffer.alloc(20)]))), content);
  const { warnings } = await stream.summary;
  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /20 zero bytes/);
});

test('several gzip members are one file', async () => {
  const content = lines(1000);
  const { encrypt, fileKey } = sealed(content);
  same(
    await decrypt(encrypt(Buffer.concat([gzipSync(content), gzipSync(''), gzipSync(content)])), fileKey),
    Buffer.concat([content, content]),
  );
});

test('an empty file opens to nothing', async () => {
  const { data, fileKey } = sealed('', { compress: Buffer.from });
  assert.equal(data.length, 16);
  assert.equal((await decrypt(data, fileKey)).length, 0);
  await assert.rejects(decrypt(new Uint8Array(), fileKey), fails('ERR_CIPHERTEXT_LENGTH'));
});

test('an aborted signal stops it, whatever its reason', async () => {
  const { data, fileKey } = sealed(lines(100_000));
  for (const reason of [undefined, new Error('mine'), 'text', new TypeError('mine')]) {
    await assert.rejects(decrypt(data, fileKey, { signal: AbortSignal.abort(reason) }), fails('ERR_ABORTED'));
    await assert.rejects(
      through(new DecryptionStream(fileKey, { signal: AbortSignal.abort(reason) }), data),
      fails('ERR_ABORTED'),
    );
  }
});

test('a signal that is aborted on the way stops it, even while no input arrives', async () => {
  const { data, fileKey } = sealed(lines(4 * MIB));
  const cancel = new AbortController();
  const stream = new DecryptionStream(fileKey, { signal: cancel.signal });
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  writer.write(data.subarray(0, MIB)).catch(() => {});
  await reader.read();
  const rest = (async () => {
    while (!(await reader.read()).done);
  })();
  cancel.abort(new Error('mine'));
  await assert.rejects(rest, fails('ERR_ABORTED'));
  await assert.rejects(stream.summary, fails('ERR_ABORTED'));
  await assert.rejects(writer.closed, fails('ERR_ABORTED'));

  const later = new AbortController();
  const blob = new Blob([data]);
  const half = data.length >> 1;
  blob.stream = () =>
    new ReadableStream({
      start: (source) => source.enqueue(data.subarray(0, half)),
      pull(source) {
        later.abort('text');
        source.enqueue(data.subarray(half));
        source.close();
      },
    });
  await assert.rejects(decrypt(blob, fileKey, { signal: later.signal }), fails('ERR_ABORTED'));
});

test('one key opens many streams at once', async () => {
  const { data, content, fileKey } = sealed(lines(1000));
  const streams = Array.from({ length: 8 }, () => new DecryptionStream(fileKey));
  for (const plaintext of await Promise.all(streams.map((stream) => through(stream, data, 100))))
    same(plaintext, content);
});

test('a chunk that is not bytes errors the stream', async () => {
  const { fileKey } = sealed(lines(1000));
  const stream = new DecryptionStream(fileKey);
  const writer = stream.writable.getWriter();
  // @ts-expect-error No bytes: that is what errors the stream.
  writer.write(12).catch(() => {});
  await assert.rejects(stream.readable.getReader().read(), TypeError);
  await assert.rejects(stream.summary, TypeError);
});
