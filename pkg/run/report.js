/** The results of a run: see FileResult and Report in index.d.ts. */

import { toError } from '../core/errors.js';

/** @import { FileResult, Report } from '../index.js' */

/** @typedef {Pick<Report, 'files' | 'decrypted' | 'copied' | 'failed' | 'skipped' | 'salvaged' | 'bytesWritten'>} Counted */

/**
 * The result of a file that failed.
 * @param {{ readonly path: string }} file
 * @param {unknown} error
 * @returns {FileResult}
 */
export function failure(file, error) {
  const { code, message } = toError(error);
  return { path: file.path, output: null, outcome: 'failed', bytes: 0, verified: null, code, message, warnings: [] };
}

/**
 * The results of all files, counted.
 * @param {FileResult[]} files
 * @returns {Counted}
 */
export function counted(files) {
  /** @param {FileResult['outcome']} outcome */
  const count = (outcome) => files.filter((file) => file.outcome === outcome).length;
  const skipped = files.filter((file) => file.skipped).length;
  const bytesWritten = files.reduce((sum, file) => sum + (file.skipped ? 0 : file.bytes), 0);
  const salvaged = files.filter((file) => file.salvaged?.output).length;
  const counts = { decrypted: count('decrypted'), copied: count('copied'), failed: count('failed'), skipped, salvaged };
  return { files, ...counts, bytesWritten };
}
