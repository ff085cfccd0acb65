/** Makes rows of JSON text, with every number as it was written. */

import { MgdcDecryptError } from '../core/errors.js';
import { isLosslessNumber, LosslessNumber, parse, stringify } from '../vendor/lossless-json.js';
import { invalidRow } from './json-values.js';

/** @import { Extent } from './lines.js' */

/**
 * A value of a row: a whole number beyond 2^53 is a BigInt, and a number that no double holds is a LosslessNumber, whose
 * `value` has its digits.
 *
 * @typedef {null | boolean | number | bigint | string | LosslessNumber | Value[] | { [name: string]: Value }} Value
 */
/** @typedef {{ [name: string]: Value }} Row */

export { isLosslessNumber };

/** How deep objects and arrays of a row may lie in each other. Whoever writes rows goes through them recursively. */
const DEPTH_LIMIT = 500;

/**
 * More digits than this and BigInt takes longer than linear time, so that one line could hold up the page. No format
 * has integers this long.
 */
const INTEGER_DIGITS = 400;

/**
 * A number of 16 or more digits or with an exponent. All others are the same number after a double's round trip. It may
 * also match inside of strings, which costs only time.
 */
const RISKY = /[\s:,[]-?\d(?:[\d.]{15}|[\d.]*[eE])/;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The row of one line, or of one object; null for a line without one. A key that is there twice has its last value, as
 * with JSON.parse. Strings may have lone surrogates (`"\ud800"`), which no UTF-8 holds: see String#isWellFormed.
 * @param {Extent} extent
 * @returns {Row | null}
 * @throws ERR_ROW_INVALID, ERR_ROW_LIMIT
 */
export function parseRow({ bytes, start }) {
  let text;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw invalidRow(start, 'the row is not UTF-8', 'UTF-8');
  }
  if (text.trim() === '') return null;
  assertShallow(text, start);
  let value;
  try {
    value = parseJson(text);
  } catch (error) {
    // The error's own message quotes the text.
    if (!(error instanceof SyntaxError)) throw error;
    throw invalidRow(start, 'the row is not JSON', 'a JSON object');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value) || isLosslessNumber(value)) {
    throw invalidRow(start, `the row is ${kindOf(value)}`, 'a JSON object');
  }
  return /** @type {Row} */ (value);
}

/**
 * JSON of any kind, with exact numbers.
 * @param {string} text
 * @returns {Value}
 * @throws a SyntaxError
 */
export function parseJson(text) {
  if (!RISKY.test(text)) return JSON.parse(text);
  return /** @type {Value} */ (parse(text, undefined, { parseNumber, onDuplicateKey: ({ newValue }) => newValue }));
}

/**
 * A value as JSON text, with each number's digits.
 * @param {Value} value
 * @returns {string}
 */
export function jsonText(value) {
  return /** @type {string} */ (stringify(value));
}

/**
 * @param {string} text as JSON writes numbers
 * @returns {number | bigint | LosslessNumber}
 */
function parseNumber(text) {
  const number = Number(text);
  if (/^-?\d+$/.test(text)) {
    if (Number.isSafeInteger(number)) return number;
    return text.length > INTEGER_DIGITS ? new LosslessNumber(text) : BigInt(text);
  }
  return Number.isFinite(number) && canonical(String(number)) === canonical(text) ? number : new LosslessNumber(text);
}

/**
 * A spelling that equal numbers share: sign, digits without zeros at either end, and exponent.
 * @param {string} text
 */
function canonical(text) {
  const [, sign, whole, fraction = '', exponent = '0'] =
    /^([-+]?)(\d+)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length)}`;
}

/**
 * @param {string} text
 * @param {number} start
 */
function assertShallow(text, start) {
  // Most rows have fewer brackets than the limit, and need no look at each character.
  if (count(text, '{') + count(text, '[') <= DEPTH_LIMIT) return;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > DEPTH_LIMIT) throw tooDeep(start);
    } else if (character === '}' || character === ']') depth -= 1;
  }
}

/**
 * @param {string} text
 * @param {string} character
 */
function count(text, character) {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}

/** @param {number} start */
function tooDeep(start) {
  return new MgdcDecryptError(
    'ERR_ROW_LIMIT',
    `the row at byte ${start} of the content has more than ${DEPTH_LIMIT} levels of objects and arrays: rows of up to ` +
      `${DEPTH_LIMIT} levels are read; decrypt the file and read it with another program`,
  );
}

/** @param {unknown} value */
function kindOf(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'string' ? 'a string' : typeof value === 'boolean' ? 'a boolean' : 'a number';
}
