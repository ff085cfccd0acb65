/**
 * Names of files and folders that are valid on Windows, macOS and Linux. Used for the paths of a drop, and to find free
 * names.
 */

/** The list that a run with `resume` keeps in the target. No output gets its name. */
export const MANIFEST = '.mgdc-decrypt.json';

/**
 * Makes a name safe on every system; a safe name is returned unchanged. What was changed is added to `reasons`.
 * Rules of Windows: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 * @param {string} name
 * @param {Set<string>} reasons
 */
export function safeName(name, reasons) {
  if (ORDINARY.test(name)) return name; // most names are, so that a hundred thousand take no time
  const allowed = name.replace(FORBIDDEN, '_');
  if (allowed !== name) reasons.add('characters became _: Windows forbids them, or they disguise what the name is');
  const tidied = tidy(allowed, reasons);
  if (!DEVICE.test(tidied)) return tidied;
  reasons.add('_ was added before a name that means a device on Windows');
  return tidy(`_${tidied}`, reasons);
}

/**
 * `name (2).json`: a name in place of one that is taken.
 * @param {string} name
 * @param {number} number
 */
export function numbered(name, number) {
  const [stem, ending] = split(name);
  const suffix = ` (${number})`;
  // Leaves room for any number, so that the stem is the same for all of them and counting up finds a free name.
  return cut(stem, MOST - ROOM_FOR_NUMBER - byteLength(ending)) + suffix + ending;
}

/**
 * `.name.mgdc-partial.json`: for a file that is being written. It keeps the ending: otherwise Chromium asks Safe
 * Browsing about each file once more, which took up to 5 s offline. It leaves room for the `.crswap` that Chromium
 * appends.
 * @param {string} name
 * @param {number} number
 */
export function partial(name, number) {
  const [stem, ending] = split(name);
  const hidden = stem.startsWith('.') ? stem : `.${stem}`; // Chromium refuses a name that begins with two dots
  return `${cut(hidden, 200 - byteLength(ending))}.mgdc-partial${number > 1 ? number : ''}${ending}`;
}

/**
 * Gives the same result for two names that a file system takes for the same one, as NTFS and APFS do by default.
 * @param {string} name
 */
export function fold(name) {
  if (ASCII.test(name)) return name.toLowerCase();
  // Folding may take a composed letter apart, hence the second NFC.
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

const ASCII = /^[\0-\x7f]*$/;

/** The limit of Linux, in bytes of UTF-8. Such a name also fits into the 255 UTF-16 units of NTFS and APFS. */
const MOST = 255;
const ROOM_FOR_NUMBER = 12;

const ORDINARY = /^[\w-]{7,60}(?:\.[\w-]{1,20})?$/; // longer than any device name

// Control characters C0 and C1, those with a meaning for Windows, the bidirectional overrides, embeddings and isolates
// (Unicode TR 36, 2.8.2), and halves of surrogate pairs, which UTF-8 cannot spell.
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f<>:"|?*\\/\u202a-\u202e\u2066-\u2069\p{Surrogate}]/gu;
const AT_END = /[. ]+$/;
// Device names are reserved with any ending, even after spaces.
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[1-9¹²³]) *(?:\.|$)/i;

/**
 * @param {string} name
 * @param {Set<string>} reasons
 */
function tidy(name, reasons) {
  const cut = fitted(name);
  if (cut !== name) reasons.add('a name was shortened: file systems allow 255 bytes');
  const tidied = cut.replace(AT_END, (end) => '_'.repeat(end.length));
  if (tidied !== cut) reasons.add('a dot or space at the end became _: Windows drops it');
  return tidied;
}

/**
 * Splits off the ending, which is short and has no spaces: `v1. Final report` and `.hidden` have none.
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
 * Cuts between characters as a reader sees them (grapheme clusters), and never inside a code point.
 * @param {string} text
 * @param {number} most
 */
function cut(text, most) {
  if (ASCII.test(text)) return text.slice(0, most);
  const { read } = encoder.encodeInto(text, new Uint8Array(most));
  if (read === text.length) return text;
  // Firefox has it since 125. Not made earlier: its tables take Node 11 ms to load, and few names are cut.
  segmenter ??= globalThis.Intl?.Segmenter ? new Intl.Segmenter() : null;
  return text.slice(0, segmenter?.segment(text).containing(read)?.index || read);
}

/** @param {string} text */
const byteLength = (text) => encoder.encode(text).length;
const encoder = new TextEncoder();
/** @type {Intl.Segmenter | null | undefined} */
let segmenter;
