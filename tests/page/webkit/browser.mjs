/**
 * MiniBrowser behind as much of Playwright's interface as the tests of the tasks use. What this driver cannot do: drag
 * files or choose a folder (see giveFolders in firefox.mjs), tell of requests and of what is written to the console, or
 * run a script before the page's own; its pictures lack popovers, which are there for the pointer.
 */

import { writeFileSync } from 'node:fs';
import { Session, startScreen } from './driver.mjs';
import { Finder, pressKey, typeKeys } from './locator.mjs';

/** @import { Browser } from 'playwright-core' */

const VIEWPORT = { width: 1280, height: 720 };

/** @param {string} downloads the folder for what is saved @returns {Promise<Browser>} */
export async function launchWebKit(downloads) {
  const screen = await startScreen();
  /** @type {Set<Session>} */
  const open = new Set();
  let version = '';
  const browser = {
    browserType: () => ({ name: () => 'webkit' }),
    version: () => version,
    /** A browser for each: the driver has one window at a time. @param {{ viewport?: typeof VIEWPORT }} [options] */
    async newContext({ viewport = VIEWPORT } = {}) {
      const session = await Session.start(screen.display, downloads);
      open.add(session);
      version = session.version;
      const context = {
        newPage: async () => {
          const page = new Page(session, context);
          await page.setViewportSize(viewport);
          return page;
        },
        async close() {
          if (open.delete(session)) await session.end();
        },
      };
      return context;
    },
    async close() {
      for (const session of open) await session.end();
      screen.end();
    },
  };
  return /** @type {Browser} */ (/** @type {unknown} */ (browser));
}

class Page extends Finder {
  #context;
  keyboard = {
    /** @param {string} text */
    insertText: (text) => typeKeys(this.session, [...text]),
    /** @param {string} key */
    press: (key) => pressKey(this.session, key),
  };

  /** @param {Session} session @param {object} context */
  constructor(session, context) {
    super(session, []);
    this.#context = context;
  }

  context() {
    return this.#context;
  }
  // Nothing is told by this driver.
  on() {}
  setDefaultTimeout() {}

  /** @param {string} url */
  async goto(url) {
    await this.session.command('POST', '/url', { url });
  }
  async reload() {
    await this.session.command('POST', '/refresh', {});
  }
  /** @param {Function} task @param {unknown} [arg] */
  evaluate(task, arg) {
    return this.session.run(task, arg);
  }
  /** @param {Function} task @param {unknown} [arg] */
  async waitForFunction(task, arg) {
    for (const end = Date.now() + 15_000; ; await this.waitForTimeout(50)) {
      if (await this.session.run(task, arg)) return;
      if (Date.now() > end) throw new Error(`waited 15 s for ${task}`);
    }
  }
  /** @param {number} ms */
  waitForTimeout(ms) {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }
  /** Of the part with the page: the window has a bar besides. @param {typeof VIEWPORT} size */
  async setViewportSize({ width, height }) {
    const inner = () => this.session.run(() => ({ width: innerWidth, height: innerHeight }));
    const rect = await this.session.command('POST', '/window/rect', { width, height });
    const now = await inner();
    const wanted = { width: rect.width + width - now.width, height: rect.height + height - now.height };
    await this.session.command('POST', '/window/rect', wanted);
    for (const end = Date.now() + 5000; ; await this.waitForTimeout(50)) {
      const got = await inner();
      if (got.width === width && got.height === height) return;
      if (Date.now() > end) throw new Error(`asked for ${width}×${height}, got ${got.width}×${got.height}`);
    }
  }
  /** @param {{ path: string }} options */
  async screenshot({ path }) {
    writeFileSync(path, Buffer.from(await this.session.command('GET', '/screenshot'), 'base64'));
  }
}
