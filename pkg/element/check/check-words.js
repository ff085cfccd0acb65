/** Every sentence of the key check, in the language that is in use. The words are in a folder for each language. */

import { check as de } from '../words/de/check.js';
import { check as en } from '../words/en/check.js';
import { check as zh } from '../words/zh/check.js';

/** @type {Record<string, typeof en>} */
const LANGUAGES = { en, de, 'zh-Hans': zh };

/** Changes when another language is chosen: read it when it is shown, do not keep parts of it. */
export const words = { ...en };

/**
 * `language`: one of LANGUAGES in words/language.js. What its words lack stays English.
 * @param {string} language
 */
export function useCheckWords(language) {
  Object.assign(words, en, LANGUAGES[language]);
}
