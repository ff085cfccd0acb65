/** Makes the first run start at once. */

import { init as load } from '../core/init.js';
import { prepareWorkers } from './spare-workers.js';

/**
 * See index.d.ts.
 * @param {Parameters<typeof load>[0]} [source]
 */
export async function init(source) {
  await load(source);
  prepareWorkers();
}
