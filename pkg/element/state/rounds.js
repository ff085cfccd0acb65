/** Work that is done in rounds, one after another. What is added during a round is handled in the next one. */

export class Rounds {
  #again = false;
  #working = false;

  get isWorking() {
    return this.#working;
  }

  /** Whether a round was requested and has not begun. */
  get isDue() {
    return this.#again;
  }

  /** Requests a round. */
  ask() {
    this.#again = true;
  }

  /**
   * Runs rounds until no more are requested. Does nothing if rounds are already running.
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
