/**
 * One name of a file or folder: what Windows, macOS and Linux all take. Used for paths of a drop and for free names.
 */

/** The list that a run with `resume` keeps in the target: no output has its name. */
export const MANIFEST = '.mgdc-decrypt.json';

/**
 * The name made safe everywhere, and unchanged where it is. What was done is added to `reasons`.
 * Rules of Windows: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 * @param {string} name
 * @param {Set<string>} reasons
 */
export function safeName(name, reasons) {
  if (ORDINARY.test(name)) return name; // most are: a hundred thousand are gone through in no time
  const allowed = name.replace(FORBIDDEN, '_');
  if (allowed !== name) reasons.add('characters became _: Windows forbids them, or they hide what a name is');
  const tidied = tidy(allowed, reasons);
  if (!DEVICE.test(tidied)) return tidied;
  reasons.add('_ was put before a name that is a device on Windows');
  return tidy(`_${tidied}`, reasons);
}

/**
 * `name (2).json`: tells a name apart from one that is taken.
 * @param {string} name
 * @param {number} number
 */
export function numbered(name, number) {
  const [stem, ending] = split(name);
  const suffix = ` (${number})`;
  // Room for any number: the same stem for all of them, so that counting on finds a free one.
  return cut(stem, MOST - ROOM_FOR_NUMBER - byteLength(ending)) + suffix + ending;
}

/**
 * `.name.mgdc-partial.json`: for a file that is being written. It keeps the ending, or Chromium would ask Safe Browsing
 * about each file once more, which took up to 5 s offline; and is short enough for the `.crswap` that Chromium appends.
 * @param {string} name
 * @param {number} number
 */
export function partial(name, number) {
  const [stem, ending] = split(name);
  const hidden = stem.startsWith('.') ? stem : `.${stem}`; // Chromium refuses two dots
  return `${cut(hidden, 200 - byteLength(ending))}.mgdc-partial${number > 1 ? number : ''}${ending}`;
}

/**
 * What two names have in common where a file system takes them for one: NTFS and APFS by default.
 * @param {string} name
 */
export function fold(name) {
  if (ASCII.test(name)) return name.toLowerCase();
  // Folding may take a composed letter apart, hence the second NFC.
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

const ASCII = /^[\0-\x7f]*$/;

/** UTF-8 bytes of Linux; 255 UTF-16 units, the limit of NTFS and APFS, are never more. */
const MOST = 255;
const ROOM_FOR_NUMBER = 12;

const ORDINARY = /^[\w-]{7,60}(?:\.[\w-]{1,20})?$/; // longer than any device

// Control characters C0 and C1, those with a meaning for Windows, the bidirectional overrides, embeddings and isolates
// (Unicode TR 36, 2.8.2), and halves of surrogate pairs, which UTF-8 cannot spell.
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f<>:"|?*\\/\u202a-\u202e\u2066-\u2069\p{Surrogate}]/gu;
const AT_END = /[. ]+$/;
// With any ending, and also where spaces come before it.
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[1-9¹²³]) *(?:\.|$)/i;

/**
 * @param {string} name
 * @param {Set<string>} reasons
 */
function tidy(name, reasons) {
  const cut = fitted(name);
  if (cut !== name) reasons.add('a name was cut: file systems take 255 bytes');
  const tidied = cut.replace(AT_END, (end) => '_'.repeat(end.length));
  if (tidied !== cut) reasons.add('a dot or space at the end became _: Windows drops it');
  return tidied;
}

/**
 * An ending is short and has no spaces: `v1. Final report` has none. Nor has `.hidden`.
 * @param {string} name
 * @returns {[stem: string, ending: string]}
 */
function split(name) {
  const [, stem, ending = ''] = /** @type {RegExpMatchArray} */ (name.match(/^(.+?)(\.[^.\s]{1,20})?$/su));
  return [stem, ending];
}

/** @param {string} name */
function fitted(name) {
  if (3 * name.length <= MOST || byteLength(name) <= MOST) return name; // a UTF-16 unit is at most three bytes
  const [stem, ending] = split(name);
  return cut(stem, MOST - byteLength(ending)) + ending;
}

/**
 * Between characters as a reader sees them (grapheme clusters), and never inside a code point.
 * @param {string} text
 * @param {number} most
 */
function cut(text, most) {
  if (ASCII.test(text)) return text.slice(0, most);
  const { read } = encoder.encodeInto(text, new Uint8Array(most));
  if (read === text.length) return text;
  return text.slice(0, segmenter?.segment(text).containing(read)?.index || read);
}

/** @param {string} text */
const byteLength = (text) => encoder.encode(text).length;
const encoder = new TextEncoder();
const segmenter = globalThis.Intl?.Segmenter ? new Intl.Segmenter() : null; // Firefox has it since 125
