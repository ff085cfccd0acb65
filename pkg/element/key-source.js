// Which of the loose files is a private key: told by content, so that names do not matter.

const MAX_SIZE = 64 * 1024;
const HEAD = 8 * 1024;
const KEY_NAME = /\.(pem|der|key|pfx|p12|p8|jwk|ppk)$/i;

/** A JWK, a Key Vault secret that holds a PFX or PEM, a BYOK transfer file. Mails have content types, too, but not these. */
const KEY_JSON = /"kty"\s*:|"contentType"\s*:\s*"application\/x-(pkcs12|pem-file)"|"schema_version"\s*:/i;

/** More files than this at once are a drop, and a look into each would take minutes: a read costs about a millisecond. */
const MANY = 1000;

/** Whether a file was added by itself and not in a folder, as keys mostly are. */
export function isLoose({ path }) {
  return !path.includes('/');
}

/**
 * Whether `PrivateKey.import` should have a try before the file counts as a part of the drop. `among`: how many came with
 * it, loose like it or in folders like it; among very many only those with a key's name are looked into. Never throws.
 */
export async function looksLikeKey({ path, blob }, among) {
  const named = KEY_NAME.test(path);
  // First what costs nothing: the size of a picked file is read from the disk.
  if (among > MANY && !named) return false;
  if (/(^|\/)metadata\//i.test(path) || blob.size > MAX_SIZE) return false;
  // A loose file that calls itself a key is one, or gets told why not.
  if (named && isLoose({ path })) return true;
  if (blob.size === 0) return false;
  let head;
  try {
    head = new Uint8Array(await blob.slice(0, HEAD).arrayBuffer());
  } catch {
    return false; // The drop will say that it cannot be read.
  }
  return isDer(head, blob.size, path) || isKeyText(decode(head));
}

// A DER sequence whose length is the file's own: 32 bits that data does not match by luck.
function isDer(head, size, path) {
  if (head[0] !== 0x30) return false;
  if (head[1] === 0x82) return ((head[2] << 8) | head[3]) + 4 === size || KEY_NAME.test(path);
  return head[1] === 0x80 && KEY_NAME.test(path);
}

function isKeyText(text) {
  // At the start of a line: rows of a data set that quote a PEM have it inside of a JSON string.
  if (/^[\s"']*-----BEGIN /m.test(text)) return true;
  if (/^\s*[[{]/.test(text) && KEY_JSON.test(text)) return true;
  // Base64 of DER or of a Key Vault backup and nothing else, as Key Vault hands out a certificate's secret.
  return /^\s*(MI[I-M]|JkF6dXJlS2V5)[A-Za-z0-9+/=_\s-]+$/.test(text);
}

// Windows PowerShell 5.1 writes UTF-16 with a byte order mark.
function decode(bytes) {
  const label = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(label).decode(bytes);
}
