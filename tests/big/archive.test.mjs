/** A drop of 5 GiB in one ZIP archive (Zip64), stored and deflated, with memory that stays small. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createCipheriv, createHash } from 'node:crypto';
import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';

const [MIB, GIB] = [2 ** 20, 2 ** 30];
const BLOCKS = 320;
const cli = fileURLToPath(new URL('../../pkg/cli.js', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-big-archive-'));
after(() => rmSync(temporary, { recursive: true }));

/** Runs a program; resolves to its status, its output and the peak of its memory. */
async function run(folder, program, ...args) {
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  let [peak, output] = [0, ''];
  const timer = setInterval(() => {
    const [, kib] = readFileSync(`/proc/${child.pid}/status`, 'utf8').match(/^VmHWM:\s+(\d+) kB$/m) ?? [];
    peak = Math.max(peak, 1024 * Number(kib ?? 0));
  }, 20);
  child.stdout.on('data', (text) => (output += text));
  const status = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(timer);
  return { status, output, peak };
}

/** A counter in each block, so that no block is like another one. */
function block(index, content) {
  const one = Buffer.from(content);
  one.write(String(index).padStart(9, '0'));
  return one;
}

for (const [method, option] of [
  ['stored', '-0'],
  ['deflated', '-1'],
])
  test(`5 GiB in one archive, ${method}, come out whole in under 300 MiB of memory`, {
    timeout: 900_000,
  }, async (t) => {
    const { bavail, bsize } = statfsSync(temporary);
    assert.ok(bavail * bsize > 11 * GIB, `this test needs 11 GiB in ${tmpdir()}; point TMPDIR elsewhere`);
    const source = join(temporary, method);
    mkdirSync(join(source, 'set'), { recursive: true });
    const drop = makeDrop(source);
    drop.add('set/small.json', '[1]');
    // Not compressed, so that the entry is bigger than 4 GiB.
    const content = jsonLines(16 * MIB).subarray(0, 16 * MIB);
    const expected = createHash('sha256');
    const pieces = function* () {
      for (let index = 0; index < BLOCKS; index += 1) {
        const one = block(index, content);
        expected.update(one);
        yield one;
      }
    };
    // The key of make-drop.mjs.
    const aes = createCipheriv('aes-256-cbc', Buffer.alloc(32, 7), Buffer.alloc(16, 9));
    await pipeline(Readable.from(pieces()), aes, createWriteStream(join(source, 'set/big.json')));
    const zip = join(temporary, `${method}.zip`);
    const packing = await run(source, 'zip', '-q', '-r', option, zip, '.');
    assert.equal(packing.status, 0);
    rmSync(source, { recursive: true });
    assert.ok(statSync(zip).size > 5 * GIB);

    const out = join(temporary, `${method}-out`);
    const { status, output, peak } = await run(
      temporary,
      process.execPath,
      cli,
      zip,
      '--key',
      KEY,
      '--json',
      '--out',
      out,
    );
    assert.equal(status, 0);
    const lines = new Map(
      output
        .trim()
        .split('\n')
        .map((line) => [JSON.parse(line).path, JSON.parse(line)]),
    );
    assert.equal(lines.get('set/big.json').bytes, 5 * GIB);
    assert.equal(lines.get('set/big.json').sha256, expected.digest('hex'));
    assert.equal(lines.get('set/small.json').outcome, 'decrypted');
    t.diagnostic(`${(peak / MIB).toFixed(0)} MiB of memory`);
    assert.ok(peak > 30 * MIB && peak < 300 * MIB, `${(peak / MIB).toFixed(0)} MiB of memory`);
    rmSync(out, { recursive: true });
    writeFileSync(zip, '');
  });
