/** German, as the page loads it: with the functions that format its numbers. */

export { de as texts } from './de/index.js';
export { useLocale } from './format.js';
