// Which of the added files are new, and which of those are keys.

import { isLoose, looksLikeKey } from './key-source.js';
import { Turns } from './turns.js';

/** Files that are looked into side by side. */
const AT_A_TIME = 32;

/**
 * Batches of `{ item, isNew, isKey }`, in the order of `items`. `seen` is the Distinct that knows the earlier ones.
 * A hundred thousand files never hold the page up: there is a pause between batches where they take long.
 */
export async function* sorted(items, seen) {
  const loose = items.filter(isLoose).length;
  const turns = new Turns();
  for (let start = 0; start < items.length; start += AT_A_TIME) {
    if (turns.over) await turns.next();
    const batch = items.slice(start, start + AT_A_TIME);
    yield Promise.all(
      batch.map(async (item) => {
        const isNew = await seen.add(item);
        return { item, isNew, isKey: isNew && (await looksLikeKey(item, isLoose(item) ? loose : items.length - loose)) };
      }),
    );
  }
}
