/** Finds private keys among files. The core decides whether a file is one (Recognized); this module asks it. */

import { readPart } from '../core/bytes.js';
import { wasm } from '../core/init.js';

/**
 * @import { Readable } from '../core/bytes.js'
 * @import { DropFile } from './drop-file.js'
 * @import { AnyBlob } from './left-out.js'
 */

/** Names of key files. These files are examined even in a drop with too many files to examine all of them. */
const KEY_NAME = /(\.(pem|der|key|pfx|p12|p8|jwk|ppk|pvk|jks|bks)|(^|[/.])env)$/i;

/** @param {string} path */
export const isKeyName = (path) => KEY_NAME.test(path);

/**
 * Whether a file lies in no folder, as most keys do.
 * @param {{ readonly path: string }} file
 */
export const isLoose = ({ path }) => !path.includes('/');

/**
 * How many bytes to read to decide whether a file is a key: all of it, or none if it is too big for one.
 * @param {Pick<Readable, 'size'>} blob
 */
export function keyPart({ size }) {
  return size <= wasm().keyLength() ? size : 0;
}

/**
 * `private-key`, `with-password`, `other-key` or `near-key`; undefined for any other file. `head`: the first `keyPart`
 * bytes.
 * @param {{ readonly path: string }} file
 * @param {Uint8Array} head
 * @param {number} size
 */
export function kindOfKey(file, head, size) {
  return wasm().looksLikeKey(file.path, head, size, isLoose(file));
}

/**
 * The same for an item that was not read yet. Undefined if it cannot be read: the drop will report that.
 * @param {{ path: string, blob: AnyBlob }} item
 */
export async function kindOfItem({ path, blob }) {
  const part = keyPart(blob);
  if (part === 0 && !(blob.size === 0 && isKeyName(path))) return undefined;
  const head = await readPart(blob, 0, part).catch(() => null);
  const kind = head && kindOfKey({ path }, head, part);
  head?.fill(0);
  return kind ?? undefined;
}

/**
 * Whether a kind counts as a private key in a drop, where files were not explicitly given as keys.
 * @param {string | undefined} kind
 * @returns {kind is string}
 */
const counts = (kind) => Boolean(kind) && kind !== 'near-key';

/**
 * Leaves the file out if it is a private key, and then wipes `head`. A private key is never written to the output: it
 * would lie beside the plaintext, and be passed on with it.
 * @param {DropFile} file
 * @param {Uint8Array} head
 * @param {number} size
 */
export function leaveOutIfKey(file, head, size) {
  const kind = head.length === size ? kindOfKey(file, head, size) : undefined;
  if (!counts(kind)) return false;
  head.fill(0);
  leaveOutKey(file, kind);
  return true;
}

/**
 * @param {DropFile} file
 * @param {string} kind
 */
export function leaveOutKey(file, kind) {
  const remedy = 'to copy it as a file, open the drop with copyKeys (--copy-keys)';
  const message = `${KINDS[kind]}: it is not written to the output; ${remedy}`;
  const leftOut = { code: 'ERR_PRIVATE_KEY_IN_DROP', message };
  Object.assign(file, { role: 'private-key', content: null, keyDetails: null, leftOut, error: null, examined: true });
}

/** @type {Record<string, string>} */
const KINDS = {
  'private-key': 'this is a private key',
  'with-password': 'this is a private key with a password',
  'other-key': 'this contains a private key, but none that opens a drop',
};
