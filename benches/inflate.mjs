/**
 * Times inflate and CRC-32 in V8 over several kinds of data, ours against zlib-rs: `make bench INFLATE=1`.
 *
 * To try a change, keep a module from before it (`BEFORE=old.wasm`): both run in turns, so that the load of the machine
 * falls on both. `SIZE` is MiB of plaintext for each kind, `ROUNDS` how often each is timed, `KEEP=new.wasm` keeps the
 * module.
 */

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { constants, deflateRawSync } from 'node:zlib';
import { mulberry32 } from '../tests/js/random.mjs';
import { jsonLines } from './data.mjs';

const { SIZE = '32', ROUNDS = '7', BEFORE, KEEP } = process.env;
const size = Number(SIZE) * 2 ** 20;
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mgdc-inflate-'));
try {
  const { module, bindings } = build(folder);
  if (KEEP) copyFileSync(module, KEEP);
  /** @type {[string, any][]} */
  const contenders = [['ours', await load(bindings, module)]];
  if (BEFORE) contenders.unshift(['before', await load(bindings, BEFORE)]);
  for (const [name, streams] of kinds()) await compare(name, streams, contenders);
} finally {
  rmSync(folder, { recursive: true });
}

/**
 * Times one kind of data. Prints the least and the median time in ms.
 * @param {string} name
 * @param {Buffer[]} streams
 * @param {[string, any][]} contenders
 */
async function compare(name, streams, contenders) {
  /** @type {[string, () => number][]} */
  const runs = [];
  for (const [contender, { Streams }] of contenders) {
    const work = new Streams();
    for (const stream of streams) work.add(stream);
    runs.push([contender, () => work.ours()]);
    if (contender !== 'ours') continue;
    runs.push(['ours + CRC', () => work.oursChecked()]);
    runs.push(['ours + CRC of zlib-rs', () => work.oursCheckedByZlib()]);
    runs.push(['zlib-rs', () => work.zlib()]);
    if (work.oursChecked() !== work.oursCheckedByZlib()) throw new Error(`${name}: the CRC-32 are different`);
    if (work.ours() !== work.zlib()) throw new Error(`${name}: the sizes are different`);
  }
  const times = new Map(runs.map(([contender]) => [contender, /** @type {number[]} */ ([])]));
  for (let round = 0; round < Number(ROUNDS); round++) {
    for (const [contender, run] of round % 2 ? runs : [...runs].reverse()) {
      const started = performance.now();
      if (run() < 0) throw new Error(`${name}: not valid for ${contender}`);
      times.get(contender)?.push(performance.now() - started);
    }
  }
  const cells = [...times].map(([contender, all]) => {
    const sorted = all.sort((a, b) => a - b);
    return `${contender} ${sorted[0]?.toFixed(1)} ${sorted[sorted.length >> 1]?.toFixed(1)}`;
  });
  console.log(`${name.padEnd(20)} ${cells.join(' · ')}`);
}

/** Builds the module with the flags of the package: .ci/env has those of the compiler, Cargo.toml those of wasm-opt. */
function build(out) {
  const manifest = readFileSync(join(root, 'Cargo.toml'), 'utf8');
  const flags = /^wasm-opt = (\[.*\])$/m.exec(manifest)?.[1];
  if (!flags) throw new Error('Cargo.toml has no flags for wasm-opt');
  const crate = join(root, 'benches/inflate');
  const run = (program, args, cwd = crate) =>
    execFileSync(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  const target = join(root, 'target/bench-inflate');
  run('cargo', [
    'build',
    '--quiet',
    '--locked',
    '--release',
    '--target',
    'wasm32-unknown-unknown',
    '--target-dir',
    target,
  ]);
  const built = join(target, 'wasm32-unknown-unknown/release/mgdc_inflate_bench.wasm');
  run('wasm-bindgen', ['--target', 'web', '--out-dir', out, built]);
  const module = join(out, 'optimized.wasm');
  run('wasm-opt', [...JSON.parse(flags), join(out, 'mgdc_inflate_bench_bg.wasm'), '-o', module]);
  return { module, bindings: join(out, 'mgdc_inflate_bench.js') };
}

/** A module of its own for each: the bindings hold one instance. */
async function load(bindings, module) {
  const loaded = await import(`${pathToFileURL(bindings).href}?${encodeURIComponent(module)}`);
  loaded.initSync({ module: readFileSync(module) });
  return loaded;
}

/** @returns {Generator<[string, Buffer[]]>} */
function* kinds() {
  const json = repeat(jsonLines(), size);
  yield ['JSON Lines', [deflateRawSync(json)]];
  yield ['JSON Lines, level 1', [deflateRawSync(json, { level: 1 })]];
  yield ['JSON Lines, level 9', [deflateRawSync(json, { level: 9 })]];
  yield [
    '2,000 × 2 KiB',
    Array.from({ length: 2000 }, (_, at) => deflateRawSync(json.subarray(at * 2048, (at + 1) * 2048))),
  ];
  yield ['XML', [deflateRawSync(repeat(xml(), size))]];
  yield ['program', [deflateRawSync(readFileSync(process.execPath).subarray(0, size))]];
  yield ['Base64 of noise', [deflateRawSync(Buffer.from(randomBytes((size * 3) / 4).toString('base64')))]];
  yield ['only literals', [deflateRawSync(json, { strategy: constants.Z_HUFFMAN_ONLY })]];
  yield ['fixed codes', [deflateRawSync(json, { strategy: constants.Z_FIXED })]];
  yield ['zeros', [deflateRawSync(Buffer.alloc(size))]];
  yield ['noise (stored)', [deflateRawSync(randomBytes(size))]];
}

function xml() {
  const random = mulberry32(5);
  const words =
    jsonLines()
      .toString('latin1')
      .match(/[a-z]{2,}/g) ?? [];
  const some = (count) => Array.from({ length: count }, () => words[Math.floor(random() * words.length)]).join(' ');
  const items = Array.from({ length: 20_000 }, (_, id) => {
    const text = `<name>${some(1)}</name><div class="body text-muted"><p>${some(20)}</p></div>`;
    return `  <item id="${Math.floor(random() * 1e9)}" class="row-${id % 7}">\n    ${text}\n  </item>\n`;
  });
  return Buffer.from(`<?xml version="1.0"?>\n<list>\n${items.join('')}</list>\n`);
}

function repeat(bytes, length) {
  return Buffer.alloc(length, bytes);
}
