/** The element in pages of somebody else's: states as in states.mjs. They need no server: the pages are made here. */

import { KEY } from '../js/make-drop.mjs';

/** @import { FrameLocator, Page } from 'playwright-core' */

const LIGHT = `:root { color-scheme: only light; background: #faf7ff; color: #221a33; }
  header { background: #4b2a8c; color: #fff; }
  mgdc-decrypt { --mgdc-accent: #5b34a8; --mgdc-accent-strong: #45247f; --mgdc-accent-soft: #f1ebfc;
    --mgdc-radius: 2px; --mgdc-control-radius: 2px; }
  mgdc-decrypt::part(save) { border-radius: 0; }`;
const DARK = `:root { color-scheme: only dark; background: #0e1512; color: #dfe9e3; }
  header { background: #14241c; }
  mgdc-decrypt { --mgdc-accent: #62d6a0; --mgdc-accent-strong: #9aebc6; --mgdc-accent-soft: #14291f;
    --mgdc-on-accent: #04140c; --mgdc-surface: #14201a; --mgdc-sunken: #0e1512; --mgdc-line: #2b3d34; }`;
const WHITE = ':root { color-scheme: only light; background: #fff; color: #222; }';
const BLACK = ':root { color-scheme: only dark; background: #111; color: #eee; }';
const EITHER = ':root { color-scheme: light dark; background: Canvas; color: CanvasText; }';

/**
 * @param {string} styles
 * @param {string} content
 * @param {string} [attributes] of the document
 */
const portal = (styles, content, attributes = 'lang="en"') => `<!doctype html><html ${attributes}>
  <meta charset="utf-8"><title>Portal of Contoso</title><meta name="viewport" content="width=device-width">
  <link rel="icon" href="data:,"><script type="module" src="pkg/element.js"></script>
  <style>
    body { margin: 0; font: 1rem/1.5 Georgia, serif; }
    header { padding: 0.75rem 1.5rem; font-weight: bold; }
    main { max-inline-size: 70rem; margin: 0 auto; padding: 1.5rem clamp(0.75rem, 3vw, 1.5rem); }
    h1 { margin: 0; font-size: 1.5rem; }
    iframe { inline-size: 100%; block-size: 46rem; border: 1px solid #888; }
    ${styles}
  </style>
  <body><header>Contoso</header><main>${content}</main>`;

const ALONE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Deliveries</title>
  <link rel="icon" href="data:,"><script type="module" src="pkg/element.js"></script>
  <style>${EITHER} body { margin: 0.5rem; }</style><body><main aria-label="In the frame"><mgdc-decrypt></mgdc-decrypt></main>`;
const SLOTS = `<mgdc-decrypt>
    <h1 slot="intro">Deliveries of Contoso</h1>
    <p slot="footer">Questions? Ask the data team, extension 12.</p>
  </mgdc-decrypt>`;
const PLAIN = '<h1>Deliveries</h1><mgdc-decrypt></mgdc-decrypt>';

/**
 * The states by name: each brings a page of the server there. `delivery` is a folder.
 * @param {string} delivery
 * @returns {Record<string, (page: Page) => Promise<void>>}
 */
export function portals(delivery) {
  /** @param {Page | FrameLocator} page */
  const add = async (page) => {
    await page.getByTestId('add-folder').setInputFiles(delivery);
    await page.getByTestId('add-files').setInputFiles(KEY);
    await page.locator('.shell[data-phase=ready]').waitFor();
  };
  /** @param {Page | FrameLocator} page @param {string} [button] */
  const save = async (page, button = 'decrypt-zip') => {
    await page.getByTestId(button).click();
    await page.getByTestId('summary').waitFor();
  };
  return {
    'portal-light': (page) => show(page, portal(LIGHT, SLOTS)),
    'portal-light-done': async (page) => {
      await show(page, portal(LIGHT, SLOTS));
      await add(page);
      await save(page);
    },
    'portal-dark': async (page) => {
      await show(page, portal(DARK, SLOTS));
      await add(page);
      await save(page);
    },
    // Each against the colours of its place.
    'portal-forced-dark': (page) =>
      show(page, portal(WHITE, SLOTS.replace('<mgdc-decrypt', '<mgdc-decrypt theme="dark"'))),
    'portal-forced-light': async (page) => {
      await show(page, portal(BLACK, SLOTS.replace('<mgdc-decrypt', '<mgdc-decrypt theme="light"')));
      await add(page);
      await save(page);
    },
    // Its sandbox forbids downloads, and the element asks to check them.
    'portal-iframe': async (page) => {
      await page.route('**/framed', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: ALONE }));
      const frame =
        '<h1>Deliveries</h1><iframe title="Deliveries" sandbox="allow-scripts allow-same-origin" src="framed">';
      await show(page, portal(EITHER, `${frame}</iframe>`));
      const inner = page.frameLocator('iframe');
      await add(inner);
      // Chromium says so on the console: in 2 of 6 runs some 40 ms after the summary was there.
      const refused = page.waitForEvent('console', (message) => /Download is disallowed/.test(message.text()));
      await Promise.all([refused, save(inner)]);
    },
    // The portal wants the files.
    'portal-de': async (page) => {
      await show(page, portal(EITHER, '<h1>Lieferungen</h1><mgdc-decrypt lang="de"></mgdc-decrypt>', 'lang="de"'));
      await page.evaluate(() => {
        document.querySelector('mgdc-decrypt').sink = { open: () => new WritableStream() };
      });
      await add(page);
      await save(page, 'decrypt-host');
    },
    'portal-zh': (page) =>
      show(page, portal(EITHER, '<h1>交付</h1><mgdc-decrypt lang="zh"></mgdc-decrypt>', 'lang="zh"')),
    'portal-rtl': async (page) => {
      await show(
        page,
        portal(EITHER, PLAIN.replace('<mgdc-decrypt', '<mgdc-decrypt dir="rtl"'), 'lang="en" dir="rtl"'),
      );
      await add(page);
      await save(page);
    },
    'portal-two': (page) => show(page, portal(EITHER, `${PLAIN}<h1>Keys</h1><mgdc-decrypt></mgdc-decrypt>`)),
  };
}

/**
 * @param {Page} page
 * @param {string} html
 */
async function show(page, html) {
  await page.route('**/portal', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
  await page.goto(new URL('portal', page.url()).href);
  await page.locator('mgdc-decrypt .shell[data-phase], iframe').first().waitFor();
}
