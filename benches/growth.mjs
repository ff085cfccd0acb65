/**
 * GROWTH=1: whether time and memory grow with the file. One file of each size is decrypted into a sink that drops the
 * plaintext. Time and memory have runs of their own, because sampling memory takes time.
 */

import { rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { decryptIn, kindsOf, launch, openTab } from './browsers.mjs';
import { makeLongWork } from './data.mjs';
import { fixed, head, median, row } from './markdown.mjs';
import { peakOver } from './memory.mjs';
import { BEFORE, OURS } from './names.mjs';

/** What gzip leaves of the plaintext, rounded up. */
const ENCRYPTED = 0.45;

/**
 * Measures, and prints the table.
 * @param {string} folder
 * @param {string} address of the server
 * @param {{ growth: number[] | null, rounds: number, places: string[], other: string | null }} options
 * @param {(text: string) => void} say
 */
export async function printGrowth(folder, address, { growth, rounds, places, other }, say) {
  if (!growth) return;
  const sizes = [...growth].sort((one, another) => one - another);
  const cells = [];
  for (const size of sizes) {
    need(folder, size);
    say(`growth: making ${size} MiB`);
    const below = join(folder, `growth-${size}`);
    const work = await makeLongWork(below, size);
    for (const kind of kindsOf(places)) {
      for (const [contender, root] of [[OURS, ''], ...(other ? [[BEFORE, 'other/']] : [])]) {
        const page = `${address}/${root}benches/bench.html`;
        const found = await measure(folder, kind, page, work, rounds);
        if (!found) continue;
        const figures = `${fixed(median(found.times), 0)} ms, ${fixed(found.peak, 0)} MiB`;
        say(`  ${size} MiB, ${contender}, ${found.place}: ${figures}`);
        cells.push({ size, name: `${found.place}: ${contender}`, ...found });
      }
    }
    rmSync(below, { recursive: true });
  }
  print(sizes, cells, rounds);
}

// Times in one browser, each in a new tab; memory in another browser. Null if the browser is not installed.
async function measure(folder, kind, page, work, rounds) {
  const times = [];
  const timed = await launch(kind, folder);
  if (!timed) return null;
  const place = timed.name;
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const tab = await openTab(timed, page, work);
      const { ms, bytes } = await decryptIn(tab, 'count');
      if (bytes !== work.bytes) throw new Error(`${page}: ${bytes} bytes instead of ${work.bytes}`);
      times.push(ms);
      await tab.close();
      await new Promise((resolve) => setTimeout(resolve, 1000)); // a closed tab keeps its browser busy for a while
    }
  } finally {
    await timed.close();
  }
  const weighed = await launch(kind, folder);
  try {
    const tab = await openTab(weighed, page, work);
    return { place, times, peak: await peakOver(weighed?.pid, () => decryptIn(tab, 'count')) };
  } finally {
    await weighed?.close();
  }
}

function print(sizes, cells, rounds) {
  console.log(`\nGrowth without writing: median of ${rounds}, and the peak of memory over the idle page.\n`);
  const names = [...new Set(cells.map(({ name }) => name))];
  const find = (size, name) => cells.find((cell) => cell.size === size && cell.name === name);
  const time = (size, name) => median(find(size, name)?.times ?? []);
  head('', names);
  for (const size of sizes) row([`${size} MiB: ms`, ...names.map((name) => fixed(time(size, name), 0))]);
  for (const [index, size] of sizes.entries()) {
    if (index === 0) continue;
    const smaller = sizes[index - 1];
    const ratio = (name) => fixed(time(size, name) / time(smaller, name));
    row([`time(${size}) / time(${smaller}), sizes ${fixed(size / smaller)} to 1`, ...names.map(ratio)]);
  }
  for (const size of sizes)
    row([`${size} MiB: MiB over the idle page`, ...names.map((name) => fixed(find(size, name)?.peak, 0))]);
  const range = (name) => {
    const peaks = sizes.map((size) => find(size, name)?.peak ?? Number.NaN);
    return fixed(Math.max(...peaks) - Math.min(...peaks), 0);
  };
  row(['between the highest and the lowest peak: MiB', ...names.map(range)]);
}

function need(folder, size) {
  const { bavail, bsize } = statfsSync(folder);
  const [free, needed] = [(bavail * bsize) / 2 ** 20, size * ENCRYPTED];
  if (free > needed + 1024) return;
  throw new Error(
    `GROWTH: a file of ${size} MiB needs ${fixed(needed, 0)} MiB in ${folder}, and 1 GiB should stay free, but ` +
      `${fixed(free, 0)} MiB are free: set TMPDIR to another disk, or name smaller sizes (GROWTH=64,1024)`,
  );
}
