/**
 * `<mgdc-decrypt>`: takes a drop and its keys, shows what was found, and saves the plaintext where the person wants it.
 *
 * element.d.ts has its attributes, properties, methods, events, parts and slots. The parts are in element/:
 * state/session.js holds the state, the modules in view/ each show a part of it.
 */

import { offer } from './core/offers.js';
import { fromFiles } from './element/state/collect.js';
import { Session } from './element/state/session.js';
import { SetAside } from './element/state/set-aside.js';
import { addresseeOf, becomePresent } from './element/view/addressee.js';
import { CheckSide } from './element/view/check-side.js';
import { h, keepingFocus } from './element/view/dom.js';
import { keepTyped } from './element/view/kept.js';
import { leadToSaving, leadToVault } from './element/view/lead.js';
import { LeaveWarning } from './element/view/leave-warning.js';
import { takeProperties } from './element/view/own-properties.js';
import { PageTitle } from './element/view/page-title.js';
import { makeParts } from './element/view/parts.js';
import { styles } from './element/view/styles/index.js';
import { themeOf, watchTheme } from './element/view/theme.js';
import { directionOf } from './element/words/language.js';
import { text } from './element/words/text.js';
import { Wording } from './element/words/wording.js';

export { loadLanguages } from './element/words/language.js';

/**
 * @import { DropItem, UnwrapCallback } from './index.js'
 * @import { AddedItem } from './element/state/items.js'
 * @import { Parts } from './element/view/parts.js'
 * @import { OwnTexts } from './element/words/own-texts.js'
 */

offer('decrypt', { late: () => import('./wasm/embedded.js') });
offer('check', { late: () => import('./wasm-check/embedded.js') });

// Servers that render pages import this module, too: there it has no HTMLElement to extend, and defines nothing.
const Base = globalThis.HTMLElement ?? class {};

/** What changes the parts themselves. What only changes what they show is not here. */
const REBUILDING = new Set(['lang', 'dir', 'standalone']);

export class MgdcDecryptElement extends Base {
  static observedAttributes = ['hold', 'lang', 'dir', 'theme', 'standalone', 'offline-copy'];

  #session;
  /** What was cleared last, for ten seconds. */
  #setAside = new SetAside(() => this.#onwiped());
  #status = h('p', { class: 'visually-hidden', role: 'status' });
  #shell = h('div', { class: 'shell' });
  #title = new PageTitle();
  /** Made when the element gets its place in a page, and again when the language changes. @type {Parts | null} */
  #parts = null;
  /** @type {(() => Promise<Iterable<DropItem>>) | null} */
  #sample = null;
  /** @type {AbortController | null} */
  #connected = null;
  /** Ends the listeners of the parts that are shown. @type {AbortController | null} */
  #listening = null;
  #leaveWarning = new LeaveWarning();
  #side = new CheckSide({
    decrypt: (items) => this.#session.add(items),
    added: () => this.#setAside.wipe(),
    changed: () => keepingFocus(this.shadowRoot, () => this.#render()),
    say: (sentence) => this.#say(sentence()),
  });
  #sealed = false;
  #words = new Wording();
  /** Whether the language was chosen in the bar, whose list must keep the focus. */
  #isChoosing = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [styles()];
    root.append(this.#shell);
    this.#words.speakIn(root);
    this.#session = this.#newSession();
    takeProperties(this, MgdcDecryptElement.prototype);
  }

  #newSession() {
    const session = new Session();
    /** @type {typeof session.addEventListener} */
    const listen = (type, listener) =>
      session.addEventListener(type, (event) => {
        if (session !== this.#session) return; // it was cleared
        this.#words.speak();
        listener(event);
      });
    let phase = session.phase;
    listen('change', () => {
      if (session.phase !== 'empty') this.#setAside.wipe();
      keepingFocus(this.shadowRoot, () => this.#render());
      if (phase === 'reading' && session.phase === 'ready' && this.#parts)
        leadToSaving(this.shadowRoot, session, this.#parts.delivery.save.node);
      phase = session.phase;
    });
    listen('progress', ({ detail: paths }) => {
      this.#parts?.delivery.save.progress();
      this.#parts?.delivery.review.progress(paths);
      this.#showTitle();
    });
    listen('preview', () => this.#parts?.hasDelivery && this.#parts.delivery.review.preview());
    listen('say', ({ detail: sentence }) => this.#say(sentence()));
    listen('report', ({ detail }) => this.#tell('mgdc-report', detail));
    listen('error', ({ detail }) => this.#tell('mgdc-error', detail));
    return session;
  }

  #build() {
    const standalone = this.hasAttribute('standalone');
    const parts = makeParts(
      this.#session,
      { standalone, language: this.#words.language },
      {
        intake: {
          sample: () => this.#session.addSample(Promise.resolve(this.#sample())),
          clear: () => this.#clearAll(),
          address: (address) => leadToVault(this.#parts.delivery.key.node, address),
          checker: () => this.#side.shown,
        },
        check: (isRehearsing) => this.#enterCheck(isRehearsing),
        offer: () => this.checker && { words: this.checker.offer, check: (items) => this.#check(items) },
        undo: () => this.#undo(),
        render: () => this.#render(),
        theme: (theme) => this.setAttribute('theme', theme),
        language: (language) => {
          this.#isChoosing = true;
          this.lang = language;
        },
        isSealed: () => this.#sealed,
      },
    );
    this.#shell.replaceChildren(...parts.nodes, this.#status);
    return parts;
  }

  /** `async () => Iterable<{ path, blob }>`: a sample drop with its key. If it is set, a button offers it. */
  set sample(load) {
    this.#sample = load;
    this.#render();
  }

  get sample() {
    return this.#sample;
  }

  /** Unwraps keys for the person, for example through a portal's back end: see UnwrapCallback in index.d.ts. */
  set unwrap(callback) {
    this.#session.unwrap = callback;
  }

  get unwrap() {
    return this.#session.unwrap;
  }

  /** Where the host wants the files: a Sink, or a function that gives one for each run. */
  set sink(sink) {
    this.#session.sink = sink;
    this.#render();
  }

  get sink() {
    return this.#session.sink;
  }

  /** Whether the page has closed its own network, so that it cannot send data: only then it may say so. */
  set sealed(isSealed) {
    this.#sealed = isSealed;
    this.#render();
  }

  get sealed() {
    return this.#sealed;
  }

  /** The side “Check a key”: `keyChecker()` of mgdc-decrypt/check-element. */
  set checker(checker) {
    this.#side.use(checker);
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    root.adoptedStyleSheets = checker ? [styles(), checker.styles] : [styles()];
    this.#words.load(this.#wanted(), checker, () => {
      if (checker !== this.checker) return;
      this.#words.choose(this.#wanted(), checker);
      this.#side.place(this.#parts, this.#shell);
      this.#render();
    });
  }

  get checker() {
    return this.#side.checker;
  }

  /** The host's own texts: see element.d.ts. @param {OwnTexts | null} own */
  set texts(own) {
    this.#words.own = own;
    if (this.#connected) this.#rebuild();
  }

  get texts() {
    return this.#words.own;
  }

  /** Adds files as if the person had dropped them: Files, or `{ path, blob }`. */
  add(files) {
    this.#session.add(fromFiles(files));
  }

  /** Forgets all files and wipes all keys, at once. */
  clear() {
    this.#setAside.wipe();
    this.#session.clear();
    this.checker?.clear();
  }

  /** Shows an error of the host; with `retry`, also a button that calls it. */
  showProblem(error, retry) {
    this.#session.showProblem(error, retry);
  }

  attributeChangedCallback(name, before, value) {
    if (value === before) return;
    if (name === 'hold') {
      if (value === null) this.#session.release();
      else this.#session.hold();
    } else if (!this.#connected)
      return; // connectedCallback reads all attributes
    else if (REBUILDING.has(name)) this.#rebuild();
    else this.#render();
  }

  connectedCallback() {
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    this.#rebuild();
    becomePresent(this, signal);
    watchTheme(() => this.#render(), signal);
    addEventListener('keydown', (event) => this.#onkeydown(event), { signal });
    // A page in the back/forward cache must not keep keys, and when it is shown again it must not list what is gone.
    addEventListener('pagehide', () => this.clear(), { signal });
  }

  disconnectedCallback() {
    this.#connected.abort();
    this.#connected = null;
    this.#listening?.abort();
    this.#title.restore();
    // If the element was only moved within the page, it is connected again before this runs.
    queueMicrotask(() => this.isConnected || this.clear());
  }

  /** The languages that the person wants. Without `lang` the browser's count. */
  #wanted() {
    return this.lang ? [this.lang] : navigator.languages;
  }

  // In the language and shape that the attributes say, when the language is there.
  #rebuild() {
    this.#words.load(this.#wanted(), this.checker, () => {
      if (!this.#connected) return;
      const restore = keepTyped(this.#shell);
      this.#rebuildNow();
      restore();
      if (this.#isChoosing) this.#parts.bar?.focusLanguage();
      this.#isChoosing = false;
    });
  }

  #rebuildNow() {
    this.#words.choose(this.#wanted(), this.checker);
    const { language } = this.#words;
    this.#shell.lang = language;
    this.#shell.dir = this.dir || directionOf(this.lang) || '';
    if (this.hasAttribute('standalone'))
      Object.assign(document.documentElement, { lang: language, dir: this.#shell.dir });
    this.#listening?.abort();
    this.#parts = this.#build();
    this.#side.place(this.#parts, this.#shell);
    this.#listening = new AbortController();
    for (const { connect } of [this.#parts.into, this.#parts.spilled]) connect(this.#listening.signal);
    this.#render();
  }

  /** @param {boolean} isRehearsing */
  #enterCheck(isRehearsing) {
    this.#side.choose('check', isRehearsing);
    this.scrollIntoView({ block: 'start' });
    this.#parts.into.focus(true);
  }

  /** Takes files to the side “Check a key”. @param {AddedItem[]} items */
  #check(items) {
    this.#side.choose('check');
    this.checker?.add(items);
  }

  // What the person clears can come back for ten seconds.
  #clearAll() {
    const { shown } = this.#side;
    if (shown) {
      this.#setAside.keep(shown.setAside());
      this.#render();
    } else {
      const session = this.#session;
      session.preview.close(); // plaintext does not wait for the ten seconds
      this.#setAside.keep({ clear: () => session.clear(), restore: () => this.#use(session) });
      const next = Object.assign(this.#newSession(), { unwrap: session.unwrap, sink: session.sink });
      if (this.hasAttribute('hold')) next.hold();
      this.#use(next);
    }
    this.#parts.undo.focus();
    this.#say(text.undo.said);
  }

  /** Shows another session. @param {Session} session */
  #use(session) {
    this.#session = session;
    this.#rebuildNow();
  }

  #undo() {
    const cleared = this.#setAside.take();
    if (!cleared) return;
    cleared.restore();
    this.#render();
    this.#parts.main.focus({ preventScroll: true });
    this.#say(text.undo.restored);
  }

  #onwiped() {
    const hadFocus = this.shadowRoot.activeElement?.dataset.testid === 'undo';
    this.#render();
    if (hadFocus) this.#parts.into.focus(this.#side.shown !== null);
    this.#say(text.undo.wiped);
  }

  #render() {
    if (!this.#parts) return;
    this.#words.speak();
    const isCheck = this.#side.shown !== null;
    const { bar, into, first, steps, undo, insecure, problems } = this.#parts;
    const { phase } = this.#session;
    this.#side.render();
    this.#parts.decrypting.hidden = problems.node.hidden = isCheck;
    const cancelHadFocus = phase !== 'running' && this.shadowRoot.activeElement?.dataset.testid === 'cancel';
    this.#shell.dataset.phase = phase;
    bar?.render({ sealed: this.#sealed, theme: themeOf(this) });
    insecure.hidden = bar === null || isSecureContext;
    steps.render(!isCheck);
    into.render({
      hasSample: this.#sample !== null,
      isRehearsing: this.#side.isRehearsing,
      canSay: bar !== null,
      isSealed: this.#sealed,
    });
    first.render({
      isShown: phase === 'empty' && !isCheck,
      hasChecker: this.checker !== null,
      offlineCopy: this.getAttribute('offline-copy'),
    });
    undo.render(!this.#setAside.isEmpty);
    problems.render();
    if (phase !== 'empty' || this.#parts.hasDelivery) {
      const { delivery } = this.#parts;
      delivery.render();
      if (cancelHadFocus && !delivery.result.node.hidden) delivery.result.node.focus();
    }
    this.#leaveWarning.set(phase === 'running');
    this.#showTitle();
  }

  // The title of the tab belongs to the host, unless the element is the page.
  #showTitle() {
    if (this.#connected && this.#parts?.bar) this.#title.show(this.#session);
  }

  /** @param {string} sentence */
  #say(sentence) {
    this.#status.textContent = sentence;
  }

  #onkeydown(event) {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || this.#session.phase !== 'running')
      return;
    if (this.#parts.help.node.open || addresseeOf(event) !== this) return; // it closes the help, or is for another one
    event.preventDefault();
    this.#session.cancel();
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

if (globalThis.customElements && !customElements.get('mgdc-decrypt'))
  customElements.define('mgdc-decrypt', MgdcDecryptElement);
