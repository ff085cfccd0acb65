/**
 * Names of files that are not valid UTF-8. They are kept as bytes, and spelled in ASCII where they are shown or written.
 */

import { isUtf8 } from 'node:buffer';
import { sep } from 'node:path';
import { numbered } from '../sinks/file-names.js';

/**
 * As text if it is valid UTF-8, because that is what everything else in Node accepts.
 * @param {Buffer} bytes
 */
export function native(bytes) {
  return isUtf8(bytes) ? bytes.toString() : bytes;
}

/**
 * @param {string | Buffer} folder
 * @param {Buffer} name
 */
export function bytesJoin(folder, name) {
  const start = typeof folder === 'string' ? Buffer.from(folder) : folder;
  return Buffer.concat([start, Buffer.from(sep), name]);
}

/** @param {Buffer} bytes */
export function latin1(bytes) {
  return bytes.toString('latin1');
}

/**
 * A name that is not valid UTF-8, with each non-ASCII byte written like `%FC`.
 * @param {Buffer} name
 */
export function spelled(name) {
  return latin1(name).replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** @param {Buffer} bytes */
export function printable(bytes) {
  return isUtf8(bytes) ? bytes.toString() : spelled(bytes);
}

/**
 * Renames entries with a spelled name if another entry has that name.
 * @param {{ path: string, note?: string }[]} items
 */
export function distinguish(items) {
  const odd = items.filter(({ note }) => note);
  if (odd.length === 0) return;
  const taken = new Set(items.filter(({ note }) => !note).map(({ path }) => path));
  for (const item of odd) {
    const start = item.path.lastIndexOf('/') + 1;
    const [folder, name] = [item.path.slice(0, start), item.path.slice(start)];
    for (let number = 2; taken.has(item.path); number += 1) item.path = folder + numbered(name, number);
    taken.add(item.path);
  }
}
