/** What was added to be checked, what the person typed, and the verdicts: the state behind the check. */

import { checkKey } from '../../check.js';

/**
 * @import { CheckItem, CheckOptions, KeyCheck } from '../../check.js'
 * @import { AddedItem } from '../state/items.js'
 */

/** Most files that are taken for descriptions of keys. More are a delivery, and it takes long to read them. */
const MOST_FILES = 200;

/** A pasted line that is a key identifier or is meant for one. */
const ADDRESS = /^["'<]?https?:\/\/\S+$/i;

/**
 * @typedef {object} Added
 * @property {string} name
 * @property {CheckItem} item
 * @property {AddedItem | null} file to be decrypted instead, if the person wants that
 */

export class CheckSession extends EventTarget {
  /** @type {Added[]} */
  added = [];
  /** @type {CheckOptions} */
  options = {};
  /** @type {KeyCheck | null} */
  result = null;
  /** @type {Error | null} */
  error = null;
  /** How many files were left out, because so many are a delivery. */
  leftOut = 0;
  #round = 0;
  #isChecking = false;

  get isChecking() {
    return this.#isChecking;
  }

  /**
   * Takes items, or a promise of them, at any time.
   * @param {AddedItem[] | Promise<AddedItem[]>} items
   */
  async add(items) {
    const list = await items;
    const room = Math.max(0, MOST_FILES - this.added.length);
    this.leftOut += Math.max(0, list.length - room);
    for (const item of list.slice(0, room)) this.added.push(...(addressesOf(item.pasted) ?? [fileOf(item)]));
    await this.check();
  }

  /**
   * Takes what was typed as the address of a key, whatever it looks like: the check says what is wrong with it.
   * @param {string} typed
   */
  async addAddresses(typed) {
    for (const line of typed.split(/\s+/).filter(Boolean)) this.added.push({ name: line, item: line, file: null });
    await this.check();
  }

  /** @param {Added} added */
  async remove(added) {
    this.added = this.added.filter((other) => other !== added);
    await this.check();
  }

  /**
   * @param {Added} added
   * @param {string} password
   */
  async enterPassword(added, password) {
    if (typeof added.item === 'string' || !('path' in added.item)) return;
    added.item = { ...added.item, password };
    await this.check();
  }

  /** @param {CheckOptions} options */
  async setOptions(options) {
    this.options = options;
    await this.check();
  }

  clear() {
    this.added = [];
    this.leftOut = 0;
    this.result = this.error = null;
    this.#round += 1;
    this.#isChecking = false;
    this.#changed();
  }

  /** Clears it so that it can be brought back. */
  setAside() {
    const { added, leftOut } = this;
    this.clear();
    return {
      // It holds no key: every check reads the files anew, and wipes what it read.
      clear() {},
      restore: () => {
        this.added = added;
        this.leftOut = leftOut;
        this.check();
      },
    };
  }

  /** Judges everything anew. An older round that ends later changes nothing. */
  async check() {
    this.#round += 1;
    const round = this.#round;
    this.#isChecking = this.added.length > 0;
    this.#changed();
    let [result, error] = [/** @type {KeyCheck | null} */ (null), /** @type {Error | null} */ (null)];
    if (this.added.length > 0) {
      try {
        const items = this.added.map(({ item }) => item);
        result = await checkKey(items, this.options);
      } catch (cause) {
        error = /** @type {Error} */ (cause);
      }
    }
    if (round !== this.#round) return;
    this.#isChecking = false;
    this.result = result;
    this.error = error;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new CustomEvent('change'));
  }
}

/**
 * Key identifiers, when the whole text is nothing else.
 * @param {string | undefined} pasted
 * @returns {Added[] | null}
 */
function addressesOf(pasted) {
  const lines = (pasted ?? '').split(/\s+/).filter(Boolean);
  if (lines.length === 0 || !lines.every((line) => ADDRESS.test(line))) return null;
  return lines.map((line) => ({ name: line, item: line, file: null }));
}

/**
 * @param {AddedItem} file
 * @returns {Added}
 */
function fileOf(file) {
  const { path, blob } = file;
  return { name: path, item: { path, blob: /** @type {Blob} */ (blob) }, file };
}
