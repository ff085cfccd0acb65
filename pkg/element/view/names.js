/** Names of files and datasets: where they break into lines, and what is kept of one that has no room. */

import { h } from './dom.js';

/** After these characters a name breaks; elsewhere only if a piece of it is longer than the line. */
const PIECES = /(?<=[./_-])(?=[^./_-])/;
/** A piece of more letters breaks before its words, too: encryptionKeyDetails has no room in a deep tree. */
const LONG = 16;
const WORDS = /(?<=[a-z])(?=[A-Z])/;
/** Letters that are kept of the end. */
export const TAIL = 18;

/**
 * The pieces of a name, for `h` or `replaceChildren`.
 * @param {string} name
 */
export function breakable(name) {
  const pieces = name.split(PIECES).flatMap((piece) => (piece.length > LONG ? piece.split(WORDS) : [piece]));
  return pieces.flatMap((piece, index) => (index > 0 ? [h('wbr'), piece] : [piece]));
}

/**
 * Writes a name only if it differs.
 * @param {Element} node
 * @param {string} name
 */
export function setName(node, name) {
  if (node.textContent !== name) node.replaceChildren(...breakable(name));
}

/**
 * A name in one line, whose end stays if there is no room: names of datasets differ at the end, as in
 * BasicDataSet_v0.Message_v1.
 * @param {string} kind a class
 */
export function shortened(kind) {
  const head = h('span', { class: 'head' });
  const tail = h('span', { class: 'tail' });
  return {
    node: h('bdi', { class: `shortened ${kind}` }, head, tail),
    /** @param {[head: string, tail: string]} parts `head` is what is cut */
    show([first, last]) {
      if (head.textContent === first && tail.textContent === last) return;
      head.replaceChildren(...breakable(first), ...(/[./_-]$/.test(first) ? [h('wbr')] : []));
      tail.replaceChildren(...breakable(last));
    },
  };
}

/**
 * The beginning of a dataset's name, and the end that tells it from others: what is after its last dot, or less.
 * @param {string} name
 * @returns {[head: string, tail: string]}
 */
export function halves(name) {
  const pieces = name.slice(name.lastIndexOf('.') + 1).split(PIECES);
  let tail = pieces.pop() ?? '';
  while (pieces.length > 0 && tail.length + pieces[pieces.length - 1].length <= TAIL) tail = pieces.pop() + tail;
  return [name.slice(0, name.length - tail.length), tail];
}
