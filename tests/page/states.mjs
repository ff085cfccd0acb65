/**
 * Every state of the page that a person sees, each reached as a person reaches it, and the element in other people's
 * pages: for axe and for the screenshots.
 */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { samplePath } from '../js/samples.mjs';
import { portals } from './portals.mjs';

/** @import { Page } from 'playwright-core' */

const STRANGER = samplePath('keys/stranger-2048/pkcs8.pem');
const WITH_PASSWORD = samplePath('keys/contoso-2048/pfx-modern.pfx');
const MANY = 2000;

/**
 * The states by name: each brings a freshly loaded page there. Their files are written into `folder`.
 * @param {string} folder
 * @returns {Record<string, (page: Page) => Promise<void>>}
 */
export function states(folder) {
  const small = join(folder, 'Contoso-2026-06');
  const damaged = join(folder, 'Contoso-2026-07');
  mkdirSync(folder, { recursive: true });
  write(small, 14);
  write(damaged, 14).addRaw('BasicDataSet_v0.Message_v1/part-00099.json', Buffer.alloc(333, 5));

  return {
    empty: async () => {},
    paste: (page) => page.getByTestId('paste-key').click(),
    reading: async (page) => {
      await page.evaluate(() => {
        const element = /** @type {HTMLElementTagNameMap['mgdc-decrypt']} */ (document.querySelector('mgdc-decrypt'));
        element.sample = () => new Promise(() => {});
      });
      await page.getByTestId('sample').click();
      await page.locator('.shell[data-phase=reading]').waitFor();
    },
    locked: (page) => add(page, small),
    'wrong-key': (page) => add(page, small, STRANGER),
    password: (page) => add(page, small, WITH_PASSWORD),
    vault: async (page) => {
      await add(page, small);
      await page.getByTestId('vault-name').fill('https://contoso.vault.azure.net/keys/tenant');
    },
    unlocked: (page) => add(page, small, KEY),
    preview: async (page) => {
      await add(page, small, KEY);
      await page.getByTestId('file-row').nth(1).click();
    },
    busy: async (page) => {
      await add(page, await big(folder), KEY);
      await page.evaluate(() => {
        // A disk that takes the first pieces, and then nothing more. Only above 64 MiB the page writes straight to it.
        let room = 80;
        const write = () => (room-- > 0 ? Promise.resolve() : new Promise(() => {}));
        const slow = { write, close: async () => {}, abort: async () => {} };
        const file = { name: 'x', createWritable: async () => slow };
        Object.assign(window, { showSaveFilePicker: async () => file });
      });
      await page.getByTestId('decrypt-zip').click();
      await page.locator('.shell[data-phase=running]').waitFor();
      await page.waitForTimeout(1000);
    },
    done: async (page) => {
      await add(page, small, KEY);
      await save(page);
    },
    failed: async (page) => {
      await add(page, damaged, KEY);
      await save(page);
    },
    report: async (page) => {
      await add(page, small, KEY);
      await save(page);
      await page.getByTestId('report').click();
    },
    'key-details-missing': (page) => add(page, join(small, 'BasicDataSet_v0.User_v1'), KEY),
    'wrong-password': async (page) => {
      await add(page, small, WITH_PASSWORD);
      await page.getByTestId('password').fill('wrong');
      await page.getByTestId('password').press('Enter');
      await page.getByTestId('key-row').getByRole('alert').waitFor();
      await page.getByText('Technical details').click();
    },
    'keys-unfolded': async (page) => {
      await add(page, small, KEY);
      await page.getByTestId('keys-fold').click();
    },
    options: async (page) => {
      await add(page, small, KEY);
      await page.getByTestId('options').click();
    },
    convert: async (page) => {
      await add(page, small, KEY);
      await page.getByTestId('convert').click();
    },
    many: (page) => add(page, many(folder), KEY),
    cleared: async (page) => {
      await add(page, small, KEY);
      await page.getByTestId('clear').click();
    },
    check: async (page) => {
      await page.getByTestId('check-key').click();
      await page.getByTestId('add-files').setInputFiles(KEY);
      await page.getByTestId('service').first().waitFor();
    },
    'check-empty': (page) => page.getByTestId('check-key').click(),
    help: (page) => page.getByTestId('offline').click(),
    ...portals(small),
  };
}

/** @param {string} folder */
function many(folder) {
  const root = join(folder, 'Contoso-2026-08');
  const pieces = write(root, 0);
  for (let index = 0; index < MANY; index += 1)
    pieces.add(`BasicDataSet_v0.Message_v1/part-${String(index).padStart(5, '0')}.json`, '{"id":1}');
  return root;
}

/** @param {string} folder */
async function big(folder) {
  const root = join(folder, 'Contoso-2026-09');
  await write(root, 3).addBig('BasicDataSet_v0.Message_v1/part-00098.json', 190, jsonLines(1 << 20));
  return root;
}

/**
 * A small delivery of three datasets.
 * @param {string} folder
 * @param {number} files
 */
function write(folder, files) {
  const drop = makeDrop(folder);
  const sets = ['BasicDataSet_v0.Message_v1', 'BasicDataSet_v0.User_v1', 'BasicDataSet_v0.CalendarView_v0'];
  for (let index = 0; index < files; index += 1) {
    const path = `${sets[index % sets.length]}/part-${String(index).padStart(5, '0')}.json`;
    drop.add(path, jsonLines(3000 * (index + 1)));
  }
  drop.addClear('metadata/JobMetadata.json', '{"JobName":"invented"}');
  return drop;
}

/**
 * @param {Page} page
 * @param {string} folder
 * @param {...string} keys
 */
async function add(page, folder, ...keys) {
  await page.getByTestId('add-folder').setInputFiles(folder);
  for (const key of keys) await page.getByTestId('add-files').setInputFiles(key);
  // A dataset at least: among many files, all are folded.
  await page.locator('.file-row').first().waitFor({ state: 'attached' });
  for (const _ of keys) await page.getByTestId('key-row').first().waitFor({ state: 'attached' });
  await page.locator('.shell[data-phase=ready]').waitFor();
}

/** @param {Page} page */
async function save(page) {
  await Promise.all([page.waitForEvent('download'), page.getByTestId('decrypt-zip').click()]);
  await page.getByTestId('summary').waitFor();
  await page.locator('.shell[data-phase=ready]').waitFor();
}
