/**
 * Keys, passwords and answers on the command line: limited in size, never waited for in vain, wiped, and not part of
 * the drop.
 */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { TEXT_LIMIT, withSecret } from '../../pkg/node/secrets.js';
import { KEY, makeDrop } from './make-drop.mjs';
import { fails } from './memory-drop.mjs';
import { sampleKeys, samplePath } from './samples.mjs';

/** @import { SpawnSyncOptionsWithStringEncoding } from 'node:child_process' */

const cli = fileURLToPath(new URL('../../pkg/cli.js', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-secrets-'));
after(() => rmSync(temporary, { recursive: true }));
let number = 0;
const inside = (name) => join(temporary, name);

const source = inside('drop');
makeDrop(source).add('set/a.json', '[1]');

/**
 * @param {string[]} args
 * @param {{ from?: string, node?: string[] } & Partial<SpawnSyncOptionsWithStringEncoding>} [options]
 */
function run(args, { from = source, node = [], ...options } = {}) {
  const out = inside(`out-${(number += 1)}`);
  const started = performance.now();
  const result = spawnSync(process.execPath, [...node, cli, from, ...args, '--out', out, '--json'], {
    encoding: 'utf8',
    timeout: 20_000,
    ...options,
  });
  const lines = result.stdout
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { ...result, out, lines, seconds: (performance.now() - started) / 1000 };
}

test('anything too big, or not a file, is refused at once', () => {
  const big = inside('big');
  writeFileSync(big, '');
  truncateSync(big, 3 * 2 ** 30);
  const overText = inside('over');
  writeFileSync(overText, Buffer.alloc(TEXT_LIMIT + 1, 0x61));
  const pipe = inside('pipe');
  execFileSync('mkfifo', [pipe]);
  /** @type {[string[], RegExp][]} */
  const wrong = [
    [['--key', big], /bigger than 16 MiB/],
    [['--key', '/dev/zero'], /a pipe or a device/],
    [['--key', pipe], /a pipe or a device/],
    [['--key', temporary], /a folder/],
    [['--key', KEY, '--password-file', big], /bigger than 1 MiB/],
    [['--key', KEY, '--password-file', overText], /bigger than 1 MiB/],
    [['--key', KEY, '--password-file', pipe], /a pipe or a device/],
    [['--vault-answer', big], /bigger than 1 MiB/],
    [['--vault-answer', '/dev/zero'], /a pipe or a device/],
    [['--vault-answer', temporary], /a folder/],
  ];
  for (const [args, message] of wrong) {
    const { status, lines, signal } = run(args);
    assert.deepEqual([signal, status, lines.map(({ code }) => code)], [null, 2, ['ERR_READ']], args.join(' '));
    assert.match(lines[0].message, message, args.join(' '));
  }
});

test('standard input, and descriptors that the shell opens, are read up to a limit', () => {
  const pem = readFileSync(KEY);
  for (const path of ['-', '/dev/stdin']) assert.equal(run(['--key', path], { input: pem }).status, 0, path);
  const shell = (script) => spawnSync('bash', ['-c', script], { encoding: 'utf8', timeout: 20_000 });
  const command = (out) => `"${process.execPath}" "${cli}" "${source}" --out "${inside(out)}"`;
  assert.equal(shell(`${command('substituted')} --key <(cat "${KEY}")`).status, 0);
  assert.equal(shell(`${command('inherited')} --key /dev/fd/5 5< "${KEY}"`).status, 0);
  // The writer has come and gone.
  assert.equal(shell(`exec 5< <(cat "${KEY}"); sleep 0.2; ${command('gone')} --key /dev/fd/5`).status, 0);
  const endless = shell(`${command('endless')} --key - < /dev/zero`);
  assert.equal(endless.status, 2);
  assert.match(endless.stderr, /bigger than 16 MiB/);
  const twice = run(['--key', '-', '--password-file', '/dev/stdin'], { input: pem });
  assert.deepEqual([twice.status, twice.lines[0].code], [2, 'ERR_USAGE']);
});

test('the bytes are wiped after use, even if that fails', async () => {
  const path = inside('secret');
  writeFileSync(path, 'Invented-1'.repeat(20_000));
  let seen;
  const keep = (bytes) => {
    seen = bytes;
    return bytes.length;
  };
  const options = { limit: TEXT_LIMIT, option: '--key' };
  assert.equal(await withSecret(path, options, keep), 200_000);
  assert.ok(seen?.every((byte) => byte === 0));
  await assert.rejects(
    withSecret(path, options, (bytes) => Promise.reject(new Error(`${keep(bytes)}`))),
    { message: '200000' },
  );
  assert.ok(seen?.every((byte) => byte === 0));
  await assert.rejects(withSecret(path, { ...options, limit: 1000 }, keep), fails('ERR_READ'));
});

// Holds on to every buffer that a file is read into, and to what is made of them by Buffer.alloc.
const WATCH = `
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
const buffers = new Set();
let seen = 0;
const isSecret = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(process.env.SECRET);
const { open, readFile } = fs;
fs.readFile = async (...args) => { const bytes = await readFile(...args); buffers.add(bytes); return bytes; };
fs.open = async (...args) => {
  const file = await open(...args);
  const read = file.read.bind(file);
  file.read = async (...into) => {
    const result = await read(...into);
    buffers.add(result.buffer);
    if (isSecret(result.buffer)) seen += 1;
    return result;
  };
  return file;
};
const { alloc } = Buffer;
Buffer.alloc = (...args) => { const bytes = alloc(...args); buffers.add(bytes); return bytes; };
syncBuiltinESMExports();
process.on('exit', () => process.stderr.write(\`watched: \${seen} read, \${[...buffers].filter(isSecret).length} left\\n\`));
`;

test('the command line leaves nothing of a key, a password and an answer in its buffers', () => {
  const node = ['--import', `data:text/javascript,${encodeURIComponent(WATCH)}`];
  const env = (secret) => ({ ...process.env, SECRET: secret });
  const protectedKey = sampleKeys.find(({ file }) => file.endsWith('pkcs8-pbes2-aes256-sha256.pem'));
  const password = inside('password');
  writeFileSync(password, `${protectedKey.password}\n`);
  const answer = inside('answer');
  writeFileSync(answer, Buffer.alloc(32, 7).toString('base64'));
  const pem = readFileSync(KEY, 'latin1');
  /** @type {[string[], string][]} */
  const cases = [
    [['--key', KEY], pem.slice(100, 140)],
    [['--key', samplePath(protectedKey.file), '--password-file', password], protectedKey.password],
    [['--vault-answer', answer], Buffer.alloc(32, 7).toString('base64')],
  ];
  for (const [args, secret] of cases) {
    const { status, stderr } = run(args, { node, env: env(secret) });
    assert.equal(status, 0, stderr);
    const [, read, left] = stderr.match(/watched: (\d+) read, (\d+) left/) ?? [];
    assert.ok(Number(read) > 0, 'it is not seen at all');
    assert.equal(left, '0', args[0]);
  }
});

test('files that were given as options and lie in the drop are not part of it', () => {
  const from = inside('with-secrets');
  const made = makeDrop(from);
  made.add('set/a.json', '[1]');
  copyFileSync(KEY, join(from, 'key.pem'));
  made.addClear('password.txt', 'Invented-1\n');
  const { status, lines, out } = run(
    ['--key', join(from, 'set/../key.pem'), '--password-file', join(from, 'password.txt')],
    { from },
  );
  assert.equal(status, 0);
  const told = Object.fromEntries(lines.map(({ path, outcome, code }) => [path, code ?? outcome]));
  assert.deepEqual(told, {
    'set/a.json': 'decrypted',
    'key.pem': 'ERR_PRIVATE_KEY_IN_DROP',
    'password.txt': 'ERR_SECRET_IN_DROP',
  });
  assert.deepEqual(readdirSync(out), ['set']);
});
