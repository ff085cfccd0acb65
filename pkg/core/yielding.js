/** Long work in short turns: in between the browser takes input and paints. */

/** A third of a frame is left for what the browser does with the rest. */
const TURN_MS = 10;

/** `if (yielder.isDue) await yielder.yield();` in a loop that may go through a hundred thousand files. */
export class Yielder {
  #since = performance.now();

  /** Whether it is time to let the browser in. */
  get isDue() {
    return performance.now() - this.#since > TURN_MS;
  }

  /** Lets the browser in. */
  async yield() {
    await another();
    this.#since = performance.now();
  }
}

/**
 * Not a timer: browsers make those wait, a hidden tab's for a second.
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
