/** Numbers as a person reads them. The words around them are in text.js. */

/** The language of text.js: a translation changes both. */
const LOCALE = 'en';

/**
 * `812 bytes`, `12.3 MB`: powers of 1000, three digits.
 * @param {number} count
 */
export function bytes(count) {
  let power = 0;
  let value = count;
  // 999.5 would round up to the next unit's name with the wrong number.
  while (value >= 999.5 && power < UNITS.length - 1) {
    value /= 1000;
    power += 1;
  }
  return UNITS[power].format(value);
}

/**
 * Share in whole percent; 100 only when all is there.
 * @param {number} part
 * @param {number} whole
 */
export function percent(part, whole) {
  const share = whole > 0 ? Math.min(part / whole, 1) : 0;
  return PERCENT.format(share < 1 ? Math.min(share, 0.99) : 1);
}

/**
 * `12 sec`, `3 min 20 sec`, `2 hr 5 min`.
 * @param {number} seconds
 */
export function duration(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return SECOND.format(whole);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${MINUTE.format(minutes)} ${SECOND.format(whole % 60)}`;
  return `${HOUR.format(Math.floor(minutes / 60))} ${MINUTE.format(minutes % 60)}`;
}

/**
 * `1,234`.
 * @param {number} value
 */
export function number(value) {
  return NUMBER.format(value);
}

/**
 * Shows the characters that would hide or turn round parts of a file name (controls, bidirectional overrides) as a
 * mark: the names come from whoever wrote the drop.
 * @param {string} name
 */
export function printable(name) {
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

/**
 * @param {string} name
 * @param {Intl.NumberFormatOptions} [options]
 */
const unit = (name, options) =>
  new Intl.NumberFormat(LOCALE, { style: 'unit', unit: name, unitDisplay: 'short', ...options });
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'].map((name) =>
  // Short, a byte has no plural.
  unit(name, { maximumSignificantDigits: 3, unitDisplay: name === 'byte' ? 'long' : 'short' }),
);
const PERCENT = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 });
const [SECOND, MINUTE, HOUR] = ['second', 'minute', 'hour'].map((name) => unit(name));
const NUMBER = new Intl.NumberFormat(LOCALE);
