/**
 * `<mgdc-decrypt>`: takes a drop and its keys, shows what was found, and saves the plaintext where the person wants it.
 *
 * Attributes: `hold`: while it is set, nothing that is added is read; `lang`: a BCP 47 tag, the browser's languages if
 * it is missing; `theme`: `light` or `dark`, the system's if it is missing. Properties: `sample`, `unwrap`. Methods: `add`,
 * `clear`, `showProblem`. Events: `mgdc-report` (detail: Report), `mgdc-error` (detail: MgdcDecryptError).
 * The parts are in element/: state/session.js holds the state, the modules in view/ each show a part of it.
 */

import { Session } from './element/state/session.js';
import { h, keepingFocus } from './element/view/dom.js';
import { intake } from './element/view/intake.js';
import { keyStep } from './element/view/key-step.js';
import { modeTabs } from './element/view/modes.js';
import { problemList } from './element/view/problem.js';
import { resultPart } from './element/view/result.js';
import { review } from './element/view/review.js';
import { saveBar } from './element/view/save-bar.js';
import { spillNotes } from './element/view/spill-notes.js';
import { styles } from './element/view/styles/index.js';
import { fitting, useLanguage } from './element/words/language.js';

/**
 * @import { DropItem, UnwrapCallback } from './index.js'
 * @import { KeyChecker } from './element/view/modes.js'
 * @import { AddedItem } from './element/state/items.js'
 * @import { Mode } from './element/view/modes.js'
 */

// Servers that render pages import this module, too: there it has no HTMLElement to extend, and defines nothing.
const Base = globalThis.HTMLElement ?? class {};

export class MgdcDecryptElement extends Base {
  static observedAttributes = ['hold', 'lang'];

  #session = new Session();
  #status = h('p', { class: 'visually-hidden', role: 'status' });
  #shell = h('div', { class: 'shell' });
  /** The parts, made again when the language changes. @type {ReturnType<MgdcDecryptElement['build']>} */
  #parts;
  /** @type {(() => Promise<Iterable<DropItem>>) | null} */
  #sample = null;
  /** @type {AbortController | null} */
  #connected = null;
  /** Ends the listeners of the parts that are shown. @type {AbortController | null} */
  #listening = null;
  /** @type {AbortController | null} */
  #warnsOnLeave = null;
  /** @type {KeyChecker | null} */
  #checker = null;
  /** @type {ReturnType<typeof modeTabs> | null} */
  #modes = null;
  /** @type {Mode} */
  #mode = 'decrypt';

  constructor() {
    super();
    const session = this.#session;
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [styles()];
    root.append(this.#shell);
    this.#parts = this.#build();
    session.addEventListener('change', () => keepingFocus(root, () => this.#render()));
    session.addEventListener('progress', ({ detail: paths }) => {
      this.#parts.save.progress();
      this.#parts.review.progress(paths);
    });
    session.addEventListener('preview', () => this.#parts.review.preview());
    session.addEventListener('say', ({ detail: sentence }) => {
      this.#status.textContent = sentence;
    });
    session.addEventListener('report', ({ detail }) => this.#tell('mgdc-report', detail));
    session.addEventListener('error', ({ detail }) => this.#tell('mgdc-error', detail));
    this.#render();
  }

  /** Makes all parts. They show the session and keep nothing of it, so they can be made anew at any time. */
  #build() {
    const session = this.#session;
    const into = intake(
      session,
      () => this.#loadSample(),
      () => (this.#mode === 'check' ? this.#checker : null),
    );
    const save = saveBar(session);
    const parts = {
      into,
      problems: problemList(session),
      result: resultPart(session),
      key: keyStep(
        session,
        () => this.#checker && { words: this.#checker.offer, check: (items) => this.#check(items) },
      ),
      spilled: spillNotes(() => this.#render()),
      review: review(session, save.save),
      save,
    };
    const { problems, result, key, spilled } = parts;
    const decrypting = h(
      'div',
      { class: 'side' },
      ...[problems, key, result, spilled, parts.review, save].map(({ node }) => node),
    );
    this.#shell.replaceChildren(into.node, decrypting, this.#status);
    return { ...parts, decrypting };
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

  /** The side “Check a key”: `keyChecker()` of mgdc-decrypt/check-element. */
  set checker(checker) {
    this.#checker?.node.remove();
    this.#checker = checker;
    this.#mode = 'decrypt';
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    root.adoptedStyleSheets = checker ? [styles(), checker.styles] : [styles()];
    this.#addChecker();
    if (checker) {
      checker.connect({
        decrypt: (items) => {
          this.#choose('decrypt');
          this.#session.add(items);
        },
        changed: () => keepingFocus(root, () => this.#render()),
        say: (sentence) => {
          this.#status.textContent = sentence;
        },
      });
    }
    this.#render();
  }

  get checker() {
    return this.#checker;
  }

  /** Adds files as if the person had dropped them: Files, or `{ path, blob }`. */
  add(files) {
    this.#session.add(
      Array.from(files, (file) =>
        file instanceof Blob ? { path: file.webkitRelativePath || file.name, blob: file } : file,
      ),
    );
  }

  /** Forgets all files and wipes all keys. */
  clear() {
    this.#session.clear();
    this.#checker?.clear();
  }

  /** Shows an error of the host; with `retry`, also a button that calls it. */
  showProblem(error, retry) {
    this.#session.showProblem(error, retry);
  }

  attributeChangedCallback(name, before, value) {
    if (name === 'lang') {
      if (value !== before && this.isConnected) this.#translate();
    } else if (value === null) this.#session.release();
    else this.#session.hold();
  }

  connectedCallback() {
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    this.#translate();
    addEventListener('keydown', (event) => this.#onkeydown(event), { signal });
    // A page in the back/forward cache must not keep keys, and when it is shown again it must not list what is gone.
    addEventListener('pagehide', () => this.clear(), { signal });
  }

  disconnectedCallback() {
    this.#connected.abort();
    // If the element was only moved within the page, it is connected again before this runs.
    queueMicrotask(() => this.isConnected || this.clear());
  }

  // Without `lang` the browser's languages count.
  #translate() {
    const wanted = this.lang ? [this.lang] : navigator.languages;
    const tag = wanted.find((one) => fitting([one]) === fitting(wanted)) ?? 'en';
    useLanguage(tag);
    this.#shell.lang = fitting(wanted);
    this.#listening?.abort();
    this.#parts = this.#build();
    this.#addChecker();
    this.#listening = new AbortController();
    const signal = AbortSignal.any([this.#connected.signal, this.#listening.signal]);
    for (const { connect } of [this.#parts.into, this.#parts.spilled]) connect(signal);
    this.#render();
  }

  #addChecker() {
    this.#modes?.node.remove();
    this.#modes = null;
    if (!this.#checker) return;
    this.#modes = modeTabs(this.#checker.words, (mode) => this.#choose(mode));
    this.#shell.prepend(this.#modes.node);
    this.#parts.decrypting.after(this.#checker.node);
  }

  /** @param {Mode} mode */
  #choose(mode) {
    this.#mode = mode;
    this.#render();
  }

  /** Takes files to the side “Check a key”. @param {AddedItem[]} items */
  #check(items) {
    this.#choose('check');
    this.#checker?.add(items);
  }

  #render() {
    const isCheck = this.#mode === 'check' && this.#checker !== null;
    this.#modes?.render(this.#mode);
    this.#parts.decrypting.hidden = isCheck;
    if (this.#checker) {
      this.#checker.node.hidden = !isCheck;
      if (isCheck) this.#checker.render();
    }
    const { into, problems, key, result, review: files, save } = this.#parts;
    const { phase } = this.#session;
    const cancelHadFocus = phase !== 'running' && this.shadowRoot.activeElement?.dataset.testid === 'cancel';
    this.#shell.dataset.phase = phase;
    into.render({ hasSample: this.#sample !== null });
    for (const part of [problems, key, result, files, save]) part.render();
    if (cancelHadFocus && !result.node.hidden) result.node.focus();
    this.#warnOnLeave(phase === 'running');
  }

  #onkeydown(event) {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || this.#session.phase !== 'running')
      return;
    event.preventDefault();
    this.#session.cancel();
  }

  // Listens only during a run, because the listener keeps the page out of the back/forward cache.
  #warnOnLeave(on) {
    if (on === Boolean(this.#warnsOnLeave)) return;
    this.#warnsOnLeave?.abort();
    this.#warnsOnLeave = on ? new AbortController() : null;
    if (on) addEventListener('beforeunload', (event) => event.preventDefault(), { signal: this.#warnsOnLeave.signal });
  }

  #loadSample() {
    this.#session.addSample(Promise.resolve(this.#sample()));
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

if (globalThis.customElements && !customElements.get('mgdc-decrypt'))
  customElements.define('mgdc-decrypt', MgdcDecryptElement);
