/** Names of entries: their text, and which of them must not be used. */

/** @import { Core } from './archive-entry.js' */

/** Code page 437 from 0x80 on, the encoding of names without the flag for UTF-8 (APPNOTE.TXT, appendix D). */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Longest name and path that common file systems take, in bytes of UTF-8. */
const [MOST_NAME, MOST_PATH] = [255, 4095];

/**
 * The text of a name. Without the flag for UTF-8 it may be UTF-8 nevertheless, as macOS and many libraries write it:
 * text in code page 437 is hardly ever valid UTF-8. A name that is neither is read in code page 437, in which every
 * byte has its own character, so that different names stay different.
 * @param {Uint8Array} bytes
 * @param {Uint8Array | null} unicode content of the extra field 0x7075
 * @param {Core} core
 */
export function decodeName(bytes, unicode, core) {
  return (unicode && unicodeName(bytes, unicode, core)) ?? utf8(bytes) ?? Array.from(bytes, character).join('');
}

/**
 * The Info-ZIP Unicode path (APPNOTE.TXT, 4.6.9): it counts only if it was made for this name.
 * @param {Uint8Array} bytes
 * @param {Uint8Array} field
 * @param {Core} core
 */
function unicodeName(bytes, field, { crc32 }) {
  if (field.length < 5 || field[0] !== 1) return null;
  const checksum = new DataView(field.buffer, field.byteOffset).getUint32(1, true);
  return checksum === crc32(0, bytes) ? utf8(field.subarray(5)) : null;
}

/** @param {Uint8Array} bytes */
function utf8(bytes) {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** @param {number} byte */
function character(byte) {
  return byte < 0x80 ? String.fromCharCode(byte) : CP437[byte - 0x80];
}

/**
 * The path of an entry, with `/` between folders: Windows wrote `\`, and no tool that writes names for it means anything
 * else. `.` folders are left out.
 * @param {string} name
 */
export function pathOf(name) {
  const path = name.replaceAll('\\', '/');
  return path.includes('./') || path.includes('//') ? path.replace(/(^|\/)(?:\.?\/)+/g, tidied) : path;
}

/**
 * Keeps the first `/` of an absolute path.
 * @param {string} found
 * @param {string} before
 */
function tidied(found, before) {
  return before || (found.startsWith('/') ? '/' : '');
}

/**
 * Why a path must not be used, or null. Such an entry is not renamed: nothing that made a drop writes such names, so the
 * archive is not what it seems.
 * @param {string} path
 */
export function whyUnsafe(path) {
  if (path === '' || path === '.') return 'it has no name';
  if (path.startsWith('/')) return 'its path is absolute';
  if (/^[a-z]:/i.test(path)) return 'its path begins with a drive';
  if (/(?:^|\/)\.\.(?:\/|$)/.test(path)) return 'its path leads out of its folder (..)';
  if (/[\0-\x1f\x7f]/.test(path)) return 'its name has control characters';
  if (path.length <= MOST_NAME / 3) return null;
  if (lengthOf(path) > MOST_PATH) return `its path is longer than ${MOST_PATH} bytes`;
  return path.split('/').some((part) => lengthOf(part) > MOST_NAME)
    ? `its name is longer than ${MOST_NAME} bytes`
    : null;
}

/** @param {string} text */
function lengthOf(text) {
  return new TextEncoder().encode(text).length;
}

/**
 * A name as it can be shown and used as a path in messages: without control characters.
 * @param {string} path
 */
export function shown(path) {
  const visible = path.replace(/[\0-\x1f\x7f]/g, '\ufffd');
  return visible.length > 300 ? `${visible.slice(0, 300)}…` : visible || '(no name)';
}
