/** Sorts long lists in turns, because one sort() of a hundred thousand paths would block the page. */

/** @import { Yielder } from '../../core/yielding.js' */

/** Entries that are sorted at a time, which takes a few milliseconds. */
const SORTED_AT_ONCE = 4096;

/**
 * Merge sort. It is stable, as sort() is, if `compare` is 0 for equal entries.
 * @template Entry
 * @param {readonly Entry[]} list
 * @param {(one: Entry, other: Entry) => number} compare
 * @param {Yielder} yielder
 * @returns {Promise<Entry[]>}
 */
export async function sortInTurns(list, compare, yielder) {
  /** @type {Entry[][]} */
  let runs = [];
  for (let start = 0; start < list.length; start += SORTED_AT_ONCE) {
    if (yielder.isDue) await yielder.yield();
    runs.push(list.slice(start, start + SORTED_AT_ONCE).sort(compare));
  }
  while (runs.length > 1) {
    /** @type {Entry[][]} */
    const merged = [];
    for (let pair = 0; pair < runs.length; pair += 2)
      merged.push(await merge(runs[pair], runs[pair + 1] ?? [], compare, yielder));
    runs = merged;
  }
  return runs[0] ?? [];
}

/**
 * @template Entry
 * @param {readonly Entry[]} left
 * @param {readonly Entry[]} right
 * @param {(one: Entry, other: Entry) => number} compare
 * @param {Yielder} yielder
 */
async function merge(left, right, compare, yielder) {
  /** @type {Entry[]} */
  const merged = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    if (merged.length % SORTED_AT_ONCE === 0 && yielder.isDue) await yielder.yield();
    merged.push(compare(left[l], right[r]) <= 0 ? left[l++] : right[r++]);
  }
  for (; l < left.length; l += SORTED_AT_ONCE) merged.push(...left.slice(l, l + SORTED_AT_ONCE));
  for (; r < right.length; r += SORTED_AT_ONCE) merged.push(...right.slice(r, r + SORTED_AT_ONCE));
  return merged;
}
