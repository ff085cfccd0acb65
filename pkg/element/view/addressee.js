/** Which of the elements on a page gets what a person drops, pastes or presses. */

import { isVisible } from './dom.js';

/** The elements that are in the page. @type {Set<Element>} */
const present = new Set();

/**
 * @param {Element} element
 * @param {AbortSignal} signal ends it
 */
export function becomePresent(element, signal) {
  present.add(element);
  signal.addEventListener('abort', () => present.delete(element));
}

/** Whether there is no other element in the page. */
export function isAlone() {
  return present.size < 2;
}

/**
 * The element that the event happened in: under the pointer, or with the focus. Elsewhere: the one under the pointer, or
 * the only one that is shown. `null` if that is none, or several.
 * @param {Event} event
 * @returns {Element | null}
 */
export function addresseeOf(event) {
  const all = [...present];
  const path = new Set(event.composedPath());
  const inside = all.find((element) => path.has(element));
  // While something is dragged, browsers do not say what the pointer is over.
  const pointed = inside ?? (event instanceof DragEvent ? null : all.find((element) => element.matches(':hover')));
  if (pointed) return pointed;
  const shown = isAlone() ? all : all.filter(isVisible);
  return shown.length === 1 ? shown[0] : null;
}

/**
 * Whether something is dragged over a file input of the page, which takes files by itself.
 * @param {Event} event
 */
export function isForFileInput(event) {
  const path = event.composedPath();
  const [target] = path;
  return (
    target instanceof HTMLInputElement &&
    target.type === 'file' &&
    !path.some((one) => present.has(/** @type {Element} */ (one)))
  );
}
