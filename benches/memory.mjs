/**
 * P3: how much more memory the browser's whole process tree takes than with the idle page. Linux only: it reads /proc.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decryptIn, kindsOf, launch, openTab } from './browsers.mjs';
import { makeWork } from './data.mjs';

const SIZES = [64, 1024];
/** Shorter than the time between garbage collections. */
const SAMPLE_MS = 50;

/** Resolves to `[{ place, contender, size, peak }]`, both sizes in MiB. Each run has its own browser. */
export async function measureMemory(folder, address, places, say) {
  const found = [];
  for (const size of SIZES) {
    say(`memory: making ${size} MiB of JSON Lines`);
    const work = await makeWork(join(folder, `P3-${size}`), 1, size * 2 ** 20);
    for (const kind of kindsOf(places)) {
      for (const [contender, page] of [
        ['mgdc-decrypt', 'bench.html'],
        ['naive JS', 'naive.html'],
      ]) {
        const browser = await launch(kind, folder);
        if (!browser) continue;
        try {
          say(`memory: ${contender}, ${size} MiB, ${browser.name}`);
          const tab = await openTab(browser, `${address}/benches/${page}`, work);
          found.push({
            place: browser.name,
            contender,
            size,
            peak: await peakOver(browser.pid, () => decryptIn(tab, 'opfs')),
          });
        } finally {
          await browser.close();
        }
      }
    }
  }
  return found;
}

/** The peak of the browser's memory during `action`, over what it takes before, in MiB. */
export async function peakOver(pid, action) {
  await new Promise((resolve) => setTimeout(resolve, 3000)); // what a browser does after its start does not count
  const idle = pss(pid);
  let peak = idle;
  const timer = setInterval(() => (peak = Math.max(peak, pss(pid))), SAMPLE_MS);
  try {
    await action();
  } finally {
    clearInterval(timer);
  }
  return Math.max(peak, pss(pid)) - idle;
}

// In MiB. Proportional set size: in the sum over all processes, shared pages count once.
function pss(root) {
  const children = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = read(`/proc/${pid}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(pid)]);
  }
  const sum = (pid) => {
    const own = Number(read(`/proc/${pid}/smaps_rollup`).match(/^Pss:\s+(\d+)/m)?.[1] ?? 0);
    return (children.get(pid) ?? []).reduce((total, child) => total + sum(child), own);
  };
  return sum(root) / 1024;
}

// Empty if the process has ended meanwhile.
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
