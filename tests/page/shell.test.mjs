/** What is around the data: the bar, the steps, the tab's title, languages, themes, paper. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { samplePath } from '../js/samples.mjs';
import { focused, load, need, ready, root, STRANGER, steps } from './contoso.mjs';
import { address, chooseFolder, openNewPage, openPage, pickFolders, saveZip, temporary, unzip } from './harness.mjs';

/** @import { Page } from 'playwright-core' */

test('says that it cannot send data only once that is so, and explains it', async (t) => {
  const page = await openPage(t);
  const chip = page.getByTestId('offline');
  assert.ok(await chip.isVisible());
  await page.evaluate(() => {
    const element = /** @type {HTMLElementTagNameMap['mgdc-decrypt']} */ (document.querySelector('mgdc-decrypt'));
    element.sealed = false;
  });
  assert.ok(await chip.isHidden(), 'a page that is not sealed does not say so');
  assert.ok(await page.getByText('never leave this computer').isHidden());
  await page.getByTestId('help').click();
  assert.equal(await page.getByText('forbids fetch').isVisible(), false);
  await page.keyboard.press('Escape');
  await page.evaluate(() => {
    const element = /** @type {HTMLElementTagNameMap['mgdc-decrypt']} */ (document.querySelector('mgdc-decrypt'));
    element.sealed = true;
  });
  await chip.click();
  assert.equal(await focused(page), 'security');
  assert.ok(await page.getByText('forbids fetch').isVisible());
  assert.ok(await page.getByText('With WebRTC, a page can send any amount').isVisible(), 'and what no policy stops');
  await page.getByRole('button', { name: 'Close' }).click();
  assert.ok(await page.getByTestId('help-dialog').isHidden());
  assert.equal(await focused(page), 'offline', 'the focus comes back');
});

test('over plain http:// the page says what that means, and works', async (t) => {
  const page = await openPage(t);
  assert.ok(await page.getByTestId('insecure').isHidden(), 'this computer is secure');
  await page.goto(address.replace('127.0.0.1', 'insecure.test'));
  await page.getByTestId('insecure').waitFor();
  await page.getByTestId('sample').click();
  await ready(page);
  assert.ok(Object.keys(unzip(await saveZip(page))).length > 5);
});

test('a host that is not the page gets no bar, no title and no promise', async (t) => {
  const page = await openPage(t);
  await page.evaluate(() => {
    document.querySelector('mgdc-decrypt')?.remove();
    document.title = 'Portal';
    document.body.append(document.createElement('mgdc-decrypt'));
  });
  assert.equal(await page.getByRole('banner').count(), 0);
  assert.equal(await page.getByTestId('language').count(), 0);
  assert.equal(await page.getByText('never leave this computer').count(), 0);
  await load(page, KEY);
  await saveZip(page);
  assert.equal(await page.title(), 'Portal');
});

test('what a host adds before the element has its place is there afterwards', async (t) => {
  const page = await openPage(t);
  await page.evaluate(
    async (pem) => {
      document.querySelector('mgdc-decrypt').remove();
      const element = document.createElement('mgdc-decrypt');
      element.add([{ path: 'key.pem', blob: new Blob([pem]) }]);
      await new Promise((resolve) => setTimeout(resolve, 500));
      document.body.append(element);
    },
    readFileSync(KEY, 'utf8'),
  );
  await page.locator('[data-testid=key-row][data-state=ready]').waitFor();
});

test('the steps say the one thing that is needed now', async (t) => {
  const page = await openPage(t);
  assert.ok(await page.getByTestId('need').isHidden());
  await page.getByTestId('add-files').setInputFiles(STRANGER);
  await ready(page);
  assert.match((await need(page)) ?? '', /^Now add the delivery/);
  assert.deepEqual(await steps(page), ['now', 'later', 'later', 'later']);
  await load(page);
  assert.match((await need(page)) ?? '', /^Now add the right key/);
  assert.deepEqual(await steps(page), ['done', 'stuck', 'later', 'later']);
  await page.getByRole('button', { name: 'Remove pkcs8.pem' }).click();
  await ready(page);
  assert.match((await need(page)) ?? '', /^Now add the private key, or let Key Vault open/);
  assert.deepEqual(await steps(page), ['done', 'now', 'later', 'later']);
  await page.getByTestId('add-files').setInputFiles(samplePath('keys/contoso-2048/pfx-modern.pfx'));
  await page.getByTestId('password').waitFor();
  assert.equal(await need(page), 'Enter the password of pfx-modern.pfx.');
  await page.getByTestId('password').fill('Contoso-drop-1');
  await page.keyboard.press('Enter');
  await page.locator('[data-testid=details-row][data-unlocked=true]').waitFor({ state: 'attached' });
  await ready(page);
  assert.match((await need(page)) ?? '', /^Everything is unlocked/);
  assert.deepEqual(await steps(page), ['done', 'done', 'now', 'later']);
  assert.equal(await page.getByTestId('totals').textContent(), `6 files · ${await size(page)}`);
  await saveZip(page);
  await page.getByTestId('summary').waitFor();
  await ready(page);
  assert.match((await need(page)) ?? '', /^Saved/);
  assert.deepEqual(await steps(page), ['done', 'done', 'done', 'done']);
});

/** The size that the files on the disk have, in the page's own form. @param {Page} page */
function size(page) {
  const bytes = [0, 1, 2, 3, 4, 5].reduce(
    (sum, at) => sum + readFileSync(join(root, `Data/part-${at}.json`)).length,
    0,
  );
  return page.evaluate(
    (kilobytes) =>
      new Intl.NumberFormat('en', { style: 'unit', unit: 'kilobyte', maximumSignificantDigits: 3 }).format(kilobytes),
    bytes / 1000,
  );
}

test('without key details, the steps ask for them', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('add-files').setInputFiles(join(root, 'Data/part-0.json'));
  await page.getByTestId('file-row').waitFor({ state: 'attached' });
  await ready(page);
  assert.match((await need(page)) ?? '', /^Now add the missing file/);
});

test('the title of the tab tells how far it is, and how it ended', async (t) => {
  const page = await openPage(t);
  await pickFolders(page);
  const own = await page.title();
  assert.equal(own, 'Decrypt a Data Connect delivery');
  const big = join(temporary, 'big-title');
  await makeDrop(big).addBig('Data/part-00000.json', 40, jsonLines(4 << 20));
  await chooseFolder(page, big);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await ready(page);
  await page.evaluate(() => {
    const titles = (window.titles = []);
    new MutationObserver(() => titles.push(document.title)).observe(document.head, { subtree: true, childList: true });
  });
  await page.getByTestId('decrypt-folder').click();
  await page.locator('.shell[data-phase=running]').waitFor();
  await page.getByTestId('help').click();
  await page.keyboard.press('Escape');
  assert.ok(await page.getByTestId('help-dialog').isHidden(), 'Escape closes the help, and does not cancel the run');
  await page.getByTestId('summary').waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => document.title.startsWith('Done'));
  const titles = await page.evaluate(() => window.titles);
  assert.ok(
    titles.some((title) => /^\d+% · Decrypting – Decrypt a Data Connect delivery$/.test(title)),
    `${titles}`,
  );
  await page.getByTestId('clear').click();
  assert.equal(await page.title(), own);
});

test('the language can be chosen, keeps what was added and typed, and the focus', async (t) => {
  const page = await openPage(t);
  await load(page, KEY);
  const list = page.getByTestId('language');
  assert.deepEqual(await list.locator('option').allTextContents(), ['English', 'Deutsch', '简体中文']);
  await list.selectOption('de');
  assert.equal(await page.locator('.shell').getAttribute('lang'), 'de');
  assert.equal(await page.locator('html').getAttribute('lang'), 'de');
  assert.equal(await focused(page), 'language');
  assert.equal(await list.inputValue(), 'de');
  assert.match((await page.getByTestId('totals').textContent()) ?? '', /\d,\d/, 'German numbers');
  assert.equal(Object.keys(unzip(await saveZip(page))).length, 6);

  await page.getByTestId('check-key').click();
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.getByTestId('check-tenant').fill('3f2b8c1e-0000-4000-8000-000000000000');
  await page.getByTestId('check-tenant').blur();
  await page.getByTestId('service').first().waitFor();
  await list.selectOption('zh-Hans');
  assert.equal(await page.getByTestId('check-key').getAttribute('aria-selected'), 'true');
  assert.equal(await page.getByTestId('check-tenant').inputValue(), '3f2b8c1e-0000-4000-8000-000000000000');
  assert.equal(await page.getByTestId('service').count(), 4);
});

test('the theme can be chosen, for the element and the page around it', async (t) => {
  const page = await openPage(t, { colorScheme: 'light' });
  const color = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await color();
  await page.getByTestId('theme').click();
  assert.equal(await page.locator('mgdc-decrypt').getAttribute('theme'), 'dark');
  assert.notEqual(await color(), light);
  assert.equal(await page.getByTestId('theme').getAttribute('aria-label'), 'Use light colors');
  await page.getByTestId('theme').click();
  assert.equal(await color(), light);
});

for (const [what, attribute] of /** @type {const} */ ([
  ['an Arabic element', { lang: 'ar' }],
  ['a host from right to left', { dir: 'rtl' }],
])) {
  test(`${what} is mirrored, with each sentence in its own direction`, async (t) => {
    const page = await openPage(t);
    await page.evaluate(
      (set) => Object.assign(/** @type {object} */ (document.querySelector('mgdc-decrypt')), set),
      attribute,
    );
    await load(page, KEY);
    const at = async (name) => (await page.locator(`.rail-step[data-step=${name}]`).boundingBox())?.x ?? 0;
    assert.ok((await at('delivery')) > (await at('save')), 'the first step is at the right');
    const name = await page.locator('.line-name').boundingBox();
    const clear = await page.getByTestId('clear').boundingBox();
    assert.ok(name && clear && name.x > clear.x);
    // The full stop of an English sentence: behind its last letter.
    const stop = await page.getByTestId('need').evaluate((node) => {
      const words = /** @type {Text} */ (node.firstChild);
      const place = (from) => {
        const range = document.createRange();
        range.setStart(words, from);
        range.setEnd(words, from + 1);
        return range.getBoundingClientRect();
      };
      return place(words.length - 1).left - place(words.length - 2).left;
    });
    assert.ok(stop > 0, `${stop}`);
    assert.match(
      (await page.getByTestId('totals').textContent()) ?? '',
      /^6 files · [\d.]+ kB$/,
      'no words of two languages',
    );
  });
}

test('from the top of the page, one key press skips the bar', async (t) => {
  const page = await openPage(t);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('button', { name: 'Skip to the delivery' });
  assert.ok(await skip.evaluate((node) => node.matches(':focus-visible') && node.getBoundingClientRect().width > 50));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'add-folder');
});

test('offers the page in one file only where the host has it', async (t) => {
  const page = await openPage(t);
  const link = page.getByRole('link', { name: 'Download this page for offline use' });
  assert.equal(await link.getAttribute('href'), 'mgdc-decrypt.html');
  assert.equal(await link.getAttribute('download'), '');
  await page.evaluate(() => document.querySelector('mgdc-decrypt')?.removeAttribute('offline-copy'));
  assert.equal(await link.count(), 0);
});

test('“Check a key” and “Rehearse” lead to the other side, with what they need', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('welcome-rehearse').click();
  assert.equal(await page.getByTestId('check-key').getAttribute('aria-selected'), 'true');
  assert.match((await page.locator('.lead').textContent()) ?? '', /^Rehearse/);
  assert.equal(await focused(page), 'add-files');
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.getByTestId('service').first().waitFor();
  assert.equal(await focused(page), 'rehearse');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.equal(download.suggestedFilename(), 'rehearsal.zip');
  await page.getByTestId('clear').click();
  await page.getByTestId('decrypt-drop').click();
  await page.getByTestId('welcome-check').click();
  assert.match((await page.locator('.lead').textContent()) ?? '', /^See whether a service accepts/);
});

test('on paper are the result and the list, with no bar over them and no empty rows', async (t) => {
  const page = await openPage(t, { viewport: { width: 800, height: 500 } });
  await load(page, KEY);
  await saveZip(page);
  await page.getByTestId('summary').waitFor();
  await page.emulateMedia({ media: 'print' });
  for (const gone of ['.top-bar', '.actions', '.rail']) assert.ok(await page.locator(gone).isHidden(), gone);
  assert.ok(await page.getByTestId('summary').isVisible());
  const rows = await page.getByTestId('file-row').evaluateAll((all) =>
    all.map((row) => ({
      isShown: row.checkVisibility({ contentVisibilityAuto: true }),
      skips: getComputedStyle(row).contentVisibility,
    })),
  );
  assert.equal(rows.length, 6);
  for (const row of rows) assert.deepEqual(row, { isShown: true, skips: 'visible' });
});

test('nothing moves while the page starts', async (t) => {
  for (const width of [360, 1400]) {
    const page = await openNewPage(t, { viewport: { width, height: 800 } });
    await page.waitForTimeout(300);
    const moved = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const sum = (list) => list.getEntries().reduce((total, entry) => total + entry.value, 0);
          const observer = new PerformanceObserver((list) => resolve(sum(list)));
          observer.observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(0), 200);
        }),
    );
    assert.ok(moved < 0.001, `${width}: ${moved}`);
  }
});

test('nothing moves while files arrive: the line keeps its height', async (t) => {
  const page = await openPage(t);
  let arrive;
  await page.exposeFunction('arrived', () => new Promise((resolve) => (arrive = resolve)));
  await page.evaluate(() => {
    const element = /** @type {HTMLElementTagNameMap['mgdc-decrypt']} */ (document.querySelector('mgdc-decrypt'));
    const load = element.sample;
    element.sample = async () => {
      await window.arrived();
      return /** @type {NonNullable<typeof load>} */ (load)();
    };
  });
  await page.getByTestId('sample').click();
  await page.locator('.shell[data-phase=reading]').waitFor();
  const before = await page.locator('.intake').boundingBox();
  while (!arrive) await page.waitForTimeout(10);
  arrive();
  await ready(page);
  assert.deepEqual(await page.locator('.intake').boundingBox(), before);
});
