/** Files that are too big for memory: 5 GiB through the command line, and a decompression bomb. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, openSync, readdirSync, readFileSync, readSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { jsonLines, KEY, makeDrop, member } from '../js/make-drop.mjs';

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const cli = fileURLToPath(new URL('../../pkg/cli.js', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-big-'));
after(() => rmSync(temporary, { recursive: true }));

/** Exit status, lines and peak memory of a run. */
async function run(...args) {
  const child = spawn(process.execPath, [cli, ...args, '--key', KEY, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let [peak, output] = [0, ''];
  const look = () => {
    const [, kib] = readFileSync(`/proc/${child.pid}/status`, 'utf8').match(/^VmHWM:\s+(\d+) kB$/m) ?? [];
    peak = Math.max(peak, 1024 * Number(kib ?? 0)); // a high-water mark already; there is none left once it has ended
  };
  const timer = setInterval(look, 20);
  child.stdout.on('data', (text) => (output += text));
  const status = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(timer);
  return {
    status,
    peak,
    lines: output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  };
}

test('5 GiB come out whole, verified, and in under 300 MiB of memory', { timeout: 300_000 }, async (t) => {
  const { bavail, bsize } = statfsSync(temporary);
  assert.ok(
    bavail * bsize > 6 * GIB,
    `this test needs 6 GiB in ${tmpdir()}, where ${((bavail * bsize) / GIB).toFixed(1)} GiB are free; point ` +
      'TMPDIR elsewhere',
  );

  const block = Buffer.concat([jsonLines(MIB), Buffer.alloc(16 * MIB, jsonLines(20_000))]).subarray(0, 16 * MIB);
  const [path, out] = ['BasicDataSet_v0.Message_v0/part-00000.json', join(temporary, 'big-out')];
  const folder = join(temporary, 'big');
  // One member beyond 4 GiB, and then many.
  const pieces = function* () {
    yield* member(block, 272);
    const small = Buffer.concat([...member(block, 1)]);
    for (let index = 0; index < 48; index += 1) yield small;
  };
  await makeDrop(folder).addMembers(path, pieces());
  assert.ok(statSync(join(folder, path)).size < 400 * MIB);

  const { status, lines, peak } = await run(folder, '--out', out);
  const expected = createHash('sha256');
  for (let index = 0; index < 320; index += 1) expected.update(block);
  assert.equal(status, 0);
  assert.deepEqual(lines, [
    {
      path,
      output: path,
      outcome: 'decrypted',
      bytes: 5 * GIB,
      verified: 'crc32',
      sha256: expected.digest('hex'),
      warnings: [],
    },
  ]);
  assert.equal(statSync(join(out, path)).size, 5 * GIB);
  const file = openSync(join(out, path), 'r');
  const found = Buffer.alloc(block.length);
  for (let index = 0; index < 320; index += 1) {
    readSync(file, found);
    if (!found.equals(block)) assert.fail(`the file differs within 16 MiB of ${16 * index} MiB`);
  }
  t.diagnostic(`${(peak / MIB).toFixed(0)} MiB of memory`);
  assert.ok(peak > 30 * MIB && peak < 300 * MIB, `${(peak / MIB).toFixed(0)} MiB of memory`);
  rmSync(folder, { recursive: true });
  rmSync(out, { recursive: true });
});

test('a bomb stops at the output limit, and nothing of it is kept', { timeout: 60_000 }, async () => {
  const folder = join(temporary, 'bomb');
  const drop = makeDrop(folder);
  const zeros = Buffer.alloc(16 * MIB);
  await drop.addMembers('bomb.json', member(zeros, 64));
  await drop.addMembers(
    'many-members.json',
    (function* () {
      const one = Buffer.concat([...member(zeros.subarray(0, MIB), 1)]);
      for (let index = 0; index < 1024; index += 1) yield one;
    })(),
  );
  drop.add('harmless.json', '[1]');
  for (const name of ['bomb.json', 'many-members.json']) assert.ok(statSync(join(folder, name)).size < 6 * MIB, name);
  const out = join(temporary, 'bomb-out');
  const { status, lines, peak } = await run(folder, '--out', out, '--output-limit', String(100 * MIB));
  assert.equal(status, 1);
  assert.deepEqual(Object.fromEntries(lines.map(({ path, code, outcome }) => [path, code ?? outcome])), {
    'bomb.json': 'ERR_OUTPUT_LIMIT',
    'many-members.json': 'ERR_OUTPUT_LIMIT',
    'harmless.json': 'decrypted',
  });
  assert.deepEqual(readdirSync(out), ['harmless.json']);
  assert.ok(peak < 300 * MIB, `${(peak / MIB).toFixed(0)} MiB of memory`);
});
