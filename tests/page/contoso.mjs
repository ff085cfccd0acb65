/** A drop of six files and its key, for tests of what is around the data; and what a person does with it. */

import { join } from 'node:path';
import { jsonLines, makeDrop } from '../js/make-drop.mjs';
import { samplePath } from '../js/samples.mjs';
import { chooseFolder, temporary } from './harness.mjs';

/** @import { Page } from 'playwright-core' */

export const STRANGER = samplePath('keys/stranger-2048/pkcs8.pem');
export const DETAILS = 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json';
export const root = join(temporary, 'Contoso');
const drop = makeDrop(root);
for (let index = 0; index < 6; index += 1) drop.add(`Data/part-${index}.json`, jsonLines(2000));

/** @param {Page} page */
export const ready = (page) => page.locator('.shell[data-phase=ready]').waitFor();
/** @param {Page} page */
export const need = (page) => page.getByTestId('need').textContent();
/** @param {Page} page */
export const steps = (page) => page.locator('.rail-step').evaluateAll((all) => all.map((one) => one.dataset.state));

/** @param {Page} page @param {...string} keys */
export async function load(page, ...keys) {
  await chooseFolder(page, root);
  for (const key of keys) await page.getByTestId('add-files').setInputFiles(key);
  await page.getByTestId('file-row').first().waitFor({ state: 'attached' });
  await ready(page);
}

/** What has the focus: its test id, or its class. @param {Page} page */
export function focused(page) {
  return page.evaluate(() => {
    const active = /** @type {HTMLElement | null} */ (
      document.querySelector('mgdc-decrypt')?.shadowRoot?.activeElement ?? null
    );
    return active && (active.dataset.testid ?? active.className);
  });
}

/** @param {Page} page @param {string} selector @param {{ text?: string, files?: [string, string][] }} what */
export function paste(page, selector, what) {
  return page.evaluate(
    ({ place, text, files = [] }) => {
      const clipboardData = new DataTransfer();
      if (text) clipboardData.setData('text/plain', text);
      for (const [name, content] of files) clipboardData.items.add(new File([content], name));
      const shadow = document.querySelector('mgdc-decrypt')?.shadowRoot;
      const target = shadow?.querySelector(place) ?? document.body;
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true });
      target.dispatchEvent(event);
    },
    { place: selector, ...what },
  );
}
