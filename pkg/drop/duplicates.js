/** Finds files that were added twice. */

import { readPart } from '../core/bytes.js';

/** @import { AnyBlob } from './left-out.js' */

/** @typedef {{ path: string, blob: AnyBlob }} Item */

/** Bytes compared at each end. That is enough: in AES-CBC the last block depends on everything before it. */
const END = 64 * 1024;

/**
 * Remembers `{ path, blob }` items. Equal path, size and time do not prove that two files are the same: keys of two
 * versions may both be called `key.pem`, and unpacking an archive may give all files the same time. So their bytes are
 * compared too. Size and time are read only if the path is already known: for a picked file that costs Chromium a
 * stat(), 0.3 ms each.
 */
export class Distinct {
  /** Path → items. @type {Map<string, Item[]>} */
  #known = new Map();

  /**
   * Whether the item is new; if so, remembers it. Returns a promise only if bytes must be compared.
   * @param {Item} item
   * @returns {boolean | Promise<boolean>}
   */
  add(item) {
    const namesakes = this.#known.get(item.path);
    if (!namesakes) {
      this.#known.set(item.path, [item]);
      return true;
    }
    const alike = namesakes.filter(({ blob }) => blob.size === item.blob.size && dateOf(blob) === dateOf(item.blob));
    // Before the first await, so that when two equal items are added at once, the second one sees the first.
    namesakes.push(item);
    return alike.length === 0 || this.#differs(item, alike);
  }

  /**
   * @param {Item} item
   * @param {Item[]} alike
   */
  async #differs(item, alike) {
    for (const other of alike) {
      if (!(await sameBytes(other.blob, item.blob))) continue;
      this.delete(item);
      return false;
    }
    return true;
  }

  /**
   * Forgets an item, so that it can be added again.
   * @param {Item} item
   */
  delete(item) {
    const namesakes = this.#known.get(item.path) ?? [];
    if (namesakes.includes(item)) namesakes.splice(namesakes.indexOf(item), 1);
  }
}

/**
 * False for a file that cannot be read: the next attempt to read it will report the error.
 * @param {AnyBlob} one
 * @param {AnyBlob} other
 */
async function sameBytes(one, other) {
  if (one === other) return true;
  const { size } = one;
  const parts =
    size <= 2 * END
      ? [[0, size]]
      : [
          [0, END],
          [size - END, size],
        ];
  try {
    for (const [start, end] of parts) {
      const [left, right] = await Promise.all([one, other].map((blob) => readPart(blob, start, end)));
      if (left.some((byte, index) => byte !== right[index])) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/**
 * The date of a File or FileOnDisk; undefined for a plain Blob.
 * @param {AnyBlob} blob
 */
export function dateOf(blob) {
  return 'lastModified' in blob ? blob.lastModified : undefined;
}
