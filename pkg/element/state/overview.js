/**
 * The files of the drop by dataset, with the number and size of each status. Counted in turns, so that a hundred
 * thousand files do not block the page.
 */

import { Yielder } from '../../core/yielding.js';
import { Datasets, isData } from '../../drop/datasets.js';
import { isDelivered } from '../../drop/left-out.js';
import { needsLook, STATUSES, statusOf } from './status.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { Session } from './session.js'
 * @import { Filter, Status } from './status.js'
 */

/** @typedef {{ [Name in Status]: number }} Counts */
/**
 * `bytes` are 0 until the sizes are known; `problems`: how many files the person should look at.
 * @typedef {{ count: Counts, bytes: Counts, problems: number, chosen: number, chosenBytes: number }} Tally
 */
/** `data`: a dataset; `apart`: what is not delivered. @typedef {'data' | 'metadata' | 'apart'} GroupKind */

/** Files that are looked at between two looks at the clock. */
const STRIDE = 64;

/** The files of one dataset; or the metadata of a drop; or what is not delivered. */
export class Group {
  /** @type {DropFile[]} */
  files = [];
  count = counts();
  bytes = counts();
  problems = 0;
  chosen = 0;
  chosenBytes = 0;

  /**
   * `root`: the folder of its drop, with a `/` at the end; `name`: '' for files that are in no dataset's folder.
   * @param {string} id
   * @param {GroupKind} kind
   * @param {string} root
   * @param {string} name
   * @param {string} folder
   */
  constructor(id, kind, root, name, folder) {
    this.id = id;
    this.kind = kind;
    this.root = root;
    this.name = name;
    /** The part of its files' paths that the rows need not repeat. */
    this.folder = folder;
  }

  get size() {
    return STATUSES.reduce((sum, status) => sum + this.bytes[status], 0);
  }
}

export class Overview {
  /** In the order of their names: datasets, then metadata, and last what is not delivered. @type {Group[]} */
  groups = [];
  /** Whether the sizes are known. */
  isWeighed = false;
  /** `session.files` as of the last count. @type {readonly DropFile[]} */
  files = [];

  #session;
  /** The role with which each file was put into its group. @type {string[]} */
  #roles = [];
  /** Files that changed while all are being counted. @type {Set<string> | null} */
  #late = null;
  /** @type {Map<string, { file: DropFile, group: Group, status: Status, problem: boolean }>} */
  #places = new Map();

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
  }

  /** All groups together. */
  get all() {
    const all = newTally();
    for (const group of this.groups) {
      for (const status of STATUSES) {
        all.count[status] += group.count[status];
        all.bytes[status] += group.bytes[status];
      }
      all.problems += group.problems;
      all.chosen += group.chosen;
      all.chosenBytes += group.chosenBytes;
    }
    return all;
  }

  /** Counts all files. Resolves to false if the files were replaced meanwhile. */
  async survey() {
    const session = this.#session;
    const { files } = session;
    const yielder = new Yielder();
    this.#late = new Set();
    const isNew = files !== this.files || files.some(({ role }, index) => role !== this.#roles[index]);
    if (isNew && !(await this.#arrange(files, yielder))) return false;
    const isWeighed = session.totals.bytes !== null;
    /** @type {Map<Group, Tally>} */
    const tallies = new Map();
    for (const group of this.groups) {
      const tally = newTally();
      tallies.set(group, tally);
      for (const [index, file] of group.files.entries()) {
        if (index % STRIDE === 0 && yielder.isDue) {
          await yielder.yield();
          if (session.files !== files) return false;
        }
        this.#add(file, group, tally, isWeighed);
      }
    }
    for (const [group, tally] of tallies) Object.assign(group, tally);
    this.isWeighed = isWeighed;
    const late = this.#late;
    this.#late = null;
    this.update(late);
    return true;
  }

  /**
   * Counts some files again, whose status may have changed. Returns whether any has.
   * @param {Iterable<string>} paths
   */
  update(paths) {
    if (this.#late) {
      for (const path of paths) this.#late.add(path);
      return false;
    }
    let changed = false;
    for (const path of paths) {
      const place = this.#places.get(path);
      if (!place) continue;
      const { file, group } = place;
      const status = statusOf(file, this.#session);
      const problem = needsLook(file, status, this.#session);
      if (status === place.status && problem === place.problem) continue;
      changed = true;
      group.count[place.status] -= 1;
      group.count[status] += 1;
      if (this.isWeighed) {
        group.bytes[place.status] -= file.size;
        group.bytes[status] += file.size;
      }
      group.problems += Number(problem) - Number(place.problem);
      Object.assign(place, { status, problem });
    }
    return changed;
  }

  /**
   * The part of the file's path that its group's row says.
   * @param {DropFile} file
   */
  folderOf(file) {
    return this.#places.get(file.path)?.group.folder ?? '';
  }

  /** @param {DropFile} file */
  statusOf(file) {
    return this.#places.get(file.path)?.status ?? statusOf(file, this.#session);
  }

  /**
   * @param {DropFile} file
   * @param {Filter} filter
   */
  passes(file, filter) {
    if (filter === 'all') return true;
    const place = this.#places.get(file.path);
    return filter === 'problem' ? (place?.problem ?? false) : place?.status === filter;
  }

  /**
   * @param {DropFile} file
   * @param {Group} group
   * @param {Tally} tally
   * @param {boolean} isWeighed
   */
  #add(file, group, tally, isWeighed) {
    const session = this.#session;
    const status = statusOf(file, session);
    const problem = needsLook(file, status, session);
    tally.count[status] += 1;
    if (isWeighed) tally.bytes[status] += file.size;
    tally.problems += Number(problem);
    if (status !== 'apart' && session.choice.has(file)) {
      tally.chosen += 1;
      if (isWeighed) tally.chosenBytes += file.size;
    }
    const place = this.#places.get(file.path);
    if (place) Object.assign(place, { status, problem });
    else this.#places.set(file.path, { file, group, status, problem });
  }

  /**
   * Puts the files into groups.
   * @param {readonly DropFile[]} files
   * @param {Yielder} yielder
   */
  async #arrange(files, yielder) {
    const datasets = new Datasets(files);
    /** @type {Map<string, Group>} */
    const groups = new Map();
    /** @type {string[]} */
    const roles = [];
    for (const [index, file] of files.entries()) {
      if (index % STRIDE === 0 && yielder.isDue) {
        await yielder.yield();
        if (this.#session.files !== files) return false;
      }
      roles.push(file.role);
      const root = datasets.rootAbove(file.path);
      const kind = !isDelivered(file) ? 'apart' : isData(file) ? 'data' : 'metadata';
      const folder = kind === 'data' ? datasets.of(file.path) : '';
      const id = kind === 'data' ? `data:${folder}` : kind === 'metadata' ? `metadata:${root}` : 'apart';
      let group = groups.get(id);
      if (!group) {
        group =
          kind === 'data'
            ? dataset(id, root, folder, datasets.isRoot(`${folder}/`))
            : new Group(id, kind, kind === 'apart' ? '' : root, '', root);
        groups.set(id, group);
      }
      group.files.push(file);
    }
    this.#places.clear();
    this.#roles = roles;
    this.files = files;
    this.groups = [...groups.values()].sort(inOrder);
    return true;
  }
}

/**
 * @param {string} id
 * @param {string} root
 * @param {string} folder
 * @param {boolean} isRoot whether the files lie directly in the folder of the drop
 */
function dataset(id, root, folder, isRoot) {
  const name = isRoot ? '' : folder.slice(folder.lastIndexOf('/') + 1);
  return new Group(id, 'data', root, name, folder === '' ? '' : `${folder}/`);
}

/**
 * Compares the folders of two drops. Their ends with `/` would put `June-2` before `June`.
 * @param {string} one
 * @param {string} other
 */
export function byRoot(one, other) {
  return one.slice(0, -1) < other.slice(0, -1) ? -1 : 1;
}

/** @type {Record<GroupKind, number>} */
const KIND_ORDER = { data: 0, metadata: 1, apart: 2 };

/**
 * @param {Group} one
 * @param {Group} other
 */
function inOrder(one, other) {
  const apart = Number(one.kind === 'apart') - Number(other.kind === 'apart');
  if (apart !== 0) return apart;
  if (one.root !== other.root) return byRoot(one.root, other.root);
  return KIND_ORDER[one.kind] - KIND_ORDER[other.kind] || (one.id < other.id ? -1 : 1);
}

/** @returns {Tally} */
function newTally() {
  return { count: counts(), bytes: counts(), problems: 0, chosen: 0, chosenBytes: 0 };
}

/** @returns {Counts} */
function counts() {
  return { done: 0, ready: 0, clear: 0, locked: 0, damaged: 0, failed: 0, apart: 0 };
}
