/** Simplified Chinese for the side “Check a key”, as the page loads it: with the functions that format its numbers. */

export { useLocale } from './format.js';
export { check } from './zh/check.js';
export { rules } from './zh/rules.js';
