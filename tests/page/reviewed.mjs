/** A delivery for the step “Review”, and what a person does with it there. */

import { join } from 'node:path';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { chooseFolder, openPage, rows, temporary } from './harness.mjs';

export const root = join(temporary, 'review');
const made = makeDrop(root);
export const BIG = '9007199254740993123';
export const LONG = `${'long text '.repeat(40)}and its end`;
export const records = Array.from({ length: 250 }, (_, id) =>
  JSON.stringify({
    id,
    subject: `Message ${id}`,
    from: { name: 'ليلى', address: 'layla@contoso.example' },
    none: null,
  }),
);
made.add('BasicDataSet_v0.Message_v0/part-00000.json', records.join('\n'));
made.add('BasicDataSet_v0.Message_v0/part-00001.json', `{"big":${BIG},"long":${JSON.stringify(LONG)},"empty":""}\n`);
made.add('BasicDataSet_v0.User_v1/part-00000.json', jsonLines(30_000));
made.addClear('BasicDataSet_v0.User_v1/notes.txt', 'First line\nSecond line\n');
made.addClear('BasicDataSet_v0.Event_v0/broken.json', Buffer.alloc(4016, 0xee));
made.addClear('metadata/JobMetadata.json', '{"job":1}');

export const MESSAGES = ['BasicDataSet_v0.Message_v0/part-00000.json', 'BasicDataSet_v0.Message_v0/part-00001.json'];

/**
 * A page with that drop, and its key.
 * @param {import('node:test').TestContext} t
 * @param {{ key?: boolean, viewport?: { width: number, height: number } }} [options]
 */
export async function openReview(t, { key = true, ...options } = {}) {
  const page = await openPage(t, { viewport: { width: 1366, height: 900 }, ...options });
  await widen(page);
  await chooseFolder(page, root);
  if (key) await page.getByTestId('add-files').setInputFiles(KEY);
  await page.getByTestId('file-row').first().waitFor();
  await page.locator('.shell[data-phase=ready]').waitFor();
  return page;
}

/** Gives the element the width of the window, as portals do. */
function widen(page) {
  return page.evaluate(() => {
    /** @type {HTMLElement | null} */
    let node = document.querySelector('mgdc-decrypt');
    for (; node; node = node.parentElement) node.style.maxInlineSize = 'none';
  });
}

export const dataset = (page, name) => page.locator(`[data-testid=dataset][data-name="${name}"]`);
export const row = (page, path) => page.locator(`[data-testid=file-row][data-path="${path}"]`);
export const names = (page) =>
  page.getByTestId('dataset').evaluateAll((all) => all.map(({ dataset: { name } }) => name));
export const paths = async (page) => (await rows(page)).map(({ path }) => path);
export const chosen = (page) => page.getByTestId('chosen').textContent();

/** Path or name of the row that has the focus. */
export function focused(page) {
  return page.evaluate(() => {
    const { path, name } = document.querySelector('mgdc-decrypt').shadowRoot.activeElement?.dataset ?? {};
    return path ?? name ?? null;
  });
}

/** Chooses a file and waits until its preview is in the given state. */
export async function look(page, path, state = 'shown') {
  await row(page, path).click();
  await page.locator(`[data-testid=preview][data-path="${path}"][data-state=${state}]`).waitFor();
}
