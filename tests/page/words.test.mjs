/** What the page says after a run and about errors: once, in the right place, with the right numbers. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { samplePath } from '../js/samples.mjs';
import { steps } from './contoso.mjs';
import {
  chooseFolder,
  openForFolder,
  openPage,
  pickFolders,
  read,
  rows,
  saveZip,
  setOption,
  temporary,
} from './harness.mjs';
import { states } from './states.mjs';

const STRANGER = samplePath('keys/stranger-2048/pkcs8.pem');
const root = join(temporary, 'words');
const drop = makeDrop(root);
for (let index = 0; index < 3; index += 1) drop.add(`Data/part-${index}.json`, jsonLines(2000));
drop.addClear('metadata/JobMetadata.json', '{}');
const DETAILS = 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json';
const { PublicKeyVersion: version } = JSON.parse(String(read(join(root, DETAILS)))).DecryptionKeyDetails;

async function add(page, ...files) {
  await chooseFolder(page, root);
  for (const file of files) await page.getByTestId('add-files').setInputFiles(file);
  await ready(page);
}

const ready = (page) => page.locator('.shell[data-phase=ready]').waitFor();
const figures = (page) =>
  page
    .locator('.figures > div')
    .evaluateAll((all) =>
      Object.fromEntries(all.map((one) => [one.querySelector('dt').textContent, one.querySelector('dd').textContent])),
    );
const bar = (page) => page.locator('.ways-state').textContent();

test('after a wrong key nothing is called decrypted, and the reason is said once', async (t) => {
  const page = await openPage(t);
  await add(page, STRANGER);
  const needed = new RegExp(`This key doesn’t match\\. Key version ${version.slice(0, 8)}… is needed\\.`);
  assert.match(await page.getByTestId('key-row').innerText(), needed);
  assert.match(await page.locator('.shell > [role=status]').innerText(), needed, 'it is announced');
  const words = await page.locator('mgdc-decrypt').evaluate((element) => {
    const root = element.shadowRoot;
    return [...(root?.querySelectorAll('.side *') ?? [])].filter(
      (node) =>
        node.childElementCount === 0 &&
        node.checkVisibility() &&
        /doesn’t match\.|no padding fits/.test(node.textContent),
    ).length;
  });
  assert.equal(words, 1);
  assert.ok(await page.getByText('no padding fits').isHidden());
  await page.getByText('Technical details').click();
  assert.ok(await page.getByText('no padding fits').isVisible());
  const rowWords = await page.locator('[data-testid=file-row] .words').allTextContents();
  assert.equal(rowWords.filter((one) => one === 'Locked').length, 3);

  assert.equal(await bar(page), '3 files are locked');
  assert.ok(await page.getByTestId('decrypt-zip').isHidden());
  assert.ok(await page.getByTestId('decrypt-folder').isHidden());
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('save-clear').click()]);
  assert.match(download.suggestedFilename(), /-clear-files\.zip$/);
  await page.getByTestId('summary').waitFor();
  assert.equal(await page.getByTestId('summary').locator('h2').innerText(), 'Done: 1 file saved as it is');
  assert.deepEqual(await figures(page), {
    Decrypted: '0',
    Copied: '1',
    Failed: '0',
    Written: '2 bytes',
  });
  assert.doesNotMatch(await page.getByTestId('summary').innerText(), /decrypted/);
  assert.equal(await bar(page), 'Done: 1 file saved as it is', 'the summary may be out of sight');
  assert.deepEqual(await steps(page), ['done', 'stuck', 'done', 'done'], 'the key is still missing');
  assert.ok(await page.getByText('Failed or locked (3)').isVisible());
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.locator('[data-testid=details-row][data-unlocked=true]').waitFor({ state: 'attached' });
  await ready(page);
  assert.match(await bar(page), /^4 files · /);
  assert.ok(await page.getByText('This key doesn’t match').isHidden(), 'a key that nothing needs is calm');
});

test('a run with one key of two names the version that is missing, and counts only data files as failed', async (t) => {
  const page = await openPage(t);
  await chooseFolder(page, samplePath('drops/node-rotation'));
  await page.getByTestId('add-files').setInputFiles(KEY);
  await ready(page);
  await saveZip(page);
  const failures = await page.getByTestId('failures').innerText();
  assert.match(failures, /2 files:\s+None of the keys here fits\./);
  assert.equal(failures.match(/Still without a key: 3793442aae3995cec2674897139a950f/g)?.length, 1);
  assert.equal((await figures(page)).Failed, '2');
  assert.equal(await page.getByTestId('try-again').count(), 0, 'the same key would fail again');
  assert.deepEqual(await steps(page), ['done', 'stuck', 'done', 'stuck']);
});

test('a second run that resumes has nothing to do, and says so', async (t) => {
  const page = await openPage(t);
  await pickFolders(page);
  await add(page, KEY);
  await setOption(page, 'resume');
  const heading = page.getByTestId('summary').locator('h2');
  await page.getByTestId('decrypt-folder').click();
  await heading.filter({ hasText: 'Done: 3 files decrypted' }).waitFor();
  await ready(page);
  assert.equal(await bar(page), 'Done: 3 files decrypted');
  assert.equal(await page.locator('.ways-rest').textContent(), '1 copied');
  await page.getByTestId('decrypt-folder').click();
  await heading.filter({ hasText: 'Nothing to do: all 4 files are already there' }).waitFor();
  const names = Object.keys(await figures(page));
  assert.equal(names[names.indexOf('Failed') + 1], 'Of these, already there');
  const said = 'Nothing to do: all 4 files are already there';
  assert.equal(await bar(page), said);
  assert.equal(await page.locator('.shell > [role=status]').textContent(), `${said}.`);
});

test('the error of a bad vault answer is shown once, below the answer', async (t) => {
  const page = await openPage(t);
  await add(page);
  const answer = page.getByTestId('vault-answer');
  await answer.fill('nonsense!');
  await page.getByTestId('vault').getByRole('alert').waitFor();
  assert.equal(await answer.getAttribute('aria-invalid'), 'true');
  await ready(page);
  const words = await page.locator('[data-testid=file-row] .words').allTextContents();
  assert.deepEqual(words.filter((one) => one.startsWith('Locked')).length, 3);
  assert.deepEqual(
    (await rows(page)).filter(({ outcome }) => outcome === 'failed'),
    [],
  );
  await answer.fill('');
  assert.ok(await page.getByTestId('vault').getByRole('alert').isHidden());
});

test('files that cannot be decrypted at all are not offered', async (t) => {
  const damaged = join(temporary, 'all-damaged');
  const all = makeDrop(damaged);
  all.addClear('Data/part-0.json', Buffer.alloc(17, 0xee));
  const page = await openPage(t);
  await chooseFolder(page, damaged);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.locator('[data-testid=file-row][data-code=ERR_CIPHERTEXT_LENGTH]').waitFor();
  await ready(page);
  assert.equal(await bar(page), 'Nothing here can be decrypted');
  assert.ok(await page.getByTestId('decrypt-zip').isDisabled());
});

test('a drop with nothing encrypted says so', async (t) => {
  const page = await openPage(t);
  const clear = ['a.txt', 'b.txt'].map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('clear') }));
  await page.getByTestId('add-files').setInputFiles(clear);
  await page.getByTestId('file-row').nth(1).waitFor();
  await ready(page);
  assert.equal(await bar(page), '2 files, nothing encrypted');
  assert.ok(await page.getByText('no key is needed').isVisible());
  assert.ok(await page.getByTestId('decrypt-zip').isHidden());
  assert.ok(await page.getByTestId('save-clear').isEnabled());
});

test('names on a small screen break after their dots, slashes, hyphens and underscores', async (t) => {
  const page = await openPage(t, { viewport: { width: 360, height: 740 } });
  const folder = join(temporary, 'words-names');
  const dataset = 'VivaInsightsDataset_Report_v1_Collaboration';
  const drop = makeDrop(folder);
  drop.addRaw(`${dataset}/part-00099.json`, Buffer.alloc(333, 5));
  drop.add('BasicDataSet_v0.Message_v1/part-00000.json', jsonLines(3000));
  await chooseFolder(page, folder);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await ready(page);
  // Below its dataset, a row has only the rest of the path. In a list of matches it has all of it.
  const name = page.locator(`[data-path$="${dataset}/part-00099.json"] .name`);
  assert.equal(await name.textContent(), 'part-00099.json');
  assert.deepEqual(await broken(page.locator(`[data-name="${dataset}"] .group-name`)), []);
  await saveZip(page);
  for (const place of ['.reasons .path', `.dataset-bars [data-name$="${dataset}"] .name`])
    assert.deepEqual(await broken(page.locator(place)), [], place);
  await page.getByTestId('find-file').fill('e'); // every path contains it
  await name.scrollIntoViewIfNeeded();
  assert.equal(await name.textContent(), `${dataset}/part-00099.json`);
  assert.deepEqual(await broken(name), []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.setViewportSize({ width: 680, height: 740 });
  const long = page.locator('[data-path$="encryptionKeyDetails.json"] .name');
  await long.scrollIntoViewIfNeeded();
  assert.ok(
    await long.evaluate((/** @type {HTMLElement} */ node) => node.offsetHeight > 0 && node.offsetHeight < 30),
    'elsewhere it has one line',
  );
});

/**
 * The pieces of a shown name that are in more than one line; the whole name if it is in one.
 * @param {import('playwright-core').Locator} name
 */
async function broken(name) {
  await name.scrollIntoViewIfNeeded();
  return name.evaluate((node) => {
    const lines = (/** @type {Node} */ of) => {
      const range = document.createRange();
      range.selectNodeContents(of);
      return new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom))).size;
    };
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const found = lines(node) > 1 ? [] : [node.textContent ?? ''];
    while (texts.nextNode()) if (lines(texts.currentNode) > 1) found.push(texts.currentNode.nodeValue ?? '');
    return found;
  });
}

test('where a name is cut, its end is seen, which tells datasets apart', async (t) => {
  const page = await openPage(t, { viewport: { width: 1100, height: 760 } });
  const folder = join(temporary, 'words-cut');
  const drop = makeDrop(folder);
  const names = ['CalendarView_v0', 'Message_v1', 'Message_v0'].map((end) => `BasicDataSet_v0.${end}`);
  for (const name of names) drop.add(`${name}/part-00000.json`, jsonLines(3000));
  await chooseFolder(page, folder);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await ready(page);
  for (const [width, place] of /** @type {const} */ ([
    [1100, '.group-name'],
    [500, '.part-name'],
  ])) {
    await page.setViewportSize({ width, height: 760 });
    const tails = page.locator(`${place} .tail`);
    const shown = await tails.evaluateAll((all) =>
      all.map((tail) => {
        const { right } = tail.getBoundingClientRect();
        const isWhole =
          tail.scrollWidth <= tail.clientWidth &&
          right <= (tail.closest('.bytes-part, .file-text')?.getBoundingClientRect().right ?? 0);
        return isWhole && tail.textContent;
      }),
    );
    for (const name of names)
      assert.ok(shown.includes(name.slice(name.indexOf('.') + 1)), `${place}: ${name}: ${shown}`);
  }
});

test('the speed and the time left are seen on a small screen, too', async (t) => {
  const page = await openPage(t, { viewport: { width: 360, height: 740 } });
  await states(join(temporary, 'words-busy')).busy(page);
  const words = page.locator('.progress-words').filter({ hasText: /MB\sa\ssecond\s· .+\sleft$/ });
  await words.waitFor();
  const isCut = await words.evaluate((node) => node.scrollWidth > node.clientWidth);
  assert.ok(!isCut, (await words.textContent()) ?? '');
});

test('if the browser refuses a folder, the page explains it', async (t) => {
  const page = await openPage(t);
  await add(page, KEY);
  await page.evaluate(() => {
    window.showDirectoryPicker = async () => {
      throw new DOMException('raw words', 'NotAllowedError');
    };
  });
  await page.getByTestId('decrypt-folder').click();
  const problem = page.getByRole('alert').filter({ hasText: 'The browser did not allow writing into that folder' });
  await problem.waitFor();
  assert.equal(await problem.getAttribute('data-code'), 'ERR_WRITE');
});

test('nothing is cleared by accident during a run', async (t) => {
  const long = join(temporary, 'words-long');
  await makeDrop(long).addBig('Data/big.json', 40, jsonLines(4 << 20));
  const page = await openForFolder(t, long);
  await page.getByTestId('decrypt-folder').click();
  await page.getByTestId('cancel').waitFor();
  assert.ok(await page.getByTestId('clear').isDisabled());
  await page.getByTestId('cancel').click();
  await ready(page);
  assert.ok(await page.getByTestId('clear').isEnabled());
  assert.equal(await page.getByText('because “Resume” was off').count(), 0, 'nothing was finished');
});

test('the sample goes when something real is added', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('sample').click();
  await page.getByTestId('file-row').first().waitFor();
  await ready(page);
  await add(page, KEY);
  await page.locator('[data-testid=file-row][data-path="Data/part-0.json"]').waitFor();
  assert.ok(await page.getByTestId('sample-note').isHidden());
  assert.equal(await page.getByTestId('file-row').count(), 4, 'key details are folded');
  assert.equal(await page.getByTestId('key-row').count(), 1);
});
