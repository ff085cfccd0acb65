/**
 * Takes a picture of every state of the page, in every width and theme, into screenshots/: for comparing a change with
 * what was there before. `make screenshots ONLY=empty,done` takes some.
 */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { states } from '../tests/page/states.mjs';
import { serve } from './serve.mjs';

/** Widths and heights of windows: a phone, a tablet, a small laptop without the browser's own bars, a desk. */
const WINDOWS = [
  [360, 740],
  [800, 900],
  [1366, 657],
  [1400, 900],
];
const OUT = 'screenshots';

const only = (process.argv[2] ?? '').split(',').filter(Boolean);
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-screenshots-'));
const server = await serve(0);
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
mkdirSync(OUT, { recursive: true });
let taken = 0;
try {
  for (const [name, reach] of Object.entries(states(temporary))) {
    if (only.length > 0 && !only.includes(name)) continue;
    const context = await browser.newContext({ acceptDownloads: true, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction(() => document.querySelector('#version')?.textContent !== '');
    await reach(page);
    for (const [width, height] of WINDOWS) {
      await page.setViewportSize({ width, height });
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(OUT, `${name}-${width}-${colorScheme}.png`) });
        taken += 1;
      }
    }
    await context.close();
  }
} finally {
  await browser.close();
  server.close();
  rmSync(temporary, { recursive: true, force: true });
}
console.log(`${taken} pictures are in ${OUT}/`);
