/**
 * `make bench`: compares this package with its contenders, in real browsers and outside of them, in one run. It is a
 * program, not a test, so that other load on the machine cannot make it fail. SIZE=MiB of plaintext in P1, FILES=n in
 * P5, ROUNDS=n, MEMORY=1 to include P3.
 *
 * P1: one file. P2: eight files of SIZE/4. P3: memory. P4: P1 without crypto.subtle. P5: small files of 2 KiB (10,000
 * in the targets, fewer by default, so that a run takes minutes). Every run has its own tab, and the clock starts when
 * the page is loaded, its wasm compiled and the files picked. The output is really written: to OPFS on the disk, or by
 * programs to files.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowsers, runInTab } from './browsers.mjs';
import { makeWork } from './data.mjs';
import { measureMemory } from './memory.mjs';
import { FROM_ZIP, programs } from './programs.mjs';
import { serve } from './server.mjs';
import { printTables } from './tables.mjs';

const SIZE = Number(process.env.SIZE ?? 64);
const FILES = Number(process.env.FILES ?? 500);
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const MIB = 2 ** 20;
const say = (text) => console.error(`${new Date().toTimeString().slice(0, 8)} ${text}`);

const folder = mkdtempSync(join(tmpdir(), 'mgdc-bench-'));
const server = await serve();
let browsers = [];
try {
  browsers = await launchBrowsers(folder, say);
  say(`making ${3 * SIZE} MiB of JSON Lines, and ${FILES} small files`);
  const works = {
    P1: await makeWork(join(folder, 'P1'), 1, SIZE * MIB),
    P2: await makeWork(join(folder, 'P2'), 8, (SIZE / 4) * MIB),
    P5: await makeWork(join(folder, 'P5'), FILES, 2048),
  };
  const jobs = listJobs(works);
  for (let round = 1; round <= ROUNDS; round += 1) {
    say(`round ${round} of ${ROUNDS}`);
    // In a different order each time, so that no contender always follows the same one.
    for (const job of shuffled(jobs)) {
      // A closed tab keeps its browser busy for a while.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const result = await job.run(round === 1);
      job.runs.push(result);
      say(`  ${job.task} ${job.contender}, ${job.place}: ${result.ms.toFixed(0)} ms`);
    }
  }
  const memory = process.env.MEMORY ? await measureMemory(folder, server.address, say) : [];
  const title = [
    `SIZE=${SIZE} FILES=${FILES} (gzip makes ${works.P1.ratio.toFixed(2)} to 1 of it)`,
    `${ROUNDS} rounds`,
    `${cpus().length} × ${cpus()[0].model}`,
    `Node ${process.version}`,
    new Date().toISOString().slice(0, 10),
  ].join(', ');
  printTables({ title, jobs, memory, works, places: ['outside a browser', ...browsers.map(({ name }) => name)] });
} finally {
  await Promise.all(browsers.map((browser) => browser.close()));
  server.close();
  rmSync(folder, { recursive: true, force: true });
}

// A job: one contender, one work and one place. `run(check)` resolves to { ms }; with `check` it compares the SHA-256.
function listJobs({ P1, P2, P5 }) {
  const jobs = [];
  const add = (task, contender, place, run) => jobs.push({ task, contender, place, run, runs: [] });
  for (const browser of browsers) {
    const tab = (task, contender, work, page, sink = 'opfs') =>
      add(task, contender, browser.name, (check) =>
        runInTab(browser, `${server.address}/benches/${page}`, work, sink, check),
      );
    tab('P1', 'mgdc-decrypt', P1, 'bench.html');
    tab('P1', 'naive JS', P1, 'naive.html');
    tab('P2', 'mgdc-decrypt', P2, 'bench.html');
    tab('P2', 'naive JS', P2, 'naive.html');
    tab('P4', 'mgdc-decrypt', P1, 'bench.html?aes=wasm');
    // Not naive JS: opening one handle after the other, it takes more than a minute.
    tab('P5', 'mgdc-decrypt', P5, 'bench.html');
    tab('P5', 'mgdc-decrypt, to a ZIP', P5, 'bench.html', 'zip');
    for (const [task, work] of Object.entries({ P1, P2, P5 }))
      tab(task, FROM_ZIP, { ...work, paths: [work.loose] }, 'bench.html');
  }
  for (const [task, work] of Object.entries({ P1, P2, P5 })) {
    for (const { name, run, tasks } of programs(join(folder, 'out'))) {
      if (tasks.includes(task)) add(task, name, 'outside a browser', (check) => run(work, check));
    }
  }
  return jobs;
}

function shuffled(list) {
  return list
    .map((item) => [Math.random(), item])
    .sort(([one], [other]) => one - other)
    .map(([, item]) => item);
}
