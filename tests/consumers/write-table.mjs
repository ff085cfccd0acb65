/** Runs every consumer, and writes the table of what worked into the README: `make consumers-table`. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONSUMERS } from './table.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const readme = fileURLToPath(new URL('../../README.md', import.meta.url));
const [START, END] = ['<!-- consumers -->', '<!-- /consumers -->'];

const [given] = process.argv.slice(2);
const results = JSON.parse(given ? readFileSync(given, 'utf8') : run());
const text = readFileSync(readme, 'utf8');
const [before, after] = [text.indexOf(START), text.indexOf(END)];
if (before < 0 || after < before) throw new Error(`README.md has no ${START} … ${END}`);
writeFileSync(readme, `${text.slice(0, before)}${START}\n${table()}${text.slice(after)}`);

/** What came of each run, as JSON. */
function run() {
  const folder = mkdtempSync(join(tmpdir(), 'mgdc-consumers-table-'));
  const file = join(folder, 'results.json');
  const env = { ...process.env, MGDC_CONSUMERS: 'all', MGDC_RESULTS: file };
  spawnSync(process.execPath, ['--test', join(here, 'consumers.test.mjs')], { env, stdio: 'inherit' });
  if (!existsSync(file)) throw new Error('the consumers did not run');
  const json = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true });
  return json;
}

function table() {
  const rows = CONSUMERS.map(({ name, runs, remark }) => {
    const came = runs.map((one) => [one.name, results[name]?.[one.name] ?? 'did not run']);
    const bad = came.filter(([, result]) => result !== 'works').map(([what, result]) => `**${what} ${result}**`);
    const good = came.filter(([, result]) => result === 'works').map(([what]) => what);
    return `| ${name} | ${[...good, ...bad].join(', ')} | ${remark ?? ''} |\n`;
  });
  return `| toolchain | works | |\n| --- | --- | --- |\n${rows.join('')}`;
}
