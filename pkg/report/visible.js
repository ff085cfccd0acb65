/** Makes characters visible that would change how the text around them looks, or that no document may hold. */

// Control characters, line separators, the bidirectional overrides, embeddings and isolates (Unicode TR 36, 2.8.2), the
// byte order mark, and halves of surrogate pairs.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\p{Surrogate}]/gu;

/**
 * `\u{202E}` in place of such a character.
 * @param {string} text
 */
export function visible(text) {
  if (/^[ -~]*$/.test(text)) return text; // as most are: the test is cheaper than the search
  return text.replace(HIDDEN, (hidden) => `\\u{${hidden.charCodeAt(0).toString(16).toUpperCase()}}`);
}
