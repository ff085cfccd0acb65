/** Formats numbers for people. The words around them are in text.js. */

/** The language of text.js. A translation must change both. */
const LOCALE = 'en';

/**
 * `812 bytes`, `12.3 MB`: powers of 1000, three digits.
 * @param {number} count
 */
export function bytes(count) {
  let power = 0;
  let value = count;
  // From 999.5 on, three digits would round to 1000 of this unit.
  while (value >= 999.5 && power < UNITS.length - 1) {
    value /= 1000;
    power += 1;
  }
  return UNITS[power].format(value);
}

/**
 * The share in whole percent; 100 only if it is complete.
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
 * Replaces characters that could hide or reverse parts of a file name (controls, bidirectional overrides) with a mark,
 * because the names come from the drop and are not trusted.
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
  // In short form, byte has no plural.
  unit(name, { maximumSignificantDigits: 3, unitDisplay: name === 'byte' ? 'long' : 'short' }),
);
const PERCENT = new Intl.NumberFormat(LOCALE, { style: 'percent', maximumFractionDigits: 0 });
const [SECOND, MINUTE, HOUR] = ['second', 'minute', 'hour'].map((name) => unit(name));
const NUMBER = new Intl.NumberFormat(LOCALE);
