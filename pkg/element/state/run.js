// One run: decrypts into a target and tells the session what became of each file.

const HIGH_EXPANSION = 200;

export class Run {
  cancelling = false;
  /** `done`, `cancelled` or `failed` once it is over. */
  outcome = null;
  error = null;
  report = null;
  /** What of the report a person is told: see figuresOf. */
  figures = null;
  progress = null;

  #session;
  #target;
  #stop = new AbortController();

  /** `way`: `folder`, `zip` or `file`; `only`: paths, default all. */
  constructor(session, target, way, only) {
    this.#session = session;
    this.#target = target;
    /** What there was when it began. */
    this.totals = session.totals;
    this.way = way;
    this.only = only ? new Set(only) : null;
  }

  /** Name of what was saved, where there is one. */
  get name() {
    return this.#target.name;
  }

  /** Whether it skips what an earlier run left there. */
  get resumes() {
    return this.#target.resume === true;
  }

  cancel() {
    this.cancelling = true;
    this.#stop.abort();
  }

  includes(path) {
    return !this.only || this.only.has(path);
  }

  /** Settles when everything is over. Never rejects: see `outcome` and `error`. */
  async go() {
    const session = this.#session;
    const options = { signal: this.#stop.signal, onprogress: (progress) => this.#onprogress(progress) };
    if (this.only) options.files = this.only;
    if (this.#target.resume) options.resume = true;
    try {
      await painted();
      const report = await session.drop.decrypt(this.#target.sink, options);
      for (const result of report.files) this.#settle(result);
      // Nothing to keep: no empty ZIP, and no empty file under the picker's name.
      if (report.decrypted + report.copied === 0) await this.#target.discard();
      else await this.#target.finish();
      this.report = report;
      this.figures = figuresOf(report, session.files);
      this.outcome = 'done';
    } catch (error) {
      await this.#target.discard().catch(() => {});
      this.outcome = this.cancelling ? 'cancelled' : 'failed';
      this.error = this.cancelling ? null : error;
      // A folder keeps what was finished; a ZIP that was not finished is gone with all that was in it.
      if (this.way === 'zip') session.results.clear();
      else for (const path of this.only ?? []) session.results.delete(path);
    } finally {
      session.underway.clear();
    }
  }

  #onprogress(progress) {
    const session = this.#session;
    this.progress = progress;
    for (const file of progress.changed) {
      if (file.bytesRead > 0 && file.bytesWritten > file.bytesRead * HIGH_EXPANSION) session.expanded.add(file.path);
      if (file.result) this.#settle(file.result);
      else session.underway.set(file.path, file);
    }
    session.progressed(progress.changed.map(({ path }) => path));
  }

  #settle(result) {
    this.#session.underway.delete(result.path);
    this.#session.results.set(result.path, result);
  }
}

// Key details are no file that is delivered: what is wrong with them is said where they stand.
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

// The first sign of the run is on the screen before a hundred thousand files are gone through. Hidden tabs paint nothing.
function painted() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 100);
  });
}
