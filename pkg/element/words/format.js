/** Formats numbers for people. The words around them are in text.js. */

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** By language: another element may have another one. @type {Map<string, ReturnType<typeof formats>>} */
const spoken = new Map();
let format = formatsOf('en');

/**
 * Chooses the language that numbers are written in, as a BCP 47 tag.
 * @param {string} tag
 */
export function useLocale(tag) {
  format = formatsOf(tag);
}

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
  return format.bytes(UNITS[power]).format(value);
}

/**
 * The share in whole percent; 100 only if it is complete.
 * @param {number} part
 * @param {number} whole
 */
export function percent(part, whole) {
  const share = whole > 0 ? Math.min(part / whole, 1) : 0;
  return format.percent().format(share < 1 ? Math.min(share, 0.99) : 1);
}

/**
 * `12 sec`, `3 min 20 sec`, `2 hr 5 min`.
 * @param {number} seconds
 */
export function duration(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return format.duration('second').format(whole);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60)
    return `${format.duration('minute').format(minutes)} ${format.duration('second').format(whole % 60)}`;
  return `${format.duration('hour').format(Math.floor(minutes / 60))} ${format.duration('minute').format(minutes % 60)}`;
}

/**
 * `1,234`.
 * @param {number} value
 */
export function number(value) {
  return format.number().format(value);
}

/**
 * The word that fits a number: `other` where the language has no form of its own for it.
 * @param {number} value
 * @param {{ [Rule in Intl.LDMLPluralRule]?: string } & { other: string }} forms
 */
export function plural(value, forms) {
  return forms[format.plural().select(value)] ?? forms.other;
}

/**
 * `29 Nov 2026, 20:22`, in the language's own order.
 * @param {Date} when
 */
export function date(when) {
  return format.date().format(when);
}

/**
 * Replaces characters that could hide or reverse parts of a file name (controls, bidirectional overrides) with a mark,
 * because the names come from the drop and are not trusted.
 * @param {string} name
 */
export function printable(name) {
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

/** @param {string} tag */
function formatsOf(tag) {
  const known = spoken.get(tag) ?? formats(tag);
  spoken.set(tag, known);
  return known;
}

/**
 * Each is made when it is first needed: all of them together take 20 ms, before the page shows anything.
 * @param {string} locale
 */
function formats(locale) {
  /** @type {(name: string, options?: Intl.NumberFormatOptions) => { format(value: number): string }} */
  const unit = (name, options) => {
    const formatter = new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', ...options });
    // Microsoft's style has a space between digits and Han, as our sentences do. Intl has none: `12秒`.
    return { format: (value) => formatter.format(value).replace(/(?<=\d)(?=\p{Script=Han})/u, ' ') };
  };
  return {
    bytes: kept((unitName) =>
      // In short form, byte has no plural.
      unit(unitName, { maximumSignificantDigits: 3, unitDisplay: unitName === 'byte' ? 'long' : 'short' }),
    ),
    duration: kept((unitName) => unit(unitName)),
    percent: kept(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })),
    number: kept(() => new Intl.NumberFormat(locale)),
    plural: kept(() => new Intl.PluralRules(locale)),
    date: kept(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })),
  };
}

/**
 * Makes what is asked for once for each name.
 * @template Made
 * @param {(name: string) => Made} make
 */
function kept(make) {
  /** @type {Map<string, Made>} */
  const all = new Map();
  return (name = '') => {
    const made = all.get(name) ?? make(name);
    all.set(name, made);
    return made;
  };
}
