/** The two sides of the element, when it has a key checker: “Decrypt a delivery” and “Check a key”. */

import { text } from '../words/text.js';
import { h, setAttribute } from './dom.js';

/**
 * @import { AddedItem } from '../state/items.js'
 * @import { Cleared } from '../state/set-aside.js'
 * @import { Voice } from '../words/language.js'
 * @import { OwnTexts } from '../words/own-texts.js'
 */

/** @typedef {'decrypt' | 'check'} Mode */
/**
 * What the side “Check a key” tells the element. @typedef {{ decrypt(items: AddedItem[]): void, changed(): void,
 * say(sentence: () => string): void }} CheckHost
 */
/**
 * The words of the place where things are added, on the side “Check a key”.
 *
 * @typedef {object} CheckIntake
 * @property {string} title
 * @property {string} rehearse the title, when the person came to rehearse
 * @property {string} target
 * @property {string} hint
 * @property {string} rehearseHint
 * @property {string} addFiles
 * @property {string} addFolder
 * @property {string} paste
 * @property {string} line
 * @property {string} titleMore
 */
/**
 * What the element knows of its side “Check a key”.
 *
 * @typedef {object} KeyChecker
 * @property {CheckIntake} intake
 * @property {string} offer words of the button that brings a key here
 * @property {HTMLElement} node another one after `translate`
 * @property {CSSStyleSheet} styles
 * @property {boolean} isEmpty
 * @property {boolean} isBusy
 * @property {(language: string) => boolean} isLoaded
 * @property {(language: string) => Promise<void>} load
 * @property {(voice: Voice, own?: OwnTexts) => void} translate makes the view again, in a language that is loaded
 * @property {() => void} speak puts its words to use
 * @property {(host: CheckHost) => void} connect
 * @property {(items: AddedItem[] | Promise<AddedItem[]>) => Promise<void>} add
 * @property {() => void} clear
 * @property {() => Cleared} setAside clears it so that it can be brought back
 * @property {() => void} render
 */

/** @param {(mode: Mode) => void} onchoose */
export function modeTabs(onchoose) {
  const tabs = /** @type {const} */ (['decrypt', 'check']).map((mode) => ({
    mode,
    node: h(
      'button',
      {
        type: 'button',
        role: 'tab',
        class: 'tab',
        'data-testid': mode === 'check' ? 'check-key' : 'decrypt-drop',
        onclick: () => onchoose(mode),
        onkeydown: (event) => move(event, mode),
      },
      text.bar[mode],
    ),
  }));
  const node = h(
    'div',
    { class: 'modes', role: 'tablist', 'aria-label': text.bar.modes },
    ...tabs.map((tab) => tab.node),
  );

  return {
    node,
    /** @param {Mode} chosen */
    render(chosen) {
      for (const { mode, node: tab } of tabs) {
        setAttribute(tab, 'aria-selected', String(mode === chosen));
        setAttribute(tab, 'tabindex', mode === chosen ? 0 : -1);
      }
    },
  };

  /**
   * Arrow keys, as people expect of tabs (ARIA Authoring Practices, tabs pattern).
   * @param {KeyboardEvent} event
   * @param {Mode} mode
   */
  function move(event, mode) {
    if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return;
    event.preventDefault();
    const other = mode === 'check' ? 'decrypt' : 'check';
    onchoose(other);
    tabs.find((tab) => tab.mode === other)?.node.focus();
  }
}
