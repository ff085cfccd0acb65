/**
 * Types of Parquet columns. A column has a type only if each of its values in the whole file has exactly this value in
 * it; any other column is text.
 */

import { BOOLEAN, NESTED, NUMBER, STRING } from './row-scanner.js';

/** @typedef {'boolean' | 'int64' | 'double' | 'date' | 'timestamp' | 'local timestamp' | 'json' | 'text'} Type */
/**
 * `nanos`: the timestamps have more than six digits of a second. `isMixed`: text, because its values were of several
 * kinds. @typedef {{ type: Type, nanos?: boolean, isMixed?: boolean }} ColumnType
 */

/** What values a column has had. */
const HAS_BOOLEAN = 1;
/** A whole number that int64 holds. */
const HAS_INTEGER = 1 << 1;
/** The same, and a double does not hold it for certain: beyond ±2^53. */
const HAS_LONG = 1 << 2;
/** A number that is no such integer, and that a double holds as it is written. */
const HAS_DOUBLE = 1 << 3;
/** A number that neither holds. */
const HAS_OTHER_NUMBER = 1 << 4;
const HAS_JSON = 1 << 5;
const HAS_TEXT = 1 << 6;
const HAS_DATE = 1 << 7;
const HAS_TIMESTAMP = 1 << 8;
const HAS_LOCAL = 1 << 9;
const HAS_NANOS = 1 << 10;
/** A time that nanoseconds since 1970 do not hold in 64 bits: before 1677 or after 2262. */
const HAS_FAR = 1 << 11;

const NUMBERS = HAS_INTEGER | HAS_LONG | HAS_DOUBLE | HAS_OTHER_NUMBER;
const STRINGS = HAS_TEXT | HAS_DATE | HAS_TIMESTAMP | HAS_LOCAL;

const [MIN64, MAX64] = [-(2n ** 63n), 2n ** 63n - 1n];

/**
 * The mask of a column with one more value. `text`: the string, or the value as JSON has it.
 * @param {number} mask
 * @param {number} kind
 * @param {string} text
 */
export function withValue(mask, kind, text) {
  if (kind === STRING) return mask & HAS_TEXT ? mask : mask | ofString(text);
  if (kind === NUMBER) return mask | ofNumber(text);
  if (kind === BOOLEAN) return mask | HAS_BOOLEAN;
  return kind === NESTED ? mask | HAS_JSON : mask;
}

/**
 * @param {number} mask
 * @returns {ColumnType}
 */
export function typeOf(mask) {
  const isOnly = (/** @type {number} */ allowed) => mask !== 0 && (mask & ~allowed) === 0;
  if (mask === HAS_BOOLEAN) return { type: 'boolean' };
  if (isOnly(HAS_INTEGER | HAS_LONG)) return { type: 'int64' };
  if (isOnly(HAS_INTEGER | HAS_DOUBLE)) return { type: 'double' };
  if (mask === HAS_JSON) return { type: 'json' };
  if (mask === HAS_DATE) return { type: 'date' };
  const nanos = (mask & HAS_NANOS) !== 0;
  if (!(nanos && mask & HAS_FAR)) {
    if (isOnly(HAS_TIMESTAMP | HAS_NANOS | HAS_FAR)) return { type: 'timestamp', nanos };
    if (isOnly(HAS_LOCAL | HAS_NANOS | HAS_FAR)) return { type: 'local timestamp', nanos };
  }
  const kinds = [HAS_BOOLEAN, NUMBERS, STRINGS, HAS_JSON].filter((kind) => mask & kind);
  return { type: 'text', isMixed: kinds.length > 1 };
}

/** @param {string} text */
function ofNumber(text) {
  const isInteger = text.length < 21 && isWhole(text);
  if (isInteger && text.length < 16) return HAS_INTEGER;
  if (isInteger) {
    const value = BigInt(text);
    if (value >= MIN64 && value <= MAX64) return HAS_LONG;
  }
  return isExact(text) ? HAS_DOUBLE : HAS_OTHER_NUMBER;
}

/**
 * Whether it is written with digits alone. -0 is not: no integer has its sign.
 * @param {string} text
 */
function isWhole(text) {
  if (text === '-0') return false;
  for (let at = text.charCodeAt(0) === 0x2d ? 1 : 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

/**
 * Whether the double of this number is written with the same digits again, leading and trailing zeros apart.
 * @param {string} text
 */
function isExact(text) {
  const value = Number(text);
  if (!Number.isFinite(value)) return false;
  const [digits, exponent] = decimal(text);
  const [again, exponentAgain] = decimal(String(value));
  return digits === again && exponent === exponentAgain;
}

/**
 * The number as digits without zeros at their ends, and the power of ten of the last one.
 * @param {string} text
 * @returns {[digits: string, exponent: number]}
 */
function decimal(text) {
  const [, whole, part = '', power = '0'] = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? ['', '0'];
  const digits = (whole + part).replace(/^0+/, '');
  const short = digits.replace(/0+$/, '');
  return short === '' ? ['', 0] : [short, Number(power) - part.length + digits.length - short.length];
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)(?:T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(Z|\+00:00)?)?$/;

/** @param {string} text */
function ofString(text) {
  const length = text.length;
  // Most texts are none; this costs less than the expression.
  if (length < 10 || length > 35 || text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d) return HAS_TEXT;
  const found = TIME.exec(text);
  if (!found || !isDay(Number(found[1]), Number(found[2]), Number(found[3]))) return HAS_TEXT;
  if (found[4] === undefined) return HAS_DATE;
  const year = Number(found[1]);
  const range = year < 1678 || year > 2261 ? HAS_FAR : 0;
  const nanos = (found[7]?.length ?? 0) > 6 ? HAS_NANOS : 0;
  return (found[8] ? HAS_TIMESTAMP : HAS_LOCAL) | range | nanos;
}

/**
 * @param {number} year
 * @param {number} month
 * @param {number} day
 */
function isDay(year, month, day) {
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 && isLeap ? 29 : [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]);
}

/**
 * Days since 1970 of a date, or of the date of a time.
 * @param {string} text
 */
export function daysOf(text) {
  const date = new Date(0);
  date.setUTCFullYear(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8, 10)));
  return date.getTime() / 86_400_000;
}

/**
 * Microseconds or nanoseconds since 1970 of a time.
 * @param {string} text
 * @param {boolean} nanos
 */
export function ticksOf(text, nanos) {
  const seconds =
    daysOf(text) * 86_400 +
    Number(text.slice(11, 13)) * 3600 +
    Number(text.slice(14, 16)) * 60 +
    Number(text.slice(17, 19));
  const digits = nanos ? 9 : 6;
  const part = /^\.(\d+)/.exec(text.slice(19))?.[1] ?? '';
  return BigInt(seconds) * (nanos ? 1_000_000_000n : 1_000_000n) + BigInt(part.padEnd(digits, '0'));
}
