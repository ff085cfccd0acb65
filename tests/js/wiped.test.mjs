/** Looks for remains of keys in the module's memory. Freeing does not wipe: without more, `rsa` leaves both primes. */

import assert from 'node:assert/strict';
import { constants, createPrivateKey, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { compiledModule, memory } from '../../pkg/core/init.js';
import { startWorker } from '../../pkg/core/worker-thread.js';
import { FileKey, init, openDrop, PrivateKey } from '../../pkg/index.js';
import { samplePath } from './samples.mjs';

/**
 * @import { KeyDetails } from '../../pkg/index.js'
 * @import { Batch, Inflate, Job } from '../../pkg/worker/protocol.js'
 */

const FOLDER = 'keys/contoso-2048';
const read = (name) => readFileSync(samplePath(`${FOLDER}/${name}`));
const node = createPrivateKey(read('pkcs8.pem'));
const jwk = node.export({ format: 'jwk' });

await init();

/** Which parts of 32 bytes of a secret are in the memory, in the file's byte order or in that of the limbs. */
function found(secrets) {
  const now = Buffer.from(memory().buffer);
  const pieces = [];
  for (const [name, secret] of Object.entries(secrets)) {
    for (const [order, bytes] of [
      ['big', secret],
      ['little', Buffer.from(secret).reverse()],
    ]) {
      for (let at = 0; at + 32 <= bytes.length; at += 32) {
        const place = now.indexOf(bytes.subarray(at, at + 32));
        if (place >= 0) pieces.push(`${name}, ${order}-endian, from byte ${at}: at ${place}`);
      }
    }
  }
  return pieces;
}

const number = (name) => Buffer.from(/** @type {string} */ (jwk[name]), 'base64url');
const PRIMES = { p: number('p'), q: number('q') };
const EXPONENTS = { d: number('d'), dp: number('dp'), dq: number('dq'), qi: number('qi') };

for (const [name, password] of [
  ['pkcs8.pem'],
  ['pkcs8.der'],
  ['pkcs1.pem'],
  ['jwk.json'],
  ['pem-several-keys.pem'],
  ['pkcs8-pbes2-aes256-sha256.pem', 'Contoso-drop-1'],
  ['pfx-modern.pfx', 'Contoso-drop-1'],
  ['pfx-legacy.pfx', 'Contoso-drop-1'],
]) {
  test(`nothing of a private key stays behind: ${name}`, () => {
    const key = PrivateKey.import(read(name), { password });
    const alive = found(PRIMES);
    // Else the search would prove nothing.
    assert.ok(
      alive.some((piece) => piece.startsWith('p')) && alive.some((piece) => piece.startsWith('q')),
      'the primes are not found at all',
    );
    key.dispose();
    assert.deepEqual(found({ ...PRIMES, ...EXPONENTS }), []);
  });
}

test('nothing of a file key stays behind', () => {
  const [secret, iv] = [randomBytes(32), randomBytes(16)];
  const wrapped = publicEncrypt(
    { key: createPublicKey(node), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    secret,
  );
  /** @type {KeyDetails} */
  const details = {
    place: '$',
    keyIdentifier: null,
    publicKeyVersion: '501bc4c9f66d877902c60ab27d226ed6',
    wrappedKey: wrapped.toString('base64'),
    iv: iv.toString('base64'),
    kind: 'file',
  };
  const key = PrivateKey.import(read('pkcs8.pem'));
  const fileKey = FileKey.unwrap(details, key);
  assert.notDeepEqual(found({ secret }), [], 'the file key is not found at all');
  fileKey.dispose();
  key.dispose();
  assert.deepEqual(found({ secret, ...PRIMES, ...EXPONENTS }), []);
});

/** A Blob whose copies can be looked at. */
class Watched extends Blob {
  copies = [];

  async arrayBuffer() {
    this.copies.push(new Uint8Array(await super.arrayBuffer()));
    return this.copies.at(-1).buffer;
  }
}

test('what is read of a Blob is wiped, be it a key or not', async () => {
  const [pem, damaged] = [read('pkcs8.pem'), read('pkcs8.pem').subarray(0, 500)].map((bytes) => new Watched([bytes]));
  (await PrivateKey.import(pem)).dispose();
  await assert.rejects(PrivateKey.import(damaged), { code: 'ERR_PRIVATE_KEY_INVALID' });
  for (const { copies, size } of [pem, damaged]) {
    assert.deepEqual(
      copies.map(({ length }) => length),
      [size],
    );
    assert.ok(copies[0].every((byte) => byte === 0));
  }
});

test('nothing of a private key stays behind where workers tried it', async () => {
  const entry = () => ({
    DecryptionKeyValue: Buffer.alloc(256, randomBytes(255)).fill(1, 0, 1).toString('base64'),
    DecryptionKeyIV: randomBytes(16).toString('base64'),
  });
  const entries = Array.from({ length: 40 }, entry);
  const drop = await openDrop([
    {
      path: 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json',
      blob: new Blob([JSON.stringify(entries)]),
    },
  ]);
  const key = PrivateKey.import(read('pkcs8.pem'));
  await assert.rejects(drop.unlock(key), { code: 'ERR_FILE_KEY_UNWRAP' });
  key.dispose();
  drop.dispose();
  assert.deepEqual(found({ ...PRIMES, ...EXPONENTS }), []);
});

test('a worker wipes the key that it received, once it is in its own memory', async () => {
  const key = PrivateKey.import(read('pkcs8.pem'));
  // @ts-expect-error handleOf is the package's own, and not among its types.
  const parts = PrivateKey.handleOf(key).parts();
  key.dispose();
  // Shared, so that what the worker does with it is seen here.
  const shared = new Uint8Array(new SharedArrayBuffer(parts.length));
  shared.set(parts);
  assert.ok(Buffer.from(shared).includes(PRIMES.p));
  const worker = startWorker();
  try {
    worker.post({ type: 'start', module: compiledModule() });
    worker.post({ type: 'key', parts: shared });
    const answer = new Promise((resolve) => worker.listen(resolve));
    worker.post({ type: 'unwrap', piece: new Uint8Array() });
    assert.equal((await answer).type, 'unwrapped');
    assert.ok(shared.every((byte) => byte === 0));
  } finally {
    worker.end();
  }
});

/** In memory that is shared, so that what a worker does with it is seen here. */
function shared(bytes) {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  // No message has a type for shared memory, which only this test sends.
  return /** @type {Uint8Array<ArrayBuffer>} */ (/** @type {Uint8Array} */ (copy));
}

test('a worker wipes the file keys that it is given, when it is done', { timeout: 20_000 }, async () => {
  /** @type {Pick<Job, 'compression' | 'decompress' | 'outputLimit' | 'sha256' | 'repair'>} */
  const options = { compression: 'none', decompress: true, outputLimit: undefined, sha256: false, repair: null };
  // No whole block: nothing comes out, and WebCrypto, which takes no shared memory, has no part in it.
  const source = new Blob([randomBytes(5)]);
  const keys = { job: shared(randomBytes(48)), inflate: shared(randomBytes(48)), batch: shared(randomBytes(52)) };
  const batch = { bytes: keys.batch, isPartlyLocked: false };
  /** @type {[Job | Inflate | Batch, Transferable[]][]} */
  const messages = [
    [{ type: 'job', source, size: source.size, key: keys.job, ...options }, []],
    [{ type: 'inflate', key: keys.inflate, ...options }, []],
    [{ type: 'batch', files: [], keys: batch, ...options }, []],
  ];
  const worker = startWorker();
  try {
    worker.post({ type: 'start', module: compiledModule() });
    for (const [message, transfer] of messages) {
      const key = keys[message.type];
      worker.post(message, transfer);
      while (key.some((byte) => byte !== 0)) await sleep(5);
    }
  } finally {
    worker.end();
  }
});
