/** 1 GiB of JSON Lines through the command line to CSV and Parquet: all rows, and memory that does not grow with them. */

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { KEY, makeDrop } from '../js/make-drop.mjs';
import { python } from '../js/python.mjs';

const MIB = 2 ** 20;
const cli = fileURLToPath(new URL('../../pkg/cli.js', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-big-convert-'));
after(() => rmSync(temporary, { recursive: true }));

const BLOCKS = 128;
const body = '<html><body class=\\"x\\">\\r\\n<p>Some words of a mail, and é</p></body></html>'.repeat(2);
let block = '';
let rows = 0;
for (; block.length < 8 * MIB; rows += 1) {
  block += `{"id":"AAMkAD${rows}","sent":"2024-05-01T12:34:56Z","size":${rows},"score":${rows / 8},"read":${rows % 2 === 0},`;
  block += `"from":{"name":"User ${rows}","address":"u${rows}@contoso.com"},"subject":"Message ${rows}","body":"${body}"}\n`;
}
const folder = join(temporary, 'drop');
await makeDrop(folder).addBig('set/part-0.json', BLOCKS, Buffer.from(block));

/** Exit status, lines and peak memory of a run. */
async function run(to) {
  const out = join(temporary, to);
  const started = performance.now();
  const child = spawn(process.execPath, [cli, folder, '--key', KEY, '--out', out, '--to', to, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let [peak, output] = [0, ''];
  const timer = setInterval(() => {
    const [, kib] = readFileSync(`/proc/${child.pid}/status`, 'utf8').match(/^VmHWM:\s+(\d+) kB$/m) ?? [];
    peak = Math.max(peak, 1024 * Number(kib ?? 0)); // a high-water mark already; there is none left once it has ended
  }, 20);
  child.stdout.on('data', (text) => (output += text));
  const status = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(timer);
  const seconds = (performance.now() - started) / 1000;
  return { status, peak, seconds, out: join(out, `set/part-0.${to}`), line: JSON.parse(output) };
}

async function lineFeeds(path) {
  let count = 0;
  for await (const piece of createReadStream(path)) for (const byte of piece) if (byte === 10) count += 1;
  return count;
}

test('to CSV: all rows, in under 350 MiB of memory', { timeout: 900_000 }, async (t) => {
  const { status, peak, seconds, out, line } = await run('csv');
  t.diagnostic(
    `${(peak / MIB).toFixed(0)} MiB of memory, ${((BLOCKS * block.length) / MIB / seconds).toFixed(0)} MiB/s`,
  );
  assert.equal(status, 0);
  assert.deepEqual(line.converted, { to: 'csv', rows: BLOCKS * rows, columns: 8 });
  assert.equal(line.verified, 'crc32');
  // A line for the names, and each row has a line break in its text besides its end.
  assert.equal(await lineFeeds(out), 1 + 3 * BLOCKS * rows);
  assert.ok(peak > 30 * MIB && peak < 350 * MIB, `${(peak / MIB).toFixed(0)} MiB of memory`);
  rmSync(out);
});

test('to Parquet: all rows, in under 500 MiB of memory', { timeout: 900_000 }, async (t) => {
  const { status, peak, seconds, out, line } = await run('parquet');
  t.diagnostic(
    `${(peak / MIB).toFixed(0)} MiB of memory, ${((BLOCKS * block.length) / MIB / seconds).toFixed(0)} MiB/s`,
  );
  assert.equal(status, 0);
  assert.deepEqual(line.converted, { to: 'parquet', rows: BLOCKS * rows, columns: 8 });
  const program = `import duckdb; print(duckdb.sql("select count(*), sum(size) from '${out}'").fetchall()[0])`;
  const sum = (BLOCKS * rows * (rows - 1)) / 2;
  assert.equal(execFileSync(python(), ['-c', program], { encoding: 'utf8' }).trim(), `(${BLOCKS * rows}, ${sum})`);
  assert.ok(peak > 30 * MIB && peak < 500 * MIB, `${(peak / MIB).toFixed(0)} MiB of memory`);
});
