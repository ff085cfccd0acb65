/** What a test finds in a page and does with it, by the names that Playwright has for it, over WebDriver. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ELEMENT } from './driver.mjs';
import { find } from './find.mjs';

/**
 * @import { Session } from './driver.mjs'
 * @import { Pattern, Step } from './find.mjs'
 */

const TIMEOUT_MS = 15_000;
const PAUSE_MS = 50;
/** https://www.w3.org/TR/webdriver2/#keyboard-actions @type {Record<string, string>} */
const KEYS = { Enter: '\uE007', Tab: '\uE004', Escape: '\uE00C', Delete: '\uE017' };

/** @param {string | RegExp} text @returns {Pattern} */
const pattern = (text) => (typeof text === 'string' ? { text } : { source: text.source, flags: text.flags });

/** What a page and a locator have in common: looking for something inside. */
export class Finder {
  /** @param {Session} session @param {Step[]} steps */
  constructor(session, steps) {
    this.session = session;
    this.steps = steps;
  }

  /** @param {Step} step */
  #and(step) {
    return new Locator(this.session, [...this.steps, step]);
  }
  /** @param {string} css */
  locator(css) {
    return this.#and({ css });
  }
  /** @param {string} id */
  getByTestId(id) {
    return this.#and({ css: `[data-testid="${id}"]` });
  }
  /** @param {string | RegExp} text @param {{ exact?: boolean }} [options] */
  getByText(text, { exact } = {}) {
    return this.#and({ text: pattern(text), exact });
  }
  /** @param {string} role @param {{ name?: string | RegExp, exact?: boolean }} [options] */
  getByRole(role, { name, exact } = {}) {
    return this.#and({ role, ...(name && { name: pattern(name) }), exact });
  }
  /** @param {{ hasText: string | RegExp }} options */
  filter({ hasText }) {
    return this.#and({ hasText: pattern(hasText) });
  }
  /** @param {number} index */
  nth(index) {
    return this.#and({ nth: index });
  }
  first() {
    return this.nth(0);
  }

  /** Runs a function in the page with what is found now. @param {Function | string} task @param {unknown[]} args */
  inPage(task, ...args) {
    return this.session.run(`(steps, ...args) => (${task})((${find})(steps), ...args)`, this.steps, ...args);
  }
}

export class Locator extends Finder {
  /** Waits until exactly one is there, and runs a function with it. @param {Function} task @param {unknown[]} args */
  async #one(task, ...args) {
    await this.#until(({ length }) => length === 1 || (length > 1 ? `${length} are there` : false), TIMEOUT_MS);
    return this.inPage(`(found, ...args) => (${task})(found[0], ...args)`, ...args);
  }

  /**
   * @param {(found: { length: number, visible: number }) => boolean | string} isSo a text is what was found instead
   * @param {number} timeout
   */
  async #until(isSo, timeout) {
    for (const end = Date.now() + timeout; ; await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))) {
      const found = await this.inPage((elements) => ({
        length: elements.length,
        visible: elements.filter((one) => {
          const { width, height } = one.getBoundingClientRect();
          return width > 0 && height > 0 && getComputedStyle(one).visibility === 'visible';
        }).length,
      }));
      const answer = isSo(found);
      if (answer === true) return;
      if (Date.now() > end) {
        const instead = answer || `${found.length} found, ${found.visible} of them visible`;
        throw new Error(`waited ${timeout} ms for ${JSON.stringify(this.steps)}: ${instead}`);
      }
    }
  }

  /** @param {{ state?: 'visible' | 'hidden' | 'attached' | 'detached', timeout?: number }} [options] */
  async waitFor({ state = 'visible', timeout = TIMEOUT_MS } = {}) {
    await this.#until(
      ({ length, visible }) =>
        ({ visible: visible > 0, hidden: visible === 0, attached: length > 0, detached: length === 0 })[state],
      timeout,
    );
  }

  count() {
    return this.inPage((found) => found.length);
  }
  isVisible() {
    return this.inPage((found) => found.some((one) => one.checkVisibility({ visibilityProperty: true })));
  }
  async isHidden() {
    return !(await this.isVisible());
  }
  innerText() {
    return this.#one((one) => one.innerText);
  }
  textContent() {
    return this.#one((one) => one.textContent);
  }
  inputValue() {
    return this.#one((one) => one.value);
  }
  /** @param {string} name */
  getAttribute(name) {
    return this.#one((one, key) => one.getAttribute(key), name);
  }
  boundingBox() {
    return this.#one((one) => one.getBoundingClientRect().toJSON());
  }
  scrollIntoViewIfNeeded() {
    return this.#one((one) => one.scrollIntoView({ block: 'nearest' }));
  }
  /** @param {Function} task @param {unknown} [arg] */
  evaluate(task, arg) {
    return this.#one(task, arg);
  }
  /** @param {Function} task @param {unknown} [arg] */
  evaluateAll(task, arg) {
    return this.inPage(task, arg);
  }
  focus() {
    return this.#one((one) => one.focus());
  }

  /** With the pointer, in the middle of it, as soon as nothing else is over it. */
  async click() {
    await this.waitFor();
    for (const end = Date.now() + TIMEOUT_MS; ; await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))) {
      const at = await this.#one((one) => {
        one.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { x, y, width, height } = one.getBoundingClientRect();
        const middle = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
        let over = document.elementFromPoint(middle.x, middle.y);
        while (over?.shadowRoot) {
          const inside = over.shadowRoot.elementFromPoint(middle.x, middle.y);
          if (!inside || inside === over) break;
          over = inside;
        }
        return one.contains(over) && !one.matches(':disabled') ? middle : String(over?.outerHTML).slice(0, 200);
      });
      if (typeof at === 'object') return this.#press(at);
      if (Date.now() > end) throw new Error(`${JSON.stringify(this.steps)} cannot be clicked; over it is ${at}`);
    }
  }

  /** @param {{ x: number, y: number }} at */
  async #press({ x, y }) {
    const actions = [
      { type: 'pointerMove', x, y, origin: 'viewport' },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.session.command('POST', '/actions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  /** @param {boolean} on */
  async setChecked(on) {
    if ((await this.#one((one) => one.checked)) !== on) await this.click();
  }

  /** @param {string} value */
  async fill(value) {
    await this.waitFor();
    await this.#one((one, text) => {
      one.focus();
      one.value = text;
      one.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      one.dispatchEvent(new Event('change', { bubbles: true }));
    }, value);
  }

  /** @param {string} key */
  async press(key) {
    await this.focus();
    await pressKey(this.session, key);
  }

  /** Files by their paths, or by name and bytes. @param {string | (string | { name: string, buffer: Buffer })[]} files */
  async setInputFiles(files) {
    const paths = [files].flat().map((file) => {
      if (typeof file === 'string') return file;
      const path = join(this.session.home, file.name);
      writeFileSync(path, file.buffer);
      return path;
    });
    const element = await this.#one((one) => one);
    await this.session.command('POST', `/element/${element[ELEMENT]}/value`, { text: paths.join('\n') });
  }
}

/** @param {Session} session @param {string} key */
export function pressKey(session, key) {
  return typeKeys(session, [KEYS[key] ?? key]);
}

/** @param {Session} session @param {string[]} keys */
export async function typeKeys(session, keys) {
  const actions = keys.flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
  await session.command('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
}
