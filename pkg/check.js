/** mgdc-decrypt/check: the public names. Typed and described in check.d.ts. */

import { init } from './check/init.js';
import { checkItems } from './check/key-check.js';
import { makeRehearsal } from './check/rehearsal.js';
import { offer } from './core/offers.js';

export { keyCheckAs } from './check/key-report.js';

export { init };

offer('check', { late: () => import('./wasm-check/embedded.js') });

/**
 * See check.d.ts.
 * @param {Parameters<typeof makeRehearsal>[0]} key
 * @param {Parameters<typeof makeRehearsal>[1]} [options]
 */
export async function rehearse(key, options) {
  await init();
  const { items } = await makeRehearsal(key, options);
  return items.map(({ path, bytes }) => ({ path, blob: new Blob([bytes]) }));
}

/**
 * See check.d.ts.
 * @param {Parameters<typeof checkItems>[0]} items
 * @param {Parameters<typeof checkItems>[1]} [options]
 */
export async function checkKey(items, options) {
  await init();
  return checkItems(items, options);
}
