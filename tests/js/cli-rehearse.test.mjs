/** `mgdc-decrypt rehearse`: names, commands, refusals. What it makes is opened in rehearsal-opens.test.mjs. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeFolder } from '../../pkg/node/new-folder.js';
import {
  cli,
  DETAILS,
  fresh,
  KID,
  linesOf,
  privateKey,
  publicKey,
  put,
  rehearse,
  restKey,
  run,
  SOURCES,
  textsOf,
} from './rehearsals.mjs';
import { samplePath } from './samples.mjs';

test('every name says that it is a rehearsal, but for the one that the format demands', async () => {
  const { out, files } = await rehearse(SOURCES['a JWK'][0]);
  const names = textsOf(out).map(([name]) => name);
  assert.equal(names.length, files.length);
  assert.deepEqual(
    names.filter((name) => !name.startsWith('rehearsal-')),
    ['encryptionKeyDetails.json'],
  );
  const folders = readdirSync(out).sort();
  assert.ok(folders.every((name) => name === 'metadata' || name.startsWith('rehearsal-BasicDataSet_v0.')));
  assert.deepEqual(files.map(({ encrypted }) => encrypted).sort(), [false, false, false, true, true]);
});

test('says which command to try next, and that works', async () => {
  const { out, told } = await rehearse(SOURCES['az keyvault key show'][0]);
  const { DecryptionKeyValue } = JSON.parse(readFileSync(join(out, DETAILS), 'utf8')).DecryptionKeyDetails;
  assert.equal(
    told.commands.vault,
    `az keyvault key decrypt --algorithm RSA-OAEP --data-type base64 --id "${KID}" --value "${DecryptionKeyValue}" --output json`,
  );
  const withKey = told.commands.withKey.replace('PRIVATE-KEY', privateKey());
  const script = `mgdc-decrypt() { "${process.execPath}" "${cli}" "$@"; }\n${withKey}`;
  const { status, stdout } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  assert.deepEqual([status, stdout.trim().split(';')[0]], [0, '2 decrypted, 2 copied, 0 failed']);
  assert.equal((await rehearse(SOURCES['SPKI in PEM'][0])).told.commands.vault, null);
});

test('people read the same', async () => {
  const key = put('key.json', SOURCES['a JWK'][0]);
  const out = fresh("it's a rehearsal");
  const { status, stdout } = await run(['rehearse', key, '--out', out]);
  assert.equal(status, 0);
  assert.ok(stdout.includes(`az keyvault key decrypt --algorithm RSA-OAEP --data-type base64 --id "${KID}"`), stdout);
  assert.ok(stdout.includes(`mgdc-decrypt '${out.replace("'", "'\\''")}' --key PRIVATE-KEY`), stdout);
  assert.match(stdout, /the last line begins with "2 decrypted, 2 copied, 0 failed"/);
  assert.match(stdout, /^Here, write `node \S*cli\.js` for `mgdc-decrypt`\.$/m);
  const nameless = await run(['rehearse', put('key.pem', SOURCES['SPKI in PEM'][0]), '--out', fresh('out')]);
  assert.match(nameless.stdout, /does not name its version/);
});

test('a kid with control characters does not reach the terminal', async () => {
  const key = put('key.json', JSON.stringify({ ...restKey, kid: '\u001b]0;owned\u0007' }));
  const { status, stdout } = await run(['rehearse', key, '--out', fresh('out')]);
  assert.equal(status, 0);
  assert.doesNotMatch(stdout, /[\u001b\u0007]/);
});

test('reads the key from standard input', async () => {
  const out = fresh('out');
  const args = [cli, 'rehearse', '-', '--out', out];
  const { status } = spawnSync(process.execPath, args, {
    input: Buffer.from(publicKey().export({ type: 'spki', format: 'der' })),
  });
  assert.equal(status, 0);
  assert.ok(existsSync(join(out, DETAILS)));
});

test('writes into a folder that is there and empty, and into no other', async () => {
  const [empty, full] = ['empty', 'full'].map(fresh);
  for (const folder of [empty, full]) mkdirSync(folder);
  writeFileSync(join(full, 'notes.txt'), 'mine');
  const key = put('key.pem', SOURCES['SPKI in PEM'][0]);
  assert.equal((await run(['rehearse', key, '--out', empty])).status, 0);
  for (const folder of [empty, full]) {
    const before = readdirSync(folder);
    const { status, stdout, stderr } = await run(['rehearse', key, '--out', folder, '--json']);
    assert.equal(status, 2);
    assert.equal(linesOf(stdout)[0].code, 'ERR_WRITE');
    assert.match(stderr, /has other things in it \(.*\): name a folder that is new or empty/);
    assert.deepEqual(readdirSync(folder), before);
  }
});

test('a failure half way leaves nothing behind', async () => {
  const bytes = new Uint8Array(3);
  const there = fresh('there');
  mkdirSync(there);
  for (const folder of [there, join(there, 'a/b')]) {
    // The second is a file where the first made a folder.
    const files = [
      { path: 'x/y', bytes },
      { path: 'x', bytes },
    ];
    await assert.rejects(writeFolder(folder, files), { code: 'ERR_WRITE', path: folder });
    assert.deepEqual(readdirSync(there), []);
  }
  await writeFolder(join(there, 'a/b'), [{ path: 'x/y', bytes }]);
  assert.deepEqual(readdirSync(join(there, 'a/b')), ['x']);
});

test('a key that it cannot use makes no folder', async () => {
  for (const [source, code] of [
    [readFileSync(samplePath('keys/bad/ec-p256.pem')), 'ERR_PUBLIC_KEY_NOT_RSA'],
    [readFileSync(samplePath('keys/bad/noise.bin')), 'ERR_PUBLIC_KEY_INVALID'],
    [readFileSync(samplePath('keys/contoso-2048/pfx-modern.pfx')), 'ERR_PUBLIC_KEY_MISSING'],
  ]) {
    const [out, key] = [join(fresh('new'), 'out'), put('key', source)];
    const { status, stdout, stderr } = await run(['rehearse', key, '--out', out, '--json']);
    assert.equal(status, 2);
    assert.deepEqual([linesOf(stdout)[0].code, linesOf(stdout)[0].path], [code, key]);
    assert.match(stderr, new RegExp(`^mgdc-decrypt: ${key}: .*\\(${code}\\)\n$`));
    assert.ok(!existsSync(join(out, '..')));
  }
});

test('a wrong call says how', async () => {
  const key = put('key.pem', SOURCES['SPKI in PEM'][0]);
  for (const [args, words] of /** @type {[string[], RegExp][]} */ ([
    [[], /name one key/],
    [[key], /--out DIR/],
    [[key, key, '--out', 'x'], /name one key/],
    [[key, '--out', 'x', '--algorithm', 'RSA'], /RSA-OAEP, RSA-OAEP-256, RSA-OAEP-256-MGF1-SHA1, RSA1_5/],
    [[key, '--out', 'x', '--key', key], /--key/],
  ])) {
    const { status, stderr } = await run(['rehearse', ...args]);
    assert.equal(status, 2);
    assert.match(stderr, words);
    assert.match(stderr, /`mgdc-decrypt rehearse --help` shows how \(ERR_USAGE\)/);
  }
  const help = await run(['rehearse', '--help']);
  assert.equal(help.status, 0);
  assert.match(help.stdout, /^Usage: mgdc-decrypt rehearse KEY --out DIR/);
});

test('a drop in a folder of the command’s name is ./rehearse', async () => {
  const folder = fresh('place');
  mkdirSync(folder);
  const made = await run(['rehearse', put('key.pem', SOURCES['SPKI in PEM'][0]), '--out', 'rehearse'], { cwd: folder });
  assert.equal(made.status, 0);
  assert.match(made.stdout, /mgdc-decrypt \.\/rehearse --key PRIVATE-KEY --out rehearse-decrypted/);
  const { status, stdout } = await run(['./rehearse', '--key', privateKey(), '--out', 'out'], { cwd: folder });
  assert.equal(status, 0, stdout);
  assert.match((await run(['--help'])).stdout, /\.\/rehearse/);
});
