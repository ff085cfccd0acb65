/** Asks the person before the page is left. */

export class LeaveWarning {
  /** @type {AbortController | null} */
  #listening = null;

  /**
   * Listens only while it is on, because the listener keeps the page out of the back/forward cache.
   * @param {boolean} on
   */
  set(on) {
    if (on === Boolean(this.#listening)) return;
    this.#listening?.abort();
    this.#listening = on ? new AbortController() : null;
    if (on) addEventListener('beforeunload', (event) => event.preventDefault(), { signal: this.#listening?.signal });
  }
}
