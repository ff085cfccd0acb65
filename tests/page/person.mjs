/** A page, and a person who counts what they do: a click, a choice in a picker, a drag, or one thing typed or pasted. */

import { expectedOf } from '../js/samples.mjs';
import { openPage, saves, settled } from './harness.mjs';

export async function person(t, options) {
  const page = await openPage(t, options);
  let actions = 0;
  return {
    page,
    get actions() {
      return actions;
    },
    /** Counts one action, and waits until what came of it is settled. */
    async does(action, wait = settled) {
      actions += 1;
      await action();
      await wait(page);
    },
    /** Saves with a click on the button; resolves to the path of what was saved, and the name that was suggested. */
    async saves(testId, wait = settled) {
      actions += 1;
      const saved = await saves(page, testId);
      await wait(page);
      return saved;
    },
  };
}

/** The SHA-256 of every file that a sample drop decrypts to. */
export const hashes = (name) =>
  Object.fromEntries(
    expectedOf(name)
      .filter(({ outcome }) => outcome !== 'error')
      .map(({ file, sha256 }) => [file, sha256]),
  );

export const summary = (page) => page.getByTestId('summary').locator('h2').innerText();

/** The same as `settled`, on the side “Check a key”. */
export const judged = (page) =>
  page.locator('.check-side .services:not([aria-busy=true])').waitFor({ state: 'attached' });
