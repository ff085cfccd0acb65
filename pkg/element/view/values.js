/** Values of a preview as text: whole, and in the language of JSON. */

/** Controls that could hide or reverse text, other than tab and line breaks. */
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text of a file, with its line breaks. Controls become a mark.
 * @param {string} text
 */
export function visible(text) {
  return text.replace(HIDDEN, '\ufffd');
}

/**
 * Whether a value has values in it. A number with all its digits is an object, too, but of a class of its own.
 * @param {unknown} value
 * @returns {value is Record<string, unknown> | unknown[]}
 */
export function isNested(value) {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * JSON, indented, at most about `most` characters long. Whole numbers of any size keep all their digits, which
 * JSON.stringify refuses.
 * @param {unknown} value
 * @param {number} most
 */
export function toJson(value, most) {
  /** @type {string[]} */
  const parts = [];
  let length = 0;
  /** @param {string} part */
  const put = (part) => {
    parts.push(part);
    length += part.length;
  };
  write(value, '');
  return { json: visible(parts.join('')), isCut: length > most };

  /**
   * @param {unknown} each
   * @param {string} indent
   */
  function write(each, indent) {
    if (length > most) return;
    if (!isNested(each)) return put(scalar(each));
    const isList = Array.isArray(each);
    const entries = Object.entries(each);
    const [opening, closing] = isList ? '[]' : '{}';
    if (entries.length === 0) return put(opening + closing);
    put(opening);
    for (const [index, [name, inner]] of entries.entries()) {
      if (length > most) return put('…');
      put(`${index > 0 ? ',' : ''}\n${indent}  ${isList ? '' : `${JSON.stringify(name)}: `}`);
      write(inner, `${indent}  `);
    }
    put(`\n${indent}${closing}`);
  }
}

/** @param {unknown} value */
function scalar(value) {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  return String(value);
}
