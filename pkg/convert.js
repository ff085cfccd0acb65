/**
 * Conversion to CSV and Parquet: see convert.d.ts. `drop.decrypt` loads this when it is asked to convert. It imports
 * nothing that a page has loaded already, so that a bundler makes one file of it.
 */

import workerSource from './wasm/convert-worker-source.js';

export { convertJob, FORMATS } from './convert/options.js';
export { workerSource };
