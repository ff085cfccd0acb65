/** For calls of Node's file system: at once while they are quick, as promises while they are slow. */

/** Calls that are made as promises after slow ones. */
const AFTER_SLOW = 256;
/**
 * Calls over which the time is averaged. A single one may be slow because another thread had the processor: of 2,000 small
 * files, half were then written as promises.
 */
const AVERAGED = 16;

/**
 * A call of `fs` that waits takes a few microseconds on a disk of the machine. Its promise costs 30 to 50 more, because
 * another thread makes the call: 2,000 small files took 1.1 s that way, most of it for that. On a drive in the network each
 * call takes half a millisecond or more, and then it is better to have several under way.
 */
export class Pace {
  #slow;
  #left = 0;
  /** Milliseconds. */
  #average = 0;

  /** @param {number} slow milliseconds from which calls count as slow, on average */
  constructor(slow) {
    this.#slow = slow;
  }

  /**
   * Does it in one of two ways.
   * @template Result
   * @param {() => Result} atOnce
   * @param {() => Promise<Result>} later
   * @returns {Promise<Result>}
   */
  async do(atOnce, later) {
    if (this.#left > 0) {
      this.#left -= 1;
      return later();
    }
    const start = performance.now();
    try {
      return atOnce();
    } finally {
      this.#count(performance.now() - start);
    }
  }

  /** @param {number} took */
  #count(took) {
    this.#average += (Math.min(took, 4 * this.#slow) - this.#average) / AVERAGED;
    if (this.#average <= this.#slow) return;
    this.#left = AFTER_SLOW;
    this.#average = 0;
  }
}
