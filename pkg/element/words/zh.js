/** Simplified Chinese, as the page loads it: with the functions that format its numbers. */

export { useLocale } from './format.js';
export { zh as texts } from './zh/index.js';
