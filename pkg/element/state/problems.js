/** Problems that do not belong to a single file, key or entry. */

/** @import { ErrorCode } from '../../index.js' */

/**
 * `retry` tries again; a `passing` problem disappears at the next attempt of any kind. Errors of the host have no code.
 *
 * @typedef {{ error: Error & { code?: ErrorCode, path?: string }, retry?: () => void, passing?: boolean }} Problem
 */

export class Problems {
  /** @type {Problem[]} */
  all = [];

  /** @param {Problem} problem */
  add(problem) {
    this.all = [...this.all, problem];
  }

  /** @param {Problem | undefined} problem */
  dismiss(problem) {
    this.all = this.all.filter((other) => other !== problem);
  }

  /** Drops problems that are being tried again, and passing ones. The others stay until they are dismissed. */
  dropTriedAgain() {
    this.all = this.all.filter(({ retry, passing }) => !retry && !passing);
  }

  clear() {
    this.all = [];
  }
}
