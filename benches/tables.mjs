/** Prints the results as Markdown, for the README: times, and the ratios in which the targets are stated. */

import { OUTSIDE } from './jobs.mjs';
import { fixed, head, median, row } from './markdown.mjs';
import { BARE, BEFORE, BEFORE_TO_ZIP, FROM_ZIP, NAIVE, OURS, TO_ZIP } from './names.mjs';
import { SHELL } from './programs.mjs';

const TASKS = { P1: 'one file', P2: '8 files', P4: 'P1 without `crypto.subtle`', P5: 'small files of 2 KiB' };

export function printTables({ title, jobs, memory, works, places, other }) {
  const find = (task, contender, place) =>
    jobs.find((job) => job.task === task && job.contender === contender && job.place === place);
  const time = (task, contender, place) => median(find(task, contender, place)?.runs.map(({ ms }) => ms) ?? []);
  // Lines with no figure at all are left out: of tasks or contenders that this run does not have.
  const line = (name, figure, digits = 2) => {
    const figures = places.map((place) => text(figure(place), digits));
    if (figures.some(Boolean)) row([name, ...figures]);
  };

  console.log(`\n${title}. Everything is written to the disk; SHA-256 checked in the first round.\n`);
  if (other) console.log(`"before" is ${other}.\n`);
  head('ms: median (min–max)', places);
  const lines = new Set(jobs.map(({ task, contender }) => `${task}|${contender}`));
  for (const task of Object.keys(TASKS)) {
    for (const line of [...lines].filter((line) => line.startsWith(`${task}|`))) {
      const contender = line.slice(task.length + 1);
      row([`${task} ${TASKS[task]}: ${contender}`, ...places.map((place) => spread(find(task, contender, place)))]);
    }
  }

  console.log('\n× is how many times as fast as the other, median by median.\n');
  head('mgdc-decrypt', places);
  for (const task of ['P1', 'P2']) {
    const own = (place) => time(task, OURS, place);
    line(`${task} ${TASKS[task]}: × naive JS of the same browser`, (place) => time(task, NAIVE, place) / own(place));
    line(`${task} ${TASKS[task]}: × ${SHELL}`, (place) => time(task, SHELL, OUTSIDE) / own(place));
    line(`${task} ${TASKS[task]}: MB of plaintext a second`, (place) => works[task]?.bytes / 1000 / own(place), 0);
  }
  line('P4: time without `crypto.subtle` / time of P1', (place) => time('P4', OURS, place) / time('P1', OURS, place));
  for (const task of ['P1', 'P2', 'P5']) {
    const ratio = (place) => time(task, FROM_ZIP, place) / time(task, OURS, place);
    line(`${task} ${TASKS[task]}: time from a ZIP / time from a folder`, ratio);
  }
  const aSecond = (contender, place) => works.P5?.paths.length / (time('P5', contender, place) / 1000);
  const fastest = (contenders, place) => {
    const times = contenders.map((contender) => time('P5', contender, place)).filter(Number.isFinite);
    return times.length > 0 ? Math.min(...times) : Number.NaN;
  };
  const bare = [BARE.one, BARE.many];
  line(`P5 ${TASKS.P5}: files a second, into a folder`, (place) => aSecond(OURS, place), 0);
  line('P5: the same, × the faster bare loop', (place) => fastest(bare, place) / time('P5', OURS, place));
  line(
    'P5: the same, × the bare loop with sync handles',
    (place) => time('P5', BARE.sync, place) / time('P5', OURS, place),
  );
  line(`P5 ${TASKS.P5}: files a second, into a ZIP`, (place) => aSecond(TO_ZIP, place), 0);
  line(
    `P5 ${TASKS.P5}: files a second, the faster bare loop`,
    (place) => works.P5?.paths.length / (fastest(bare, place) / 1000),
    0,
  );
  for (const [where, contender] of [
    ['into a folder', OURS],
    ['into a ZIP', TO_ZIP],
  ])
    line(`P5: longest task of the main thread, ${where}`, (place) => longest(find('P5', contender, place)));
  for (const task of Object.keys(TASKS))
    line(`${task} ${TASKS[task]}: × before`, (place) => time(task, BEFORE, place) / time(task, OURS, place));
  line(`P5 ${TASKS.P5}, into a ZIP: × before`, (place) => time('P5', BEFORE_TO_ZIP, place) / time('P5', TO_ZIP, place));
  const peaks = new Map(memory.map(({ size, contender }) => [`${size}|${contender}`, [size, contender]]));
  for (const [size, contender] of peaks.values()) {
    const fits = (one, place) => one.size === size && one.contender === contender && one.place === place;
    line(
      `P3 MiB over the idle page, ${size} MiB: ${contender}`,
      (place) => memory.find((one) => fits(one, place))?.peak,
      0,
    );
  }
}

const text = (value, digits) => (typeof value === 'string' ? value : fixed(value, digits));

function spread(job) {
  if (!job) return '';
  const times = job.runs.map(({ ms }) => ms);
  return `**${fixed(median(times), 0)}** (${fixed(Math.min(...times), 0)}–${fixed(Math.max(...times), 0)})`;
}

function longest(job) {
  const tasks = (job?.runs ?? []).map(({ longestTask }) => longestTask).filter(Number.isFinite);
  if (tasks.length === 0) return '';
  const most = Math.max(...tasks);
  return most === 0 ? 'under 50 ms' : `${most} ms`;
}
