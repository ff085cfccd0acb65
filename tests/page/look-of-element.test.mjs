/** What a portal decides of the element's look: colours, properties, parts and slots. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLines, KEY, makeDrop } from '../js/make-drop.mjs';
import { chooseFolder, saveZip, temporary } from './harness.mjs';
import { openHost } from './host-page.mjs';

const LIGHT = 'rgb(26, 32, 41)';
const DARK = 'rgb(229, 233, 239)';

/** @param {import('playwright-core').Page} page @param {string} selector */
const colorOf = (page, selector, property = 'color') =>
  page.locator(selector).evaluate((node, name) => getComputedStyle(node).getPropertyValue(name), property);

test('the colours are those of the place, unless the attribute says otherwise', async (t) => {
  const page = await openHost(t, '<div id="place"><mgdc-decrypt></mgdc-decrypt></div>', { colorScheme: 'dark' });
  /** @type {[colorScheme: string, theme: string | null, system: 'light' | 'dark', color: string][]} */
  const cases = [
    ['only light', null, 'dark', LIGHT],
    ['only light', 'auto', 'dark', LIGHT],
    ['only light', 'dark', 'dark', DARK],
    ['', null, 'dark', LIGHT], // such a page is white
    ['light dark', null, 'dark', DARK],
    ['light dark', 'auto', 'dark', DARK],
    ['light dark', 'light', 'dark', LIGHT],
    ['light dark', null, 'light', LIGHT],
    ['only dark', null, 'light', DARK],
    ['dark', 'light', 'light', LIGHT],
  ];
  for (const [colorScheme, theme, system, color] of cases) {
    await page.emulateMedia({ colorScheme: system });
    await page.evaluate(
      ([scheme, wanted]) => {
        document.querySelector('#place').style.colorScheme = scheme ?? '';
        const element = document.querySelector('mgdc-decrypt');
        if (wanted === null) element.removeAttribute('theme');
        else element.setAttribute('theme', wanted ?? '');
      },
      [colorScheme, theme],
    );
    const name = `${colorScheme}, theme ${theme}, system ${system}`;
    assert.equal(await colorOf(page, 'mgdc-decrypt'), color, name);
    assert.equal(await colorOf(page, 'mgdc-decrypt .target'), color, name);
  }
});

test('colours that the attribute forces have their own background, for the text outside of cards', async (t) => {
  const page = await openHost(
    t,
    `<style>:root { color-scheme: only light; color: #222; }</style>
    <mgdc-decrypt><h1 slot="intro">Deliveries</h1></mgdc-decrypt>`,
    { colorScheme: 'dark' },
  );
  /** @type {[theme: string | null, standalone: boolean, text: string, background: string, padding: string][]} */
  const cases = [
    [null, false, LIGHT, 'rgba(0, 0, 0, 0)', '0px'],
    ['auto', false, LIGHT, 'rgba(0, 0, 0, 0)', '0px'],
    ['dark', false, DARK, 'rgb(18, 23, 29)', '16px'],
    ['light', false, LIGHT, 'rgb(243, 245, 248)', '16px'],
    ['dark', true, DARK, 'rgb(18, 23, 29)', '0px'],
  ];
  for (const [theme, standalone, ...expected] of cases) {
    await page.evaluate(
      ([wanted, whole]) => {
        const element = /** @type {HTMLElement} */ (document.querySelector('mgdc-decrypt'));
        element.toggleAttribute('standalone', whole);
        if (wanted === null) element.removeAttribute('theme');
        else element.setAttribute('theme', wanted);
      },
      /** @type {const} */ ([theme, standalone]),
    );
    const found = [
      await colorOf(page, '[slot=intro]'),
      await colorOf(page, 'mgdc-decrypt', 'background-color'),
      await colorOf(page, 'mgdc-decrypt', 'padding-top'),
    ];
    assert.deepEqual(found, expected, `theme ${theme}${standalone ? ', standalone' : ''}`);
  }
});

test("the bar's button offers the other colours of the place", async (t) => {
  const page = await openHost(
    t,
    '<style>:root { color-scheme: only light; }</style><mgdc-decrypt standalone></mgdc-decrypt>',
    { colorScheme: 'dark' },
  );
  await page.getByRole('button', { name: 'Use dark colors' }).click();
  assert.equal(await colorOf(page, 'mgdc-decrypt'), DARK);
  await page.getByRole('button', { name: 'Use light colors' }).click();
  assert.equal(await colorOf(page, 'mgdc-decrypt'), LIGHT);
});

test('properties and parts are styled from outside, each part where it is shown', async (t) => {
  const root = join(temporary, 'parts');
  const drop = makeDrop(root);
  drop.add('Data/part-00000.json', jsonLines(3000));
  drop.add('Data/part-00001.json', jsonLines(3000));
  const page = await openHost(
    t,
    `<style>
      #place { --mgdc-accent: rgb(120, 0, 120); --mgdc-control-radius: 0; }
      mgdc-decrypt::part(intake), mgdc-decrypt::part(save) { border-top-color: rgb(1, 2, 3); }
    </style>
    <div id="place"><mgdc-decrypt></mgdc-decrypt></div>`,
  );
  const parts = () =>
    page.evaluate(() =>
      [...document.querySelector('mgdc-decrypt').shadowRoot.querySelectorAll('[part]')].map((node) =>
        node.getAttribute('part'),
      ),
    );
  assert.deepEqual((await parts()).sort(), ['intake', 'overlay', 'problems', 'steps', 'welcome']);
  assert.equal(await colorOf(page, 'mgdc-decrypt .primary', 'background-color'), 'rgb(120, 0, 120)');
  assert.equal(await colorOf(page, 'mgdc-decrypt .primary', 'border-radius'), '0px');
  assert.equal(await colorOf(page, 'mgdc-decrypt .intake', 'border-top-color'), 'rgb(1, 2, 3)');
  await chooseFolder(page, root);
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.locator('.shell[data-phase=ready]').waitFor();
  await saveZip(page);
  assert.deepEqual((await parts()).sort(), [
    'files',
    'intake',
    'keys',
    'overlay',
    'preview',
    'problems',
    'result',
    'save',
    'steps',
    'welcome',
  ]);
  assert.equal(await colorOf(page, 'mgdc-decrypt .actions', 'border-top-color'), 'rgb(1, 2, 3)');
});

test('an introduction is seen until something is added, a footer always, other children never', async (t) => {
  const page = await openHost(
    t,
    `<mgdc-decrypt>
      <h1 slot="intro">Deliveries of Contoso</h1>
      <p>Loading</p>
      <p slot="footer">Help: extension 12</p>
    </mgdc-decrypt>`,
  );
  assert.ok(await page.getByText('Deliveries of Contoso').isVisible());
  assert.ok(await page.getByText('Help: extension 12').isVisible());
  assert.ok(await page.getByText('Loading').isHidden());
  const [intro, intake] = await Promise.all([page.locator('h1').boundingBox(), page.locator('.intake').boundingBox()]);
  assert.ok(intro && intake && intro.y + intro.height <= intake.y, 'it stands above');
  await page.evaluate(() => document.querySelector('mgdc-decrypt').setAttribute('lang', 'de'));
  await page.getByText('Ordner der Lieferung auswählen').first().waitFor();
  assert.ok(await page.getByText('Deliveries of Contoso').isVisible(), 'also in another language');
  await page.getByTestId('add-files').setInputFiles(KEY);
  await page.locator('.shell[data-phase=ready]').waitFor();
  assert.ok(await page.getByText('Deliveries of Contoso').isHidden());
  assert.ok(await page.getByText('Help: extension 12').isVisible());
});
