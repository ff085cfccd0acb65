/** Work that is done in rounds, one after another: what comes during a round is done in the next one. */

export class Rounds {
  #again = false;
  #working = false;

  get isWorking() {
    return this.#working;
  }

  /** Whether something waits for a round. */
  get isDue() {
    return this.#again;
  }

  /** Asks for a round. */
  ask() {
    this.#again = true;
  }

  /**
   * Does rounds until none is asked for any more, unless they are being done already.
   * @param {() => Promise<void> | null} before
   * @param {() => Promise<void>} round
   */
  async work(before, round) {
    if (this.#working) return;
    this.#working = true;
    try {
      await before();
      while (this.#again) {
        this.#again = false;
        await round();
      }
    } finally {
      this.#working = false;
    }
  }
}
