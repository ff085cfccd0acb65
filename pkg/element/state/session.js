// What was added, what was found in it, and the run: the state behind the element. Knows no DOM beyond EventTarget.
//
// Events: `change` (anything but progress), `progress` (detail: paths whose row changed), `say` (detail: a sentence),
// `report` (detail: Report), `error` (detail: the error).

import { DropFile } from '../../drop/drop-files.js';
import { init, MgdcDecryptError, openDrop } from '../../index.js';
import { text } from '../words/text.js';
import { Answers } from './answers.js';
import { wantsKey } from './file-state.js';
import { Inbox } from './inbox.js';
import { Items } from './items.js';
import { KeyRing } from './key-ring.js';
import { Run } from './run.js';
import { count, countOpened, NO_TOTALS, weigh } from './totals.js';

/** What takes longer than this shows what is known so far. */
const LIST_AFTER_MS = 50;
/** Between two words on how far the trying of a key is. */
const TRYING_MS = 200;

/** In a pasted text: the field that every key details document has. */
const KEY_DETAILS = /decryption_?key/i;

export class Session extends EventTarget {
  keys = new KeyRing();
  answers = new Answers();
  drop = null;
  /** `drop.files` as of the last look. */
  files = [];
  totals = NO_TOTALS;
  /** `{ error, retry?, passing? }`: what went wrong apart from single files, keys and entries. */
  problems = [];
  /** The last run over the whole drop; `null` before the first, and after files were added. */
  run = null;
  /** The run that is under way, over the whole or one file. */
  current = null;
  /** Path → FileResult, path → FileProgress of files under way, and paths that grew a great deal. */
  results = new Map();
  underway = new Map();
  expanded = new Set();
  /** Whether the sample is what is shown. */
  sample = false;
  /** Host's way to unwrap: see UnwrapCallback. */
  unwrap = null;

  #inbox = new Inbox();
  #items = new Items();
  /** Blobs of the private keys that lay in the drop: each comes to the ring once. */
  #found = new WeakSet();
  #working = false;
  #again = false;
  #answering = 0;
  #asking = false;
  /** `{ done, total }` while a private key is tried on many entries, and what ends it. */
  #trying = null;
  #cancelTrying = null;
  #stale = false;
  #bytes = null;
  #opening = null;

  get phase() {
    if (this.current) return 'running';
    if (this.#working || this.#answering > 0 || this.keys.entries.some(({ state }) => state === 'reading'))
      return 'reading';
    return this.#items.size > 0 || this.keys.entries.length > 0 ? 'ready' : 'empty';
  }

  /** Whether some key details entry is open: files that nobody has looked at yet then count as ready. */
  get isUnlocked() {
    return this.drop?.keyDetails.some(({ kind, unlocked }) => kind === 'file' && unlocked) ?? false;
  }

  /** What goes on in the phase `reading`, in words. */
  get doing() {
    if (this.#trying) return text.found.trying(this.#trying);
    return this.#asking ? text.found.asking : text.found.reading(this.#items.size + this.#inbox.left);
  }

  /** Whether a private key is being tried for so long that somebody may want to cancel it. */
  get isTrying() {
    return this.#trying !== null;
  }

  /** Whether something was added that has to wait for the end of the run. */
  get waiting() {
    return this.current !== null && !this.#inbox.isEmpty;
  }

  /** The picked folder's name, for the name of the ZIP. */
  get folder() {
    return this.#items.folder;
  }

  /** Takes `{ path, blob }` items, or a promise of them, at any time: while held or running they wait. */
  add(items) {
    // Nobody wants the sample among files of their own.
    if (this.sample) this.clear();
    this.#inbox.put(items);
    this.#opening?.abort();
    this.#wake();
  }

  addSample(items) {
    this.add(items);
    this.sample = true;
  }

  /** Nothing that was added is read until `release`. */
  hold() {
    this.#inbox.hold();
  }

  release() {
    this.#inbox.release();
  }

  removeKey(entry) {
    const opened = entry.opened?.length > 0;
    // It may be the one that is being tried. The others are tried again.
    if (this.#trying) this.#opening?.abort();
    this.keys.remove(entry);
    this.#inbox.forget(entry.item);
    // The drop holds the file keys that it opened; only a new one does without them.
    if (opened) this.#stale = true;
    this.#wake();
  }

  /** A file that was taken for a key goes to the drop. */
  treatAsFile(entry) {
    this.keys.remove(entry);
    this.#items.copyKey(entry.item);
    this.#stale = true;
    this.#wake();
  }

  async enterPassword(entry, password) {
    const attempt = this.keys.enterPassword(entry, password);
    this.#changed();
    await attempt;
    this.#wake();
  }

  /**
   * Opens the entries that an answer of Key Vault is for; resolves to `{ version, algorithm, files }` of each.
   * @throws the reason when it opens none
   */
  async answer(answer) {
    this.#answering += 1;
    this.#changed();
    try {
      const { drop } = this;
      const indices = await this.answers.open(drop, answer);
      const counts = countOpened(drop.files, drop.keyDetails.length);
      const opened = indices.map((index) => {
        const { publicKeyVersion: version, algorithm } = drop.keyDetails[index];
        return { version, algorithm, files: counts[index] };
      });
      this.#say(text.vault.opened(opened));
      return opened;
    } finally {
      this.#look();
      this.#answering -= 1;
      this.#changed();
    }
  }

  /** Decrypts into a target of save.js. `way`: `folder`, `zip` or `file`; `only`: paths, default all. */
  async decrypt(target, way, only) {
    const run = new Run(this, target, way, only);
    this.current = run;
    this.#dropProblems();
    if (!only) {
      this.run = run;
      this.#forgetResults();
    }
    this.#say(text.say.started);
    this.#changed();
    await run.go();
    this.current = null;
    if (run.report) this.#emit('report', run.report);
    if (run.error && only) this.problems = [...this.problems, { error: run.error, passing: true }];
    if (run.error) this.#fail(run.error);
    this.#say(text.say.finished(run));
    if (this.#again) this.#wake();
    else this.#changed();
  }

  cancel() {
    this.#cancelTrying?.();
    this.current?.cancel();
    this.#changed();
  }

  progressed(paths) {
    this.#emit('progress', paths);
  }

  /** Forgets everything and wipes the keys. */
  clear() {
    this.#opening?.abort();
    this.current?.cancel();
    this.run = null;
    this.#stale = false;
    this.#inbox.clear();
    this.#items.clear();
    this.#found = new WeakSet();
    this.answers.clear();
    this.keys.clear();
    this.#forgetResults();
    this.#replaceDrop(null);
    this.problems = [];
    this.sample = false;
    this.#changed();
  }

  /** Shows an error that is not about one file or key. */
  showProblem(error, retry) {
    this.problems = [...this.problems, { error, retry }];
    this.#fail(error);
    this.#changed();
  }

  dismiss(problem) {
    this.problems = this.problems.filter((other) => other !== problem);
    this.#changed();
  }

  // Looks at what is new. While that goes on or a run is under way, it is done afterwards.
  #wake() {
    this.#again = true;
    if (!this.#working && !this.current) {
      this.#working = true;
      this.#work().finally(() => {
        this.#working = false;
        if (this.phase === 'ready') this.#say(text.say.found(this));
        this.#changed();
      });
    }
    this.#changed();
  }

  async #work() {
    await this.#inbox.released;
    do {
      this.#again = false;
      this.#dropProblems();
      try {
        await init();
        await this.#inbox.empty(
          (item, isKey) => this.#take(item, isKey),
          () => this.#changed(),
        );
        await this.#open();
        for (const error of this.keys.news()) this.#fail(error);
      } catch (error) {
        this.showProblem(error, () => this.#wake());
      }
    } while (this.#again);
  }

  // Keys to the ring, everything else to the drop; of what was pasted only what belongs there.
  async #take(item, isKey) {
    if (isKey) {
      delete item.pasted; // the blob is enough
      await this.keys.add(item);
    } else if (item.pasted === undefined || KEY_DETAILS.test(item.pasted)) {
      this.#items.add(item);
      this.#stale = true;
    } else await this.#takeAnswer(item.pasted);
  }

  async #takeAnswer(pasted) {
    try {
      if (!this.drop) throw nothingPasted();
      await this.answer(pasted);
    } catch {
      this.answers.problem = null; // that is for what is typed into the field
      this.showProblem(nothingPasted());
    }
  }

  // The drop has told them from its data, and delivers none of them.
  async #takeFound({ files }) {
    for (const file of files) {
      const blob = file.role === 'private-key' ? DropFile.blobOf(file) : null;
      if (!blob || this.#found.has(blob)) continue;
      this.#found.add(blob);
      await this.keys.add({ path: file.path, blob });
    }
  }

  // Files that come meanwhile, and `clear`, break this off; then the loop in #work goes round once more.
  async #open() {
    this.#opening = new AbortController();
    const { signal } = this.#opening;
    try {
      if (this.#stale) {
        const drop = this.#items.size > 0 ? await openDrop(await this.#items.list(), { signal }) : null;
        if (signal.aborted) {
          drop?.dispose();
          return;
        }
        this.#stale = false;
        this.run = null;
        this.#forgetResults();
        this.#replaceDrop(drop);
        if (drop) await this.#takeFound(drop);
      }
      if (!this.drop) return;
      await this.#weigh(signal);
      await this.#unlock(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#opening = null;
    }
  }

  // The list does not wait for the sizes of very many files.
  async #weigh(signal) {
    const listed = setTimeout(() => this.#changed(), LIST_AFTER_MS);
    this.#bytes ??= await weigh(this.files, signal);
    clearTimeout(listed);
  }

  async #unlock(signal) {
    const { drop } = this;
    await this.#try(drop, signal);
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

  async #try(drop, signal) {
    const trying = new AbortController();
    const end = () => trying.abort();
    signal.addEventListener('abort', end);
    this.#cancelTrying = end;
    let told = performance.now();
    const onprogress = (progress) => {
      // A few are tried before anybody could read it.
      if (performance.now() - told < TRYING_MS) return;
      told = performance.now();
      this.#trying = progress;
      this.#changed();
    };
    try {
      await this.keys.unlock(drop, { signal, trying: trying.signal, onprogress });
    } finally {
      signal.removeEventListener('abort', end);
      this.#trying = this.#cancelTrying = null;
    }
  }

  #replaceDrop(drop) {
    this.drop?.dispose();
    this.drop = drop;
    this.#bytes = null;
    this.keys.reset();
    this.#look();
  }

  // What is tried again now speaks for itself; the rest stays until it was read.
  #dropProblems() {
    this.problems = this.problems.filter(({ retry, passing }) => !retry && !passing);
  }

  #forgetResults() {
    this.results.clear();
    this.underway.clear();
    this.expanded.clear();
  }

  #look() {
    this.files = this.drop?.files ?? [];
    this.totals = count(this.files, this.#bytes, this.isUnlocked);
    // What failed for want of a key is ready once the key is there.
    for (const { path, keyDetails } of this.files) {
      const result = this.results.get(path);
      if (keyDetails !== null && result && wantsKey(result)) this.results.delete(path);
    }
  }

  #changed() {
    this.#emit('change');
  }

  #say(sentence) {
    this.#emit('say', sentence);
  }

  #fail(error) {
    this.#emit('error', error);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function nothingPasted() {
  return new MgdcDecryptError('ERR_PRIVATE_KEY_INVALID', text.intake.pasted);
}
