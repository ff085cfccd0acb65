/**
 * The key details entries of a drop as plain objects. Each is made once, and again when the core reports that it has
 * changed.
 */

import { toError } from '../core/errors.js';
import { Yielder } from '../core/yielding.js';

/**
 * @import { KeyDetailsState, MgdcDecryptError } from '../index.js'
 * @import { DataDrop } from '../wasm/mgdc_decrypt.js'
 */

export class KeyDetailsList {
  #core;
  /** @type {KeyDetailsState[]} */
  #all = [];
  /** The list that `settle` is filling; it replaces the old one when complete. @type {KeyDetailsState[] | null} */
  #draft = null;
  #settling = 0;
  /** By index of the entry: why the host gave no answer for it. @type {Map<number, MgdcDecryptError>} */
  #refusals = new Map();

  /**
   * `core()` returns the core's DataDrop.
   * @param {() => DataDrop} core
   */
  constructor(core) {
    this.#core = core;
  }

  /** The array is never modified but replaced, so a caller that keeps it has a snapshot. */
  get all() {
    const core = this.#core();
    if (this.#settling > 0) return this.#all;
    const changed = core.takeChanged();
    if (changed.length > 0) {
      const all = [...this.#all];
      for (const index of changed) all[index] = this.#make(index);
      this.#all = all;
    }
    return this.#all;
  }

  /** Reads what has changed, in turns, because ten thousand entries take half a second. */
  async settle() {
    this.#settling += 1;
    const draft = (this.#draft ??= [...this.#all]);
    try {
      const yielder = new Yielder();
      for (const index of this.#core().takeChanged()) {
        if (yielder.isDue) await yielder.yield();
        draft[index] = this.#make(index);
      }
    } finally {
      this.#settling -= 1;
      if (this.#settling === 0) {
        this.#all = draft;
        this.#draft = null;
      }
    }
  }

  /**
   * @param {number} index
   * @param {MgdcDecryptError} reason
   */
  refuse(index, reason) {
    this.#refusals.set(index, reason);
    this.#all = [...this.#all];
    for (const list of [this.#all, this.#draft]) if (list) list[index] = { ...list[index], error: reason };
  }

  forgetRefusals() {
    const indices = [...this.#refusals.keys()];
    this.#refusals.clear();
    if (indices.length > 0) this.#all = [...this.#all];
    for (const index of indices) this.#all[index] = this.#make(index);
  }

  /**
   * @param {number} index
   * @returns {KeyDetailsState}
   */
  #make(index) {
    const entry = this.#core().entry(index);
    return { ...entry, error: this.#refusals.get(index) ?? (entry.error && toError(entry.error)) };
  }
}
