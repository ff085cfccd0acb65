/** Which files are the same one, added twice. */

import { readPart } from '../core/bytes.js';

/** @import { AnyBlob } from './left-out.js' */

/** @typedef {{ path: string, blob: AnyBlob }} Item */

/** Bytes at either end that are compared: in AES-CBC the last block depends on everything before it. */
const END = 64 * 1024;

/**
 * Remembers `{ path, blob }` items. Path, size and time alone do not make two files one: keys of two versions are both
 * called `key.pem`, and unpacking an archive gives everything the same time. So their bytes are compared, too. Size and
 * time only where the path is known already: Chromium asks the disk for those of a picked file, 0.3 ms for each one.
 */
export class Distinct {
  /** Path → items. @type {Map<string, Item[]>} */
  #known = new Map();

  /**
   * Whether the item is new; then it is remembered. A promise only where bytes have to be compared.
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
    // Before the first wait, so that of two that come at once the second one sees the first.
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
   * Forgets an item, so that it may come again.
   * @param {Item} item
   */
  delete(item) {
    const namesakes = this.#known.get(item.path) ?? [];
    if (namesakes.includes(item)) namesakes.splice(namesakes.indexOf(item), 1);
  }
}

/**
 * What cannot be read is like nothing: whoever reads it next says so.
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
 * Only a File has a date, and what stands for one.
 * @param {AnyBlob} blob
 */
export function dateOf(blob) {
  return 'lastModified' in blob ? blob.lastModified : undefined;
}
