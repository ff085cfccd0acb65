/** Tracks a private key while it is tried on many entries: its progress, and how to cancel it. */

/** @typedef {{ done: number, total: number }} Progress */
/** @typedef {{ trying: AbortSignal, onprogress: (progress: Progress) => void }} Trial */

/** Milliseconds between two reports of progress. */
const TOLD_EVERY = 200;

export class KeyTrial {
  /** Null until it takes so long that the person may want to cancel. @type {Progress | null} */
  progress = null;
  /** @type {(() => void) | null} */
  #cancel = null;

  cancel() {
    this.#cancel?.();
  }

  /**
   * Calls `attempt({ trying, onprogress })`, which stops when the signal `trying` is aborted. `onchange` is called when
   * `progress` changes.
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
      // Short trials end before a person could read the progress.
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
