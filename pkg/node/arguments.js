/** Arguments of the command line, for all of its commands. */

import { parseArgs } from 'node:util';
import { MgdcDecryptError } from '../core/errors.js';

/** @import { ParseArgsConfig } from 'node:util' */

/**
 * Options and positionals. @throws ERR_USAGE
 * @template {NonNullable<ParseArgsConfig['options']>} Options
 * @param {string[]} args
 * @param {Options} options
 * @param {string} [command]
 */
export function parse(args, options, command) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw usage(/** @type {Error} */ (error).message, command);
  }
}

/**
 * @param {string} problem
 * @param {string} [command] a command of its own, as `rehearse`
 */
export function usage(problem, command) {
  const help = ['mgdc-decrypt', command, '--help'].filter(Boolean).join(' ');
  return new MgdcDecryptError('ERR_USAGE', `${problem}; \`${help}\` shows how`);
}

/** @param {string} path */
export function isStandardInput(path) {
  return ['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'].includes(path);
}

/**
 * A word as the shell of this system takes it literally.
 * @param {string} text
 */
export function shellWord(text) {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return process.platform === 'win32' ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}
