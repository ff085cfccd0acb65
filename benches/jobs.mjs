/** What is timed: each job is one contender with one work in one place. */

import { join } from 'node:path';
import { runInBrowser, runInTab } from './browsers.mjs';
import { makeWork } from './data.mjs';
import { BARE, BEFORE, BEFORE_TO_ZIP, FROM_ZIP, NAIVE, OURS, TO_ZIP } from './names.mjs';
import { bareWork, programs } from './programs.mjs';

/** The column of the programs. */
export const OUTSIDE = 'outside a browser';

const MIB = 2 ** 20;

/** The works that `tasks` need. P4 has that of P1. */
export async function makeWorks(folder, { size, files, tasks }) {
  const works = {};
  const make = async (task, count, bytes) => {
    works[task] = await makeWork(join(folder, task), count, bytes);
  };
  if (tasks.includes('P1') || tasks.includes('P4')) await make('P1', 1, size * MIB);
  if (tasks.includes('P2')) await make('P2', 8, (size / 4) * MIB);
  if (tasks.includes('P5')) await make('P5', files, 2048);
  return works;
}

/**
 * `run(check)` resolves to `{ ms }`; with `check` it compares the SHA-256. Jobs for which there is no work are left
 * out.
 */
export function listJobs({ browsers, server, works, folder, tasks, places, other }) {
  const jobs = [];
  const add = (task, contender, place, run) => {
    if (tasks.includes(task)) jobs.push({ task, contender, place, run, runs: [] });
  };
  for (const browser of browsers) {
    const tab = (task, contender, work, page, sink = 'opfs') =>
      add(task, contender, browser.name, (check) => runInTab(browser, `${server.address}/${page}`, work, sink, check));
    const ours = (root, name, nameToZip) => {
      const page = `${root}benches/bench.html`;
      tab('P1', name, works.P1, page);
      tab('P2', name, works.P2, page);
      tab('P4', name, works.P1, `${page}?aes=wasm`);
      tab('P5', name, works.P5, page);
      tab('P5', nameToZip, works.P5, page, 'zip');
    };
    ours('', OURS, TO_ZIP);
    if (other) ours('other/', BEFORE, BEFORE_TO_ZIP);
    // Not P5: opening one handle after the other, it takes more than a minute.
    const naive = `${server.address}/benches/naive.html`;
    for (const task of ['P1', 'P2'])
      add(task, NAIVE, browser.name, (check) => runInBrowser(browser.kind, folder, naive, works[task], 'opfs', check));
    for (const [task, work] of Object.entries(works))
      tab(task, FROM_ZIP, { ...work, paths: [work.loose] }, 'benches/bench.html');
    if (!works.P5) continue;
    const bare = bareWork(works.P5);
    tab('P5', BARE.one, bare, 'benches/bare.html?atOnce=1');
    tab('P5', BARE.many, bare, `benches/bare.html?atOnce=${BARE.atOnce}`);
    tab('P5', BARE.sync, bare, `benches/bare.html?atOnce=${BARE.atOnce}&sync`);
  }
  if (!places.includes('node')) return jobs;
  for (const contender of programs(folder, other)) {
    for (const task of contender.tasks.filter((task) => works[task])) {
      const work = contender.name.startsWith('bare') ? bareWork(works[task]) : works[task];
      add(task, contender.name, OUTSIDE, (check) => contender.run(work, check));
    }
  }
  return jobs;
}
