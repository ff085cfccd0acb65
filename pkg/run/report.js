/** The result of a file that failed: see FileResult in index.d.ts. */

import { toError } from '../core/errors.js';

/** @import { FileResult } from '../index.js' */

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
