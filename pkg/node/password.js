/** A password from a file. Never from an argument: those are in the process list and in the shell's history. */

import { TEXT_LIMIT, withSecret } from './secrets.js';

/**
 * The first line; `undefined` without a file.
 * @param {string | undefined} path
 */
export async function readPassword(path) {
  if (path === undefined) return undefined;
  /** @param {Uint8Array} bytes */
  const firstLine = (bytes) => decodeText(bytes).split(/\r?\n/, 1)[0];
  return withSecret(path, { limit: TEXT_LIMIT, option: '--password-file' }, firstLine);
}

/**
 * UTF-8; UTF-16 as Windows PowerShell 5.1 writes it; what is neither, in the code page of Western Windows.
 * @param {Uint8Array} bytes
 */
function decodeText(bytes) {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
