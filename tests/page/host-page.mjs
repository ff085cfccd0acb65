/** A page of somebody else's that has the element: for tests of what it does there. */

import { address, browser } from './harness.mjs';

/**
 * Opens a page with this HTML in its body, where the element is defined. The test fails if a script fails, or if
 * anything is written to the console.
 * @param {import('node:test').TestContext} t
 * @param {string} html
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function openHost(t, html, options = {}) {
  const context = await browser.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  /** @type {(string | undefined)[]} */
  const noise = [];
  page.on('pageerror', (error) => noise.push(error.stack));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && noise.push(message.text()));
  t.after(async () => {
    await context.close();
    if (noise.length > 0) throw new Error(`the page complained:\n${noise.join('\n')}`);
  });
  await page.route(`${address}host`, (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: documentOf(html) }),
  );
  await page.goto(`${address}host`);
  await page.locator('mgdc-decrypt .shell[data-phase]').first().waitFor({ state: 'attached' });
  return page;
}

/** @param {string} html */
function documentOf(html) {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>A portal</title>
    <link rel="icon" href="data:,"><meta name="viewport" content="width=device-width">
    <script type="module" src="pkg/element.js"></script>
    <body>${html}`;
}
