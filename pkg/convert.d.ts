/**
 * `mgdc-decrypt/convert`: what `drop.decrypt` loads when it is asked to convert. Import it beforehand where nothing can
 * be loaded later, as in a page that closes its network.
 */

import type { ConvertOptions } from './index.js';

export type { Converted, ConvertOptions } from './index.js';
/** The formats that `convert` takes. */
export const FORMATS: readonly ConvertOptions['to'][];
