/** A private key that is being tried on many entries: how far that is, and what ends it. */

/** @typedef {{ done: number, total: number }} Progress */
/** @typedef {{ trying: AbortSignal, onprogress: (progress: Progress) => void }} Trial */

/** Milliseconds between two words on how far it is. */
const TOLD_EVERY = 200;

export class KeyTrial {
  /** Once it takes so long that somebody may want to cancel it; otherwise null. @type {Progress | null} */
  progress = null;
  /** @type {(() => void) | null} */
  #cancel = null;

  cancel() {
    this.#cancel?.();
  }

  /**
   * `attempt({ trying, onprogress })` tries until the signal `trying`; `onchange` is called when `progress` has
   * changed.
   * @param {(trial: Trial) => Promise<void>} attempt
   * @param {AbortSignal} signal
   * @param {() => void} onchange
   */
  async run(attempt, signal, onchange) {
    const trying = new AbortController();
    const end = () => trying.abort();
    signal.addEventListener('abort', end);
    this.#cancel = end;
    let told = performance.now();
    /** @param {Progress} progress */
    const onprogress = (progress) => {
      // A few are tried before anybody could read it.
      if (performance.now() - told < TOLD_EVERY) return;
      told = performance.now();
      this.progress = progress;
      onchange();
    };
    try {
      await attempt({ trying: trying.signal, onprogress });
    } finally {
      signal.removeEventListener('abort', end);
      this.progress = this.#cancel = null;
    }
  }
}
