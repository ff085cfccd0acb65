/**
 * Real Chromium and real Firefox, driven by puppeteer. Not Playwright: its contexts are incognito, where OPFS is kept
 * in memory, and its Firefox is a special build.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { FILE_KEY } from './data.mjs';

/** @type {Record<string, { place: string, programs: (string | undefined)[], args: string[] }>} */
const KINDS = {
  chrome: {
    place: 'chromium',
    programs: [process.env.CHROMIUM, 'chromium', 'google-chrome'],
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-extensions',
      '--no-first-run',
    ],
  },
  firefox: { place: 'firefox', programs: [process.env.FIREFOX, 'firefox-esr', 'firefox'], args: [] },
};

/**
 * Launches the browsers that are installed, of those in `places`: `{ name, kind, newPage, pid, close }`.
 * @param {string} folder
 * @param {string[]} places `chromium`, `firefox`
 * @param {(text: string) => void} say
 */
export async function launchBrowsers(folder, places, say) {
  const browsers = [];
  for (const kind of kindsOf(places)) {
    const browser = await launch(kind, folder);
    if (browser) browsers.push(browser);
    else say(`no ${kind} here: its column is left out`);
  }
  return browsers;
}

/** The names that `launch` takes. @param {string[]} places */
export const kindsOf = (places) => Object.keys(KINDS).filter((kind) => places.includes(KINDS[kind].place));

/**
 * Resolves to `null` if the browser is not installed. It gets a new profile in `folder`; `more`: options of puppeteer.
 * @param {string} kind
 * @param {string} folder
 * @param {{ args?: string[], env?: NodeJS.ProcessEnv, extraPrefsFirefox?: object }} [more]
 */
export async function launch(kind, folder, { args = [], ...more } = {}) {
  const executablePath = KINDS[kind].programs.filter(Boolean).map(find).find(Boolean);
  if (!executablePath) return null;
  const browser = await puppeteer.launch({
    browser: kind,
    executablePath,
    ...more,
    args: [...KINDS[kind].args, ...args],
    userDataDir: mkdtempSync(join(folder, `${kind}-`)),
    protocolTimeout: 600_000,
  });
  const version = await browser.version(); // Chrome/156.0.8078.79 or firefox/153.7.0
  const name = `${kind === 'chrome' ? 'Chromium' : 'Firefox'} ${version.match(/\/(\d+)/)[1]}`;
  return {
    name,
    version,
    kind,
    newPage: () => browser.newPage(),
    pages: () => browser.pages(),
    pid: browser.process().pid,
    close: () => browser.close(),
  };
}

/**
 * Does one run in a new tab. Resolves to `{ ms, longestTask }`. @throws if the output has the wrong size or SHA-256
 */
export async function runInTab(browser, url, work, sink, check) {
  const page = await openTab(browser, url, work);
  try {
    const result = await decryptIn(page, sink);
    if (result.bytes !== work.bytes)
      throw new Error(`${browser.name}, ${url}: ${result.bytes} bytes instead of ${work.bytes}`);
    if (check) {
      const sha256 = await page.evaluate((sink) => globalThis.benchHash(sink), sink);
      if (sha256 !== work.sha256) throw new Error(`${browser.name}, ${url}: the SHA-256 of what was written is wrong`);
    }
    return result;
  } finally {
    // At once, so that the files are not still being written to the disk during the next run.
    await page.evaluate(() => globalThis.benchClean()).catch(() => {});
    await page.close();
  }
}

/**
 * The same in a new browser: after a run that holds whole files in memory, Firefox keeps 6.7 GB of them, and each later
 * run in it takes longer.
 */
export async function runInBrowser(kind, folder, ...run) {
  const browser = await launch(kind, folder);
  try {
    await new Promise((resolve) => setTimeout(resolve, SETTLING));
    return await runInTab(browser, ...run);
  } finally {
    await browser?.close();
  }
}

/** Milliseconds in which a new browser does what it always does when it starts. */
const SETTLING = 3000;

/** Everything that is done before the clock starts. */
export async function openTab(browser, url, { paths }) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`${browser.name}, ${url}:`, error));
  await page.goto(url);
  await page.waitForFunction(() => 'benchReady' in globalThis);
  await page.evaluate(() => globalThis.benchReady);
  const input = await page.$('input');
  await input.uploadFile(...paths);
  await new Promise((resolve) => setTimeout(resolve, 500));
  return page;
}

export function decryptIn(page, sink) {
  return page.evaluate(
    (sink, { key, iv }) => globalThis.benchFiles([...(document.querySelector('input').files ?? [])], key, iv, sink),
    sink,
    FILE_KEY,
  );
}

function find(program) {
  try {
    return execFileSync('which', [program], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}
