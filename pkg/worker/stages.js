/** The time that a job spent in each of its stages, on one thread. `make bench STAGES=1` prints it. */

/** @typedef {Record<string, number>} StageTimes milliseconds */

export class Stages {
  /** @type {StageTimes} */
  times = {};
  #at = performance.now();

  /** Adds the time since the last call to this stage. @param {string} stage */
  lap(stage) {
    const now = performance.now();
    this.times[stage] = (this.times[stage] ?? 0) + now - this.#at;
    this.#at = now;
  }
}
