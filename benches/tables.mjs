/** Prints the results as Markdown, for the README: times, and the ratios in which the targets are stated. */

import { FROM_ZIP, SHELL } from './programs.mjs';

const TASKS = { P1: 'one file', P2: '8 files', P4: 'P1 without `crypto.subtle`', P5: 'small files of 2 KiB' };

export function printTables({ title, jobs, memory, works, places }) {
  const find = (task, contender, place) =>
    jobs.find((job) => job.task === task && job.contender === contender && job.place === place);
  const time = (task, contender, place) => median(find(task, contender, place)?.runs.map(({ ms }) => ms) ?? []);
  const [shell] = places;

  console.log(`\n${title}. Everything is written to the disk; SHA-256 checked in the first round.\n`);
  row(['ms: median (min–max)', ...places]);
  row(['---', ...places.map(() => '---')]);
  const lines = new Set(jobs.map(({ task, contender }) => `${task}|${contender}`));
  for (const task of Object.keys(TASKS)) {
    for (const line of [...lines].filter((line) => line.startsWith(`${task}|`))) {
      const contender = line.slice(task.length + 1);
      row([`${task} ${TASKS[task]}: ${contender}`, ...places.map((place) => spread(find(task, contender, place)))]);
    }
  }

  console.log('\n× is how many times as fast as the other, median by median.\n');
  row(['mgdc-decrypt', ...places]);
  row(['---', ...places.map(() => '---')]);
  for (const task of ['P1', 'P2']) {
    const own = (place) => time(task, 'mgdc-decrypt', place);
    row([
      `${task} ${TASKS[task]}: × naive JS of the same browser`,
      ...places.map((place) => fixed(time(task, 'naive JS', place) / own(place))),
    ]);
    row([`${task} ${TASKS[task]}: × ${SHELL}`, ...places.map((place) => fixed(time(task, SHELL, shell) / own(place)))]);
    row([
      `${task} ${TASKS[task]}: MB of plaintext a second`,
      ...places.map((place) => fixed(works[task].bytes / 1000 / own(place), 0)),
    ]);
  }
  row([
    'P4: time without `crypto.subtle` / time of P1',
    ...places.map((place) => fixed(time('P4', 'mgdc-decrypt', place) / time('P1', 'mgdc-decrypt', place))),
  ]);
  for (const task of ['P1', 'P2', 'P5']) {
    row([
      `${task} ${TASKS[task]}: time from a ZIP / time from a folder`,
      ...places.map((place) => fixed(time(task, FROM_ZIP, place) / time(task, 'mgdc-decrypt', place))),
    ]);
  }
  const small = [
    ['into a folder', 'mgdc-decrypt'],
    ['into a ZIP', 'mgdc-decrypt, to a ZIP'],
  ];
  for (const [where, contender] of small) {
    row([
      `P5 ${TASKS.P5}: files a second, ${where}`,
      ...places.map((place) => fixed(works.P5.paths.length / (time('P5', contender, place) / 1000), 0)),
    ]);
  }
  for (const [where, contender] of small) {
    row([
      `P5: longest task of the main thread, ${where}`,
      ...places.map((place) => longest(find('P5', contender, place))),
    ]);
  }
  for (const [size, contender] of new Map(
    memory.map(({ size, contender }) => [`${size}|${contender}`, [size, contender]]),
  ).values()) {
    const peak = (place) =>
      memory.find((one) => one.size === size && one.contender === contender && one.place === place)?.peak;
    row([
      `P3 MiB over the idle page, ${size} MiB: ${contender}`,
      ...places.map((place) => fixed(peak(place) ?? NaN, 0)),
    ]);
  }
}

const row = (cells) => console.log(`| ${cells.join(' | ')} |`);
const fixed = (number, digits = 2) => (Number.isFinite(number) ? number.toFixed(digits) : '');

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

function median(list) {
  const sorted = [...list].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
