/** What went wrong apart from single files, keys and entries. */

/** @import { ErrorCode } from '../../index.js' */

/**
 * `retry` tries again; `passing` ones are dropped by the next try of anything. The host's own errors have no code.
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

  /** What is tried again now speaks for itself; the rest stays until it was read. */
  dropTriedAgain() {
    this.all = this.all.filter(({ retry, passing }) => !retry && !passing);
  }

  clear() {
    this.all = [];
  }
}
