/**
 * Warnings about clear files. A clear file among encrypted ones of its dataset may be something that a tool saved in
 * place of a data file. It is delivered as it is, but always with a warning. A dataset that is clear as a whole is
 * normal.
 */

import { Yielder } from '../core/yielding.js';
import { Datasets, isData } from './datasets.js';
import { DropFile } from './drop-file.js';

/** @import { FileResult } from '../index.js' */

/** @typedef {{ file: DropFile, result: FileResult }} Settled */
/**
 * What a dataset has shown so far, how many of its files the run has yet to examine, and results that wait for those.
 * @typedef {{ shown: number, left: number, held: Settled[] }} Group
 */

/** What a dataset has shown: nothing encrypted, something that seems encrypted, or something that a key has opened. */
const [NOTHING, SEEMS, SURE] = [0, 1, 2];

/** Written by Spark and Hadoop beside data files, and never encrypted with them. */
const MARKER = /(?:^|\/)(?:_SUCCESS|_committed_[^/]*|_started_[^/]*|\.[^/]*\.crc)$/;

/** Every warning of this kind begins with one of these; the second is for what may be a converted ciphertext. */
const [CLEAR, TAKEN] = ['it is not encrypted', 'it is taken for not encrypted'];

/** The core's words (Lookalike) for what only a key could tell from a converted ciphertext. */
const SUSPECT = /that no key here opens$|^a binary file that was converted/;
/** Never data, even if nothing in the dataset is encrypted. A web page may be data if its name says that it is one. */
const NEVER_DATA = /^an error message of Azure Storage|^a Git LFS pointer/;
const WEB_PAGE = /^a web page/;
const NAMED_WEB_PAGE = /\.[xs]?html?$/i;
/** What a tool saves when the server answers with something other than the file. */
const SAVED = /^a web page|^an error message/;

/** Codes of failures that happen only after a key has opened the beginning. */
const OPENED = /^ERR_(COMPRESSED_DATA|CHECKSUM|TRAILING_DATA|OUTPUT_LIMIT)$/;
/** Codes of failures that say nothing about whether the file is encrypted. */
const UNTOLD = /^ERR_(READ|ARCHIVE|WRITE|NO_SPACE|UNSAFE_NAME|ABORTED|WASM_LOAD|INTERNAL)$/;

/**
 * Sets the warnings of all files that were examined, as far as is known by now.
 * @param {readonly DropFile[]} files
 */
export async function remark(files) {
  const yielder = new Yielder();
  const neighbours = await Neighbours.of(files);
  for (const file of files) {
    if (yielder.isDue) await yielder.yield();
    if (file.examined) file.warnings = neighbours.warningsOf(file);
  }
}

export class Neighbours {
  #datasets;
  /** By dataset. @type {Map<string, Group>} */
  #groups = new Map();
  /** Files of the run that are not examined yet. @type {Set<DropFile>} */
  #open = new Set();

  /** @param {Datasets} datasets */
  constructor(datasets) {
    this.#datasets = datasets;
  }

  /**
   * `files`: all files of the drop; `run`: those that are delivered now.
   * @param {readonly DropFile[]} files
   * @param {readonly DropFile[]} [run]
   */
  static async of(files, run = []) {
    const yielder = new Yielder();
    const neighbours = new Neighbours(new Datasets(files));
    for (const file of files) {
      if (yielder.isDue) await yielder.yield();
      if (file.examined && isData(file)) neighbours.#show(file, shownBy(file));
    }
    for (const file of run) {
      if (yielder.isDue) await yielder.yield();
      if (!file.examined && isData(file)) neighbours.#expect(file);
    }
    return neighbours;
  }

  /**
   * Takes the result of a file of the run. Returns the results that are final now, as `{ file, result }`: a copy has to
   * wait until its dataset has shown something encrypted, or is finished. Each result is returned exactly once.
   * @param {DropFile} file
   * @param {FileResult} result
   * @returns {Settled[]}
   */
  settle(file, result) {
    if (!isData(file)) return [{ file, result }, ...this.leave(file)];
    this.#show(file, shownByResult(file, result));
    const waits = result.outcome === 'copied' && !MARKER.test(file.path);
    if (waits) this.#groupOf(file).held.push({ file, result });
    return [...(waits ? [] : [{ file, result }]), ...this.leave(file)];
  }

  /**
   * The run is done with a file; there is no result if it turned out not to be delivered.
   * @param {DropFile} file
   * @returns {Settled[]}
   */
  leave(file) {
    const group = this.#groupOf(file);
    if (this.#open.delete(file)) group.left -= 1;
    return group.shown === SURE || group.left === 0 ? this.#release(group) : [];
  }

  /** The results that still wait when the run ends. */
  rest() {
    return [...this.#groups.values()].flatMap((group) => this.#release(group));
  }

  /**
   * The warnings about a clear file, as far as is known by now.
   * @param {DropFile} file
   * @returns {string[]}
   */
  warningsOf(file) {
    if (!isData(file) || file.role !== 'clear' || MARKER.test(file.path)) return [];
    return this.#warnings(file, this.#groupOf(file).shown);
  }

  /** @param {DropFile} file */
  #expect(file) {
    this.#open.add(file);
    this.#groupOf(file).left += 1;
  }

  /** @param {Group} group */
  #release(group) {
    const released = group.held;
    group.held = [];
    for (const { file, result } of released) {
      const found = this.#warnings(file, group.shown);
      if (file.examined) file.warnings = found;
      // A warning from an earlier run (`resume`) stays.
      if (result.warnings.some((text) => text.startsWith(CLEAR) || text.startsWith(TAKEN))) continue;
      result.warnings = [...found, ...result.warnings];
    }
    return released;
  }

  /**
   * @param {DropFile} file
   * @param {number} shown
   */
  #warnings(file, shown) {
    const words = DropFile.resemblanceOf(file) ?? '';
    if (shown === NOTHING && !isOddAlone(file, words)) return [];
    const dataset = this.#datasets.of(file.path);
    const others = dataset === '' ? 'other files beside it' : `other files of ${dataset}`;
    const unlike = { [SURE]: `, unlike ${others}`, [SEEMS]: `, while ${others} seem to be` }[shown] ?? '';
    const looks = file.content === 'empty' ? '; it is empty' : looksLike(words);
    return [`${SUSPECT.test(words) ? TAKEN : CLEAR}${unlike}${looks}`];
  }

  /**
   * @param {DropFile} file
   * @param {number} shown
   */
  #show(file, shown) {
    if (shown === NOTHING) return;
    const group = this.#groupOf(file);
    group.shown = Math.max(group.shown, shown);
  }

  /** @param {DropFile} file */
  #groupOf({ path }) {
    const name = this.#datasets.of(path);
    const group = this.#groups.get(name) ?? { shown: NOTHING, left: 0, held: [] };
    this.#groups.set(name, group);
    return group;
  }
}

/**
 * @param {DropFile} file
 * @param {string} words
 */
function isOddAlone({ path }, words) {
  return NEVER_DATA.test(words) || SUSPECT.test(words) || (WEB_PAGE.test(words) && !NAMED_WEB_PAGE.test(path));
}

/** @param {string} words */
function looksLike(words) {
  if (words === '') return '';
  return `; it looks like ${words}${SAVED.test(words) ? ': was that saved in its place?' : ''}`;
}

/** @param {DropFile} file */
function shownBy({ role, keyDetails, error }) {
  if (keyDetails !== null) return SURE;
  return role === 'encrypted' ? shownByCode(error?.code ?? '') : NOTHING;
}

/**
 * @param {DropFile} file
 * @param {FileResult} result
 */
function shownByResult(file, { outcome, code }) {
  if (outcome === 'decrypted' || file.keyDetails !== null) return SURE;
  return outcome === 'failed' && file.role === 'encrypted' ? shownByCode(code ?? '') : NOTHING;
}

/** @param {string} code */
function shownByCode(code) {
  if (OPENED.test(code)) return SURE;
  return UNTOLD.test(code) ? NOTHING : SEEMS;
}
