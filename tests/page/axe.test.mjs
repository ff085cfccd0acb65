/**
 * axe finds nothing in any state of the page: both themes, a phone and a desk, other languages, and right to left. It
 * sees names, roles, contrast and structure; what it cannot see (order, sense of the words) other tests look at.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPage, temporary } from './harness.mjs';
import { states } from './states.mjs';

/** @import { Page } from 'playwright-core' */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const all = states(join(temporary, 'states'));

const EVERYTHING = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * `rule: element` of everything that axe finds by rules or kinds of rules.
 * @param {Page} page
 * @param {string[]} [rules]
 * @returns {Promise<string[]>}
 */
async function violations(page, rules = EVERYTHING) {
  for (const frame of page.frames()) {
    const isThere = await frame.evaluate(() => 'axe' in window);
    if (!isThere) await frame.evaluate(axe);
  }
  return page.evaluate(async (runOnly) => {
    const { violations: found, passes } = await /** @type {any} */ (window).axe.run(document, { runOnly });
    if (passes.length < (runOnly.length === 1 ? 1 : 10)) throw new Error('axe has looked at nothing');
    return found.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ''}`));
  }, rules);
}

// A look takes 2 s of CPU. `make test CHECK=axe` looks at all of them, and so does CI every week; `make test` at those
// that together show every kind of thing.
const isAll = process.env.MGDC_AXE === 'all';
const WIDTHS = isAll ? [360, 1400] : [360];
const STATES = isAll ? Object.keys(all) : ['vault', 'wrong-password', 'preview', 'failed', 'check'];
const TRANSLATED = isAll ? ['empty', 'unlocked', 'failed', 'check', 'help'] : ['empty'];

for (const name of STATES) {
  test(`axe finds nothing: ${name}`, { timeout: 120_000 }, async (t) => {
    const page = await openPage(t, { reducedMotion: 'reduce' });
    await all[name](page);
    // Chromium complains of the download that the sandbox forbids, and of such a sandbox.
    if (name === 'portal-iframe') {
      const [sandbox, download, ...others] = page.noise.splice(0);
      assert.match(sandbox, /can escape its sandboxing/);
      assert.match(download, /Download is disallowed/);
      assert.deepEqual(others, []);
    }
    const found = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        // The other theme changes colours only.
        const rules = colorScheme === 'light' ? EVERYTHING : ['color-contrast'];
        found.push(...(await violations(page, rules)).map((one) => `${width} ${colorScheme} ${one}`));
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `nothing scrolls sideways at ${width}: ${wide}`);
    }
    assert.deepEqual([...new Set(found)], []);
  });
}

for (const lang of ['de', 'ar']) {
  test(`axe finds nothing in ${lang}`, { timeout: 120_000 }, async (t) => {
    for (const name of TRANSLATED) {
      const page = await openPage(t, { viewport: { width: 360, height: 800 } });
      await page.evaluate((tag) => {
        /** @type {HTMLElement} */ (document.querySelector('mgdc-decrypt')).lang = tag;
      }, lang);
      await all[name](page);
      assert.deepEqual(await violations(page), [], name);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 360, `${name}: nothing scrolls sideways: ${wide}`);
    }
  });
}

test('axe would find something: an image without words, and a text that is too pale', async (t) => {
  const page = await openPage(t);
  await page.evaluate(() => {
    const root = /** @type {ShadowRoot} */ (document.querySelector('mgdc-decrypt')?.shadowRoot);
    const image = document.createElement('img');
    const text = document.createElement('p');
    text.textContent = 'pale';
    text.attributeStyleMap.set('color', 'rgb(200 200 200)');
    root.querySelector('.main')?.append(image, text);
  });
  const rules = (await violations(page)).map((one) => one.split(':', 1)[0]);
  assert.deepEqual([...new Set(rules)].sort(), ['color-contrast', 'image-alt']);
});
