/** One run as it is shown: decrypts into a destination, and passes the result of each file to the session. */

import { joinReports } from '../../report/joined.js';

/**
 * @import { DropDecryptOptions, DropFile, MgdcDecryptError, Progress, Report } from '../../index.js'
 * @import { Fate } from '../save/hand-over.js'
 * @import { Session } from './session.js'
 */

/**
 * Where the run saves to: see save/save.js.
 *
 * @typedef {object} RunDestination
 * @property {import('../../index.js').Sink} sink
 * @property {boolean} [resume]
 * @property {string} name
 * @property {() => Promise<Fate>} finish
 * @property {() => Promise<void>} discard
 * @property {() => RunDestination} [again] the same place, for another run
 */
/** Options of a conversion: ConvertOptions in index.d.ts. @typedef {{ to: 'csv' | 'parquet', bom?: boolean, flatten?: boolean, splitRows?: boolean }} Conversion */
/**
 * What a run is to do besides. `again`: it tries files of the last run once more.
 *
 * @typedef {object} RunOptions
 * @property {boolean} [report]
 * @property {boolean} [salvage]
 * @property {Conversion} [convert]
 * @property {boolean} [again]
 */
/** `host`: into the host's sink. @typedef {'folder' | 'zip' | 'file' | 'host'} Way */
/** The parts of the report that are shown. @typedef {ReturnType<typeof figuresOf>} Figures */

export class ShownRun {
  cancelling = false;
  /** Null until the run is over. @type {'done' | 'cancelled' | 'failed' | null} */
  outcome = null;
  /** What is known of where the result went. @type {Fate} */
  fate = 'saved';
  /** @type {MgdcDecryptError | null} */
  error = null;
  /** @type {Report | null} */
  report = null;
  /** Of a run that was cancelled or stopped. @type {Report | null} */
  partial = null;
  /** @type {Figures | null} */
  figures = null;
  /** @type {Progress | null} */
  progress = null;

  #session;
  #destination;
  #stop = new AbortController();
  /** How many tenths were announced. */
  #tenth = 0;

  /**
   * `only`: paths, by default all.
   * @param {Session} session
   * @param {RunDestination} destination
   * @param {Way} way
   * @param {Iterable<string>} [only]
   * @param {RunOptions} [options]
   */
  constructor(session, destination, way, only, options = {}) {
    this.#session = session;
    this.#destination = destination;
    /** The totals when the run began. */
    this.totals = session.totals;
    this.way = way;
    this.only = only ? new Set(only) : null;
    this.options = options;
    /** The names of what was saved: a ZIP more for each time that files were tried again. */
    this.names = [destination.name];
  }

  /** The place that it saved to, for another run; `null` if it can be written only once. */
  get placeAgain() {
    return this.#destination.again?.() ?? null;
  }

  /** The name of the folder or file that was saved. */
  get name() {
    return this.#destination.name;
  }

  /** Whether the run skips files that an earlier run saved there. */
  get resumes() {
    return this.#destination.resume === true;
  }

  /**
   * After it has tried files of another run again: the run to show, which covers all files of both. It is the other one,
   * if this one has no results.
   * @param {ShownRun} before
   */
  after(before) {
    const report = this.report ?? this.partial;
    if (!report || !before.report) return before;
    const isSaved = report.decrypted + report.copied + salvagedIn(report) > 0;
    this.names = [...new Set([...before.names, ...(isSaved ? this.names : [])])];
    this.report = joinReports(before.report, report);
    this.figures = figuresOf(this.report, this.#session.files);
    this.outcome = 'done';
    this.error = null;
    if (before.fate === 'unsure' || !isSaved) this.fate = before.fate;
    return this;
  }

  cancel() {
    this.cancelling = true;
    this.#stop.abort();
  }

  /** @param {string} path */
  includes(path) {
    return !this.only || this.only.has(path);
  }

  /**
   * The tenth that was reached since it was last asked for; null if there is none. Every ten percent, because a screen
   * reader would say nothing else if it were told more often.
   */
  newTenth() {
    const { bytesRead = 0, bytesTotal = 0 } = this.progress ?? {};
    const tenth = bytesTotal > 0 ? Math.floor((10 * bytesRead) / bytesTotal) : 0;
    if (tenth <= this.#tenth || tenth >= 10) return null;
    this.#tenth = tenth;
    return tenth;
  }

  /** Settles when everything is over. Never rejects: see `outcome` and `error`. */
  async go() {
    const session = this.#session;
    const { report, salvage, convert } = this.options;
    /** @type {DropDecryptOptions & RunOptions} */
    const options = { signal: this.#stop.signal, onprogress: (progress) => this.#onprogress(progress) };
    if (session.folder) options.source = session.folder;
    if (report) options.report = true;
    if (salvage) options.salvage = true;
    if (convert) options.convert = convert;
    if (this.only) options.files = this.only;
    if (this.#destination.resume) options.resume = true;
    try {
      await painted();
      const drop = /** @type {NonNullable<Session['drop']>} */ (session.drop);
      const report = await drop.decrypt(this.#destination.sink, options);
      for (const result of report.files) session.results.settle(result);
      // If nothing was written, leave no empty ZIP or file behind.
      if (report.decrypted + report.copied + salvagedIn(report) === 0) await this.#destination.discard();
      else this.fate = await this.#destination.finish();
      this.report = report;
      this.figures = figuresOf(report, session.files);
      this.outcome = 'done';
    } catch (error) {
      await this.#destination.discard().catch(() => {});
      this.outcome = this.cancelling ? 'cancelled' : 'failed';
      const reason = /** @type {MgdcDecryptError} */ (error);
      this.error = this.cancelling ? null : reason;
      // A folder and a host keep the files that were finished. An unfinished ZIP is deleted with everything in it.
      const isKept = this.way === 'folder' || this.way === 'host';
      this.partial = isKept ? (reason.report ?? null) : null;
      if (!isKept && this.only) for (const path of this.only) session.results.finished.delete(path);
      else if (this.way === 'zip') session.results.finished.clear();
    } finally {
      session.results.underway.clear();
    }
  }

  /** @param {Progress} progress */
  #onprogress(progress) {
    const session = this.#session;
    this.progress = progress;
    for (const file of progress.changed) session.results.advance(file);
    session.progressed(progress.changed.map(({ path }) => path));
  }
}

/**
 * Failures of key details are not counted, because they are not delivered; they are shown in their own list.
 * @param {Report} report
 * @param {readonly DropFile[]} ofDrop
 */
function figuresOf(report, ofDrop) {
  const { files, decrypted, copied, skipped, bytesWritten } = report;
  const salvaged = salvagedIn(report);
  const roles = new Map(ofDrop.map(({ path, role }) => [path, role]));
  const failures = files.filter(
    ({ path, outcome }) => outcome === 'failed' && roles.has(path) && roles.get(path) !== 'key-details',
  );
  // A failed copy says nothing about decrypting.
  const inVain = decrypted === 0 && failures.some(({ path }) => copied === 0 || roles.get(path) === 'encrypted');
  const warned = files.filter(({ warnings }) => warnings.length > 0);
  return { decrypted, copied, skipped, salvaged, bytesWritten, failures, failed: failures.length, warned, inVain };
}

/**
 * Of how many failed files a part was saved.
 * @param {Report & { salvaged?: number }} report
 */
function salvagedIn({ salvaged = 0 }) {
  return salvaged;
}

/**
 * Resolves when the start of the run is visible, before up to a hundred thousand files are processed. Hidden tabs do
 * not paint, hence the timeout.
 * @returns {Promise<void>}
 */
function painted() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 100);
  });
}
