/** Progress of a run: the bytes of the drop that were read, and a smoothed rate. At most ten reports a second. */

import { Yielder } from '../core/yielding.js';

/**
 * @import { FileProgress, FileResult, Progress } from '../index.js'
 * @import { DropFile } from '../drop/drop-file.js'
 */

const INTERVAL = 100;
/** Weight of the newest interval in the rate, which so averages over about two seconds. */
const SMOOTHING = 0.05;

export class ProgressMeter {
  /** @type {Map<DropFile, FileProgress>} */
  #files = new Map();
  /** @type {Set<FileProgress>} */
  #changed = new Set();
  #total = { bytesRead: 0, bytesTotal: 0, bytesWritten: 0, filesDone: 0, filesTotal: 0, rate: 0 };
  #last = { at: performance.now(), bytesRead: 0 };
  /** @type {((progress: Progress) => void) | undefined} */
  #report;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;

  /**
   * Resolves when the sizes of all files are known: reading `size` costs Chromium a stat() per picked file, a second
   * for 3,000.
   * @param {readonly DropFile[]} files
   * @param {((progress: Progress) => void) | undefined} onprogress
   * @param {AbortSignal | undefined} signal
   */
  async begin(files, onprogress, signal) {
    if (!onprogress) return;
    this.#report = onprogress;
    const yielder = new Yielder();
    for (const file of files) {
      this.#files.set(file, { path: file.path, bytesRead: 0, bytesTotal: file.size, bytesWritten: 0, result: null });
      this.#total.bytesTotal += file.size;
      this.#total.filesTotal += 1;
      if (yielder.isDue) await yielder.yield();
      if (signal?.aborted) return;
    }
    this.#last.at = performance.now();
    this.#timer = setInterval(() => this.#tell(), INTERVAL);
    this.#tell();
  }

  /**
   * @param {DropFile} file
   * @param {number} bytesRead
   * @param {number} bytesWritten
   */
  advance(file, bytesRead, bytesWritten) {
    const state = this.#files.get(file);
    if (!state) return;
    this.#total.bytesRead += bytesRead - state.bytesRead;
    this.#total.bytesWritten += bytesWritten - state.bytesWritten;
    Object.assign(state, { bytesRead, bytesWritten });
    this.#changed.add(state);
  }

  /**
   * The file is finished. `result` is null for a file that is left out.
   * @param {DropFile} file
   * @param {FileResult | null} result
   */
  over(file, result) {
    const state = this.#files.get(file);
    if (!state) return;
    // A failed file counts as read to the end, because the rest of it needs no more work.
    const { bytesRead } = this.#total;
    this.advance(file, state.bytesTotal, result && !result.skipped ? result.bytes : 0);
    // A skipped file says nothing about how fast the others will go, so it does not count for the rate.
    if (result?.skipped) this.#last.bytesRead += this.#total.bytesRead - bytesRead;
    this.#total.filesDone += 1;
  }

  /**
   * The file's result is final. This may come later than `over`.
   * @param {DropFile} file
   * @param {FileResult} result
   */
  done(file, result) {
    const state = this.#files.get(file);
    if (!state) return;
    state.result = result;
    this.#changed.add(state);
  }

  /** Null if nobody has asked for progress. */
  get bytesTotal() {
    return this.#report ? this.#total.bytesTotal : null;
  }

  end() {
    clearInterval(this.#timer);
    if (this.#report) this.#tell();
  }

  #tell() {
    const now = performance.now();
    const seconds = (now - this.#last.at) / 1000;
    const { bytesRead, bytesTotal, rate } = this.#total;
    if (seconds > 0) {
      const newest = (bytesRead - this.#last.bytesRead) / seconds;
      this.#total.rate = rate === 0 ? newest : rate + SMOOTHING * (newest - rate);
    }
    this.#last = { at: now, bytesRead };
    const secondsLeft = this.#total.rate > 0 ? (bytesTotal - bytesRead) / this.#total.rate : null;
    const changed = [...this.#changed].map((state) => ({ ...state }));
    this.#changed.clear();
    this.#report?.({ ...this.#total, secondsLeft, changed });
  }
}
