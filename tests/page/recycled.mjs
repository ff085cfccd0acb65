/**
 * Pages that are used again. A new one takes 1.3 s of CPU, because it starts a process of the browser and compiles
 * everything in it; a load in one that was used takes 0.35 s. After a load nothing is left of the test before: neither
 * scripts and workers, nor what it stored, overrode or listened to.
 */

/**
 * @import { EventEmitter } from 'node:events'
 * @import { BrowserContextOptions, CDPSession, Disposable, Page } from 'playwright-core'
 */

/**
 * What a test can ask for of a page that was used.
 * @typedef {Pick<BrowserContextOptions, 'viewport' | 'permissions' | 'colorScheme' | 'reducedMotion'>} Settings
 */

const VIEWPORT = { width: 1280, height: 720 };
const SETTINGS = ['viewport', 'permissions', 'colorScheme', 'reducedMotion'];

/** @param {object} options */
export const isRecyclable = (options) => Object.keys(options).every((name) => SETTINGS.includes(name));

/**
 * The pages of a browser, each alone in its context: as many as tests hold at the same time.
 * @template {Page} P
 */
export class Recycled {
  /** @type {Used<P>[]} */
  #free = [];
  #create;

  /** @param {() => Promise<P>} create a page in a context of its own */
  constructor(create) {
    this.#create = create;
  }

  /**
   * A blank page with these settings, and what gives it back.
   * @param {Settings} settings
   * @returns {Promise<{ page: P, giveBack: (blank: string) => Promise<void> }>}
   */
  async take(settings) {
    const used = this.#free.pop() ?? new Used(await this.#create());
    await used.set(settings);
    return {
      page: used.page,
      giveBack: async (blank) => {
        if (await used.clean(blank)) this.#free.push(used);
        else await used.page.context().close();
      },
    };
  }
}

/** @template {Page} P */
class Used {
  /** What listens already: our own code. @type {Set<unknown>} */
  #listeners;
  /** @type {Disposable[]} */
  #added = [];
  /** @type {CDPSession[]} */
  #sessions = [];
  #isTouched = false;

  /** @param {P} page */
  constructor(page) {
    this.page = page;
    this.#listeners = new Set(this.#listening().map(([, , listener]) => listener));
    this.#noteScripts();
    this.#noteSessions();
    // A clock of the test's own cannot be taken out of a page again.
    const { clock } = page;
    Object.defineProperty(page, 'clock', {
      get: () => {
        this.#isTouched = true;
        return clock;
      },
    });
  }

  /** @returns {[EventEmitter, string | symbol, (...values: unknown[]) => void][]} */
  #listening() {
    const emitters = /** @type {EventEmitter[]} */ (/** @type {unknown} */ ([this.page, this.page.context()]));
    return emitters.flatMap((emitter) =>
      emitter
        .eventNames()
        .flatMap((event) =>
          emitter
            .listeners(event)
            .map(
              (listener) =>
                /** @type {[EventEmitter, string | symbol, (...values: unknown[]) => void]} */ ([
                  emitter,
                  event,
                  listener,
                ]),
            ),
        ),
    );
  }

  #noteScripts() {
    const { page } = this;
    const addInitScript = page.addInitScript.bind(page);
    const exposeFunction = page.exposeFunction.bind(page);
    page.addInitScript = async (...given) => this.#note(await addInitScript(...given));
    page.exposeFunction = async (...given) => this.#note(await exposeFunction(...given));
  }

  /** @param {Disposable} added */
  #note(added) {
    this.#added.push(added);
    return added;
  }

  /** What a session of the DevTools protocol overrides, it overrides until it is detached. */
  #noteSessions() {
    const context = this.page.context();
    const create = context.newCDPSession.bind(context);
    context.newCDPSession = async (target) => {
      const session = await create(target);
      this.#sessions.push(session);
      return session;
    };
  }

  /** @param {Settings} settings */
  async set({ viewport, permissions = [], colorScheme = 'light', reducedMotion = 'no-preference' }) {
    await this.page.setViewportSize(viewport ?? VIEWPORT);
    await this.page.emulateMedia({ media: null, colorScheme, reducedMotion });
    if (permissions.length > 0) await this.page.context().grantPermissions(permissions);
  }

  /**
   * Ends everything that goes on, and removes what is left. False if that cannot be done.
   * @param {string} blank the address of a document without scripts, of the same server
   */
  async clean(blank) {
    const { page } = this;
    const context = page.context();
    if (page.isClosed() || this.#isTouched) return false;
    for (const other of context.pages()) if (other !== page) await other.close();
    await page.unrouteAll({ behavior: 'wait' });
    await page.goto(blank);
    await page.evaluate(() => sessionStorage.clear());
    const session = await context.newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', { origin: new URL(blank).origin, storageTypes: 'all' });
    for (const added of this.#added.splice(0)) await added.dispose();
    for (const each of this.#sessions.splice(0)) await each.detach();
    await context.clearPermissions();
    for (const [emitter, event, listener] of this.#listening())
      if (!this.#listeners.has(listener)) emitter.off(event, listener);
    return true;
  }
}
