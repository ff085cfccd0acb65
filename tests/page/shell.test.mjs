/** What is around the data: the bar, the steps, adding, clearing and its way back, the tab's title, paper. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { samplePath } from '../js/samples.mjs';
import { address, openNewPage, openPage, pickFolders, saveZip, temporary, unzip } from './harness.mjs';

/** @import { Page } from 'playwright-core' */

const STRANGER = samplePath('keys/stranger-2048/pkcs8.pem');
const DETAILS = 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json';
const root = join(temporary, 'Contoso');
const drop = makeDrop(root);
for (let index = 0; index < 6; index += 1) drop.add(`Data/part-${index}.json`, jsonLines(2000));

/** @param {Page} page */
const ready = (page) => page.locator('.shell[data-phase=ready]').waitFor();
/** @param {Page} page */
const need = (page) => page.getByTestId('need').textContent();
/** @param {Page} page */
const steps = (page) => page.locator('.rail-step').evaluateAll((all) => all.map((one) => one.dataset.state));

/** @param {Page} page @param {...string} keys */
async function load(page, ...keys) {
  await page.getByTestId('add-folder').setInputFiles(root);
  for (const key of keys) await page.getByTestId('add-files').setInputFiles(key);
  await page.getByTestId('file-row').first().waitFor({ state: 'attached' });
  await ready(page);
}

/** What has the focus: its test id, or its class. @param {Page} page */
function focused(page) {
  return page.evaluate(() => {
    const active = /** @type {HTMLElement | null} */ (
      document.querySelector('mgdc-decrypt')?.shadowRoot?.activeElement ?? null
    );
    return active && (active.dataset.testid ?? active.className);
  });
}

/** @param {Page} page @param {string} selector @param {{ text?: string, files?: [string, string][] }} what */
function paste(page, selector, what) {
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

test('Clear all can be undone, with keys and files; what comes after it ends that', async (t) => {
  const page = await openPage(t);
  await load(page, KEY);
  await page.getByTestId('clear').click();
  await page.locator('.shell[data-phase=empty]').waitFor();
  assert.equal(await focused(page), 'undo');
  assert.equal(await page.getByTestId('file-row').count(), 0);
  await page.keyboard.press('Enter');
  await ready(page);
  assert.equal(Object.keys(unzip(await saveZip(page))).length, 6, 'it works as before');
  await page.locator('.shell[data-phase=ready]').waitFor();

  await page.getByTestId('clear').click();
  await page.getByTestId('undo').waitFor();
  await page.getByTestId('add-files').setInputFiles(STRANGER);
  await page.getByTestId('undo').waitFor({ state: 'hidden' });
  await page.getByTestId('clear').click();
  await page.getByTestId('undo').click();
  await page.getByTestId('key-row').waitFor();
  assert.equal(await page.getByTestId('file-row').count(), 0, 'only the last thing that was cleared comes back');

  await page.getByTestId('clear').click();
  await page.getByTestId('undo').waitFor();
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
  assert.ok(await page.getByTestId('undo').isHidden(), 'who leaves the page leaves no key behind');
});

test('Clear all of the side “Check a key” can be undone, too', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('check-key').click();
  await page.getByTestId('add-files').setInputFiles([KEY, STRANGER]);
  await page.getByTestId('service').first().waitFor();
  await page.getByTestId('clear').click();
  assert.equal(await page.getByTestId('check-item').count(), 0);
  await page.getByTestId('undo').click();
  await page.getByTestId('service').first().waitFor();
  assert.equal(await page.getByTestId('check-item').count(), 2);
  assert.ok(await page.getByTestId('undo').isHidden());
});

test('of two elements, what is pasted or dragged goes to one', async (t) => {
  const page = await openPage(t);
  await page.evaluate(() => document.body.append(document.createElement('mgdc-decrypt')));
  await paste(page, 'none', { text: readFileSync(KEY, 'utf8') });
  await page.getByTestId('key-row').first().waitFor();
  await page.waitForTimeout(300);
  assert.equal(await page.getByTestId('key-row').count(), 1);
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [KEY], dragOperationsMask: 1 };
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver']))
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 200, data });
  assert.equal(await page.locator('.overlay:popover-open').count(), 1);
});

test('ten seconds after Clear all there is nothing to undo', async (t) => {
  const page = await openPage(t);
  await page.clock.install();
  await load(page, KEY);
  await page.clock.pauseAt(Date.now() + 3_600_000); // else its own time goes on beside the one of the test
  await page.getByTestId('clear').click();
  await page.clock.runFor(9_500);
  assert.ok(await page.getByTestId('undo').isVisible());
  await page.clock.runFor(1_000);
  assert.ok(await page.getByTestId('undo').isHidden());
  assert.equal(await focused(page), 'add-folder');
  assert.match((await page.locator('.shell > [role=status]').textContent()) ?? '', /keys were wiped/);
});

test('dragging is seen wherever the page is scrolled to, and not after it has ended', async (t) => {
  const page = await openPage(t, { viewport: { width: 800, height: 500 } });
  await load(page, KEY);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [KEY], dragOperationsMask: 1 };
  const drag = (type) => session.send('Input.dispatchDragEvent', { type, x: 300, y: 200, data });
  const overlay = page.getByTestId('drag-overlay');
  await drag('dragEnter');
  await drag('dragOver');
  await overlay.waitFor();
  const box = await overlay.boundingBox();
  assert.deepEqual(box, { x: 0, y: 0, width: 800, height: 500 }, 'all of the window');
  await drag('dragCancel');
  await overlay.waitFor({ state: 'hidden' });
  await drag('dragEnter');
  await drag('dragOver');
  await overlay.waitFor();
  await drag('drop');
  await overlay.waitFor({ state: 'hidden' });
});

test('the paste box takes a key at once; files that were copied work, too', async (t) => {
  const page = await openPage(t);
  const pem = readFileSync(KEY, 'utf8');
  await page.getByTestId('paste-key').click();
  assert.equal(await focused(page), 'paste-text');
  await paste(page, '[data-testid=paste-text]', { text: pem });
  await page.locator('[data-testid=key-row][data-state=ready]').waitFor();
  assert.equal(await page.getByTestId('paste-text').inputValue(), '', 'the key does not stay in the field');
  await paste(page, 'none', {
    files: [
      ['encryptionKeyDetails.json', readFileSync(join(root, DETAILS), 'utf8')],
      ['note.txt', 'copied'],
    ],
  });
  await page.locator('[data-testid=file-row][data-path="note.txt"]').waitFor({ state: 'attached' });
  await page.locator('[data-testid=details-row][data-unlocked=true]').waitFor({ state: 'attached' });
});

test('the pasted address of a key goes to where Key Vault’s command is made', async (t) => {
  const page = await openPage(t);
  const address = 'https://contoso.vault.azure.net/keys/tenant/501bc4c9f66d877902c60ab27d226ed6';
  await paste(page, 'none', { text: address });
  await page.locator('.problems [data-testid=problem]').waitFor(); // there is nothing yet to make a command for
  await load(page);
  await paste(page, 'none', { text: ` ${address}\n` });
  await page.waitForFunction(
    () => document.querySelector('mgdc-decrypt').shadowRoot.querySelector('[data-testid=vault-key]').value === 'tenant',
  );
  assert.equal(await page.getByTestId('vault-name').inputValue(), 'contoso.vault.azure.net');
  assert.equal(await focused(page), 'vault-name');
});

test('what is typed into the paste box is taken by its button, and Escape closes it', async (t) => {
  const page = await openPage(t);
  await page.getByTestId('paste-key').click();
  await page.getByTestId('paste-text').fill(readFileSync(KEY, 'utf8'));
  await page.keyboard.press('Escape');
  assert.ok(await page.getByTestId('paste-text').isHidden());
  assert.equal(await focused(page), 'paste-key');
  await page.getByTestId('paste-key').click();
  assert.equal(await page.getByTestId('paste-text').inputValue(), '');
  await page.getByTestId('paste-text').fill(readFileSync(KEY, 'utf8'));
  await page.getByTestId('paste-add').click();
  await page.locator('[data-testid=key-row][data-state=ready]').waitFor();
});

test('the title of the tab tells how far it is, and how it ended', async (t) => {
  const page = await openPage(t);
  await pickFolders(page);
  const own = await page.title();
  assert.equal(own, 'Decrypt a Data Connect delivery');
  const big = join(temporary, 'big-title');
  await makeDrop(big).addBig('Data/part-00000.json', 40, jsonLines(4 << 20));
  await page.getByTestId('add-folder').setInputFiles(big);
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
  assert.equal(await link.count(), 0);
  await page.evaluate(() => document.querySelector('mgdc-decrypt')?.setAttribute('offline-copy', 'mgdc-decrypt.html'));
  assert.equal(await link.getAttribute('href'), 'mgdc-decrypt.html');
  assert.equal(await link.getAttribute('download'), '');
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
