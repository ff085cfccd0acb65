/** Texts in random pieces, and what the splitters of pkg/rows give for them. */

import { execFileSync } from 'node:child_process';
import { parseRow } from '../../pkg/rows/json-rows.js';

export const encode = (text) => new TextEncoder().encode(text);
export const decode = (bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
export const fails = (code, message = /./) => ({ code, message });
export const rowOf = (text) => parseRow({ bytes: encode(text), start: 0, end: text.length });

/** What Python's program says to this input, both as JSON. */
export const askPython = (program, input) =>
  JSON.parse(
    execFileSync('python3', ['-c', program], { input: JSON.stringify(input), maxBuffer: 2 ** 28, encoding: 'utf8' }),
  );

/** Cuts something with `length` and `slice` into random pieces. */
export function* cut(whole, random) {
  for (let at = 0; at < whole.length; ) {
    const length = Math.floor(random() * (random() < 0.4 ? 4 : 60));
    yield whole.slice(at, at + length);
    at += length;
  }
}

/** What a splitter gives for pieces, each overwritten after its use, as buffers are that are used again. */
export function split(splitter, pieces) {
  const found = [];
  const take = (extents) => {
    for (const { bytes, start, end } of extents) found.push({ text: decode(bytes), start, end });
  };
  for (const piece of pieces) {
    const copy = piece.slice();
    take(splitter.push(copy));
    copy.fill(0x2a);
  }
  take(splitter.end());
  return found;
}

export const pick = (random, list) => list[Math.floor(random() * list.length)];
