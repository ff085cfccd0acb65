/** What was added and has not been looked at: which of it is new, and which of that is a key. */

import { Yielder } from '../../core/yielding.js';
import { Distinct } from '../../drop/duplicates.js';
import { isLoose, looksLikeKey } from './key-source.js';

/** @import { AddedItem } from './items.js' */

/** Files that are looked into side by side. */
const AT_A_TIME = 32;

export class Inbox {
  /** @type {(Iterable<AddedItem> | Promise<Iterable<AddedItem>>)[]} */
  #sources = [];
  #seen = new Distinct();
  #left = 0;
  /** @type {(() => void) | null} */
  #release = null;
  /** Settles when nothing holds it (any more). @type {Promise<void> | null} */
  released = null;

  get isEmpty() {
    return this.#sources.length === 0;
  }

  /** How many files of what is being looked at are left. */
  get left() {
    return this.#left;
  }

  /**
   * Takes `{ path, blob }` items, or a promise of them.
   * @param {Iterable<AddedItem> | Promise<Iterable<AddedItem>>} items
   */
  put(items) {
    this.#sources.push(items);
  }

  hold() {
    this.released ??= new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  release() {
    this.released = null;
    this.#release?.();
  }

  /**
   * Lets a file come again that was removed.
   * @param {AddedItem} item
   */
  forget(item) {
    this.#seen.delete(item);
  }

  clear() {
    this.#sources = [];
    this.#seen = new Distinct(); // not emptied: what is being looked at still fills the old one
    this.#left = 0;
  }

  /**
   * Gives everything new to `take(item, isKey)`, in the order in which it came. `onstart` tells that `left` is known.
   * @param {(item: AddedItem, isKey: boolean) => Promise<void>} take
   * @param {() => void} onstart
   */
  async empty(take, onstart) {
    for (let source = this.#sources.shift(); source; source = this.#sources.shift())
      await this.#sort(source, take, onstart);
  }

  /**
   * @param {Iterable<AddedItem> | Promise<Iterable<AddedItem>>} source
   * @param {(item: AddedItem, isKey: boolean) => Promise<void>} take
   * @param {() => void} onstart
   */
  async #sort(source, take, onstart) {
    const seen = this.#seen;
    const items = [...(await source)];
    if (seen !== this.#seen) return;
    this.#left = items.length;
    onstart();
    for await (const batch of batches(items, seen)) {
      for (const { item, isNew, isKey } of batch) {
        if (seen !== this.#seen) return;
        this.#left -= 1;
        if (isNew) await take(item, isKey);
      }
    }
  }
}

/**
 * Pauses where it takes long: a hundred thousand files never hold the page up.
 * @param {AddedItem[]} items
 * @param {Distinct} seen
 */
async function* batches(items, seen) {
  const loose = items.filter(isLoose).length;
  const yielder = new Yielder();
  for (let start = 0; start < items.length; start += AT_A_TIME) {
    if (yielder.isDue) await yielder.yield();
    const batch = items.slice(start, start + AT_A_TIME);
    yield Promise.all(
      batch.map(async (item) => {
        const isNew = await seen.add(item);
        return { item, isNew, isKey: isNew && (await looksLikeKey(item, loose)) };
      }),
    );
  }
}
