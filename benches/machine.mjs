/**
 * Simulates threads on the cores of a machine, by discrete events. A thread is a generator that yields what it does
 * next: `{ run: ms }` of CPU, `{ take: store }` waits for a token, `{ put: store }` gives one back, `{ start: thread }`
 * starts another one. If more threads run than there are cores, all get the same share.
 */

/** Tokens that threads wait for, in the order in which they came. */
export class Store {
  /** @type {Thread[]} */
  waiting = [];

  /** @param {number} [tokens] */
  constructor(tokens = 0) {
    this.tokens = tokens;
  }
}

/**
 * @typedef {{ run?: number, take?: Store, put?: Store, start?: Steps }} Step
 * @typedef {Generator<Step, void>} Steps
 * @typedef {{ steps: Steps, left: number }} Thread
 */

/**
 * Returns the milliseconds until all threads have ended.
 * @param {Steps} first
 * @param {number} cores
 * @param {number} [slowdown] how much longer a thread takes while all cores are busy: two virtual cores may share one
 *   real core, and all share the memory
 */
export function simulate(first, cores, slowdown = 1) {
  /** @type {Set<Thread>} */
  const running = new Set();
  let waiting = 0;
  let now = 0;
  /** @type {Thread[]} */
  const ready = [{ steps: first, left: 0 }];
  for (;;) {
    for (let thread = ready.pop(); thread; thread = ready.pop()) advance(thread);
    if (running.size === 0) break;
    const busy = Math.min(running.size, cores);
    const slow = cores > 1 ? 1 + ((slowdown - 1) * (busy - 1)) / (cores - 1) : 1;
    const speed = busy / running.size / slow;
    let shortest = Number.POSITIVE_INFINITY;
    for (const { left } of running) shortest = Math.min(shortest, left);
    now += shortest / speed;
    for (const thread of running) {
      thread.left -= shortest;
      if (thread.left > 1e-9) continue;
      running.delete(thread);
      ready.push(thread);
    }
  }
  if (waiting > 0) throw new Error(`${waiting} threads of the simulation wait for ever`);
  return now;

  /** Until it runs, waits or ends. @param {Thread} thread */
  function advance(thread) {
    for (;;) {
      const { value, done } = thread.steps.next();
      if (done) return;
      if (value.start) ready.push({ steps: value.start, left: 0 });
      if (value.run) {
        thread.left = value.run;
        running.add(thread);
        return;
      }
      if (value.put) give(value.put);
      if (!value.take) continue;
      if (value.take.tokens === 0) {
        value.take.waiting.push(thread);
        waiting += 1;
        return;
      }
      value.take.tokens -= 1;
    }
  }

  /** @param {Store} store */
  function give(store) {
    const thread = store.waiting.shift();
    if (thread) {
      waiting -= 1;
      ready.push(thread);
    } else store.tokens += 1;
  }
}
