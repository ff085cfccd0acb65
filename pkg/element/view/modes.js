/** The two sides of the element, when it has a key checker: “Decrypt a delivery” and “Check a key”. */

import { h, setAttribute } from './dom.js';

/** @import { AddedItem } from '../state/items.js' */

/** @typedef {'decrypt' | 'check'} Mode */
/**
 * What the element knows of its side “Check a key”.
 *
 * @typedef {object} KeyChecker
 * @property {{ label: string, decrypt: string, check: string }} words of the two sides
 * @property {{ title: string, titleMore: string, hint: string }} intake words of the drop area on this side
 * @property {string} offer words of the button that brings a key here
 * @property {HTMLElement} node
 * @property {CSSStyleSheet} styles
 * @property {boolean} isEmpty
 * @property {boolean} isBusy
 * @property {(host: { decrypt(items: AddedItem[]): void, changed(): void, say(sentence: string): void }) => void} connect
 * @property {(items: AddedItem[] | Promise<AddedItem[]>) => Promise<void>} add
 * @property {() => void} clear
 * @property {() => void} render
 */

/**
 * @param {{ label: string, decrypt: string, check: string }} words
 * @param {(mode: Mode) => void} onchoose
 */
export function modeTabs(words, onchoose) {
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
      words[mode],
    ),
  }));
  const node = h('div', { class: 'modes', role: 'tablist', 'aria-label': words.label }, ...tabs.map((tab) => tab.node));

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
