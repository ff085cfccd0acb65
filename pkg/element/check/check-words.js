/** Every sentence of the key check, in the language that is in use. The words are in a folder for each language. */

import { check as en } from '../words/en/check.js';
import { useLocale } from '../words/format.js';
import { allOf } from '../words/language.js';
import { complainOf, merged } from '../words/own-texts.js';

/**
 * @import { OwnTexts } from '../words/own-texts.js'
 * @import { CheckLanguage } from '../words/rules.js'
 */

/**
 * As in words/language.js. @type {Record<string, () => Promise<CheckLanguage>>}
 */
const LANGUAGES = {
  de: () => import('../words/de-check.js'),
  'zh-Hans': () => import('../words/zh-check.js'),
};

/** @type {Map<string, CheckLanguage>} */
const loaded = new Map([['en', { check: en, rules: null, useLocale }]]);

/** Whether it can be used at once. @param {string} language */
export const isLoaded = (language) => loaded.has(language);

/** @param {string} language one of LANGUAGES in words/language.js */
export async function loadCheckWords(language) {
  if (!loaded.has(language)) loaded.set(language, await LANGUAGES[language]());
}

/** Loads every language, as in words/language.js. */
export async function loadLanguages() {
  await allOf(Object.keys(LANGUAGES).map(loadCheckWords));
}

/** Changes as `text` in words/text.js does: read it when it is shown, do not keep parts of it. */
export const words = { ...en };

/** @type {CheckLanguage['rules']} */
let rules = null;

/** What the rules of the services say; null in English, which the core writes. */
export const ruleWords = () => rules;

/**
 * The words of one element, as `voice` in words/language.js: a call puts them to use.
 * @param {string} language
 * @param {string} tag the language that numbers are written in
 * @param {OwnTexts} [own] of the host
 */
export function checkVoice(language, tag, own) {
  const found = loaded.get(language) ?? { check: en, rules: null, useLocale };
  if (own) complainOf(en, own, 'check.');
  const all = own ? merged(found.check, own) : found.check;
  return () => {
    Object.assign(words, all);
    rules = found.rules;
    found.useLocale(tag);
  };
}
