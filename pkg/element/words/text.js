/**
 * Every text of the page, in the language that is in use. The words themselves are in a folder for each language.
 *
 * Errors have their own text (MgdcDecryptError.message): one line that says what was found and what to do.
 */

import { en } from './en/index.js';

export { sentence } from './sentence.js';

/** @typedef {typeof en} Texts */

/**
 * Changes when another language is chosen, and between the elements of a page: read it when it is shown, do not keep
 * parts of it.
 * @type {Texts}
 */
export const text = { ...en };

/** Replaces the texts. @param {Texts} texts */
export function useTexts(texts) {
  Object.assign(text, texts);
}
