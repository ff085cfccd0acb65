/** Unlocking a drop: with a private key, with a vault answer, or by asking the host. */

import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDrop, PrivateKey } from '../../pkg/index.js';
import { fails, lines, MemoryDrop, MemorySink, newKey, privateKey, STRANGER, sameFiles } from './memory-drop.mjs';
import { samplePath } from './samples.mjs';

/** @import { Bytes, MgdcDecryptError, UnlockOptions } from '../../pkg/index.js' */

const calls = [];
const unlocked = (drop) => drop.keyDetails.map((entry) => entry.unlocked);
const opened = (drop) => drop.files.filter(({ role }) => role === 'encrypted').map(({ keyDetails }) => keyDetails);

/** A locked drop in which file number n needs entry number n. */
async function locked(entries = 2) {
  const memory = new MemoryDrop(entries);
  for (let entry = 0; entry < entries; entry += 1) memory.add(`part-${entry}.json`, lines(300), entry);
  return { drop: await openDrop(memory.items), keys: memory.keys, contents: memory.contents };
}

async function opensEverything(drop, contents) {
  const sink = new MemorySink();
  assert.equal((await drop.decrypt(sink)).failed, 0);
  sameFiles(sink.files, contents);
}

test('a private key opens what it fits, once', async () => {
  const { drop, contents } = await locked();
  const key = privateKey();
  assert.deepEqual(await drop.unlock(key), [0, 1]);
  assert.deepEqual(await drop.unlock(key), [], 'there is nothing left to open');
  key.dispose();
  await opensEverything(drop, contents);
});

test('one answer opens every entry of its wrapped key, whatever the IV', async () => {
  const memory = new MemoryDrop();
  const [{ key, wrapped, details, answer }] = memory.keys;
  const iv = Buffer.alloc(16, 5);
  const aes = createCipheriv('aes-256-cbc', key, iv);
  const column = { ...details, DecryptionKeyType: 'Column', DecryptionKeyIV: Buffer.alloc(16, 6).toString('base64') };
  memory.items[0].blob = new Blob([
    JSON.stringify([details, { ...details, DecryptionKeyIV: iv.toString('base64') }, column]),
  ]);
  memory
    .add('one.json', lines(300))
    .items.push({ path: 'other.json', blob: new Blob([aes.update('[1]'), aes.final()]) });
  for (const source of [
    answer,
    async (asked) => {
      assert.deepEqual(Buffer.from(asked), wrapped);
      calls.push(asked);
      return answer;
    },
  ]) {
    calls.length = 0;
    const drop = await openDrop(memory.items);
    assert.deepEqual(await drop.unlock(source), [0, 1]);
    assert.deepEqual(unlocked(drop), [true, true, false], 'a key of columns is none of files');
    assert.deepEqual(opened(drop).sort(), [0, 1]);
  }
  assert.equal(calls.length, 1);
});

test('an answer is accepted even if its files are the last of very many', async () => {
  const memory = new MemoryDrop(2);
  for (let index = 0; index < 1100; index += 1) memory.add(`set/part-${index}.json`, '[1]', 0);
  memory.add('set/z.json', '[2]', 1);
  const drop = await openDrop(memory.items);
  assert.deepEqual(await drop.unlock(memory.keys[1].answer), [1]);
  await assert.rejects(drop.unlock(newKey().answer), fails('ERR_VAULT_ANSWER'));
});

test('each private key opens its own entries', async () => {
  const folder = samplePath('drops/node-rotation/');
  const { folderFiles } = await import('../../pkg/node/folder.js');
  const drop = await openDrop(await folderFiles(folder));
  const old = PrivateKey.import(readFileSync(samplePath('keys/contoso-2048-old/pkcs8.pem')));
  assert.deepEqual(await drop.unlock(old), [0]);
  assert.deepEqual(unlocked(drop), [true, false]);
  assert.equal(drop.keyDetails[1].error?.code, 'ERR_FILE_KEY_UNWRAP', 'why the last try did not open it');
  const waiting = drop.files.filter(({ error }) => error?.code === 'ERR_FILE_KEY_UNWRAP');
  assert.equal(waiting.length, 3);
  assert.deepEqual(await drop.unlock(privateKey()), [1]);
  assert.deepEqual(
    drop.keyDetails.map(({ error }) => error),
    [null, null],
  );
  assert.ok(drop.files.every(({ error }) => error === null));
});

test('a private key that opens nothing says why, and each file says it too', async () => {
  const { drop } = await locked();
  await assert.rejects(drop.unlock(PrivateKey.import(STRANGER)), fails('ERR_FILE_KEY_UNWRAP'));
  assert.deepEqual(unlocked(drop), [false, false]);
  const report = await drop.decrypt(new MemorySink());
  assert.deepEqual([...new Set(report.files.map(({ code }) => code))], ['ERR_FILE_KEY_UNWRAP']);
  assert.equal(report.files.at(-1)?.path, drop.keyDetails[0].path, 'the document is in the report, too');
  assert.equal(report.failed, report.files.length);
});

test('a forced padding is the only one that is tried', async () => {
  const { drop } = await locked(1);
  await assert.rejects(drop.unlock(privateKey(), { algorithm: 'RSA1_5' }), fails('ERR_FILE_KEY_UNWRAP'));
  // @ts-expect-error No such padding exists: that is what is refused.
  await assert.rejects(drop.unlock(privateKey(), { algorithm: 'RSA' }), TypeError);
  assert.deepEqual(await drop.unlock(privateKey(), { algorithm: 'RSA-OAEP' }), [0]);
});

test('without a key every file fails with ERR_FILE_KEY_MISSING', async () => {
  const { drop } = await locked();
  const report = await drop.decrypt(new MemorySink());
  assert.deepEqual(
    report.files.map(({ outcome, output, code }) => [outcome, output, code]),
    Array(2).fill(['failed', null, 'ERR_FILE_KEY_MISSING']),
  );
});

test('a vault answer finds its entry by itself, or the caller names the entry', async () => {
  const { drop, keys, contents } = await locked(3);
  assert.deepEqual(await drop.unlock(keys[1].answer), [1]);
  assert.deepEqual(
    await drop.unlock(new TextEncoder().encode(JSON.stringify({ value: keys[2].answer, alg: 'RSA-OAEP' }))),
    [2],
  );
  assert.deepEqual(unlocked(drop), [false, true, true]);
  assert.deepEqual(
    drop.keyDetails.map(({ algorithm }) => algorithm),
    [null, null, 'RSA-OAEP'],
  );
  assert.deepEqual(await drop.unlock(keys[0].answer, { keyDetails: 0 }), [0]);
  assert.deepEqual(opened(drop), [0, 1, 2]);
  await opensEverything(drop, contents);
});

test('a vault answer may be a Blob or a buffer', async () => {
  const { drop, keys } = await locked(2);
  assert.deepEqual(await drop.unlock(new Blob([keys[0].answer])), [0]);
  assert.deepEqual(await drop.unlock(new Uint8Array(keys[1].key).buffer), [1]);
});

test('a wrong answer is ERR_VAULT_ANSWER, and the entry stays locked', async () => {
  const { drop, keys } = await locked();
  const wrong = newKey().answer;
  /** @type {[answer: string, options?: UnlockOptions][]} */
  const cases = [
    [wrong],
    [wrong, { keyDetails: 0 }],
    [keys[1].answer, { keyDetails: 0 }],
    ['no key at all!'],
    ['', { keyDetails: 1 }],
  ];
  for (const [answer, options] of cases) await assert.rejects(drop.unlock(answer, options), fails('ERR_VAULT_ANSWER'));
  await assert.rejects(drop.unlock(Buffer.alloc(24).toString('base64')), fails('ERR_FILE_KEY_LENGTH'));
  assert.deepEqual(unlocked(drop), [false, false]);
  assert.deepEqual(opened(drop), [null, null]);
  assert.deepEqual(await drop.unlock(keys[0].answer), [0], 'the right one is taken afterwards');
});

test('an answer that opens no file stays as the error of its entry, until something opens it', async () => {
  const { drop, keys } = await locked();
  await assert.rejects(drop.unlock(newKey().answer, { keyDetails: 1 }), fails('ERR_VAULT_ANSWER'));
  const codes = () => drop.keyDetails.map(({ error }) => error?.code ?? null);
  assert.deepEqual(codes(), [null, 'ERR_VAULT_ANSWER']);
  assert.match(drop.keyDetails[1].error?.message ?? '', /opens no file of this drop/);
  await assert.rejects(drop.unlock(newKey().answer), fails('ERR_VAULT_ANSWER'));
  assert.deepEqual(codes(), ['ERR_VAULT_ANSWER', 'ERR_VAULT_ANSWER']);
  assert.ok(
    drop.files.every(({ role, error }) => role === 'metadata' || error?.code === 'ERR_VAULT_ANSWER'),
    'each file says why',
  );
  await drop.unlock(keys[1].answer, { keyDetails: 1 });
  assert.deepEqual(codes(), ['ERR_VAULT_ANSWER', null]);
  await drop.unlock(privateKey());
  assert.deepEqual(codes(), [null, null]);
});

test('an answer that names a version is tried on that one first', async () => {
  const { drop, keys } = await locked(3);
  const kid = `https://contoso.vault.azure.net/keys/tenant/${keys[2].details.PublicKeyVersion}`;
  assert.deepEqual(await drop.unlock(JSON.stringify({ kid, value: keys[2].answer })), [2]);
  assert.deepEqual(
    drop.keyDetails.map(({ error }) => error),
    [null, null, null],
    'the others were not tried',
  );
  assert.deepEqual(await drop.unlock(JSON.stringify({ kid, value: keys[1].answer })), [1], 'what it names is no proof');
});

test('without a file that proves it an answer is for the entry whose version it names, else for the first', async () => {
  const memory = new MemoryDrop(3);
  const [first, second] = memory.keys;
  const kid = `https://contoso.vault.azure.net/keys/tenant/${second.details.PublicKeyVersion}`;
  const drop = await openDrop(memory.items);
  assert.deepEqual(await drop.unlock(JSON.stringify({ kid, value: second.answer })), [1]);
  assert.deepEqual(await drop.unlock(JSON.stringify({ value: first.answer })), [0]);
  assert.deepEqual(unlocked(drop), [true, true, false]);
});

test('several answers in one text open each its entry, among values that open none', async () => {
  const { drop, keys, contents } = await locked(3);
  const other = Buffer.alloc(32, 9).toString('base64');
  const text =
    `$ az keyvault key decrypt …\n{"result": "${other}"}\n` +
    [2, 0, 1].map((entry) => `{"value": "${keys[entry].key.toString('base64url')}"}\n`).join('$ az …\n');
  assert.deepEqual((await drop.unlock(text)).sort(), [0, 1, 2]);
  await opensEverything(drop, contents);
});

test('an index that does not exist is reported, and opens nothing', async () => {
  const { drop, keys } = await locked();
  for (const keyDetails of [2, -1, 99])
    await assert.rejects(drop.unlock(keys[0].answer, { keyDetails }), fails('ERR_KEY_DETAILS_MISSING'));
  assert.deepEqual(unlocked(drop), [false, false]);
});

test('a wrong answer for an entry that is open does not close it', async () => {
  const { drop, keys, contents } = await locked();
  await drop.unlock(privateKey());
  for (const answer of [newKey().answer, 'no key at all!', keys[0].answer]) {
    await assert.rejects(drop.unlock(answer, { keyDetails: 0 }), fails('ERR_VAULT_ANSWER'));
    await assert.rejects(drop.unlock(answer), fails('ERR_VAULT_ANSWER'));
  }
  assert.deepEqual(unlocked(drop), [true, true]);
  await opensEverything(drop, contents);
});

test('the bytes of an answer are not changed', async () => {
  const { drop, keys } = await locked(1);
  const answer = new Uint8Array(keys[0].key);
  await drop.unlock(answer);
  assert.deepEqual(Buffer.from(answer), keys[0].key);
});

test('the host is asked once for each wrapped key, one after the other', async () => {
  const { drop, keys, contents } = await locked(3);
  await drop.unlock(keys[1].answer);
  const asked = [];
  let busy = 0;
  const result = await drop.unlock(
    async (wrapped, details) => {
      assert.equal((busy += 1), 1);
      asked.push([Buffer.from(wrapped), details]);
      await sleep(20);
      busy -= 1;
      return /** @type {Buffer} */ (keys.find((key) => key.wrapped.equals(wrapped))?.key);
    },
    { algorithm: 'RSA-OAEP' },
  );
  assert.deepEqual(result, [0, 2]);
  assert.deepEqual(
    asked.map(([wrapped]) => wrapped),
    [keys[0].wrapped, keys[2].wrapped],
  );
  const [[, details]] = asked;
  assert.equal(details.algorithm, 'RSA-OAEP');
  assert.ok(details.signal instanceof AbortSignal && !details.signal.aborted);
  assert.equal(details.publicKeyVersion, keys[0].details.PublicKeyVersion);
  await opensEverything(drop, contents);
});

test('the host may answer in any form, at once or later', async () => {
  const { drop, keys } = await locked(4);
  const forms = [
    (key) => key.answer,
    async (key) => new Uint8Array(key.key).buffer,
    (key) => JSON.stringify({ value: key.answer }),
    async (key) => new Blob([key.answer]),
  ];
  const seen = [];
  const result = await drop.unlock((_wrapped, { algorithm }) => {
    seen.push(algorithm);
    return forms[seen.length - 1](keys[seen.length - 1]);
  });
  assert.deepEqual(result, [0, 1, 2, 3]);
  assert.deepEqual(seen, [null, null, null, null]);
});

test('a host that throws is ERR_CALLBACK with its reason, and is still asked for the other keys', async () => {
  const reason = new Error('HSM is on fire');
  for (const fail of [
    () => {
      throw reason;
    },
    () => Promise.reject(reason),
  ]) {
    const { drop, keys } = await locked();
    await assert.rejects(
      drop.unlock(fail),
      (/** @type {MgdcDecryptError} */ error) =>
        error.code === 'ERR_CALLBACK' && error.cause === reason && error.message.includes('HSM is on fire'),
    );
    let calls = 0;
    assert.deepEqual(await drop.unlock(() => ((calls += 1) === 1 ? fail() : keys[1].answer)), [1]);
    assert.deepEqual(unlocked(drop), [false, true]);
  }
  const { drop } = await locked();
  for (const wrong of [undefined, null, 12, {}])
    await assert.rejects(
      drop.unlock(() => /** @type {Bytes} */ (/** @type {unknown} */ (wrong))),
      fails('ERR_CALLBACK'),
      `${wrong}`,
    );
});

test('a failure of the host stays as the error of its entry, while the others open', async () => {
  const { drop, keys } = await locked(3);
  const answer = (wrapped) => {
    const key = keys.find((one) => one.wrapped.equals(wrapped));
    if (key === keys[1]) throw new Error('no right to this version');
    return /** @type {string} */ (key?.answer);
  };
  assert.deepEqual(await drop.unlock(answer), [0, 2]);
  assert.deepEqual(
    drop.keyDetails.map(({ error }) => error?.code ?? null),
    [null, 'ERR_CALLBACK', null],
  );
  assert.match(drop.keyDetails[1].error?.message ?? '', /no right to this version/);
  assert.deepEqual(await drop.unlock(keys[1].answer), [1]);
  assert.deepEqual(
    drop.keyDetails.map(({ error }) => error),
    [null, null, null],
  );
});

test('the host is not asked for keys of values inside rows, and these take no answer meant for files', async () => {
  const memory = new MemoryDrop(2);
  const kinds = ['Column', 'File'];
  const details = memory.keys.map((key, index) => ({ ...key.details, DecryptionKeyType: kinds[index] }));
  memory.items.length = 0;
  memory
    .addClear('metadata/encryptionKeyDetails.json', JSON.stringify({ DecryptionKeyDetails: details }))
    .add('part.json', lines(300), 1);
  const drop = await openDrop(memory.items);
  assert.deepEqual(
    drop.keyDetails.map(({ kind }) => kind),
    ['column', 'file'],
  );
  const asked = [];
  assert.deepEqual(
    await drop.unlock((_wrapped, { publicKeyVersion }) => {
      asked.push(publicKeyVersion);
      return memory.keys[1].answer;
    }),
    [1],
  );
  assert.deepEqual(asked, [details[1].PublicKeyVersion]);
});

test('a host that answers with wrong bytes gets an error, and the entry stays locked', async () => {
  const { drop, keys } = await locked(1);
  await assert.rejects(
    drop.unlock(() => newKey().key),
    fails('ERR_VAULT_ANSWER'),
  );
  await assert.rejects(
    drop.unlock(() => Buffer.from(keys[0].key.subarray(0, 24))),
    fails(/ERR_FILE_KEY_LENGTH|ERR_VAULT_ANSWER/),
  );
  assert.deepEqual(unlocked(drop), [false]);
});

test('asking stops when it is aborted, even if the host does not listen', async () => {
  for (const reason of [undefined, 'text', new TypeError('mine')]) {
    const { drop } = await locked();
    const cancel = new AbortController();
    let calls = 0;
    const running = drop.unlock(
      (_wrapped, { signal }) => {
        calls += 1;
        assert.equal(signal, cancel.signal);
        return new Promise(() => {});
      },
      { signal: cancel.signal },
    );
    setTimeout(() => cancel.abort(reason), 10);
    await assert.rejects(running, fails('ERR_ABORTED'));
    assert.equal(calls, 1);
    assert.deepEqual(unlocked(drop), [false, false]);

    const noFiles = await openDrop(new MemoryDrop().items);
    const within = new AbortController();
    await assert.rejects(
      noFiles.unlock(() => /** @type {Bytes} */ (/** @type {unknown} */ (within.abort(reason))), {
        signal: within.signal,
      }),
      fails('ERR_ABORTED'),
    );
  }
});

test('anything that cannot unlock a drop is a TypeError', async () => {
  const { drop } = await locked();
  for (const wrong of [null, undefined, 12, {}])
    await assert.rejects(drop.unlock(/** @type {Bytes} */ (/** @type {unknown} */ (wrong))), TypeError, `${wrong}`);
});
