/**
 * The state behind the element: what was added, what was found in it, and the run. Of the DOM it uses only EventTarget.
 *
 * Events: `change` (except progress), `progress` (detail: paths whose row changed), `say` (detail: a function that gives
 * a sentence), `preview` (the preview has changed), `report` (detail: Report), `error` (detail: the error).
 */

import { text } from '../words/text.js';
import { Answers } from './answers.js';
import { Choice } from './choice.js';
import { KeyRing } from './key-ring.js';
import { OpenedDrop } from './opened-drop.js';
import { FilePreview } from './preview.js';
import { Problems } from './problems.js';
import { Reading } from './reading.js';
import { Results } from './results.js';
import { ShownRun } from './shown-run.js';

/**
 * @import { DataDrop, DropFile, UnwrapCallback } from '../../index.js'
 * @import { HostSink } from '../save/save.js'
 * @import { AddedItem } from './items.js'
 * @import { KeyEntry } from './key-ring.js'
 * @import { Problem } from './problems.js'
 * @import { RunDestination, RunOptions, Way } from './shown-run.js'
 */

export class Session extends EventTarget {
  keys = new KeyRing();
  answers = new Answers();
  problems = new Problems();
  results = new Results();
  choice = new Choice();
  /** Groups that the person folded or unfolded in the list, by id. @type {Map<string, boolean>} */
  folded = new Map();
  preview = new FilePreview(this, { changed: () => this.#emit('preview'), say: (sentence) => this.#say(sentence) });
  /**
   * The last run over the chosen files; `null` before the first, and after files were added.
   * @type {ShownRun | null}
   */
  run = null;
  /** The current run, over the chosen files or one file. @type {ShownRun | null} */
  current = null;
  /** Whether the sample is shown. */
  sample = false;
  /** The host's function to unwrap keys. @type {UnwrapCallback | null} */
  unwrap = null;
  /** Where the host wants the files. @type {HostSink | null} */
  sink = null;

  #opened = new OpenedDrop();
  /** How many vault answers are being tried. */
  #answering = 0;
  #reading = new Reading(this, this.#opened, {
    changed: () => this.#changed(),
    fail: (error) => this.#fail(error),
    say: (sentence) => this.#say(sentence),
    look: () => this.#look(),
  });

  get phase() {
    if (this.current) return 'running';
    if (this.#reading.isWorking || this.#answering > 0 || this.keys.entries.some(({ state }) => state === 'reading'))
      return 'reading';
    return this.#opened.size > 0 || this.keys.entries.length > 0 ? 'ready' : 'empty';
  }

  /** The current drop: see OpenedDrop. */
  get drop() {
    return this.#opened.drop;
  }

  get files() {
    return this.#opened.files;
  }

  get totals() {
    return this.#opened.totals;
  }

  get isUnlocked() {
    return this.#opened.isUnlocked;
  }

  /** What is being done in the phase `reading`, in words. */
  get doing() {
    if (this.#reading.trial) return text.found.trying(this.#reading.trial);
    return this.#reading.isAsking ? text.found.asking : text.found.reading(this.arrived);
  }

  /** How many files arrived so far: those that were read, and those that still have to be. */
  get arrived() {
    return this.#opened.size + this.#reading.inbox.left;
  }

  /** Whether trying a private key takes so long that the person may want to cancel it. */
  get isTrying() {
    return this.#reading.trial !== null;
  }

  /** Whether something was added that must wait for the end of the run. */
  get waiting() {
    return this.current !== null && !this.#reading.inbox.isEmpty;
  }

  /** The picked folder's name, for the name of the ZIP. */
  get folder() {
    return this.#opened.folder;
  }

  /**
   * Takes `{ path, blob }` items, or a promise of them, at any time. They wait while the session is held or running.
   * @param {Iterable<AddedItem> | Promise<Iterable<AddedItem>>} items
   */
  add(items) {
    // The sample must not be mixed with the person's own files.
    if (this.sample) this.clear();
    this.#reading.inbox.put(items);
    this.#reading.stop();
    this.#reading.wake();
  }

  /** @param {Promise<Iterable<AddedItem>>} items */
  addSample(items) {
    this.add(items);
    this.sample = true;
    this.#changed();
  }

  /** Nothing that was added is read until `release`. */
  hold() {
    this.#reading.inbox.hold();
  }

  release() {
    this.#reading.inbox.release();
  }

  /** @param {KeyEntry} entry */
  removeKey(entry) {
    const opened = (entry.opened?.length ?? 0) > 0;
    // The key may be the one being tried, so stop. The other keys are tried again.
    if (this.isTrying) this.#reading.stop();
    this.keys.remove(entry);
    this.#reading.inbox.forget(entry.item);
    // The drop still has the file keys that this key opened, so it must be opened again.
    if (opened) this.#opened.isStale = true;
    this.#reading.wake();
  }

  /**
   * Makes a file that was taken for a key part of the drop.
   * @param {KeyEntry} entry
   */
  treatAsFile(entry) {
    this.keys.remove(entry);
    this.#opened.copyKey(entry.item);
    this.#reading.wake();
  }

  /**
   * @param {KeyEntry} entry
   * @param {string} password
   */
  async enterPassword(entry, password) {
    const attempt = this.keys.enterPassword(entry, password);
    this.#changed();
    await attempt;
    this.#reading.wake();
  }

  /**
   * Unlocks the entries that a vault answer opens; resolves to `{ version, algorithm, files }` of each.
   * @throws the reason if it opens none
   * @param {string} answer
   */
  async answer(answer) {
    this.#answering += 1;
    this.#changed();
    try {
      const drop = /** @type {DataDrop} */ (this.drop);
      const opened = await this.answers.openCounted(drop, answer);
      this.#say(() => text.vault.opened(opened));
      return opened;
    } finally {
      this.#look();
      this.#answering -= 1;
      this.#changed();
    }
  }

  /**
   * Decrypts into a destination of save.js. `way`: `folder`, `zip`, or `file` for one file by itself; `only`: paths, by
   * default all.
   * @param {RunDestination} destination
   * @param {Way} way
   * @param {string[]} [only]
   * @param {RunOptions} [options]
   */
  async decrypt(destination, way, only, options = {}) {
    const run = new ShownRun(this, destination, way, only, options);
    const before = options.again ? this.run : null;
    this.current = run;
    this.problems.dropTriedAgain();
    if (way !== 'file') {
      this.run = run;
      if (!options.again) this.results.clear();
    }
    this.#say(() => text.say.started);
    this.#changed();
    await run.go();
    this.current = null;
    if (run.report) this.#emit('report', run.report);
    if (run.error && (way === 'file' || before)) this.problems.add({ error: run.error, passing: true });
    if (run.error) this.#fail(run.error);
    const isDone = run.outcome === 'done';
    if (!isDone) this.#say(() => text.say.finished(run));
    // Not if everything was cleared meanwhile.
    if (before && this.run === run) this.run = run.after(before);
    if (isDone) this.#say(() => text.say.finished(run));
    if (this.#reading.isDue) this.#reading.wake();
    else this.#changed();
  }

  /**
   * Chooses files for the next run, or leaves them out.
   * @param {Iterable<DropFile>} files
   * @param {boolean} on
   */
  choose(files, on) {
    this.choice.set(files, on);
    this.#changed();
  }

  /**
   * Chooses these files for the next run, and no others.
   * @param {Iterable<DropFile>} files
   */
  chooseOnly(files) {
    this.choice.only(files, this.files);
    this.#changed();
  }

  cancel() {
    this.#reading.cancelTrial();
    this.current?.cancel();
    this.#changed();
  }

  /** @param {string[]} paths */
  progressed(paths) {
    const tenth = this.current?.newTenth();
    if (tenth) this.#say(() => text.say.progress(tenth / 10));
    this.#emit('progress', paths);
  }

  /** Forgets everything and wipes the keys. */
  clear() {
    this.#reading.stop();
    this.current?.cancel();
    this.run = null;
    this.#reading.inbox.clear();
    this.answers.clear();
    this.keys.clear();
    this.results.clear();
    this.#opened.clear();
    this.choice.clear();
    this.folded.clear();
    this.preview.close();
    this.problems.clear();
    this.sample = false;
    this.#changed();
  }

  /**
   * Shows an error that is not about one file or key.
   * @param {unknown} error
   * @param {() => void} [retry]
   */
  showProblem(error, retry) {
    this.problems.add({ error: /** @type {Problem['error']} */ (error), retry });
    this.#fail(error);
    this.#changed();
  }

  /** @param {Problem | undefined} problem */
  dismiss(problem) {
    this.problems.dismiss(problem);
    this.#changed();
  }

  #look() {
    this.#opened.look();
    this.results.forgetUnlocked(this.files);
    this.preview.follow();
  }

  #changed() {
    this.#emit('change');
  }

  /** @param {() => string} sentence */
  #say(sentence) {
    this.#emit('say', sentence);
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#emit('error', error);
  }

  /**
   * @param {string} type
   * @param {unknown} [detail]
   */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
