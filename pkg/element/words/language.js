/** The languages of the page: which there are, which one fits the person, and changing it. */

import { de } from './de/index.js';
import { en } from './en/index.js';
import { useLocale } from './format.js';
import { useTexts } from './text.js';
import { zh } from './zh/index.js';

/** @import { Texts } from './text.js' */

/**
 * By BCP 47 tag. `name`: in the language itself, for the list of languages.
 * @type {Record<string, { name: string, texts: Texts }>}
 */
export const LANGUAGES = {
  en: { name: 'English', texts: en },
  de: { name: 'Deutsch', texts: de },
  'zh-Hans': { name: '简体中文', texts: zh },
};

/**
 * The first of the wanted languages that there is, otherwise English. Traditional Chinese is not Simplified Chinese.
 * @param {readonly string[]} wanted BCP 47 tags, the most wanted first
 */
export function fitting(wanted) {
  for (const tag of wanted) {
    const { language, script } = localeOf(tag) ?? {};
    if (language === 'zh' && script === 'Hans') return 'zh-Hans';
    if (language && language in LANGUAGES) return language;
  }
  return 'en';
}

/**
 * Changes texts and numbers for all elements of the page. `tag` may be more exact than the language: `en-GB` or `de-AT`
 * write numbers and dates in their own way.
 * @param {string} tag
 */
export function useLanguage(tag) {
  const language = fitting([tag]);
  useTexts(LANGUAGES[language].texts);
  // Numbers and words of the same language: where there are no Arabic words, no Arabic units stand between English ones.
  useLocale(localeOf(tag)?.language === localeOf(language)?.language ? tag : language);
}

/** Scripts that are written from right to left. */
const RIGHT_TO_LEFT = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']);

/**
 * `rtl` or `ltr`; null if the tag says no language.
 * @param {string} tag
 */
export function directionOf(tag) {
  const script = localeOf(tag)?.script;
  if (!script) return null;
  return RIGHT_TO_LEFT.has(script) ? 'rtl' : 'ltr';
}

/** @param {string} tag */
function localeOf(tag) {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return null; // not a tag
  }
}
