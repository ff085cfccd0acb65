/**
 * Patterns for paths, with the rules of .gitignore, which rsync and editors share. Our own translation, because it is
 * small: picomatch would add 5 KB (gzip) to what every embedder loads, and smaller libraries lack `[a-z]` or are no
 * longer kept. Its test compares it with `git check-ignore`.
 */

/**
 * Returns a test for paths. The rules are in docs/command-line.md, under "Choose". A path also matches if the pattern matches one
 * of its folders. A name is the same however its accents are composed.
 * @throws SyntaxError for a class such as `[z-a]`
 * @param {string} pattern
 * @param {string} [flags] of the RegExp
 * @returns {(path: string) => boolean}
 */
export function pathTest(pattern, flags = '') {
  const body = pattern.normalize().replace(/^\/|\/$/g, '');
  // Without a / in front or within, the pattern is the name of a file or folder at any depth.
  const start = pattern.startsWith('/') || body.includes('/') ? '^' : '^(?:.*/)?';
  const end = pattern.endsWith('/') ? '/' : '(?:/|$)';
  const expression = new RegExp(start + body.replace(TOKEN, translate) + end, `su${flags}`);
  return (path) => expression.test(path.normalize());
}

/** `**` with its slashes; `*`; `?`; a class; an escaped or any other character. */
const TOKEN =
  /^(?:\*{2,}\/)+|\/(?:\*{2,}\/)+|\/\*{2,}$|\*+|\?|\[([!^]?)(\](?:\\.|[^\]\\])*|(?:\\.|[^\]\\])+)\]|\\?(.)/gsu;

/** @type {(token: string, not?: string, members?: string, character?: string) => string} */
function translate(token, not, members, character) {
  if (members) return `(?!/)[${not && '^'}${members.replace(/\\(.)|[[\]^&]/gsu, inClass)}]`;
  if (character) return character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  if (token === '?') return '[^/]';
  if (token.endsWith('/')) return token.startsWith('/') ? '/(?:.*/)?' : '(?:.*/)?';
  return token.startsWith('/') ? '/.+' : '[^/]*';
}

/** @type {(member: string, escaped?: string) => string} */
const inClass = (member, escaped = member) => (/[-\\[\]^]/.test(escaped) ? `\\${escaped}` : escaped);
