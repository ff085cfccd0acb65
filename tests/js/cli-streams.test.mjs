/** The command line when its output is not read or cannot be written; and what makes it exit with 1. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { KEY, makeDrop } from './make-drop.mjs';

const cli = fileURLToPath(new URL('../../pkg/cli.js', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-streams-'));
after(() => rmSync(temporary, { recursive: true }));
let number = 0;

const FILES = 300;
const source = join(temporary, 'drop');
const drop = makeDrop(source);
for (let index = 0; index < FILES; index += 1) drop.add(`set/part-${index}.json`, `[${index}]`);
/** For what does not depend on the number of lines. */
const FEW = 20;
const fewer = join(temporary, 'few');
const small = makeDrop(fewer);
for (let index = 0; index < FEW; index += 1) small.add(`set/part-${index}.json`, `[${index}]`);

/** Runs a shell script that redirects the streams; `run` stands for the command. */
function shell(script, from = source, key = KEY) {
  const out = join(temporary, `out-${(number += 1)}`);
  const command = `run() { "${process.execPath}" "${cli}" "${from}" --key "${key}" --out "${out}" "$@"; }\n${script}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  const files = existsSync(out)
    ? readdirSync(out, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
    : [];
  return { status, stdout, stderr, files };
}

for (const flags of ['--json', '']) {
  test(`a reader that closes the pipe does not stop the run: ${flags || 'people’s lines'}`, () => {
    const { status, stderr, files } = shell(`run ${flags} | head -c 1 >/dev/null; exit \${PIPESTATUS[0]}`);
    assert.deepEqual([status, stderr, files.length], [0, '', FILES]);
    assert.ok(
      files.every((name) => name.startsWith('part-')),
      'nothing is half-written',
    );
  });

  test(`a full disk behind standard output is reported: ${flags || 'people’s lines'}`, () => {
    const { status, stderr, files } = shell(`run ${flags} > /dev/full`, fewer);
    assert.deepEqual([status, files.length], [1, FEW]);
    assert.match(stderr, /^mgdc-decrypt: standard output could not be written \(ENOSPC\): .*\n$/);
  });

  test(`closed streams do not stop the run: ${flags || 'people’s lines'}`, () => {
    // A wrong answer makes a line on standard error.
    writeFileSync(join(temporary, 'answer'), Buffer.alloc(32, 1).toString('base64'));
    for (const streams of ['2> >(true)', '2>/dev/full', '2>&-', '>&-', '>&- 2>&-']) {
      const { status, files } = shell(
        `run ${flags} --vault-answer ${join(temporary, 'answer')} ${streams} | cat > /dev/null; exit \${PIPESTATUS[0]}`,
        fewer,
      );
      assert.deepEqual([status, files.length], [0, FEW], streams);
    }
  });
}

test('help and version end cleanly, too', () => {
  for (const option of ['--help', '--version']) {
    const { status, stderr } = spawnSync('bash', ['-c', `"${process.execPath}" "${cli}" ${option} > /dev/full`], {
      encoding: 'utf8',
    });
    assert.equal(status, 1);
    assert.match(stderr, /ENOSPC/);
  }
});

test('an error at the start is reported even if its line cannot be written', () => {
  const { status, stderr } = shell('run --json --keys x > /dev/full');
  assert.equal(status, 2);
  assert.match(stderr, /ERR_USAGE/);
});

test('if a key was given and nothing is encrypted, that is not a success', () => {
  const clear = join(temporary, 'clear');
  makeDrop(clear).addClear('set/a.json', '{"a":1}');
  const lines = shell('run --json', clear);
  assert.equal(lines.status, 1);
  const parsed = lines.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    parsed.map(({ path, outcome, code }) => [path, outcome, code]),
    [
      ['set/a.json', 'copied', undefined],
      [undefined, undefined, 'ERR_NOTHING_ENCRYPTED'],
    ],
  );
  assert.deepEqual(lines.files, ['a.json']);
  const people = shell('run', clear);
  assert.equal(people.status, 1);
  assert.match(people.stderr, /nothing was decrypted, for no file here looks encrypted: one file was copied/);
  // The same where an earlier run copied it.
  assert.equal(shell('run --resume >/dev/null; run --resume', clear).status, 1);
});

test('left-out files are reported in both formats, and do not change the status', () => {
  const littered = join(temporary, 'littered');
  const made = makeDrop(littered);
  made.add('set/a.json', '[1]');
  made.addClear('set/.DS_Store', 'Bud1');
  const lines = shell('run --json', littered);
  assert.equal(lines.status, 0);
  const line = JSON.parse(lines.stdout.trim().split('\n').at(-1) ?? '');
  assert.deepEqual(line, {
    path: 'set/.DS_Store',
    outcome: 'left-out',
    code: 'ERR_LITTER',
    message: 'made by macOS: no part of the drop',
    warnings: [],
  });
  const people = shell('run', littered);
  assert.equal(
    people.stdout,
    'left out  set/.DS_Store: made by macOS: no part of the drop\n1 decrypted, 0 copied, 0 failed, 1 left out; ' +
      '3 bytes written\n',
  );
});

test('a drop that is a damaged ZIP, or contains nothing else, cannot start or fails', () => {
  const zip = join(temporary, 'drop.zip');
  writeFileSync(zip, 'PK\x05\x06');
  const file = shell('run --json', zip);
  assert.equal(file.status, 2);
  assert.match(file.stdout, /"ERR_ARCHIVE","message":"this ZIP archive is damaged: it has no end/);
  const folder = join(temporary, 'packed');
  makeDrop(folder).addClear('drop.zip', 'PK\x05\x06');
  rmSync(join(folder, 'metadata'), { recursive: true });
  const { status, stdout, files } = shell('run --json', folder);
  assert.deepEqual([status, JSON.parse(stdout).code, files], [1, 'ERR_ARCHIVE', []]);
});
