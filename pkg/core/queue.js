/** What one side puts in and the other one waits for: pieces, credits, free places. */

export class Queue {
  /** `{ reason }` once it has failed. */
  failure = null;
  #items;
  #waiting = [];

  constructor(items = []) {
    this.#items = [...items];
  }

  put(item) {
    const next = this.#waiting.shift();
    if (next) next.resolve(item);
    else this.#items.push(item);
  }

  /** Resolves to the oldest item, once there is one; first come, first served. */
  async next() {
    if (this.failure) throw this.failure.reason;
    if (this.#items.length > 0) return this.#items.shift();
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Whoever waits, and whoever asks later, gets the reason. */
  fail(reason) {
    this.failure ??= { reason };
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
}
