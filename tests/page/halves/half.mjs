/**
 * The tests of the page in two processes, one for each core, instead of one for each file: 28 starts of a browser, of
 * Playwright, and first loads of the page take 2 s of CPU each.
 */

import { readdirSync, statSync } from 'node:fs';
import '../harness.mjs';

const folder = new URL('../', import.meta.url);
/** Files that `.ci/test` runs only when it is asked for them. */
const LATER = (process.env.MGDC_WITHOUT ?? '')
  .split('\n')
  .filter(Boolean)
  .map((pattern) => new RegExp(pattern));

/**
 * Defines the tests of every second file, beginning with the longest or the second one.
 * @param {0 | 1} which
 */
export async function half(which) {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.test.mjs') && !LATER.some((one) => one.test(`tests/page/${name}`)))
    .map((name) => ({ url: new URL(name, folder), name, size: statSync(new URL(name, folder)).size }))
    .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1))
    // By turns 0, 1, 1, 0: the longest two are not both in the first half's favour.
    .filter((_, index) => [0, 1, 1, 0][index % 4] === which);
  for (const { url } of files) await import(url.href);
}
