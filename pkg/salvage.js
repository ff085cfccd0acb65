/** Salvage: see salvage.d.ts. `drop.decrypt` loads this when it is asked to salvage. */

import { compiledModule, init as load } from './check/init.js';
import { notLoaded } from './core/errors.js';
import { mayBeSalvaged, salvage } from './run/salvage.js';

/** @type {typeof import('./salvage.js').init} */
export async function init(source) {
  await Promise.all([load(source), script()]);
}

/** @type {typeof import('./salvage.js').salvaging} */
export async function salvaging() {
  await init();
  return { workerSource: await script(), module: compiledModule(), mayBeSalvaged, salvage };
}

/** By itself, because a page's script contains this module, and loads the worker's script later. */
async function script() {
  const { default: workerSource } = await import('./wasm/salvage-worker-source.js').catch(notLoaded('salvage'));
  return workerSource;
}
