/** German for the side “Check a key”, as the page loads it: with the functions that format its numbers. */

export { check } from './de/check.js';
export { rules } from './de/rules.js';
export { useLocale } from './format.js';
