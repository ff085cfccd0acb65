/** Writes lines to standard output, and handles the case that they cannot be written. */

/**
 * If the reader closes the pipe (`… | head -1`), the run continues silently. If lines cannot be written for another
 * reason, such as a full disk, the files are still written, and `failure` holds the error at the end.
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
    // There is no place left to report it.
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

  /** Resolves when everything was written, or has failed. */
  async flush() {
    if (this.#isOpen) await new Promise((resolve) => process.stdout.write('', resolve));
    // The event comes after the callback.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/**
 * Whether the reader has closed the pipe. The code is EOF on Windows.
 * @param {NodeJS.ErrnoException} error
 */
function isGone({ code }) {
  return code === 'EPIPE' || code === 'EOF';
}
