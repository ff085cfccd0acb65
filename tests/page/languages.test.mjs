/** Languages of the element: several on one page, a host's own texts, and what is set before the element is defined. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { cases, pathOf } from '../readiness/expected.mjs';
import { address, browser, chooseFolder, openNewPage, openPage, saveZip, settled, temporary } from './harness.mjs';

/** @import { Page } from 'playwright-core' */

/** A host's page, which has not loaded the element. @param {import('node:test').TestContext} t @param {string} body */
async function hostPage(t, body) {
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const noise = /** @type {string[]} */ ([]);
  page.on('pageerror', (error) => noise.push(error.stack ?? error.message));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && noise.push(message.text()));
  t.after(() => context.close());
  await page.route(`${address}host.html`, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><html lang="en"><title>Host</title>${body}` }),
  );
  await page.goto(`${address}host.html`);
  return { page, noise };
}

/** Loads the element, and the side that checks keys. @param {Page} page @param {string} [path] of a second script */
const define = (page, path = '/pkg/element.js') => page.evaluate(async (from) => void (await import(from)), path);

/** What an element shows. @param {Page} page @param {string} id */
const shown = (page, id) => page.locator(`#${id} .shell`).innerText();

const ADD = /** @type {const} */ ({
  en: 'Choose files or a ZIP',
  de: 'Dateien oder ZIP auswählen',
  zh: '选择文件或 ZIP',
});

test('two elements of a page each keep their language, whatever happens in the other', async (t) => {
  const { page, noise } = await hostPage(
    t,
    '<mgdc-decrypt id="a" lang="de"></mgdc-decrypt><mgdc-decrypt id="b" lang="zh-CN"></mgdc-decrypt>',
  );
  await define(page);
  await page.locator('#a').getByText(ADD.de).waitFor();
  await page.locator('#b').getByText(ADD.zh).waitFor();
  const put = (id) =>
    page.locator(`#${id}`).evaluate((element, name) => {
      const blob = new Blob([new Uint8Array(1500)]);
      /** @type {any} */ (element).add([{ path: `drop/${name}.json`, blob }]);
    }, id);
  for (const id of ['a', 'b', 'a']) {
    await put(id);
    await page.locator(`#${id}`).getByTestId('totals').waitFor();
  }
  // Until the files are read, it says that they are being read.
  const totals = (id, text) => page.locator(`#${id}`).getByTestId('totals').filter({ hasText: text }).waitFor();
  await totals('a', /^1 Datei|^2 Dateien/);
  await totals('b', /^1 个文件/);
  // What is made on a click.
  await page.locator('#b').getByTestId('clear').click();
  await page.locator('#b').getByText('已全部清除').first().waitFor();
  await page.locator('#a').getByTestId('clear').click();
  await page.locator('#a').getByText('Alles wurde entfernt').first().waitFor();
  assert.doesNotMatch(await shown(page, 'a'), /\p{Script=Han}/u);
  assert.doesNotMatch(await shown(page, 'b'), /wurde|Datei|Choose|Drag/);
  assert.deepEqual(noise, []);
});

test('what a host set before the element was defined is taken', async (t) => {
  const { page, noise } = await hostPage(t, '<mgdc-decrypt id="a"></mgdc-decrypt>');
  await page.evaluate(() => {
    const element = /** @type {any} */ (document.querySelector('#a'));
    element.lang = 'de';
    element.unwrap = () => new Uint8Array(0);
    element.texts = { welcome: { addFiles: 'Paket öffnen' } };
    element.sample = async () => [];
    element.sealed = true;
    element.note = 'the host’s own';
  });
  await define(page);
  await page.locator('#a').getByText('Paket öffnen').waitFor();
  assert.ok(await page.locator('#a').getByText('Beispiel ausprobieren').isVisible());
  const kept = await page.evaluate(() => {
    const element = /** @type {any} */ (document.querySelector('#a'));
    const { unwrap, texts, sample, sealed, note } = element;
    return {
      kinds: [typeof unwrap, typeof sample, sealed, note, texts.welcome.addFiles],
      hidden: ['unwrap', 'texts', 'sample', 'sealed', 'checker'].filter((name) => Object.hasOwn(element, name)),
    };
  });
  assert.deepEqual(kept, { kinds: ['function', 'function', true, 'the host’s own', 'Paket öffnen'], hidden: [] });
  assert.deepEqual(noise, []);
});

test('a host’s texts are shown, and wrong ones are named once and break nothing', async (t) => {
  const { page, noise } = await hostPage(t, '<mgdc-decrypt id="a" lang="en"></mgdc-decrypt>');
  await define(page);
  await page.evaluate(async () => {
    const element = /** @type {any} */ (document.querySelector('#a'));
    element.texts = {
      welcome: { title: 'Open what Contoso sent you.', target: 7, tittle: 'x' },
      check: { intake: { target: 'Bring a key.', targt: 'x' } },
      bar: { check: 'Test a key' },
    };
    // @ts-expect-error: an address of the server
    const { keyChecker } = await import('/pkg/check-element.js');
    element.checker = keyChecker();
  });
  await page.locator('#a').getByText('Open what Contoso sent you.').waitFor();
  assert.ok(await page.locator('#a').getByText('Drag the delivery folder and its private key here.').isVisible());
  await page.getByRole('tab', { name: 'Test a key' }).click();
  await page.locator('#a').getByText('Bring a key.').waitFor();
  await page.evaluate(() => document.querySelector('#a')?.setAttribute('lang', 'de'));
  await page.locator('#a').getByText('Bring a key.').waitFor();
  await page.getByText('Dateien auswählen').first().waitFor();
  assert.deepEqual(noise, [
    'mgdc-decrypt: these texts are left out:\nwelcome.target: expected a text, found number\nwelcome.tittle: there is no such text',
    'mgdc-decrypt: these texts are left out:\ncheck.intake.targt: there is no such text',
  ]);
  await page.evaluate(() => Object.assign(/** @type {any} */ (document.querySelector('#a')), { texts: null }));
  await page.getByText('Ziehen Sie die Beschreibung eines Schlüssels hierher.').waitFor();
});

test('a language that cannot be loaded leaves the element in English, and is told', async (t) => {
  const { page, noise } = await hostPage(t, '<mgdc-decrypt id="a" lang="de"></mgdc-decrypt>');
  await page.route('**/words/de.js', (route) => route.abort());
  await define(page);
  await page.locator('#a').getByText(ADD.en).waitFor();
  assert.equal(await page.locator('#a .shell').getAttribute('lang'), 'en');
  assert.ok(
    noise.some((line) => /the language de cannot be loaded/.test(line)),
    noise.join('\n'),
  );
});

test('the page has every language when its network is closed and gone', async (t) => {
  const page = await openNewPage(t);
  await page.waitForFunction(() => performance.getEntriesByType('resource').length >= 12);
  await page.context().setOffline(true);
  await page.getByTestId('check-key').click();
  await page.getByTestId('language').selectOption('zh-Hans');
  await page.getByText('将密钥的描述拖到此处。').waitFor();
  await page.getByTestId('language').selectOption('de');
  await page.getByText('Ziehen Sie die Beschreibung eines Schlüssels hierher.').waitFor();
});

for (const [locale, title, exact] of /** @type {[string, string, RegExp][]} */ ([
  ['de-DE', 'Technische Details', /Der Schlüssel hat genau 2048 Bit\./],
  ['zh-CN', '技术详细信息', /密钥正好为 2048 位。/],
])) {
  test(`${locale}: findings are said in the language, with the core’s sentence folded`, async (t) => {
    const page = await openPage(t, { locale });
    await page.getByTestId('check-key').click();
    const bad = /** @type {Record<string, any>} */ (
      cases.find(({ id, expected }) => expected?.mgdc?.M2 === 'fail' && !id.includes('uri'))
    );
    await page.getByTestId('add-files').setInputFiles(bad.files.map(pathOf));
    const finding = page.locator('[data-service=mgdc] [data-rule=M2]');
    await finding.waitFor();
    assert.match(await finding.innerText(), exact);
    const english = finding.locator('[lang=en]');
    assert.ok(await english.isHidden());
    await finding.getByText(title).click();
    assert.match(await english.innerText(), /^The key (has|is) /);
    // Of what is not folded only names, commands and the titles of documents are English.
    const words = await page
      .locator('.check-side .finding')
      .evaluateAll((all) =>
        all.flatMap((node) =>
          [...node.querySelectorAll(':scope > h3, :scope > p:not(.source)')].map((one) => one.textContent ?? ''),
        ),
      );
    assert.ok(words.length > 60);
    assert.deepEqual(
      words.filter((one) => /\b(the|is|key's|not)\b/.test(one)),
      [],
    );
  });
}

test('the report is shown and copied in the language of the page; HTML and JSON stay English', async (t) => {
  const root = join(temporary, 'Bericht');
  const drop = makeDrop(root);
  drop.add('Data_v1/part-0.json', jsonLines(50));
  drop.addRaw('Data_v1/bad.json.gz', Buffer.concat([Buffer.from([31, 139, 8, 0]), Buffer.alloc(60, 1)]));
  drop.addClear('Thumbs.db', Buffer.alloc(100, 0xd0));
  const page = await openPage(t, { locale: 'de-DE', permissions: ['clipboard-read', 'clipboard-write'] });
  await chooseFolder(page, root);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await settled(page);
  await saveZip(page);
  await page.getByTestId('report').click();
  const report = page.locator('.report');
  await report.getByText('Bericht von mgdc-decrypt').waitFor();
  assert.equal(await report.locator('[lang=en]').count(), 0);
  const heads = await report.locator('h4, th').allTextContents();
  assert.deepEqual(
    heads.filter((one) => /\b(the|of|and|Files?|Written|Left|Failed|Decrypted|Outcome)\b/.test(one)),
    [],
  );
  const reasons = await report.locator('tbody tr').filter({ hasText: 'ERR_' }).allTextContents();
  assert.equal(reasons.length, 2);
  for (const reason of reasons) assert.match(reason, /Datei/);
  await page.getByTestId('report-copy').click();
  await report.getByText('Kopiert.').waitFor();
  assert.match(
    await page.evaluate(() => navigator.clipboard.readText()),
    /^# Bericht von mgdc-decrypt\n\nDer Durchlauf/,
  );
  for (const [id, words] of /** @type {const} */ ([
    ['report-html', /<html lang="en"[\s\S]*<h1>Report of mgdc-decrypt/],
    ['report-json', /"schema": "mgdc-decrypt-report\/1"/],
  ])) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(id).click()]);
    const text = readFileSync(await download.path(), 'utf8');
    assert.match(text, words);
    assert.doesNotMatch(text, /Datei\b/);
  }
});
