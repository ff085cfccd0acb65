/** Leads the person to where the next action is. */

import { isVisible } from './dom.js';

/** @import { Session } from '../state/session.js' */

/**
 * When everything is ready, and what had the focus is gone (the sample's button, a password), the way to save gets it.
 * See keepingFocus in dom.js for the place that has it meanwhile.
 * @param {ShadowRoot} root
 * @param {Session} session
 * @param {HTMLElement} saveBar
 */
export function leadToSaving(root, { totals }, saveBar) {
  const isLost = root.activeElement?.getAttribute('tabindex') === '-1';
  if (!isLost || totals.locked > 0 || totals.deliverable === 0) return;
  /** @type {NodeListOf<HTMLElement>} */
  const buttons = saveBar.querySelectorAll('button.primary:not(:disabled)');
  [...buttons].find(isVisible)?.focus({ preventScroll: true });
}

/**
 * Writes the address of a key to where the way through Key Vault asks for it; false if it does not.
 * @param {HTMLElement} keyStep
 * @param {string} address
 */
export function leadToVault(keyStep, address) {
  /** @type {HTMLInputElement | null} */
  const field = keyStep.querySelector('[data-testid=vault-name]');
  if (!field || !isVisible(field)) return false;
  field.value = address.trim();
  field.dispatchEvent(new Event('input'));
  field.focus();
  return true;
}

/**
 * From the result of a run to the files.
 * @param {HTMLElement} review
 */
export function leadToFiles(review) {
  review.scrollIntoView({ block: 'start' });
  /** @type {HTMLElement | null} */
  const first = review.querySelector('[tabindex="0"], button, input');
  first?.focus({ preventScroll: true });
}

/**
 * Who came to rehearse finds the button for it, which is below everything else; false if it is not there yet.
 * @param {HTMLElement} checkSide
 */
export function leadToRehearsal(checkSide) {
  /** @type {HTMLElement | null} */
  const button = checkSide.querySelector('[data-testid=rehearse]');
  if (!button || !isVisible(button)) return false;
  button.scrollIntoView({ block: 'center' });
  button.focus({ preventScroll: true });
  return true;
}
