/** Two elements on one page: what a person drops, pastes or presses goes to one of them. */

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { KEY, makeDrop } from '../js/make-drop.mjs';
import { drag, dropOn, temporary } from './harness.mjs';
import { openHost } from './host-page.mjs';

const SIZE = { viewport: { width: 900, height: 1000 } };
const TWO = `<style>
    body { margin: 0; }
    mgdc-decrypt { block-size: 400px; overflow: auto; }
    #between { block-size: 100px; }
  </style>
  <mgdc-decrypt id="first"></mgdc-decrypt>
  <div id="between"><input type="file" multiple></div>
  <mgdc-decrypt id="second"></mgdc-decrypt>`;
const FIRST = { x: 300, y: 200 };
const BETWEEN = { x: 600, y: 450 };
const SECOND = { x: 300, y: 700 };

/** What each element holds. @param {import('playwright-core').Page} page */
async function phases(page) {
  return Promise.all(['first', 'second'].map((id) => page.locator(`#${id} .shell`).getAttribute('data-phase')));
}

/** The box of each element's overlay; `null` while it is not shown. @param {import('playwright-core').Page} page */
async function overlays(page) {
  return Promise.all(['first', 'second'].map((id) => page.locator(`#${id} [data-testid=drag-overlay]`).boundingBox()));
}

/** @param {import('playwright-core').Page} page @param {string} id */
const ready = (page, id) => page.locator(`#${id} .shell[data-phase=ready]`).waitFor();

test('a drop goes to the element under the pointer, which shows it while files are dragged', async (t) => {
  const page = await openHost(t, TWO, SIZE);
  await drag(page, [KEY], SECOND, ['dragEnter', 'dragOver']);
  assert.deepEqual(await overlays(page), [null, { x: 0, y: 500, width: 900, height: 400 }]);
  await drag(page, [KEY], FIRST, ['dragOver']);
  assert.deepEqual(await overlays(page), [{ x: 0, y: 0, width: 900, height: 400 }, null]);
  await drag(page, [KEY], SECOND, ['dragOver', 'drop']);
  await ready(page, 'second');
  assert.deepEqual(await phases(page), ['empty', 'ready']);
  assert.deepEqual(await overlays(page), [null, null]);
  await dropOn(page, [KEY], FIRST);
  await ready(page, 'first');
});

test('a drop between two elements goes to none, and the page stays', async (t) => {
  const page = await openHost(t, TWO, SIZE);
  await drag(page, [KEY], BETWEEN, ['dragEnter', 'dragOver']);
  assert.deepEqual(await overlays(page), [null, null]);
  await drag(page, [KEY], BETWEEN, ['drop']);
  await page.waitForTimeout(300);
  assert.deepEqual(await phases(page), ['empty', 'empty']);
  assert.ok(page.url().endsWith('/host'));
});

test("a drop on a file input of the page is the page's", async (t) => {
  const page = await openHost(t, TWO, SIZE);
  await dropOn(page, [KEY], { x: 60, y: 410 });
  await page.waitForFunction(() => document.querySelector('input').files?.length === 1);
  assert.deepEqual(await phases(page), ['empty', 'empty']);
});

test('a drop elsewhere goes to the only element, or the only one that is shown', async (t) => {
  const page = await openHost(t, TWO, SIZE);
  await page.evaluate(() => {
    document.querySelector('#first').style.display = 'none';
  });
  await dropOn(page, [KEY], { x: 600, y: 50 });
  await ready(page, 'second');
  await page.evaluate(() => {
    document.querySelector('#second').remove();
    document.querySelector('#first').style.display = '';
  });
  await drag(page, [KEY], { x: 600, y: 450 }, ['dragEnter', 'dragOver']);
  const overlay = await page.locator('#first [data-testid=drag-overlay]').boundingBox();
  assert.deepEqual(overlay, { x: 0, y: 0, width: 900, height: 1000 }, 'the whole window');
  await drag(page, [KEY], { x: 600, y: 450 }, ['drop']);
  await ready(page, 'first');
});

test('a paste goes to the element with the focus, and else to the one under the pointer', async (t) => {
  const page = await openHost(t, TWO, SIZE);
  /** @param {string} selector */
  const paste = (selector) =>
    page.evaluate((where) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(['{}'], 'encryptionKeyDetails.json'));
      const [host, inner] = where.split(' ');
      const place = inner
        ? document.querySelector(host).shadowRoot?.querySelector(inner)
        : document.querySelector(host);
      place?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }),
      );
    }, selector);
  await paste('#second button');
  await ready(page, 'second');
  assert.deepEqual(await phases(page), ['empty', 'ready']);
  await page.mouse.move(BETWEEN.x, BETWEEN.y);
  await paste('body');
  await page.waitForTimeout(200);
  assert.deepEqual(await phases(page), ['empty', 'ready'], 'it is for neither');
  await page.mouse.move(FIRST.x, FIRST.y);
  await paste('body');
  await ready(page, 'first');
});

test('Escape cancels the run of the element with the focus, and no other', async (t) => {
  const root = join(temporary, 'several');
  // Over 64 MiB when encrypted, too: a smaller ZIP is built in memory, and its run ends.
  await makeDrop(root).addBig('Data/part-00000.bin', 70, randomBytes(1 << 20));
  const page = await openHost(t, TWO, SIZE);
  await page.evaluate(() => {
    // A disk that takes half a second for each piece, so that the runs take half a minute.
    const write = () => new Promise((resolve) => setTimeout(resolve, 500));
    const slow = { write, close: async () => {}, abort: async () => {} };
    Object.assign(window, { showSaveFilePicker: async () => ({ name: 'x', createWritable: async () => slow }) });
  });
  for (const id of ['first', 'second']) {
    await page.locator(`#${id}`).getByTestId('add-folder').setInputFiles(root);
    await page.locator(`#${id}`).getByTestId('add-files').setInputFiles(KEY);
    // Ready it is without the key, too: then only the metadata would be saved, at once.
    await page.locator(`#${id}`).getByText('1 key · everything is unlocked').waitFor();
    await ready(page, id);
    await page.locator(`#${id}`).getByTestId('decrypt-zip').click();
    await page.locator(`#${id} .shell[data-phase=running]`).waitFor();
  }
  assert.deepEqual(await phases(page), ['running', 'running']);
  await page.locator('#first').getByTestId('cancel').focus();
  await page.keyboard.press('Escape');
  await page.locator('#first').getByTestId('summary').waitFor();
  assert.deepEqual(await phases(page), ['ready', 'running']);
});
