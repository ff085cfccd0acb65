/**
 * Every text of the page, in the language that is in use. The words themselves are in a folder for each language.
 *
 * Errors have their own text (MgdcDecryptError.message): one line that says what was found and what to do.
 */

import { en } from './en/index.js';

export { sentence } from './sentence.js';

/** @typedef {typeof en} Texts */

/** Changes when another language is chosen: read it when it is shown, do not keep parts of it. @type {Texts} */
export const text = { ...en };

/**
 * Replaces the texts. What `texts` lacks stays English.
 * @param {Texts} texts
 */
export function useTexts(texts) {
  Object.assign(text, en, texts);
}
