/**
 * `mgdc-decrypt/convert`: what `drop.decrypt` loads when it is asked to convert. Import it beforehand where nothing can
 * be loaded later, as in a page that closes its network.
 *
 * @module mgdc-decrypt/convert
 */

import type { ConvertOptions } from './index.js';

export type { Converted, ConvertOptions } from './index.js';
/** The formats that `convert` takes. */
export const FORMATS: readonly ['csv', 'parquet'];
/** For this package: what a run needs. @throws TypeError when an option is wrong @internal */
export function conversionOf(options: ConvertOptions['to'] | ConvertOptions): {
  job: object;
  workerSource: string;
  run: unknown;
};
