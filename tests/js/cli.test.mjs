/** The command line: every sample drop comes out as expected, straight from the checkout. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { CLI, runAlone, runInLane } from './cli.mjs';
import { CODES, expectedOf, mismatch, sampleDrops, sampleKeys, samplePath } from './samples.mjs';

const temporary = mkdtempSync(join(tmpdir(), 'mgdc-cli-'));
after(() => rmSync(temporary, { recursive: true }));
let number = 0;
const freshFolder = () => join(temporary, String((number += 1)));

/** The same code in a process that is used again; a process of its own for every so many runs. */
const ALONE_EVERY = 10;
let runs = 0;

async function run(...args) {
  const ran = await (runs++ % ALONE_EVERY === 0 ? runAlone : runInLane)(args);
  return {
    ...ran,
    lines: () =>
      ran.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  };
}

const hash = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

for (const { drop, path, keys } of sampleDrops) {
  test(`decrypts ${drop} as expected`, async () => {
    const out = freshFolder();
    const { status, lines } = await run(
      samplePath(path),
      ...keys.flatMap((key) => ['--key', samplePath(key)]),
      '--out',
      out,
      '--json',
    );
    const expected = expectedOf(drop);
    const results = lines();
    for (const line of results.filter(({ output }) => output !== null)) {
      assert.equal(line.sha256, hash(join(out, line.output)), `${line.path}: the report's hash is that of the file`);
      assert.equal(line.bytes, readFileSync(join(out, line.output)).length);
    }
    const wrong = expected.map((one) => {
      const line = results.find((result) => result.path === one.file);
      return mismatch(one, line, line?.sha256);
    });
    assert.deepEqual(wrong.filter(Boolean), []);
    assert.equal(results.length, expected.length, 'one line for each file, and no other');
    assert.equal(status, expected.some(({ outcome }) => outcome === 'error') ? 1 : 0);
    const written = existsSync(out)
      ? readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      : [];
    assert.equal(
      written.length,
      results.filter(({ output }) => output).length,
      'nothing is left behind that the report does not name',
    );
  });
}

test('a superfluous answer does no harm', async () => {
  const [{ path, keys }] = sampleDrops;
  const answer = join(temporary, 'answer');
  writeFileSync(answer, Buffer.alloc(32, 1).toString('base64'));
  const { status, stderr } = await run(
    samplePath(path),
    '--key',
    samplePath(keys[0]),
    '--vault-answer',
    answer,
    '--out',
    freshFolder(),
  );
  assert.equal(status, 0);
  assert.match(stderr, /answer: .*ERR_VAULT_ANSWER/);
});

test('refuses a target whose files would lie in the drop', async () => {
  const around = freshFolder();
  cpSync(samplePath(sampleDrops[0].path), join(around, 'D', 'D'), { recursive: true });
  const { status } = await run(join(around, 'D'), '--key', samplePath(sampleDrops[0].keys[0]), '--out', around);
  assert.equal(status, 2);
});

test('exits with status 2, and a code that says why nothing could start', async () => {
  const [{ path, keys }] = sampleDrops;
  // A copy: where the guard of --out breaks, the drop is overwritten.
  const drop = freshFolder();
  cpSync(samplePath(path), drop, { recursive: true });
  const key = join(temporary, 'key.pem');
  cpSync(samplePath(keys[0]), key);
  /** @type {[string[], string, RegExp?][]} */
  const cases = [
    [['/nowhere', '--key', key, '--out', freshFolder()], 'ERR_READ'],
    [[drop, '--key', '/nowhere.pem', '--out', freshFolder()], 'ERR_READ'],
    [[drop, '--key', samplePath('keys/bad/certificate.pem'), '--out', freshFolder()], 'ERR_PRIVATE_KEY_MISSING'],
    [[drop, '--key', key], 'ERR_USAGE'],
    [[drop, '--out', freshFolder()], 'ERR_USAGE'],
    [[drop, '--key', key, '--out', drop], 'ERR_USAGE'],
    [[drop, '--key', key, '--out', join(drop, 'out')], 'ERR_USAGE'],
    [[drop, '--key', key, '--out', join(key, 'out')], 'ERR_WRITE'],
    [[drop, '--key', key, '--out', '/proc/nowhere/out'], 'ERR_WRITE'],
    [[drop, '--key', key, '--out', key], 'ERR_WRITE', /a file is in the way/],
    [[drop, '--keys', key], 'ERR_USAGE'],
  ];
  for (const [args, code, says = /./] of cases) {
    const { status, lines, stderr } = await run(...args, '--json');
    assert.equal(status, 2, String(args));
    assert.equal(lines()[0].code, code, String(args));
    assert.match(stderr, /mgdc-decrypt: .{20}/);
    assert.match(lines()[0].message, says);
  }
});

test('replaces the files of an earlier run, and leaves no other names', async () => {
  const [{ path, keys }] = sampleDrops;
  const out = freshFolder();
  const again = () => run(samplePath(path), '--key', samplePath(keys[0]), '--out', out);
  assert.equal((await again()).status, 0);
  const before = readdirSync(out, { recursive: true }).sort();
  assert.equal((await again()).status, 0);
  assert.deepEqual(readdirSync(out, { recursive: true }).sort(), before);
});

test('skips with --resume what an earlier run wrote, and says so', async () => {
  const [{ path, keys }] = sampleDrops;
  const args = [samplePath(path), '--key', samplePath(keys[0]), '--out', freshFolder(), '--resume'];
  const first = await run(...args, '--json');
  assert.equal(first.status, 0);
  const second = await run(...args, '--json');
  assert.equal(second.status, 0);
  const byPath = (lines) => lines.sort((a, b) => (a.path < b.path ? -1 : 1));
  assert.deepEqual(
    byPath(second.lines()),
    byPath(first.lines()).map((line) => ({ ...line, skipped: true })),
  );
  assert.match(
    (await run(...args)).stdout,
    /^\d+ decrypted, \d+ copied \(\d+ of them by an earlier run\), 0 failed; 0 bytes written$/m,
  );
});

test('fails a file that expands beyond the limit, and keeps nothing of it', async () => {
  const [{ path, keys }] = sampleDrops;
  const out = freshFolder();
  const { status, lines } = await run(
    samplePath(path),
    '--key',
    samplePath(keys[0]),
    '--out',
    out,
    '--json',
    '--output-limit',
    '10',
  );
  assert.equal(status, 1);
  const codes = lines()
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ code }) => code);
  assert.deepEqual([...new Set(codes)], ['ERR_OUTPUT_LIMIT']);
  assert.deepEqual(
    readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name),
    ['JobMetadata.json'],
  );
});

for (const { file, form, password, outcome, error_kind, also_ok = [] } of sampleKeys.filter(
  ({ file }) => file.startsWith('keys/contoso-2048/') || file.startsWith('keys/bad/'),
)) {
  test(`${outcome === 'key' ? 'opens with' : 'refuses'} ${file} (${form})`, async () => {
    const [{ path }] = sampleDrops;
    const secret = join(temporary, 'password');
    writeFileSync(secret, `${password}\n`);
    const args = password === null ? [] : ['--password-file', secret];
    const { status, lines } = await run(
      samplePath(path),
      '--key',
      samplePath(file),
      ...args,
      '--out',
      freshFolder(),
      '--json',
    );
    if (outcome === 'key') return assert.equal(status, 0);
    assert.equal(status, 2);
    const accepted = [error_kind, ...also_ok.map((other) => other.error_kind)].map((kind) => CODES[kind]);
    assert.ok(accepted.includes(lines()[0].code), `${lines()[0].code}, expected ${accepted}`);
  });
}

test('reads the password from standard input', async () => {
  const [{ path }] = sampleDrops;
  const key = sampleKeys.find(({ file }) => file.endsWith('pkcs8-pbes2-aes256-sha256.pem'));
  const out = freshFolder();
  const args = [CLI, samplePath(path), '--key', samplePath(key.file), '--password-file', '-', '--out', out];
  const { status } = spawnSync(process.execPath, args, { input: `${key.password}\n` });
  assert.equal(status, 0);
});
