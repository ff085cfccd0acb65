/**
 * What the element knows of its side “Check a key”.
 *
 * @import { AddedItem } from '../state/items.js'
 */

/**
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

export {};
