/**
 * Conversion to CSV and Parquet: see convert.d.ts. `drop.decrypt` loads this when it is asked to convert. It imports no
 * module that a page has loaded already, so that it can be one script of its own.
 */

import { convertJob, FORMATS } from './convert/options.js';
import { runConverted } from './convert/run-converted.js';
import workerSource from './wasm/convert-worker-source.js';

export { FORMATS };

/** @type {typeof import('./convert.js').conversionOf} */
export const conversionOf = (options) => ({ job: convertJob(options), workerSource, run: runConverted });
