/**
 * The page in a real browser, with helpers that do what a person does: Chromium, or for the tests of the tasks and of the
 * page as one file also Firefox or WebKit, with `MGDC_BROWSER=firefox` or `webkit`.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { answer } from '../../.ci/serve.mjs';
import { KEY } from '../js/make-drop.mjs';
import { giveFolders, launchFirefox, takeDownload } from './firefox.mjs';
import { isRecyclable, Recycled } from './recycled.mjs';
import { launchWebKit } from './webkit/browser.mjs';

const LAUNCHERS = { chromium: launchChromium, firefox: launchFirefox, webkit: launchWebKit };
export const browserName = /** @type {keyof typeof LAUNCHERS} */ (process.env.MGDC_BROWSER ?? 'chromium');
/** Chromium alone can be driven to drag files, choose folders and tell of a download: see firefox.mjs. */
export const isChromium = browserName === 'chromium';
export const temporary = mkdtempSync(join(tmpdir(), 'mgdc-page-'));
// As `make run` serves it, and a document without scripts and policy beside it.
const BLANK = '<!doctype html><link rel="icon" href="data:,"><input type="file" webkitdirectory>';
const server = createServer((request, response) => {
  if (request.url !== '/blank') return answer(request, response);
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(BLANK);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
export const address = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`;
const downloads = join(temporary, 'downloads');
export const browser = await LAUNCHERS[browserName](downloads);

function launchChromium() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      // A host that is not this computer, so that plain http:// is no secure context.
      '--host-resolver-rules=MAP insecure.test 127.0.0.1',
    ],
  });
}

after(async () => {
  await browser.close();
  server.close();
  rmSync(temporary, { recursive: true, force: true });
});

const used = new Recycled(newPage);

/**
 * Opens the page, which may be one that was used: see recycled.mjs. The test fails if a script fails, or if anything is
 * written to the console.
 */
export async function openPage(t, options = {}) {
  // Only Chromium's protocol can clear what a page stored.
  if (!isChromium || !isRecyclable(options)) return openNewPage(t, options);
  const { page, giveBack } = await used.take(options);
  t.after(async () => {
    await giveBack(`${address}blank`);
    complain(page);
  });
  await page.goto(address);
  await ready(page);
  return page;
}

/** The same in a context of its own, for what can be seen only there: the first load, and storage after a visit. */
export async function openNewPage(t, options = {}) {
  const page = await loadPage(options);
  t.after(async () => {
    await page.context().close();
    complain(page);
  });
  return page;
}

/**
 * An empty document with a picker of folders, for what the package does without the page; `requests` has the paths of
 * what it loads.
 */
export async function openBlank(t) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  /** @type {string[]} */
  const requests = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  await page.goto(`${address}blank`);
  return { page, requests };
}

/**
 * A page from the disk. `requests` has the addresses of what it asks for, as far as the driver tells: WebKit's does not.
 * @param {string} path
 */
export async function openFromDisk(t, path, options = {}) {
  const page = await newPage(options);
  t.after(() => page.context().close());
  /** @type {string[]} */
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(path).href);
  return Object.assign(page, { requests });
}

/** A page and what it complained of. @typedef {import('playwright-core').Page & { noise: string[] }} NoisyPage */
/** @type {NoisyPage | null} */
let shared = null;

/** One page for many tests, cleared before each, as a person does between two drops: loading takes a second of CPU. */
export async function sharedPage(t) {
  const page = (shared ??= await loadPage());
  t.after(() => complain(page));
  await page.evaluate(() => document.querySelector('mgdc-decrypt').clear());
  return page;
}

async function loadPage(options = {}) {
  const page = await newPage(options);
  await page.goto(address);
  await ready(page);
  return page;
}

async function newPage(options = {}) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = Object.assign(await context.newPage(), { noise: /** @type {string[]} */ ([]) });
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => page.noise.push(error.stack ?? error.message));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.noise.push(message.text()));
  return page;
}

/** Fails if the page wrote errors or warnings on the console, as far as the driver tells: WebKit's does not. */
export function complain({ noise }) {
  if (noise.length > 0) throw new Error(`the page complained:\n${noise.splice(0).join('\n')}`);
}

/** Waits until the page is loaded, sealed and painted: before that, dropped files land on nothing. */
export async function ready(page) {
  await page.waitForFunction(() => document.querySelector('#version').textContent !== '');
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** Clicks `decrypt-zip` and waits for the download; resolves to its path. */
export async function saveZip(page) {
  return (await saves(page, 'decrypt-zip')).path;
}

/**
 * Clicks and waits for the download: the path where it is now, and the name that was suggested.
 * @param {string | import('playwright-core').Locator} what a locator, or a test id
 */
export async function saves(page, what) {
  const path = join(temporary, `${Math.random().toString(36).slice(2)}.zip`);
  const button = typeof what === 'string' ? page.getByTestId(what) : what;
  if (!isChromium) {
    await button.click();
    return { path, ...(await takeDownload(downloads, path)) };
  }
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  await download.saveAs(path);
  return { path, name: download.suggestedFilename() };
}

/** Chooses a folder with the button for it, where the browser's driver can do that: not in Chromium 114. */
export function chooseFolder(page, root) {
  const isTaken = isChromium && Number.parseInt(browser.version(), 10) > 114;
  return isTaken ? page.getByTestId('add-folder').setInputFiles(root) : giveFolders(page, 'add-folder', [root]);
}

/** Waits until everything that was added is read and examined. */
export const settled = (page) => page.locator('.shell[data-phase=ready]').waitFor();

/** Unfolds the key step, which is one line when everything is unlocked. */
export async function unfoldKeys(page) {
  const fold = page.getByTestId('keys-fold');
  if ((await fold.isVisible()) && (await fold.getAttribute('aria-expanded')) === 'false') await fold.click();
}

/** Sets an option of the save bar: `resume`, `report-in-output` or `salvage`. */
export async function setOption(page, name, on = true) {
  await page.getByTestId('options').click();
  await page.getByTestId(name).setChecked(on);
  await page.keyboard.press('Escape');
}

/** The SHA-256 of every entry by name, read by Python, which checks each CRC. */
export function unzip(path) {
  const program = `
import hashlib, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
print(json.dumps({name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}))`;
  return JSON.parse(execFileSync('python3', ['-c', program, path], { maxBuffer: 1 << 28, encoding: 'utf8' }));
}

/** The data of every row: path, outcome, code. */
export function rows(page) {
  return page
    .getByTestId('file-row')
    .evaluateAll((nodes) => nodes.map(({ dataset: { path, outcome, code } }) => ({ path, outcome, code })));
}

/** Unfolds the rows of what is not saved: key details, litter, private keys. */
export async function unfoldLeftOut(page) {
  await page.locator('[data-kind=apart]').click();
}

/** Lets the page pick folders: OPFS stands in for the person's disk, because no dialog opens here. */
export async function pickFolders(page) {
  await page.addInitScript(() => {
    window.showDirectoryPicker = async () => {
      const root = await navigator.storage.getDirectory();
      return root.getDirectoryHandle('picked', { create: true });
    };
  });
  await page.reload();
  await ready(page);
}

/** A page that may write into a folder, with the drop in `root` and its key. */
export async function openForFolder(t, root) {
  const page = await openPage(t);
  await pickFolders(page);
  await page.getByTestId('add-folder').setInputFiles(root);
  await page.getByTestId('add-files').setInputFiles(KEY);
  return page;
}

/** The size of every file in the picked folder by path. */
export function pickedFiles(page) {
  return page.evaluate(async () => {
    const found = {};
    const walk = async (folder, prefix) => {
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind === 'directory') await walk(handle, `${prefix}${name}/`);
        else found[prefix + name] = (await handle.getFile()).size;
      }
    };
    const root = await navigator.storage.getDirectory();
    await walk(await root.getDirectoryHandle('picked', { create: true }), '');
    return found;
  });
}

/** Drops files and folders from the disk on the page, as a file manager does. */
export async function dropOn(page, paths, place = { x: 200, y: 200 }) {
  if (!isChromium) return giveFolders(page, 'drop', paths);
  await drag(page, paths, place, ['dragEnter', 'dragOver', 'drop']);
}

/**
 * The parts of a drag by themselves, only in Chromium.
 * @param {import('playwright-core').Page} page
 * @param {string[]} paths
 * @param {{ x: number, y: number }} place
 * @param {('dragEnter' | 'dragOver' | 'drop' | 'dragCancel')[]} types
 */
export async function drag(page, paths, place, types) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of types) await session.send('Input.dispatchDragEvent', { type, ...place, data });
}

export const read = (path) => readFileSync(path);
