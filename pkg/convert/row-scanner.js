/**
 * Reads JSON objects out of text, value by value, without making objects of them: a value is a place in the text. So
 * numbers keep their digits. Of JSON Lines with mails, all of the conversion to CSV takes a second of CPU for 58 MiB; the
 * library `lossless-json` alone, which previews use, takes a second to parse 55 MiB.
 */

import { Names } from './row-tree.js';

/** @import { Entry } from './row-tree.js' */

/** Kinds of values. NESTED: an object or an array, as JSON text. */
export const NULL = 0;
export const STRING = 1;
export const NUMBER = 2;
export const BOOLEAN = 3;
export const NESTED = 4;

/**
 * Takes the values of a row. `value`: the value is `text` from `from` to `to`, of a string without its quotes; `escaped`:
 * it contains escapes. `late`: a name has a value and no entry, because the
 * names are closed.
 *
 * @typedef {object} Taker
 * @property {(entry: Entry, kind: number, text: string, from: number, to: number, escaped: boolean) => void} value
 * @property {(path: readonly string[]) => void} late
 */

/** Where the text is not JSON, or ends too early: at its end. */
export class Broken extends Error {
  /**
   * @param {number} at
   * @param {string} problem
   */
  constructor(at, problem) {
    super(problem);
    this.at = at;
  }
}

/** How many names a file may have. */
const NAMES = 5000;
/** How deep objects and arrays may lie in each other. */
const DEPTH = 500;

const [TAB, LF, CR, SPACE, QUOTE, COMMA, MINUS, POINT, ZERO, NINE, COLON] = codes('\t\n\r ",-.09:');
const [UPPER_E, LOWER_E, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE, F, N, T] = codes('Ee[]{}fnt');
const [BACKSLASH, LOWER_U] = codes('\\u');
const ESCAPES = codes('"\\/bfnrt');
/** Longer strings are searched for their end by the engine. */
const SHORT = 32;
const CUT = /^(?:\.|[eE][+-]?)$/;
const NUMBER_HERE = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

export class RowScanner {
  /** New names are added, unless this is set. */
  isClosed = false;
  /** How many names there are. */
  count = 0;
  names = new Names();
  #flatten;
  #text = '';
  /** The next backslash and line feed at or after the place that was last looked at; -1: not looked for. */
  #backslash = -1;
  #lineFeed = -1;
  #escaped = false;
  /** @type {Taker} */
  #taker;

  /**
   * @param {Taker} taker
   * @param {{ flatten: boolean }} options
   */
  constructor(taker, { flatten }) {
    this.#taker = taker;
    this.#flatten = flatten;
  }

  /** @param {Taker} taker */
  setTaker(taker) {
    this.#taker = taker;
  }

  /** @param {string} text */
  use(text) {
    this.#text = text;
    this.#backslash = this.#lineFeed = -1;
  }

  /**
   * Where the whitespace ends that begins here.
   * @param {number} from
   */
  skipSpace(from) {
    const text = this.#text;
    let at = from;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code !== SPACE && code !== LF && code !== CR && code !== TAB) return at;
      at += 1;
    }
  }

  /**
   * Reads the object that begins here; returns where it ends.
   * @param {number} at
   * @returns {number}
   * @throws {Broken}
   */
  row(at) {
    const text = this.#text;
    if (text.charCodeAt(at) !== OPEN_BRACE) throw new Broken(at, 'this is not a JSON object');
    return this.#object(this.names, at, 1);
  }

  /**
   * @param {Names} names
   * @param {number} start
   * @param {number} depth
   */
  #object(names, start, depth) {
    const text = this.#text;
    let at = this.skipSpace(start + 1);
    if (text.charCodeAt(at) === CLOSE_BRACE) return at + 1;
    for (let expected = 0; ; ) {
      /** @type {Entry | undefined} */
      let entry = names.list[expected];
      // Rows mostly have the same names in the same order.
      if (entry !== undefined && isAt(text, entry.literal, at)) at += entry.literal.length;
      else {
        if (text.charCodeAt(at) !== QUOTE) throw new Broken(at, 'a name in quotes is missing');
        const end = this.#stringEnd(at + 1);
        const name = this.#escaped ? unescaped(text, at + 1, end) : text.slice(at + 1, end);
        at = this.skipSpace(end + 1);
        if (text.charCodeAt(at) !== COLON) throw new Broken(at, 'a colon is missing');
        at += 1;
        entry = names.get(name) ?? this.#add(names, name);
        if (!entry) {
          const value = this.skipSpace(at);
          if (text.charCodeAt(value) !== N) this.#taker.late([...names.path, name]);
        }
      }
      if (entry) expected = entry.index + 1;
      at = this.skipSpace(this.#value(entry, this.skipSpace(at), depth));
      const code = text.charCodeAt(at);
      if (code === CLOSE_BRACE) return at + 1;
      if (code !== COMMA) throw new Broken(at, 'a comma or the end of the object is missing');
      at = this.skipSpace(at + 1);
    }
  }

  /**
   * @param {Names} names
   * @param {string} name
   */
  #add(names, name) {
    if (this.isClosed) return undefined;
    if (this.count >= NAMES) throw new Broken(0, `there are more than ${NAMES} names`);
    this.count += 1;
    return names.add(name);
  }

  /**
   * Reads one value for the entry, or skips it if there is none; returns where it ends.
   * @param {Entry | undefined} entry
   * @param {number} at
   * @param {number} depth
   */
  #value(entry, at, depth) {
    const text = this.#text;
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = this.#stringEnd(at + 1);
      if (entry) this.#taker.value(entry, STRING, text, at + 1, end, this.#escaped);
      return end + 1;
    }
    if ((code >= ZERO && code <= NINE) || code === MINUS) {
      const end = this.#numberEnd(at);
      if (entry) this.#taker.value(entry, NUMBER, text, at, end, false);
      return end;
    }
    if (code === OPEN_BRACE && entry && this.#flatten) {
      if (depth >= DEPTH) throw new Broken(at, `there are more than ${DEPTH} levels of objects and arrays`);
      // An empty object has no names to become columns, so it is a value.
      if (text.charCodeAt(this.skipSpace(at + 1)) !== CLOSE_BRACE) {
        if (!entry.names && !this.isClosed) entry.names = new Names(entry.path);
        if (entry.names) return this.#object(entry.names, at, depth + 1);
      }
    }
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      const end = this.#skip(at, depth);
      if (entry) this.#taker.value(entry, NESTED, text, at, end, false);
      return end;
    }
    const end = this.#wordEnd(code, at);
    if (entry) this.#taker.value(entry, code === N ? NULL : BOOLEAN, text, at, end, false);
    return end;
  }

  /**
   * Where the value ends that begins here.
   * @param {number} at
   * @param {number} depth
   * @returns {number}
   */
  #skip(at, depth) {
    const text = this.#text;
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      return this.#stringEnd(at + 1) + 1;
    }
    if ((code >= ZERO && code <= NINE) || code === MINUS) return this.#numberEnd(at);
    if (code !== OPEN_BRACE && code !== OPEN_BRACKET) return this.#wordEnd(code, at);
    if (depth >= DEPTH) throw new Broken(at, `there are more than ${DEPTH} levels of objects and arrays`);
    const close = code === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET;
    let end = this.skipSpace(at + 1);
    if (text.charCodeAt(end) === close) return end + 1;
    for (;;) {
      if (code === OPEN_BRACE) {
        if (text.charCodeAt(end) !== QUOTE) throw new Broken(end, 'a name in quotes is missing');
        end = this.skipSpace(this.#skip(end, depth));
        if (text.charCodeAt(end) !== COLON) throw new Broken(end, 'a colon is missing');
        end = this.skipSpace(end + 1);
      }
      end = this.skipSpace(this.#skip(end, depth + 1));
      const next = text.charCodeAt(end);
      if (next === close) return end + 1;
      if (next !== COMMA) throw new Broken(end, 'a comma or the end of an object or array is missing');
      end = this.skipSpace(end + 1);
    }
  }

  /**
   * The closing quote of the string whose first character is here. Sets `#escaped`.
   * @param {number} from
   */
  #stringEnd(from) {
    const text = this.#text;
    // Most strings are short, and then a loop is faster than looking for characters.
    for (let at = from; at < from + SHORT; at += 1) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.#escaped = false;
        return at;
      }
      if (code === BACKSLASH || code === LF) break;
    }
    let end = next(text, '"', from);
    if (this.#backslash < from) this.#backslash = next(text, '\\', from);
    this.#escaped = this.#backslash < end;
    while (this.#backslash < end) {
      const after = this.#escapeEnd(this.#backslash);
      if (end < after) end = next(text, '"', after);
      this.#backslash = text.charCodeAt(after) === BACKSLASH ? after : next(text, '\\', after);
    }
    if (this.#lineFeed < from) this.#lineFeed = next(text, '\n', from);
    // Otherwise a string without an end would reach into the next row.
    if (this.#lineFeed < end) throw new Broken(this.#lineFeed, 'a string has no end');
    if (end >= text.length) throw new Broken(text.length, 'a string has no end');
    return end;
  }

  /** @param {number} at the backslash */
  #escapeEnd(at) {
    const text = this.#text;
    const code = text.charCodeAt(at + 1);
    if (code === LOWER_U) {
      for (let digit = at + 2; digit < at + 6; digit += 1) {
        const value = text.charCodeAt(digit) | 0x20; // digits have this bit, and it makes letters small
        const isHex = (value >= 0x30 && value <= 0x39) || (value >= 0x61 && value <= 0x66);
        if (!isHex) throw new Broken(Math.min(digit, text.length), 'a string has an escape that JSON does not know');
      }
      return at + 6;
    }
    if (ESCAPES.includes(code)) return at + 2;
    throw new Broken(Math.min(at + 1, text.length), 'a string has an escape that JSON does not know');
  }

  /** @param {number} from */
  #numberEnd(from) {
    const text = this.#text;
    let at = from;
    let code = text.charCodeAt(at);
    if (code !== ZERO && code !== MINUS) {
      do code = text.charCodeAt((at += 1));
      while (code >= ZERO && code <= NINE);
      if (code !== POINT && code !== UPPER_E && code !== LOWER_E && at < text.length) return at;
    }
    NUMBER_HERE.lastIndex = from;
    if (!NUMBER_HERE.test(text))
      throw new Broken(Math.min(from + 1, text.length), 'a number is not written as in JSON');
    const end = NUMBER_HERE.lastIndex;
    // A row goes on behind each number, so one at the end of the text is cut, as `1.` and `1e+` are. Its beginning may
    // be of another type.
    if (end >= text.length || (text.length - end <= 2 && CUT.test(text.slice(end))))
      throw new Broken(text.length, 'a number has no end');
    return end;
  }

  /**
   * @param {number} code
   * @param {number} at
   */
  #wordEnd(code, at) {
    const word = code === T ? 'true' : code === F ? 'false' : code === N ? 'null' : '';
    if (word !== '' && this.#text.startsWith(word, at)) return at + word.length;
    const isCut = word.startsWith(this.#text.slice(at)); // also where the text ends
    throw new Broken(isCut ? this.#text.length : at, 'a value is missing');
  }
}

/**
 * The string of JSON between two places, without its quotes.
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @returns {string}
 */
export function unescaped(text, from, to) {
  try {
    return JSON.parse(text.slice(from - 1, to + 1));
  } catch {
    // The parser's own message would quote the text.
    throw new Broken(from, 'a string has an escape that JSON does not know, or a control character');
  }
}

/**
 * Whether the string has half of a surrogate pair, which UTF-8 cannot hold. Only an escape can make one, because the text
 * was UTF-8.
 * @param {string} escaped as it is in JSON
 * @param {string} value
 */
export function hasHalfPair(escaped, value) {
  return /\\u[dD]/.test(escaped) && /\p{Surrogate}/u.test(value);
}

/**
 * Whether `part` is in the text here.
 * @param {string} text
 * @param {string} part
 * @param {number} from
 */
function isAt(text, part, from) {
  // From its end, where names differ sooner. A loop is faster than startsWith.
  for (let at = part.length - 1; at >= 0; at -= 1) if (text.charCodeAt(from + at) !== part.charCodeAt(at)) return false;
  return true;
}

/**
 * Like indexOf, but beyond every place when there is none.
 * @param {string} text
 * @param {string} character
 * @param {number} from
 */
function next(text, character, from) {
  const at = text.indexOf(character, from);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

/** @param {string} text */
function codes(text) {
  return Array.from(text, (character) => character.charCodeAt(0));
}
