/** Private keys among files: which files are one is the core's to say (Recognized), here is what asks it. */

import { readPart } from '../core/bytes.js';
import { wasm } from '../core/init.js';

/** Names of keys, looked into where very many files are not. */
const KEY_NAME = /(\.(pem|der|key|pfx|p12|p8|jwk|ppk|pvk|jks|bks)|(^|[/.])env)$/i;

export const isKeyName = (path) => KEY_NAME.test(path);

/** Whether a file lies in no folder, as keys mostly do. */
export const isLoose = ({ path }) => !path.includes('/');

/** Bytes of a beginning that has all of a file that may be a key. */
export function keyPart({ size }) {
  return size <= wasm().keyLength() ? size : 0;
}

/** `private-key`, `with-password`, `other-key` or `near-key`; undefined for any other file. `head`: `keyPart` bytes. */
export function kindOfKey(file, head, size = file.size) {
  return wasm().looksLikeKey(file.path, head, size, isLoose(file));
}

/** The same for an item that nobody has read; what cannot be read is none, for the drop will say so. */
export async function kindOfItem({ path, blob }) {
  const part = keyPart(blob);
  if (part === 0 && !(blob.size === 0 && isKeyName(path))) return undefined;
  const head = await readPart(blob, 0, part).catch(() => null);
  const kind = head && kindOfKey({ path }, head, part);
  head?.fill(0);
  return kind ?? undefined;
}

/** Whether a kind counts in a drop, where nobody said that it is a key. */
const counts = (kind) => Boolean(kind) && kind !== 'near-key';

/** A private key never goes into the output: it would lie beside the plaintext, and be passed on with it. Wipes `head`. */
export function leaveOutIfKey(file, head, size) {
  const kind = head.length === size ? kindOfKey(file, head, size) : undefined;
  if (!counts(kind)) return false;
  head.fill(0);
  leaveOutKey(file, kind);
  return true;
}

export function leaveOutKey(file, kind) {
  const message = `${KINDS[kind]}: it is not written to the output; to copy it as a file, open the drop with copyKeys (--copy-keys)`;
  const leftOut = { code: 'ERR_PRIVATE_KEY_IN_DROP', message };
  Object.assign(file, { role: 'private-key', content: null, keyDetails: null, leftOut, error: null, examined: true });
}

const KINDS = {
  'private-key': 'this is a private key',
  'with-password': 'this is a private key with a password',
  'other-key': 'this holds a private key, though none that opens a drop',
};
