/** One output of a run, in any sink. */

import { toWriteError } from '../core/errors.js';

/** Opened with its first byte or at the end, so that a file that fails at once leaves no trace. */
export class OutputFile {
  bytes = 0;
  /** Whether the worker writes it. */
  isFile = false;
  #opening = null;
  #writer = null;

  /** `modified`: milliseconds, where the source has a date. */
  constructor(sink, path, modified, { replace = false } = {}) {
    Object.assign(this, { sink, path, modified, replace, finalPath: path });
  }

  /** For the worker: the file to write to; null where the sink takes pieces. */
  async openFile() {
    const stream = await this.#open();
    this.isFile = Boolean(stream.file);
    return stream.file ?? null;
  }

  async write(bytes) {
    await this.#open();
    await this.#writer.write(bytes).catch(writeError(this.path));
    this.bytes += bytes.length;
  }

  async close() {
    await this.#open();
    await this.#writer.close().catch(writeError(this.path));
    this.finalPath = this.stream.output ?? this.path;
  }

  async abort(reason) {
    // It may be what failed in the first place, or be on its way still.
    await this.#opening?.catch(() => {});
    await this.#writer?.abort(reason).catch(() => {});
  }

  #open() {
    return (this.#opening ??= this.#start());
  }

  async #start() {
    const modified = this.modified ? new Date(this.modified) : null;
    const info = { size: null, modified, ...(this.replace && { replace: true }) };
    this.stream = await new Promise((resolve) => resolve(this.sink.open(this.path, info))).catch(writeError(this.path));
    this.#writer = this.stream.getWriter();
    this.#writer.closed.catch(() => {}); // every write and close tells by itself
    return this.stream;
  }
}

function writeError(path) {
  return (error) => {
    throw toWriteError(error, path);
  };
}
