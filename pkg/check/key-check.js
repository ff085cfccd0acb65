/** Key readiness: reads what an administrator exported, and asks the core whether each service accepts the key. */

import { isBlob, toBytes } from '../core/bytes.js';
import { toError } from '../core/errors.js';
import { wasm } from './init.js';

/**
 * @import { CheckItem, CheckOptions, KeyCheck } from '../check.js'
 * @import { Bytes } from '../index.js'
 */

/**
 * What the core takes. A file over the limit is not read; the core names it and judges the others.
 * @typedef {{ uri: string } | { name: string, bytes: Uint8Array, password?: string } | { name: string, size: number }}
 * CoreItem
 */

/** Most bytes of all files together: more descriptions than any vault has keys. */
const MOST_IN_ALL = 64 << 20;

/**
 * See check.d.ts. The module must be loaded.
 * @param {Iterable<CheckItem>} items
 * @param {CheckOptions} [options]
 * @returns {Promise<KeyCheck>}
 */
export async function checkItems(items, { now = Date.now(), ...options } = {}) {
  const moment = new Date(now).getTime();
  if (Number.isNaN(moment)) throw new TypeError('now: expected a Date, milliseconds since 1970, or an ISO 8601 text');
  /** @type {CoreItem[]} */
  const read = [];
  let left = MOST_IN_ALL;
  try {
    for (const item of items) {
      const one = await coreItem(item, Math.min(left, wasm().checkLength()));
      if ('bytes' in one) left -= one.bytes.length;
      read.push(one);
    }
    return wasm().checkKey(read, { ...options, now: Math.floor(moment / 1000) });
  } catch (error) {
    throw error instanceof TypeError ? error : toError(error);
  } finally {
    // They may hold a private key, though a description would do.
    for (const one of read) if ('bytes' in one) one.bytes.fill(0);
  }
}

/**
 * @param {CheckItem} item
 * @param {number} most bytes that are read of it
 * @returns {Promise<CoreItem>}
 */
async function coreItem(item, most) {
  if (typeof item === 'string') return { uri: item };
  if (!('blob' in item) && 'path' in item) return { name: baseName(item.path), size: item.size };
  const { name, content, password } = named(item);
  const size = isBlob(content) ? content.size : toBytes(content).length;
  if (size > most) return { name, size };
  const bytes = isBlob(content) ? new Uint8Array(await content.arrayBuffer()) : toBytes(content).slice();
  return { name, bytes, ...(password === undefined ? {} : { password }) };
}

/**
 * @param {File | { path: string, blob: Blob | Uint8Array, password?: string }} item
 * @returns {{ name: string, content: Bytes | Blob, password?: string }}
 */
function named(item) {
  if (item instanceof Blob) return { name: baseName('name' in item ? String(item.name) : 'file'), content: item };
  if (typeof item?.path === 'string' && item.blob)
    return { name: baseName(item.path), content: item.blob, password: item.password };
  throw new TypeError('expected Files, objects with path and blob, or key identifiers');
}

/** @param {string} path */
function baseName(path) {
  return path.slice(path.lastIndexOf('/') + 1);
}
