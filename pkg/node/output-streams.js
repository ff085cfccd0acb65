/** Lines on standard output, and what happens when nobody takes them. */

/**
 * Whoever reads may go away (`… | head -1`): the run goes on, silently. Where the lines cannot be written for another
 * reason, as on a full disk, `failure` says so at the end: the files are written all the same.
 */
export class OutputStreams {
  /** @type {NodeJS.ErrnoException | null} */
  failure = null;
  #isOpen = true;

  constructor() {
    process.stdout.on('error', (error) => {
      this.#isOpen = false;
      if (!isGone(error)) this.failure ??= error;
    });
    // There is nobody left to tell.
    process.stderr.on('error', () => {});
  }

  /** @param {string} text */
  out(text) {
    if (this.#isOpen) process.stdout.write(text);
  }

  /** @param {string} text */
  err(text) {
    process.stderr.write(text);
  }

  /** Resolves when all that was written has gone out, or cannot. */
  async flush() {
    if (this.#isOpen) await new Promise((resolve) => process.stdout.write('', resolve));
    // The event comes after the callback.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/**
 * EOF is what Windows says.
 * @param {NodeJS.ErrnoException} error
 */
function isGone({ code }) {
  return code === 'EPIPE' || code === 'EOF';
}
