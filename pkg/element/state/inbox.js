/** What was added but not processed yet. Finds out which items are new, and which of those are private keys. */

import { Yielder } from '../../core/yielding.js';
import { Distinct } from '../../drop/duplicates.js';
import { isLoose, looksLikeKey } from './key-source.js';

/** @import { AddedItem } from './items.js' */

/** Files that are examined at the same time. */
const AT_A_TIME = 32;

export class Inbox {
  /** @type {(Iterable<AddedItem> | Promise<Iterable<AddedItem>>)[]} */
  #sources = [];
  #seen = new Distinct();
  #left = 0;
  /** @type {(() => void) | null} */
  #release = null;
  /** While held: a promise that settles on `release`. @type {Promise<void> | null} */
  released = null;

  get isEmpty() {
    return this.#sources.length === 0;
  }

  /** How many of the files being processed are left. */
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
   * Lets a removed file be added again.
   * @param {AddedItem} item
   */
  forget(item) {
    this.#seen.delete(item);
  }

  clear() {
    this.#sources = [];
    this.#seen = new Distinct(); // a new one, because the items being processed still fill the old one
    this.#left = 0;
  }

  /**
   * Passes every new item to `take(item, isKey)`, in the order of arrival. `onstart` is called when `left` is known.
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
 * Yields to the browser when due, so that even a hundred thousand files never block the page.
 * @param {AddedItem[]} items
 * @param {Distinct} seen
 */
async function* batches(items, seen) {
  const loose = items.filter(isLoose).length;
  const yielder = new Yielder();
  // What the person did, and the page's answer to it, have taken their time in this turn.
  if (items.length > AT_A_TIME) await yielder.yield();
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
