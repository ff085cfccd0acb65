/** What one side puts in and the other one waits for: pieces, credits, free places. */

/** @template Item */
export class Queue {
  /** Once it has failed. @type {{ reason: unknown } | null} */
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
   * Resolves to the oldest item, once there is one; first come, first served.
   * @returns {Promise<Item>}
   */
  async next() {
    if (this.failure) throw this.failure.reason;
    if (this.#items.length > 0) return /** @type {Item} */ (this.#items.shift());
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /**
   * Whoever waits, and whoever asks later, gets the reason.
   * @param {unknown} reason
   */
  fail(reason) {
    this.failure ??= { reason };
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
}
