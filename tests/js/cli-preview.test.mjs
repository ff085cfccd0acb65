/** `mgdc-decrypt preview`, as a person on a shell runs it. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { MemoryDrop, PEM } from './memory-drop.mjs';

const CLI = fileURLToPath(new URL('../../pkg/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mgdc-preview-'));
after(() => rmSync(folder, { recursive: true }));

const rows = Array.from({ length: 30 }, (_, id) => ({
  id,
  name: `\u001b[31mred ${id}\u202e`,
  list: [id, null],
  far: 'x'.repeat(50),
  last: 1,
}));
const big = '{"big":12345678901234567890,"exact":0.1234567890123456789}\n';
const memory = new MemoryDrop();
memory.add('set/part.json', rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
memory.add('set/big.json', big);
memory.addClear('set/clear.csv', 'a,b\n1,2\n3,4\n');
memory.items.push({ path: 'set/cut.json', blob: memory.items[1].blob.slice(0, 200) });
const drop = join(folder, 'drop');
for (const { path, blob } of memory.items) {
  mkdirSync(dirname(join(drop, path)), { recursive: true });
  writeFileSync(join(drop, path), Buffer.from(await blob.arrayBuffer()));
}
const key = join(folder, 'key.pem');
writeFileSync(key, PEM);

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'preview', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('a table of the columns that fit, and the names of the others', () => {
  const { status, stdout, stderr } = run(drop, 'set/part.json', '--key', key, '--rows', '3');
  assert.equal(status, 0, stderr);
  const lines = stdout.trimEnd().split('\n');
  assert.match(lines[0], /^id {7}name +list +far +last$/);
  assert.match(lines[1], /^integer {2}text +array +text +integer$/);
  assert.match(lines[2], /^0 {8}·\[31mred 0· +\[0,null\] +x{39}… +1$/);
  assert.equal(lines.length, 5);
  assert.equal(
    stderr,
    `mgdc-decrypt: json: 3 rows, and --rows N shows more; ${memory.items[1].blob.size} of ${memory.items[1].blob.size} bytes were read, and no checksum was checked\n`,
  );
  // The path that a shell completes to.
  assert.equal(run(drop, join(drop, 'set/part.json'), '--key', key, '--rows', '3').stdout, stdout);
});

test('JSON Lines with exact numbers for programs', () => {
  const { status, stdout } = run(drop, 'set/big.json', '--key', key, '--json');
  assert.deepEqual([status, stdout], [0, big]);
  const all = run(drop, 'set/part.json', '--key', key, '--json', '--rows', '100');
  assert.deepEqual(
    all.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
    rows,
  );
});

test('a file in clear needs no key; a damaged one has exit status 1, a locked one 2', () => {
  const clear = run(drop, 'set/clear.csv');
  assert.deepEqual([clear.status, clear.stdout.split('\n')[2]], [0, '1        2']);
  const cut = run(drop, 'set/cut.json', '--key', key);
  assert.equal(cut.status, 1);
  assert.match(cut.stdout, /\n0 +·\[31mred 0· /);
  assert.match(cut.stderr, /ERR_CIPHERTEXT_LENGTH/);
  const locked = run(drop, 'set/part.json', '--json');
  assert.equal(locked.status, 2);
  assert.deepEqual(JSON.parse(locked.stdout), {
    ...JSON.parse(locked.stdout),
    code: 'ERR_FILE_KEY_MISSING',
    path: 'set/part.json',
  });
  assert.match(JSON.parse(locked.stdout).message, /add the private key/);
});

test('a private key that lies in the drop is used', () => {
  writeFileSync(join(drop, 'set/key.pem'), PEM);
  const { status, stdout } = run(drop, 'set/big.json', '--json');
  rmSync(join(drop, 'set/key.pem'));
  assert.deepEqual([status, stdout], [0, big]);
});

test('usage', () => {
  assert.match(run('--help').stdout, /^Usage: mgdc-decrypt preview DROP PATH/);
  for (const args of [
    [],
    [drop],
    [drop, 'set/none.json'],
    [drop, 'set/part.json', '--rows', '0'],
    [drop, 'a', '--what'],
  ]) {
    const { status, stderr } = run(...args);
    assert.deepEqual([status, /ERR_USAGE/.test(stderr)], [2, true], stderr);
  }
});
