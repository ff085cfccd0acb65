/** The words of one element: its language, its host's texts, and those of its side “Check a key”. */

import { en } from './en/index.js';
import { fitting, isLoaded, loadLanguage, voice } from './language.js';
import { complainOf } from './own-texts.js';

/**
 * @import { Voice } from './language.js'
 * @import { OwnTexts } from './own-texts.js'
 */

/**
 * The words of the side “Check a key”, if the element has one.
 *
 * @typedef {object} CheckWording
 * @property {(language: string) => boolean} isLoaded
 * @property {(language: string) => Promise<void>} load
 * @property {(voice: Voice, own?: OwnTexts) => void} translate
 * @property {() => void} speak
 */

/** What a person does in an element. */
const ACTIONS = [
  ...['click', 'change', 'input', 'keydown', 'pointerdown', 'focusin', 'paste', 'dragenter', 'drop', 'toggle'],
  'submit',
];

export class Wording {
  /** @type {OwnTexts | null} */
  #own = null;
  #voice = voice(['en'], null);
  /** @type {CheckWording | null} */
  #check = null;

  /** The language that is shown, one of LANGUAGES. */
  get language() {
    return this.#voice.language;
  }

  /** The host's own texts; those of the side “Check a key” are in `check`. */
  get own() {
    return this.#own;
  }

  set own(own) {
    this.#own = own ?? null;
    if (own) complainOf(en, withoutCheck(own));
  }

  /**
   * Calls `then` when the words are there: at once, if they are. If they cannot be loaded, the element speaks English.
   * @param {readonly string[]} wanted
   * @param {CheckWording | null} check
   * @param {() => void} then
   */
  load(wanted, check, then) {
    const language = fitting(wanted);
    const missing = [
      isLoaded(language) ? null : loadLanguage(language),
      !check || check.isLoaded(language) ? null : check.load(language),
    ].filter((one) => one !== null);
    if (missing.length === 0) then();
    else
      Promise.all(missing)
        .catch((error) => console.warn(`mgdc-decrypt: the language ${language} cannot be loaded: ${error}`))
        .then(then);
  }

  /**
   * Takes the words that are loaded, and puts them to use.
   * @param {readonly string[]} wanted
   * @param {CheckWording | null} check
   */
  choose(wanted, check) {
    const own = this.#own;
    this.#voice = voice(wanted, own && withoutCheck(own));
    this.#check = check;
    check?.translate(this.#voice, /** @type {OwnTexts | undefined} */ (own?.check));
    this.speak();
  }

  /**
   * Before anything that a person does in the element, its words are put to use: another one may have another language.
   * @param {ShadowRoot} root
   */
  speakIn(root) {
    for (const type of ACTIONS) root.addEventListener(type, () => this.speak(), { capture: true });
  }

  speak() {
    this.#voice.speak(() => this.#check?.speak());
  }
}

/** @param {OwnTexts} own @returns {OwnTexts} */
function withoutCheck({ check, ...rest }) {
  return rest;
}
