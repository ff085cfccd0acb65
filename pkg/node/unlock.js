/** The keys that the command line is given: which files they are, and unlocking the drop with them. */

import { realpath } from 'node:fs/promises';
import { toError } from '../core/errors.js';
import { DropFile } from '../drop/drop-file.js';
import { PrivateKey } from '../slim.js';
import { readPassword } from './password.js';
import { KEY_LIMIT, TEXT_LIMIT, withSecret } from './secrets.js';

/**
 * @import { DataDrop } from '../index.js'
 * @import { MgdcDecryptError } from '../core/errors.js'
 * @import { Lines } from './lines.js'
 * @import { OutputStreams } from './output-streams.js'
 * @import { Values } from './main.js'
 */

/**
 * A key that cannot be read stops everything; one that opens nothing is told by the files.
 * @param {DataDrop} drop
 * @param {Values} values
 * @param {Lines} lines
 * @param {OutputStreams} streams
 * @param {AbortSignal} signal
 */
export async function unlock(drop, values, { note }, streams, signal) {
  const password = await readPassword(values['password-file']);
  for (const path of values.key) {
    const privateKey = await withSecret(path, { limit: KEY_LIMIT, option: '--key' }, (source) =>
      at(path, () => PrivateKey.import(source, { name: path, password })),
    );
    await drop.unlock(privateKey, { signal }).catch(note);
    privateKey.dispose();
  }
  await unlockWithFound(drop, password, streams, signal);
  /** @type {MgdcDecryptError[]} */
  const refused = [];
  for (const path of values['vault-answer']) {
    await withSecret(path, { limit: TEXT_LIMIT, option: '--vault-answer' }, (answer) =>
      drop.unlock(answer).catch((error) => {
        refused.push(Object.assign(toError(error), { path }));
      }),
    );
  }
  // One too many costs nothing; where nothing is open, it is why nothing can start.
  const isLocked =
    drop.files.some(({ role }) => role === 'encrypted') && !drop.keyDetails.some(({ unlocked }) => unlocked);
  if (isLocked && refused.length > 0) throw refused[0];
  refused.forEach(note);
}

/**
 * `[option, path]` of all files that are no part of the drop, wherever they lie.
 * @param {Values} values
 * @returns {[option: string, path: string][]}
 */
export function secretsOf(values) {
  const { key, 'vault-answer': answers, 'password-file': password = [] } = values;
  return [
    ...key.map((path) => /** @type {[string, string]} */ (['--key', path])),
    ...answers.map((path) => /** @type {[string, string]} */ (['--vault-answer', path])),
    ...[password].flat().map((path) => /** @type {[string, string]} */ (['--password-file', path])),
  ];
}

/**
 * Real path → option. What is not there is told when it is read.
 * @param {Values} values
 * @returns {Promise<Map<string, string>>}
 */
export async function given(values) {
  /** @type {Map<string, string>} */
  const options = new Map();
  for (const [option, path] of secretsOf(values)) {
    const real = await realpath(path, { encoding: 'latin1' }).catch(() => null);
    if (real !== null) options.set(real, option);
  }
  return options;
}

/**
 * A private key that lies in the drop is used as if it were given; only, it need not be the right one.
 * @param {DataDrop} drop
 * @param {string | undefined} password
 * @param {OutputStreams} streams
 * @param {AbortSignal} signal
 */
async function unlockWithFound(drop, password, streams, signal) {
  for (const file of drop.files.filter(({ role }) => role === 'private-key')) {
    const found = `mgdc-decrypt: found a private key in the drop: ${file.path}; it is`;
    try {
      const privateKey = await PrivateKey.import(/** @type {Blob} */ (DropFile.blobOf(file)), {
        name: file.path,
        password,
      });
      const opened = await drop.unlock(privateKey, { signal }).catch(() => []);
      privateKey.dispose();
      streams.err(`${found} ${opened.length > 0 ? 'used and not copied' : 'not copied, and opens nothing here'}\n`);
    } catch (error) {
      const { code, message } = toError(error);
      streams.err(`${found} not copied, and not used: ${message} (${code})\n`);
    }
  }
}

/**
 * @template Result
 * @param {string} path
 * @param {() => Result} use
 */
function at(path, use) {
  try {
    return use();
  } catch (error) {
    throw Object.assign(toError(error), { path });
  }
}
