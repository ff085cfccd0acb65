/** Reads what was added, in rounds: sorts keys from files, opens the drop, and unlocks it. */

import { init, MgdcDecryptError } from '../../api.js';
import { ownWords } from '../words/plain.js';
import { text } from '../words/text.js';
import { foundIn } from './found.js';
import { Inbox } from './inbox.js';
import { KeyTrial } from './key-trial.js';
import { isLocked } from './locked.js';
import { Rounds } from './rounds.js';

/**
 * @import { DataDrop } from '../../index.js'
 * @import { AddedItem } from './items.js'
 * @import { OpenedDrop } from './opened-drop.js'
 * @import { Session } from './session.js'
 */

/**
 * What it tells the session: something has changed, an error, a sentence; `look`: files or keys have changed.
 * @typedef {{ changed(): void, fail(error: unknown): void, say(sentence: () => string): void, look(): void }} ReadingHost
 */

/** A field that every key details document has, to recognise one in a pasted text. */
const KEY_DETAILS = /decryption_?key/i;

export class Reading {
  inbox = new Inbox();
  /** Whether the host is being asked for a vault answer. */
  isAsking = false;

  #session;
  #opened;
  #host;
  #rounds = new Rounds();
  #trial = new KeyTrial();
  /** Cancels the current opening of the drop. @type {AbortController | null} */
  #opening = null;

  /**
   * @param {Session} session
   * @param {OpenedDrop} opened
   * @param {ReadingHost} host
   */
  constructor(session, opened, host) {
    this.#session = session;
    this.#opened = opened;
    this.#host = host;
  }

  get isWorking() {
    return this.#rounds.isWorking;
  }

  /** Whether something was added that has not been read. */
  get isDue() {
    return this.#rounds.isDue;
  }

  /** How far the trial of a private key is, if it takes long. */
  get trial() {
    return this.#trial.progress;
  }

  cancelTrial() {
    this.#trial.cancel();
  }

  /** Stops opening the drop. Another round follows, if one is due. */
  stop() {
    this.#opening?.abort();
  }

  // Processes what was added; if a run is in progress, after it.
  wake() {
    this.#rounds.ask();
    if (!this.#rounds.isWorking && !this.#session.current) this.#work();
    this.#host.changed();
  }

  async #work() {
    await this.#rounds.work(
      () => this.inbox.released,
      () => this.#round(),
    );
    if (this.#session.phase === 'ready') this.#host.say(() => text.say.found(foundIn(this.#session)));
    this.#host.changed();
  }

  async #round() {
    this.#session.problems.dropTriedAgain();
    try {
      await init();
      await this.inbox.empty(
        (item, isKey) => this.#sort(item, isKey),
        () => this.#host.changed(),
      );
      await this.#open();
      for (const error of this.#session.keys.news()) this.#host.fail(error);
    } catch (error) {
      this.#session.showProblem(error, () => this.wake());
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
      await this.#session.keys.add(item);
    } else if (item.pasted === undefined || KEY_DETAILS.test(item.pasted)) {
      this.#opened.add(item);
    } else await this.#tryPasted(item.pasted);
  }

  /** @param {string} pasted */
  async #tryPasted(pasted) {
    try {
      if (!this.#session.drop) throw nothingPasted();
      await this.#session.answer(pasted);
    } catch {
      this.#session.answers.problem = null; // that is only for answers in the field
      this.#session.showProblem(nothingPasted());
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
        this.#session.run = null;
        this.#session.results.clear();
        this.#opened.replace(drop);
        this.#session.keys.reset();
        for (const item of this.#opened.foundKeys()) await this.#session.keys.add(item);
      }
      if (!this.#session.drop) return;
      await this.#opened.weigh(signal, () => this.#host.changed());
      await this.#unlock(this.#session.drop, signal);
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
      (options) => this.#session.keys.unlock(drop, { signal, ...options }),
      signal,
      () => this.#host.changed(),
    );
    await this.#session.answers.unlock(drop, signal);
    if (this.#session.unwrap && drop.keyDetails.some(isLocked)) {
      try {
        this.isAsking = true;
        this.#host.changed();
        await this.#session.answers.ask(drop, this.#session.unwrap, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        this.#session.showProblem(error, () => {
          this.#session.answers.askAgain(this.#session.drop);
          this.wake();
        });
      } finally {
        this.isAsking = false;
      }
    }
    this.#host.look();
  }
}

const nothingPasted = () => new MgdcDecryptError('ERR_PRIVATE_KEY_INVALID', ownWords(text.intake.pasted));
