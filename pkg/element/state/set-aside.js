/** What was cleared, kept for a short time so that it can come back. After that its keys are wiped. */

/** @import { Session } from './session.js' */

const KEPT_MS = 10_000;

export class SetAside {
  /** @type {Session | null} */
  #session = null;
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
    return this.#session === null;
  }

  /** @param {Session} session */
  keep(session) {
    this.wipe();
    this.#session = session;
    this.#timer = setTimeout(() => {
      this.wipe();
      this.#onwiped();
    }, this.kept);
  }

  /** Gives it back; `null` if it is gone. */
  take() {
    clearTimeout(this.#timer);
    const session = this.#session;
    this.#session = null;
    return session;
  }

  /** Forgets it and wipes its keys. */
  wipe() {
    this.take()?.clear();
  }
}
