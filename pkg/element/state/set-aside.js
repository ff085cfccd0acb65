/** What was cleared, kept for a short time so that it can come back. After that its keys are wiped. */

/** What can be forgotten for good, and brought back: `restore`. @typedef {{ clear(): void, restore(): void }} Cleared */

const KEPT_MS = 10_000;

export class SetAside {
  /** @type {Cleared | null} */
  #cleared = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #onwiped;

  /**
   * `onwiped` is called when the time is over.
   * @param {() => void} onwiped
   * @param {number} [kept] milliseconds
   */
  constructor(onwiped, kept = KEPT_MS) {
    this.#onwiped = onwiped;
    this.kept = kept;
  }

  get isEmpty() {
    return this.#cleared === null;
  }

  /** @param {Cleared} cleared */
  keep(cleared) {
    this.wipe();
    this.#cleared = cleared;
    this.#timer = setTimeout(() => {
      this.wipe();
      this.#onwiped();
    }, this.kept);
  }

  /** Gives it back; `null` if it is gone. */
  take() {
    clearTimeout(this.#timer);
    const cleared = this.#cleared;
    this.#cleared = null;
    return cleared;
  }

  /** Forgets it and wipes its keys. */
  wipe() {
    this.take()?.clear();
  }
}
