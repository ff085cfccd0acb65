/** A host's own texts, in place of some of the texts of a language. */

/**
 * Texts by their names, as in a language: a sentence, a list of sentences, or a function that makes one from figures.
 *
 * @typedef {{ readonly [name: string]: string | readonly string[] | ((...given: never[]) => unknown) | OwnTexts }}
 *   OwnTexts
 */

/**
 * The texts with those of the host in their place. A text without a counterpart, or of another kind than its
 * counterpart, is left out, and so is the result of a function that fails or gives another kind.
 * @template {object} T
 * @param {T} texts
 * @param {OwnTexts} own
 * @returns {T}
 */
export function merged(texts, own) {
  const result = /** @type {Record<string, unknown>} */ ({ ...texts });
  for (const [name, text] of Object.entries(own)) {
    const original = Object.hasOwn(result, name) ? result[name] : undefined;
    if (problem(original, text)) continue;
    if (isGroup(original)) result[name] = merged(original, /** @type {OwnTexts} */ (text));
    else if (typeof original === 'function') result[name] = guarded(original, /** @type {Function} */ (text));
    else result[name] = text;
  }
  return /** @type {T} */ (result);
}

/** What was complained of. @type {WeakSet<object>} */
const told = new WeakSet();

/**
 * Tells the host, once, which of its texts are left out, and why.
 * @param {object} texts of a language
 * @param {OwnTexts} own
 * @param {string} [path]
 */
export function complainOf(texts, own, path = '') {
  if (told.has(own)) return;
  told.add(own);
  const wrong = wrongTexts(texts, own, path);
  if (wrong.length > 0) console.warn(`mgdc-decrypt: these texts are left out:\n${wrong.join('\n')}`);
}

/**
 * What is wrong with a host's texts, one line for each: `bar.halp: there is no such text`.
 * @param {object} texts of a language
 * @param {OwnTexts} own
 * @param {string} [path]
 * @returns {string[]}
 */
export function wrongTexts(texts, own, path = '') {
  const known = /** @type {Record<string, unknown>} */ (texts);
  return Object.entries(own).flatMap(([name, text]) => {
    const original = Object.hasOwn(known, name) ? known[name] : undefined;
    const wrong = problem(original, text);
    if (wrong) return [`${path}${name}: ${wrong}`];
    return isGroup(original) ? wrongTexts(original, /** @type {OwnTexts} */ (text), `${path}${name}.`) : [];
  });
}

/**
 * @param {unknown} original
 * @param {unknown} text
 */
function problem(original, text) {
  if (original === undefined) return 'there is no such text';
  const [expected, found] = [kindOf(original), kindOf(text)];
  return found === expected ? null : `expected ${expected}, found ${found}`;
}

/** @param {unknown} text */
function kindOf(text) {
  if (Array.isArray(text)) return text.every((one) => typeof one === 'string') ? 'a list of texts' : 'a list';
  if (typeof text === 'string') return 'a text';
  if (typeof text === 'function') return 'a function';
  return isGroup(text) ? 'a group of texts' : String(text === null ? text : typeof text);
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isGroup(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A function of the host, which must not keep anything from being shown.
 * @param {Function} original
 * @param {Function} own
 */
function guarded(original, own) {
  return (/** @type {unknown[]} */ ...given) => {
    const standard = () => original(...given);
    let said;
    try {
      said = own(...given);
    } catch (error) {
      reportError(error);
      return standard();
    }
    const expected = standard();
    return kindOf(said) === kindOf(expected) ? said : expected;
  };
}
