/** Splits long work into short turns, so that the browser can handle input and paint in between. */

/** This leaves the browser a third of a frame (16.7 ms) for its own work. */
const TURN_MS = 10;

/** Use: `if (yielder.isDue) await yielder.yield();` in a loop over up to a hundred thousand files. */
export class Yielder {
  #since = performance.now();

  /** Whether it is time to let the browser work. */
  get isDue() {
    return performance.now() - this.#since > TURN_MS;
  }

  /** Lets the browser work. */
  async yield() {
    await another();
    this.#since = performance.now();
  }
}

/**
 * Resolves in another turn of the event loop. Not a timer: browsers delay timers, in a hidden tab by a second.
 * @returns {Promise<void>}
 */
function another() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
