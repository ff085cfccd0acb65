/** A queue that one side fills and the other waits on: for pieces, credits or free places. */

/** @template Item */
export class Queue {
  /** Set by `fail`. @type {{ reason: unknown } | null} */
  failure = null;
  /** @type {Item[]} */
  #items;
  /** @type {{ resolve(item: Item): void, reject(reason: unknown): void }[]} */
  #waiting = [];

  /** @param {Iterable<Item>} [items] */
  constructor(items = []) {
    this.#items = [...items];
  }

  /** @param {Item} item */
  put(item) {
    const next = this.#waiting.shift();
    if (next) next.resolve(item);
    else this.#items.push(item);
  }

  /**
   * Resolves to the oldest item as soon as there is one. Those who wait are served in order.
   * @returns {Promise<Item>}
   */
  async next() {
    if (this.failure) throw this.failure.reason;
    if (this.#items.length > 0) return /** @type {Item} */ (this.#items.shift());
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /**
   * Rejects all pending and all later calls of `next` with the reason.
   * @param {unknown} reason
   */
  fail(reason) {
    this.failure ??= { reason };
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
}
