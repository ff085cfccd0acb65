/** What the person typed or ticked in the parts, kept while these are made anew in another language. */

/** Controls have this attribute, with a name of their own: a password has none. */
const KEPT = 'data-kept';

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/**
 * Takes what the controls below `root` hold. Call what comes back when the new ones are there.
 * @param {HTMLElement} root
 */
export function keepTyped(root) {
  const held = new Map([...controls(root)].map((control) => [nameOf(control), heldBy(control)]));
  return () => {
    for (const control of controls(root)) {
      const value = held.get(nameOf(control));
      if (value === undefined || value === heldBy(control)) continue;
      const isTicked = typeof value === 'boolean';
      if (isTicked && control instanceof HTMLInputElement) control.checked = value;
      else control.value = String(value);
      const isChosen = isTicked || control instanceof HTMLSelectElement;
      control.dispatchEvent(new Event(isChosen ? 'change' : 'input'));
    }
  };
}

/** @param {HTMLElement} root @returns {NodeListOf<Control>} */
const controls = (root) => root.querySelectorAll(`[${KEPT}]`);

/** @param {Control} control */
const nameOf = (control) => control.getAttribute(KEPT);

/** @param {Control} control */
function heldBy(control) {
  const isTicked = control instanceof HTMLInputElement && ['checkbox', 'radio'].includes(control.type);
  return isTicked ? control.checked : control.value;
}
