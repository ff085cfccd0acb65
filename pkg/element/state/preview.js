/**
 * The preview of one file: what was asked for, and what was read. It is in memory only. One file is read at a time, and
 * reading stops when another file is asked for.
 */

import { isDelivered } from '../../drop/left-out.js';
import { printable } from '../words/format.js';
import { plainly } from '../words/plain.js';
import { text } from '../words/text.js';
import { statusOf } from './status.js';

/**
 * @import { DropFile, MgdcDecryptError, Preview } from '../../index.js'
 * @import { Session } from './session.js'
 */

/** Rows that are read at first, and more of them each time the person asks. */
const ROWS = 100;
/** More rows are not a preview. A table of this length is still quick to scroll. */
export const MOST_ROWS = 1000;
/** Bytes that are read at most at first; four times as many each time they were too few, up to the last figure. */
const BYTES = 1 << 20;
const MOST_BYTES = 16 << 20;

export class FilePreview {
  /** The file that was chosen. @type {DropFile | null} */
  file = null;
  /** Why it is not read: it is not delivered, or it has no key yet. @type {'apart' | 'locked' | null} */
  obstacle = null;
  /** @type {Preview | null} */
  result = null;
  /** @type {MgdcDecryptError | null} */
  error = null;
  isReading = false;

  #session;
  #listener;
  #rows = ROWS;
  #bytes = BYTES;
  /** Ends the reading that is under way. @type {AbortController | null} */
  #stop = null;
  /** Settles when nothing is read any more. @type {Promise<unknown>} */
  #last = Promise.resolve();

  /**
   * @param {Session} session
   * @param {{ changed: () => void, say: (sentence: () => string) => void }} listener
   */
  constructor(session, listener) {
    this.#session = session;
    this.#listener = listener;
  }

  /** Whether asking for more rows gives more. */
  get hasMore() {
    const { result } = this;
    if (!result?.more || result.rows.length >= MOST_ROWS) return false;
    return result.stoppedBy === 'rows' || (result.stoppedBy === 'bytes' && this.#bytes < MOST_BYTES);
  }

  /** @param {DropFile} file */
  open(file) {
    this.#forget();
    this.file = file;
    this.#read();
  }

  more() {
    if (!this.hasMore || this.isReading) return;
    if (this.result?.stoppedBy === 'bytes') this.#bytes = Math.min(this.#bytes * 4, MOST_BYTES);
    this.#rows = Math.min(this.#rows + ROWS, MOST_ROWS);
    this.#read();
  }

  close() {
    this.#forget();
    this.#listener.changed();
  }

  /** Call it when the files or their keys have changed. What was shown stays if it is still right. */
  follow() {
    const { file } = this;
    if (!file) return;
    const now = this.#session.files.find(({ path }) => path === file.path);
    if (!now) this.close();
    else if (now !== file || this.obstacle !== this.#obstacleOf(now)) this.open(now);
  }

  #forget() {
    this.#stop?.abort();
    this.#stop = null;
    this.file = null;
    this.obstacle = null;
    this.result = null;
    this.error = null;
    this.isReading = false;
    this.#rows = ROWS;
    this.#bytes = BYTES;
  }

  async #read() {
    const file = /** @type {DropFile} */ (this.file);
    this.#stop?.abort();
    this.obstacle = this.#obstacleOf(file);
    this.isReading = this.obstacle === null;
    this.#listener.changed();
    if (!this.isReading) return;
    const stop = new AbortController();
    this.#stop = stop;
    const before = this.#last;
    const reading = (async () => {
      await before;
      if (stop.signal.aborted) return;
      const { drop } = this.#session;
      if (!drop) return;
      const result = await drop.preview(file.path, { rows: this.#rows, bytes: this.#bytes, signal: stop.signal });
      if (stop.signal.aborted) return;
      this.result = result;
      this.error = null;
    })();
    this.#last = reading.catch((error) => {
      // What was stopped is of no interest. Anything else is shown.
      if (!stop.signal.aborted) this.error = error;
    });
    await this.#last;
    if (stop.signal.aborted) return;
    this.isReading = false;
    this.#listener.changed();
    const name = printable(file.path);
    const why = this.error ?? this.result?.error;
    const rows = this.result?.rows.length ?? 0;
    this.#listener.say(() => (why ? text.preview.failed(name, plainly(why)) : text.preview.said(name, rows)));
  }

  /** @param {DropFile} file */
  #obstacleOf(file) {
    if (!isDelivered(file)) return 'apart';
    if (file.keyDetails !== null || file.role !== 'encrypted') return null;
    // A file that was not examined may still open.
    if (!file.examined && this.#session.totals.ready > 0) return null;
    // A result does not open a file: one that failed for want of a key is locked.
    return file.error === null || statusOf(file, this.#session) === 'locked' ? 'locked' : null;
  }
}
