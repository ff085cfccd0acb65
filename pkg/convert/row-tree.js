/** The names of a file's rows, as a tree: with `flatten`, objects inside of rows have names of their own. */

/** @import { PlannedName } from '../worker/protocol.js' */

/**
 * One name of an object. `literal`: as it stands in compact JSON, with the colon. `column`: the index of its column, or
 * -1; `isValue`: it has had a value that is not null and is not flattened. `mask`: what values it has had (types.js).
 */
export class Entry {
  column = -1;
  isValue = false;
  mask = 0;
  /** @type {Names | null} */
  names = null;

  /**
   * @param {string} name
   * @param {readonly string[]} path
   * @param {number} index
   */
  constructor(name, path, index) {
    this.literal = `${JSON.stringify(name)}:`;
    this.path = [...path, name];
    this.index = index;
  }
}

/** The names of one object, in the order in which they came. */
export class Names {
  /** @type {Entry[]} */
  list = [];
  /** @type {Map<string, Entry>} */
  #byName = new Map();

  /** @param {readonly string[]} [path] the names that lead to the object */
  constructor(path = []) {
    this.path = path;
  }

  /** @param {string} name */
  get(name) {
    return this.#byName.get(name);
  }

  /**
   * @param {string} name
   * @returns {Entry}
   */
  add(name) {
    const entry = new Entry(name, this.path, this.list.length);
    this.list.push(entry);
    this.#byName.set(name, entry);
    return entry;
  }
}

/** A column of the output. @typedef {{ name: string, entry: Entry }} Column */

/**
 * Gives each name a column: those that had a value of their own, or only null. They stay in the order of their first
 * row; the flattened ones follow the name that they belong to. Names that come out the same get a number.
 * @param {Names} names
 * @returns {Column[]}
 */
export function columnsOf(names) {
  /** @type {Column[]} */
  const columns = [];
  /** @type {Set<string>} */
  const taken = new Set();
  /** @param {Names} of */
  const visit = (of) => {
    for (const entry of of.list) {
      if (entry.isValue || !entry.names) {
        entry.column = columns.length;
        columns.push({ name: unique(entry.path.join('.'), taken), entry });
      }
      if (entry.names) visit(entry.names);
    }
  };
  visit(names);
  return columns;
}

/**
 * @param {string} name
 * @param {Set<string>} taken
 */
function unique(name, taken) {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name} (${number})`;
  taken.add(free);
  return free;
}

/**
 * The names of a file, as they are sent to the worker that reads it again.
 * @param {Names} names
 * @returns {PlannedName[]}
 */
export function planOf({ list }) {
  return list.map(({ path, isValue, mask, names }) => ({
    name: path[path.length - 1],
    isValue,
    mask,
    names: names && planOf(names),
  }));
}

/**
 * @param {readonly PlannedName[]} plan
 * @param {readonly string[]} [path]
 * @returns {Names}
 */
export function namesOf(plan, path = []) {
  const names = new Names(path);
  for (const { name, isValue, mask, names: inner } of plan) {
    const entry = names.add(name);
    Object.assign(entry, { isValue, mask, names: inner && namesOf(inner, entry.path) });
  }
  return names;
}
