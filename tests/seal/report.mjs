/**
 * `make seal-report`: tries each way out of the sealed page, and the same way out of a bare page to see that it works
 * at all; writes docs/seal-report.md. A program and not a test: it takes half an hour, and a browser's new version may
 * change what it finds. ONLY=text tries only the ways whose name or group contains it, and prints instead of writing.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { groups } from './attempts/attempts.js';
import { openBrowser, tryOut } from './browser.mjs';
import { servePage } from './pages.mjs';
import { markdown } from './table.mjs';

const REPORT = fileURLToPath(new URL('../../docs/seal-report.md', import.meta.url));
const { ONLY = '' } = process.env;
const say = (text) => console.error(`${new Date().toTimeString().slice(0, 8)} ${text}`);

/** `[name, attempt, kind]`. @typedef {[name: string, attempt: unknown, kind?: string]} Way */
const ways = Object.entries(groups).flatMap(([group, list]) =>
  /** @type {Way[]} */ (/** @type {unknown} */ (list)).map(([name, , kind], index) => ({ group, index, name, kind })),
);
const wanted = ways.filter(({ group, name }) => `${group} ${name}`.includes(ONLY));
const folder = mkdtempSync(join(tmpdir(), 'mgdc-seal-'));
const pages = { sealed: await servePage(true), bare: await servePage(false) };
try {
  const kinds = { chrome: 'Chromium', firefox: 'Firefox' };
  const results = await Promise.all(Object.entries(kinds).map(([kind, title]) => tryAll(kind, title)));
  const text = markdown(wanted, results);
  if (ONLY) console.log(text);
  else {
    mkdirSync(join(REPORT, '..'), { recursive: true });
    writeFileSync(REPORT, text);
    say(`written: ${REPORT}`);
  }
} finally {
  for (const page of Object.values(pages)) page.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Resolves to `{ title, version, tries }`, a try being `{ bare, sealed }`. A missing browser has no `version`. */
async function tryAll(kind, title) {
  const browser = await openBrowser(kind, folder);
  if (!browser) {
    say(`${title} is not installed: the report says so`);
    return { title, version: null, tries: [] };
  }
  browser.bareOrigin = pages.bare.origin;
  const tries = [];
  try {
    for (const way of wanted) {
      const bare = await tryOften(browser, pages.bare, { ...way, sealed: false });
      const sealed = await tryOften(browser, pages.sealed, { ...way, sealed: true });
      tries.push({ bare, sealed });
      say(`${title}, ${tries.length} of ${wanted.length}: ${way.name}: ${told(bare)}; sealed ${told(sealed)}`);
    }
  } finally {
    await browser.close();
  }
  const names = browser.namesAsked();
  const judged = tries.map(({ bare, sealed }) => ({ bare: together(bare, names), sealed: together(sealed, names) }));
  return { title, version: browser.version, tries: judged };
}

/** Until something arrives, three times at most: that a host name was looked up was once missing in a browser's log. */
async function tryOften(browser, page, way) {
  const runs = [];
  do runs.push(await tryOut(browser, page, way));
  while (runs.length < 3 && !runs[0].absent && !runs.some(({ seen }) => Object.values(seen).some(Boolean)));
  return runs;
}

function together(runs, names) {
  const seen = { name: runs.some(({ token }) => names.includes(token)) };
  for (const run of runs) {
    run.close();
    for (const what of ['data', 'connection', 'packet']) seen[what] ||= run.seen[what];
  }
  return { seen, absent: runs[0].absent };
}

function told(runs) {
  const arrived = Object.keys(runs.at(-1).seen).filter((what) => runs.at(-1).seen[what]);
  return `${arrived.join(' and ') || 'nothing'} (${runs.at(-1).said})`;
}
