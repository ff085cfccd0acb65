/** One run as it is shown: decrypts into a destination and tells the session what became of each file. */

/**
 * @import { DropDecryptOptions, DropFile, MgdcDecryptError, Progress, Report } from '../../index.js'
 * @import { Session } from './session.js'
 */

/**
 * Where it goes: see save/save.js.
 *
 * @typedef {object} RunDestination
 * @property {import('../../index.js').Sink} sink
 * @property {boolean} [resume]
 * @property {string} name
 * @property {() => Promise<void>} finish
 * @property {() => Promise<void>} discard
 */
/** @typedef {'folder' | 'zip' | 'file'} Way */
/** What of the report a person is told. @typedef {ReturnType<typeof figuresOf>} Figures */

export class ShownRun {
  cancelling = false;
  /** Once it is over. @type {'done' | 'cancelled' | 'failed' | null} */
  outcome = null;
  /** @type {MgdcDecryptError | null} */
  error = null;
  /** @type {Report | null} */
  report = null;
  /** @type {Figures | null} */
  figures = null;
  /** @type {Progress | null} */
  progress = null;

  #session;
  #destination;
  #stop = new AbortController();

  /**
   * `way`: `folder`, `zip` or `file`; `only`: paths, default all.
   * @param {Session} session
   * @param {RunDestination} destination
   * @param {Way} way
   * @param {Iterable<string>} [only]
   */
  constructor(session, destination, way, only) {
    this.#session = session;
    this.#destination = destination;
    /** What there was when it began. */
    this.totals = session.totals;
    this.way = way;
    this.only = only ? new Set(only) : null;
  }

  /** Name of what was saved, where there is one. */
  get name() {
    return this.#destination.name;
  }

  /** Whether it skips what an earlier run left there. */
  get resumes() {
    return this.#destination.resume === true;
  }

  cancel() {
    this.cancelling = true;
    this.#stop.abort();
  }

  /** @param {string} path */
  includes(path) {
    return !this.only || this.only.has(path);
  }

  /** Settles when everything is over. Never rejects: see `outcome` and `error`. */
  async go() {
    const session = this.#session;
    /** @type {DropDecryptOptions} */
    const options = { signal: this.#stop.signal, onprogress: (progress) => this.#onprogress(progress) };
    if (this.only) options.files = this.only;
    if (this.#destination.resume) options.resume = true;
    try {
      await painted();
      const drop = /** @type {NonNullable<Session['drop']>} */ (session.drop);
      const report = await drop.decrypt(this.#destination.sink, options);
      for (const result of report.files) session.results.settle(result);
      // Nothing to keep: no empty ZIP, and no empty file under the picker's name.
      if (report.decrypted + report.copied === 0) await this.#destination.discard();
      else await this.#destination.finish();
      this.report = report;
      this.figures = figuresOf(report, session.files);
      this.outcome = 'done';
    } catch (error) {
      await this.#destination.discard().catch(() => {});
      this.outcome = this.cancelling ? 'cancelled' : 'failed';
      this.error = this.cancelling ? null : /** @type {MgdcDecryptError} */ (error);
      // A folder keeps what was finished; a ZIP that was not finished is gone with all that was in it.
      if (this.way === 'zip') session.results.finished.clear();
      else for (const path of this.only ?? []) session.results.finished.delete(path);
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
 * Key details are no file that is delivered: what is wrong with them is said where they stand.
 * @param {Report} report
 * @param {readonly DropFile[]} ofDrop
 */
function figuresOf({ files, decrypted, copied, skipped, bytesWritten }, ofDrop) {
  const roles = new Map(ofDrop.map(({ path, role }) => [path, role]));
  const failures = files.filter(
    ({ path, outcome }) => outcome === 'failed' && roles.has(path) && roles.get(path) !== 'key-details',
  );
  // A copy that failed says nothing about decrypting.
  const inVain = decrypted === 0 && failures.some(({ path }) => copied === 0 || roles.get(path) === 'encrypted');
  const warned = files.filter(({ warnings }) => warnings.length > 0);
  return { decrypted, copied, skipped, bytesWritten, failures, failed: failures.length, warned, inVain };
}

/**
 * The first sign of the run is on the screen before a hundred thousand files are gone through. Hidden tabs paint
 * nothing.
 * @returns {Promise<void>}
 */
function painted() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 100);
  });
}
