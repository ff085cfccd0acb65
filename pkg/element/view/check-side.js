/** Which of its two sides the element shows, and its side “Check a key”, if the host gave it one. */

import { leadToRehearsal } from './lead.js';
import { modeTabs } from './modes.js';

/**
 * @import { AddedItem } from '../state/items.js'
 * @import { KeyChecker, Mode } from './modes.js'
 * @import { Parts } from './parts.js'
 */

/**
 * `decrypt` takes files to the other side; `added`: the side is no longer empty; `changed`: the person or the check did
 * something.
 * @typedef {{ decrypt(items: AddedItem[]): void, added(): void, changed(): void, say(sentence: () => string): void }} SideHost
 */

export class CheckSide {
  /** @type {KeyChecker | null} */
  checker = null;
  /** Whether the person came to rehearse. */
  isRehearsing = false;
  /** @type {Mode} */
  #mode = 'decrypt';
  /** @type {ReturnType<typeof modeTabs> | null} */
  #tabs = null;
  #host;

  /** @param {SideHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** The checker, while its side is shown. */
  get shown() {
    return this.#mode === 'check' ? this.checker : null;
  }

  /**
   * Takes another checker, and shows the side that decrypts.
   * @param {KeyChecker | null} checker
   */
  use(checker) {
    this.checker?.node.remove();
    this.checker = checker;
    this.#mode = 'decrypt';
    if (!checker) return;
    checker.connect({
      decrypt: (items) => {
        this.choose('decrypt');
        this.#host.decrypt(items);
      },
      changed: () => {
        if (!checker.isEmpty) this.#host.added();
        this.#host.changed();
        if (this.isRehearsing && !checker.isBusy) this.isRehearsing = !leadToRehearsal(checker.node);
      },
      say: (sentence) => this.#host.say(sentence),
    });
  }

  /**
   * Puts the tabs and the side into the parts, which may be new.
   * @param {Parts | null} parts
   * @param {HTMLElement} shell
   */
  place(parts, shell) {
    this.#tabs?.node.remove();
    this.#tabs = null;
    if (!this.checker || !parts) return;
    this.#tabs = modeTabs((mode) => this.choose(mode));
    (parts.bar?.sides ?? shell).prepend(this.#tabs.node);
    parts.decrypting.after(this.checker.node);
  }

  /**
   * @param {Mode} mode
   * @param {boolean} [isRehearsing]
   */
  choose(mode, isRehearsing = false) {
    this.#mode = mode;
    this.isRehearsing = isRehearsing;
    this.#host.changed();
  }

  render() {
    const { shown, checker } = this;
    this.#tabs?.render(shown ? 'check' : 'decrypt');
    if (checker) checker.node.hidden = !shown;
    shown?.render();
  }
}
