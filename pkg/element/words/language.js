/** The languages of the page: which there are, which one fits the person, and changing it. */

import { en } from './en/index.js';
import { useLocale } from './format.js';
import { merged } from './own-texts.js';
import { useTexts } from './text.js';

/**
 * @import { OwnTexts } from './own-texts.js'
 * @import { Texts } from './text.js'
 */

/**
 * The words of a language. `useLocale` is that of their own format.js: a script that the page loads later has a copy.
 * @typedef {{ texts: Texts, useLocale: typeof useLocale }} Language
 */

/**
 * By BCP 47 tag. `name`: in the language itself, for the list of languages. Only English is there at once: each other
 * language has a sixth of the page's script.
 * @type {Record<string, { name: string, load: () => Promise<Language> }>}
 */
export const LANGUAGES = {
  en: { name: 'English', load: async () => ({ texts: en, useLocale }) },
  de: { name: 'Deutsch', load: () => import('./de.js') },
  'zh-Hans': { name: '简体中文', load: () => import('./zh.js') },
};

/** @type {Map<string, Language>} */
const loaded = new Map([['en', { texts: en, useLocale }]]);

/** Whether it can be used at once. @param {string} language */
export const isLoaded = (language) => loaded.has(language);

/**
 * Loads a language, once. Rejects if its script cannot be loaded; it can be asked for again.
 * @param {string} language one of LANGUAGES
 */
export async function loadLanguage(language) {
  if (!loaded.has(language)) loaded.set(language, await LANGUAGES[language].load());
}

/** Loads every language. Rejects if one cannot be loaded, when the others are there. */
export async function loadLanguages() {
  await allOf(Object.keys(LANGUAGES).map(loadLanguage));
}

/** Waits for all of them, also if one fails. @param {Promise<unknown>[]} asked */
export async function allOf(asked) {
  await Promise.allSettled(asked);
  await Promise.all(asked);
}

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
 * The words of one element: its language, and what its host says in its own way.
 *
 * @typedef {object} Voice
 * @property {string} language one of LANGUAGES
 * @property {string} tag what numbers and dates are written in: `en-GB` and `de-AT` do it in their own way
 * @property {(more?: () => void) => void} speak puts them to use, and calls `more`. One element's words are in use at a
 *   time, so an element calls it before it shows anything. It costs nothing while they are in use.
 */

/** Whose words are in use. @type {Voice | null} */
let speaking = null;

/**
 * In the first of the wanted languages that there is; in English as long as that is not loaded.
 * @param {readonly string[]} wanted BCP 47 tags
 * @param {OwnTexts | null} own of the host
 * @returns {Voice}
 */
export function voice(wanted, own) {
  const fit = fitting(wanted);
  const language = isLoaded(fit) ? fit : 'en';
  const { texts, useLocale: useOther } = /** @type {Language} */ (loaded.get(language));
  const all = own ? merged(texts, own) : texts;
  // Numbers and words of one language: where there are no Arabic words, no Arabic units stand between English ones.
  const tag = wanted.find((one) => fitting([one]) === language && isOf(one, language)) ?? language;
  /** @type {Voice} */
  const self = {
    language,
    tag,
    speak(more) {
      if (speaking === self) return;
      speaking = self;
      more?.();
      useTexts(all);
      for (const use of [useLocale, useOther]) use(tag);
    },
  };
  return self;
}

/** @type {(tag: string, language: string) => boolean} */
const isOf = (tag, language) => localeOf(tag)?.language === localeOf(language)?.language;

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
