/**
 * `make bench`: compares this package with its contenders, in real browsers and outside of them, in one run. It is a
 * program, not a test, so that other load on the machine cannot make it fail. docs/performance.md lists its options.
 *
 * P1: one file. P2: eight files of SIZE/4. P3: memory. P4: P1 without crypto.subtle. P5: small files of 2 KiB (10,000
 * in the targets, fewer by default, so that a run takes minutes). Every run has its own tab (naive JavaScript a browser
 * of its own), and the clock starts when the page is loaded, its wasm compiled and the files picked. The output is
 * really written: to OPFS on the disk, or by programs to files.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowsers } from './browsers.mjs';
import { printGrowth } from './growth.mjs';
import { listJobs, makeWorks, OUTSIDE } from './jobs.mjs';
import { measureMemory } from './memory.mjs';
import { printModel } from './model.mjs';
import { readOptions } from './options.mjs';
import { serve } from './server.mjs';
import { printStages } from './stage-times.mjs';
import { printTables } from './tables.mjs';
import { printWeight } from './weight.mjs';

const say = (text) => console.error(`${new Date().toTimeString().slice(0, 8)} ${text}`);

const options = readOptions(process.env);
const folder = mkdtempSync(join(tmpdir(), 'mgdc-bench-'));
const server = await serve(options.other);
let browsers = [];
try {
  if (options.tasks.length > 0) await compare();
  await printGrowth(folder, server.address, options, say);
  await printModel(folder, options, say);
  await printWeight(options.other);
} finally {
  await Promise.all(browsers.map((browser) => browser.close()));
  server.close();
  rmSync(folder, { recursive: true, force: true });
}

async function compare() {
  const { size, files, rounds } = options;
  browsers = await launchBrowsers(folder, options.places, say);
  say(`making the drops of ${options.tasks.join(', ')}`);
  const works = await makeWorks(folder, options);
  const jobs = listJobs({ browsers, server, works, folder, ...options });
  for (let round = 1; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`);
    // In a different order each time, so that no contender always follows the same one.
    for (const job of shuffled(jobs)) {
      // A closed tab keeps its browser busy for a while.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const result = await job.run(round === 1);
      job.runs.push(result);
      say(`  ${job.task} ${job.contender}, ${job.place}: ${result.ms.toFixed(0)} ms`);
    }
  }
  const memory = options.memory ? await measureMemory(folder, server.address, options.places, say) : [];
  const ratio = works.P1 ?? works.P2;
  const title = [
    `SIZE=${size} FILES=${files}${ratio ? ` (gzip makes ${ratio.ratio.toFixed(2)} to 1 of it)` : ''}`,
    `${rounds} rounds`,
    `${cpus().length} × ${cpus()[0].model}`,
    `Node ${process.version}`,
    new Date().toISOString().slice(0, 10),
  ].join(', ');
  const places = [...(options.places.includes('node') ? [OUTSIDE] : []), ...browsers.map(({ name }) => name)];
  printTables({ title, jobs, memory, works, places, other: options.other });
  if (options.stages) printStages(jobs);
}

function shuffled(list) {
  return list
    .map((item) => [Math.random(), item])
    .sort(([one], [other]) => one - other)
    .map(([, item]) => item);
}
