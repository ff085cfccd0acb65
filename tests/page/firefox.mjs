/**
 * Firefox as Debian has it, driven by Playwright over WebDriver BiDi, for the tests of the tasks. That driver can neither
 * pick a folder, nor drag, nor tell of a download of a blob. Where one of these is needed, the files are real ones that
 * Firefox opened, and the test gives them their places in the folder; the download is a file in the downloads folder.
 */

import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { firefox } from 'playwright-core';

/** @import { Page } from 'playwright-core' */

const PROGRAMS = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/**
 * @param {string} downloads the folder for what is saved
 */
export function launchFirefox(downloads) {
  mkdirSync(downloads, { recursive: true });
  return firefox.launch({
    // The stock Firefox: 'firefox' would be Playwright's own build, which no package registry has.
    channel: 'moz-firefox',
    executablePath: process.env.FIREFOX ?? PROGRAMS.find((path) => existsSync(path)),
    downloadsPath: downloads,
    // As Firefox is by itself; Playwright lets files read each other.
    firefoxUserPrefs: { 'security.fileuri.strict_origin_policy': true },
  });
}

/**
 * Chooses these folders and files with a file input, or drags them onto the page.
 * @param {Page} page
 * @param {string} how the test id of the input; `drop` for dragging
 * @param {string[]} paths
 */
export async function giveFolders(page, how, paths) {
  const files = paths.flatMap((path) =>
    statSync(path).isDirectory() ? filesIn(path).map((file) => [file, placeOf(path, file)]) : [[path, '']],
  );
  await page.evaluate(() => {
    document.querySelector('#opened')?.remove();
    document.body.append(
      Object.assign(document.createElement('input'), { id: 'opened', type: 'file', multiple: true }),
    );
  });
  await page.locator('#opened').setInputFiles(files.map(([file]) => file));
  await page.evaluate(
    ({ how, places }) => {
      const opened = /** @type {HTMLInputElement} */ (document.querySelector('#opened'));
      const transfer = new DataTransfer();
      [...(opened.files ?? [])].forEach((file, index) => {
        Object.defineProperty(file, 'webkitRelativePath', { value: places[index] });
        transfer.items.add(file);
      });
      opened.remove();
      if (how === 'drop') {
        // What a script puts together has no entries: the page then takes the files as they are.
        for (const item of transfer.items) Object.defineProperty(item, 'webkitGetAsEntry', { value: () => null });
        for (const type of ['dragenter', 'dragover', 'drop'])
          document.body.dispatchEvent(
            new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true, composed: true }),
          );
        return;
      }
      const root = document.querySelector('mgdc-decrypt')?.shadowRoot;
      const input = /** @type {HTMLInputElement} */ (root?.querySelector(`[data-testid=${how}]`));
      input.files = transfer.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    },
    { how, places: files.map(([, place]) => place) },
  );
}

/**
 * Resolves to the one file that was saved, once it is complete, and moves it to `path`: `{ name }`.
 * @param {string} downloads
 * @param {string} path
 */
export async function takeDownload(downloads, path) {
  let before = -1;
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const names = readdirSync(downloads);
    const isComplete = names.length > 0 && !names.some((name) => name.endsWith('.part'));
    const [name] = names;
    const size = isComplete ? statSync(join(downloads, name)).size : -1;
    // WebKit writes under the last name from the beginning, in pieces that follow each other at once.
    if (size > 0 && size === before) {
      renameSync(join(downloads, name), path);
      return { name };
    }
    before = size;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`nothing was saved into ${downloads}`);
}

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** @param {string} folder @param {string} file */
const placeOf = (folder, file) => join(basename(folder), relative(folder, file)).replaceAll('\\', '/');
