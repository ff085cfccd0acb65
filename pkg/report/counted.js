/** The results of a run, counted: see Report in index.d.ts. */

/** @import { FileResult, Report } from '../index.js' */

/** @typedef {Pick<Report, 'files' | 'decrypted' | 'copied' | 'failed' | 'skipped' | 'salvaged' | 'bytesWritten'>} Counted */

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
