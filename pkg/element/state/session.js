/**
 * The state behind the element: what was added, what was found in it, and the run. Of the DOM it uses only EventTarget.
 *
 * Events: `change` (except progress), `progress` (detail: paths whose row changed), `say` (detail: a function that gives
 * a sentence), `preview` (the preview has changed), `report` (detail: Report), `error` (detail: the error).
 */

import { init, MgdcDecryptError } from '../../api.js';
import { ownWords } from '../words/plain.js';
import { text } from '../words/text.js';
import { Answers } from './answers.js';
import { Choice } from './choice.js';
import { Inbox } from './inbox.js';
import { KeyRing } from './key-ring.js';
import { KeyTrial } from './key-trial.js';
import { OpenedDrop } from './opened-drop.js';
import { FilePreview } from './preview.js';
import { Problems } from './problems.js';
import { Results } from './results.js';
import { Rounds } from './rounds.js';
import { ShownRun } from './shown-run.js';
import { countOpened } from './totals.js';

/**
 * @import { DataDrop, DropFile, UnwrapCallback } from '../../index.js'
 * @import { AddedItem } from './items.js'
 * @import { KeyEntry } from './key-ring.js'
 * @import { Problem } from './problems.js'
 * @import { RunDestination, RunOptions, Way } from './shown-run.js'
 */

/** A field that every key details document has, to recognise one in a pasted text. */
const KEY_DETAILS = /decryption_?key/i;

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

  #inbox = new Inbox();
  #opened = new OpenedDrop();
  #rounds = new Rounds();
  #trial = new KeyTrial();
  /** How many vault answers are being tried, and whether the host is being asked for one. */
  #answering = 0;
  #asking = false;
  /** How many tenths of the run were announced. */
  #tenth = 0;
  /** Cancels the current opening of the drop. @type {AbortController | null} */
  #opening = null;

  get phase() {
    if (this.current) return 'running';
    if (this.#rounds.isWorking || this.#answering > 0 || this.keys.entries.some(({ state }) => state === 'reading'))
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
    if (this.#trial.progress) return text.found.trying(this.#trial.progress);
    return this.#asking ? text.found.asking : text.found.reading(this.arrived);
  }

  /** How many files arrived so far: those that were read, and those that still have to be. */
  get arrived() {
    return this.#opened.size + this.#inbox.left;
  }

  /** Whether trying a private key takes so long that the person may want to cancel it. */
  get isTrying() {
    return this.#trial.progress !== null;
  }

  /** Whether something was added that must wait for the end of the run. */
  get waiting() {
    return this.current !== null && !this.#inbox.isEmpty;
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
    this.#inbox.put(items);
    this.#opening?.abort();
    this.#wake();
  }

  /** @param {Promise<Iterable<AddedItem>>} items */
  addSample(items) {
    this.add(items);
    this.sample = true;
    this.#changed();
  }

  /** Nothing that was added is read until `release`. */
  hold() {
    this.#inbox.hold();
  }

  release() {
    this.#inbox.release();
  }

  /** @param {KeyEntry} entry */
  removeKey(entry) {
    const opened = (entry.opened?.length ?? 0) > 0;
    // The key may be the one being tried, so stop. The other keys are tried again.
    if (this.isTrying) this.#opening?.abort();
    this.keys.remove(entry);
    this.#inbox.forget(entry.item);
    // The drop still has the file keys that this key opened, so it must be opened again.
    if (opened) this.#opened.isStale = true;
    this.#wake();
  }

  /**
   * Makes a file that was taken for a key part of the drop.
   * @param {KeyEntry} entry
   */
  treatAsFile(entry) {
    this.keys.remove(entry);
    this.#opened.copyKey(entry.item);
    this.#wake();
  }

  /**
   * @param {KeyEntry} entry
   * @param {string} password
   */
  async enterPassword(entry, password) {
    const attempt = this.keys.enterPassword(entry, password);
    this.#changed();
    await attempt;
    this.#wake();
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
      const indices = await this.answers.open(drop, answer);
      const counts = countOpened(drop.files, drop.keyDetails.length);
      const opened = indices.map((index) => {
        const { publicKeyVersion: version, algorithm } = drop.keyDetails[index];
        return { version, algorithm, files: counts[index] };
      });
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
    this.#tenth = 0;
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
    if (before) this.run = run.after(before);
    if (isDone) this.#say(() => text.say.finished(run));
    if (this.#rounds.isDue) this.#wake();
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
    this.#trial.cancel();
    this.current?.cancel();
    this.#changed();
  }

  /** @param {string[]} paths */
  progressed(paths) {
    this.#sayProgress();
    this.#emit('progress', paths);
  }

  /** Forgets everything and wipes the keys. */
  clear() {
    this.#opening?.abort();
    this.current?.cancel();
    this.run = null;
    this.#inbox.clear();
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

  // Processes what was added; if a run is in progress, after it.
  #wake() {
    this.#rounds.ask();
    if (!this.#rounds.isWorking && !this.current) this.#work();
    this.#changed();
  }

  async #work() {
    await this.#rounds.work(
      () => this.#inbox.released,
      () => this.#round(),
    );
    if (this.phase === 'ready') this.#say(() => text.say.found(this));
    this.#changed();
  }

  async #round() {
    this.problems.dropTriedAgain();
    try {
      await init();
      await this.#inbox.empty(
        (item, isKey) => this.#sort(item, isKey),
        () => this.#changed(),
      );
      await this.#open();
      for (const error of this.keys.news()) this.#fail(error);
    } catch (error) {
      this.showProblem(error, () => this.#wake());
    }
  }

  /**
   * Passes keys to the ring and everything else to the drop. A pasted text goes to the drop only if it is key details;
   * otherwise it is tried as a vault answer.
   * @param {AddedItem} item
   * @param {boolean} isKey
   */
  async #sort(item, isKey) {
    if (isKey) {
      delete item.pasted; // the blob is enough
      await this.keys.add(item);
    } else if (item.pasted === undefined || KEY_DETAILS.test(item.pasted)) {
      this.#opened.add(item);
    } else await this.#tryPasted(item.pasted);
  }

  /** @param {string} pasted */
  async #tryPasted(pasted) {
    try {
      if (!this.drop) throw nothingPasted();
      await this.answer(pasted);
    } catch {
      this.answers.problem = null; // that is only for answers in the field
      this.showProblem(nothingPasted());
    }
  }

  // Aborted when files are added meanwhile, and by `clear`. Another round follows.
  async #open() {
    this.#opening = new AbortController();
    const { signal } = this.#opening;
    try {
      if (this.#opened.isStale) {
        const drop = await this.#opened.open(signal);
        if (signal.aborted) {
          drop?.dispose();
          return;
        }
        this.run = null;
        this.results.clear();
        this.#opened.replace(drop);
        this.keys.reset();
        for (const item of this.#opened.foundKeys()) await this.keys.add(item);
      }
      if (!this.drop) return;
      await this.#opened.weigh(signal, () => this.#changed());
      await this.#unlock(this.drop, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#opening = null;
    }
  }

  /**
   * @param {DataDrop} drop
   * @param {AbortSignal} signal
   */
  async #unlock(drop, signal) {
    await this.#trial.run(
      (options) => this.keys.unlock(drop, { signal, ...options }),
      signal,
      () => this.#changed(),
    );
    await this.answers.unlock(drop, signal);
    if (this.unwrap && drop.keyDetails.some(({ unlocked, kind }) => !unlocked && kind === 'file')) {
      try {
        this.#asking = true;
        this.#changed();
        await this.answers.ask(drop, this.unwrap, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        this.showProblem(error, () => {
          this.answers.askAgain(this.drop);
          this.#wake();
        });
      } finally {
        this.#asking = false;
      }
    }
    this.#look();
  }

  #look() {
    this.#opened.look();
    this.results.forgetUnlocked(this.files);
    this.preview.follow();
  }

  #changed() {
    this.#emit('change');
  }

  // Every ten percent, because a screen reader would say nothing else if it were told more often.
  #sayProgress() {
    const { bytesRead = 0, bytesTotal = 0 } = this.current?.progress ?? {};
    const tenth = bytesTotal > 0 ? Math.floor((10 * bytesRead) / bytesTotal) : 0;
    if (tenth <= this.#tenth || tenth >= 10) return;
    this.#tenth = tenth;
    this.#say(() => text.say.progress(tenth / 10));
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

const nothingPasted = () => new MgdcDecryptError('ERR_PRIVATE_KEY_INVALID', ownWords(text.intake.pasted));
