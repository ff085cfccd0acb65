/**
 * MODEL=1: what the schedule makes of measured stage costs, for other numbers of cores and files, and how far the
 * prediction is from the command line on this machine. MODEL=costs.json takes the costs of that file instead, and does
 * not measure anything. The costs are those of schedule.mjs.
 */

import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KEY } from '../tests/js/make-drop.mjs';
import { mulberry32 } from '../tests/js/random.mjs';
import { makeWork } from './data.mjs';
import { fixed, head, median, row } from './markdown.mjs';
import { CURRENT, PIPELINES, predict } from './schedule.mjs';

/** @import { Costs } from './schedule.mjs' */

const execute = promisify(execFile);
const here = (path) => new URL(path, import.meta.url).pathname;
const CORES = [1, 2, 4, 8, 16];
const KIB = 1 / 1024;

/** What is predicted, in MiB of plaintext. */
const CASES = {
  'one file of 256 MiB': [256],
  '8 files of 64 MiB': Array(8).fill(64),
  '1,000 files of 1 MiB': Array(1000).fill(1),
  '1,000 files of 2 KiB': Array(1000).fill(2 * KIB),
};

/**
 * Measures, and prints the tables.
 * @param {string} folder for drops
 * @param {{ model: string | null, size: number, files: number, rounds: number }} options
 * @param {(text: string) => void} say
 */
export async function printModel(folder, { model, size, files, rounds }, say) {
  if (!model) return;
  const below = join(folder, 'model');
  if (model !== '1') return predictions(JSON.parse(readFileSync(model, 'utf8')));
  say('model: making the drops');
  const one = await makeWork(join(below, 'stages'), 1, size * 2 ** 20);
  const eight = await makeWork(join(below, 'eight'), 8, (size / 4) * 2 ** 20);
  const small = await makeWork(join(below, 'small'), files, 2048);
  const tiny = await makeWork(join(below, 'tiny'), 1, 2048);
  say('model: measuring the stages');
  const costs = await measureCosts(below, tiny, rounds);
  console.log(`\nCosts in Node, for MODEL=file: \`${JSON.stringify(costs, rounded)}\``);
  console.log('\nPredicted and measured, the command line on this machine, median of the rounds, ms.\n');
  head('cores', ['predicted', 'measured', 'predicted / measured']);
  const cases = [
    { name: `one file of ${size} MiB`, work: one, sizes: [size] },
    { name: `8 files of ${size / 4} MiB`, work: eight, sizes: Array(8).fill(size / 4) },
    { name: `${files} files of 2 KiB`, work: small, sizes: Array(files).fill(2 * KIB) },
  ];
  for (const { name, work, sizes } of cases) {
    for (const cores of [1, 2].filter((cores) => cores <= availableParallelism())) {
      say(`model: ${name} on ${cores}`);
      const times = [];
      for (let round = 0; round < rounds; round += 1) times.push((await run(below, work, cores)).wall);
      const [predicted, measured] = [predict(costs, cores, sizes), median(times)];
      row([`${cores}: ${name}`, fixed(predicted, 0), fixed(measured, 0), fixed(predicted / measured)]);
    }
  }
  predictions(costs);
  rmSync(below, { recursive: true });
}

/** @param {Costs} costs */
function predictions(costs) {
  console.log('\nPredicted, ms, and how many times as fast as on one core.\n');
  head(
    'files',
    CORES.map((cores) => `${cores} core${cores > 1 ? 's' : ''}`),
  );
  for (const [name, sizes] of Object.entries(CASES)) {
    for (const pipeline of Object.keys(PIPELINES)) {
      if (pipeline !== CURRENT && sizes[0] < 64) continue; // such files have one worker each
      const single = predict(costs, 1, sizes, pipeline);
      const cells = CORES.map((cores) => {
        const ms = predict(costs, cores, sizes, pipeline);
        return `${fixed(ms, 0)} (× ${fixed(single / ms, 1)})`;
      });
      row([sizes[0] < 64 ? name : `${name}: ${pipeline}`, ...cells]);
    }
  }
  order(costs);
}

// Sizes as in deliveries that were split badly: from 1 MiB to 512 MiB, as many between 1 and 2 as between 256 and 512.
function order(costs) {
  console.log('\n40 files of 1 to 512 MiB, the largest first: how much less time than in 20 random orders.\n');
  head(
    '',
    CORES.map((cores) => `${cores} core${cores > 1 ? 's' : ''}`),
  );
  const random = mulberry32(15);
  const draws = Array.from({ length: 20 }, () => Array.from({ length: 40 }, () => 2 ** (9 * random())));
  const gains = CORES.map((cores) =>
    draws.map((sizes) => {
      const sorted = [...sizes].sort((one, other) => other - one);
      return 1 - predict(costs, cores, sorted) / predict(costs, cores, sizes);
    }),
  );
  const percent = (number) => `${fixed(100 * number, 1)} %`;
  row(['median', ...gains.map((list) => percent(median(list)))]);
  row(['least', ...gains.map((list) => percent(Math.min(...list)))]);
  row(['most', ...gains.map((list) => percent(Math.max(...list)))]);
  const gaining = CORES.filter((_, index) => median(gains[index]) >= 0.03);
  console.log(
    gaining.length > 0
      ? `\nIt gains 3 % or more on ${gaining.join(', ')} cores.`
      : '\nIt gains less than 3 % on every number of cores.',
  );
}

/** @returns {Promise<Costs>} */
async function measureCosts(folder, tiny, rounds) {
  const stages = (cpu, ...more) =>
    execute('taskset', ['-c', cpu, process.execPath, here('stages.mjs'), folder, ...more]).then(({ stdout }) =>
      JSON.parse(stdout),
    );
  const all = availableParallelism() > 1 ? '0,1' : '0';
  const { perMiB, ratio, small, file, start } = await stages(all);
  const alone = await stages('0', 'inflate');
  const both = all === '0' ? [alone] : await Promise.all(['0', '1'].map((cpu) => stages(cpu, 'inflate')));
  // Two virtual cores that share one real core take twice as long at the worst. More is other load on the machine.
  const together = both.reduce((sum, { inflate }) => sum + inflate, 0) / both.length;
  const slowdown = Math.min(2, Math.max(1, together / alone.inflate));
  // A drop with one tiny file is all start. What it takes besides the worker is on the main thread and beside it.
  const runs = [];
  for (let round = 0; round < Math.max(3, rounds); round += 1) runs.push(await run(folder, tiny, all === '0' ? 1 : 2));
  const wall = median(runs.map(({ wall }) => wall));
  const cpu = median(runs.map(({ cpu }) => cpu));
  const { worker, warm } = start;
  return {
    perMiB,
    ratio,
    small,
    file,
    slowdown,
    start: { run: Math.max(0, wall - worker), beside: Math.max(0, cpu - wall), worker, warm },
  };
}

/** The command line with so many cores: milliseconds, and those of CPU. */
async function run(folder, { folder: drop }, cores) {
  const out = join(folder, 'out');
  const command = [process.execPath, here('../pkg/cli.js'), drop, '--key', KEY, '--out', out];
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&1';
  const cpus = Array.from({ length: cores }, (_, index) => index).join(',');
  const env = { ...process.env, LC_ALL: 'C' };
  const { stderr } = await execute('bash', ['-c', script, 'bash', 'taskset', '-c', cpus, ...command], { env });
  rmSync(out, { recursive: true });
  const [wall, user, system] = stderr.trim().split(' ').map(Number);
  return { wall: 1000 * wall, cpu: 1000 * (user + system) };
}

function rounded(_name, value) {
  return typeof value === 'number' ? Number(value.toPrecision(3)) : value;
}
