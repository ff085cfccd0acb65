/** What the report tells of the run as a whole: when, with which tool, from what, with which keys and options. */

import { wasm } from '../core/init.js';

/** @import { DropDecryptOptions, FileResult, KeyDetailsState, MgdcDecryptError, Report } from '../index.js' */

/** Options on which the output depends. A key or a password is never an option of a run. */
const OPTIONS = ['compression', 'decompress', 'outputLimit', 'resume', 'convert', 'salvage'];

/**
 * What a run has to tell.
 *
 * @typedef {object} Told
 * @property {Date} started
 * @property {DropDecryptOptions} options
 * @property {object | null} chosen what the option `files` says
 * @property {number} filesInDrop
 * @property {number | null} bytes
 * @property {readonly KeyDetailsState[]} keyDetails
 * @property {readonly (number | null)[]} opened for each file with a result: the entry whose key opened it
 * @property {readonly FileResult[]} files
 * @property {MgdcDecryptError} [error] why it ended early
 */

/**
 * @param {Told} told
 * @returns {Pick<Report, 'checksums' | 'status' | 'stop' | 'started' | 'ended' | 'seconds' | 'tool' | 'source' | 'keys' | 'options'>}
 */
export function runDetails({ started, options, chosen, filesInDrop, bytes, keyDetails, opened, files, error }) {
  const ended = new Date();
  const [version, revision] = wasm().version().split('+');
  const given = Object.entries(options).filter(([name, value]) => OPTIONS.includes(name) && value !== undefined);
  return {
    checksums: checksumsOf(files),
    status: error ? (error.code === 'ERR_ABORTED' ? 'cancelled' : 'stopped') : 'complete',
    stop: error ? { code: error.code, message: error.message } : null,
    started: started.toISOString(),
    ended: ended.toISOString(),
    seconds: (ended.getTime() - started.getTime()) / 1000,
    tool: { name: 'mgdc-decrypt', version, revision: revision === 'unknown' ? null : revision },
    source: { name: options.source ?? null, files: filesInDrop, bytes },
    keys: keysOf(keyDetails, opened),
    options: { ...Object.fromEntries(given), ...chosen },
  };
}

/**
 * Of the decrypted files: which checksum of the content was checked.
 * @param {readonly FileResult[]} files
 */
export function checksumsOf(files) {
  const checksums = { crc32: 0, adler32: 0, none: 0 };
  for (const { outcome, verified } of files) if (outcome === 'decrypted') checksums[verified ?? 'none'] += 1;
  return checksums;
}

/**
 * @param {readonly KeyDetailsState[]} keyDetails
 * @param {readonly (number | null)[]} opened
 */
function keysOf(keyDetails, opened) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const entry of opened) if (entry !== null) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  return [...counts]
    .sort(([one], [other]) => one - other)
    .map(([entry, files]) => {
      const { publicKeyVersion: keyVersion, keyIdentifier, algorithm } = keyDetails[entry];
      return { keyDetails: entry, keyVersion, keyIdentifier, algorithm, files };
    });
}
