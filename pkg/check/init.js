/** The second module, which checks keys and salvages, and its bindings: who only decrypts does not load it. */

import { WasmModule } from '../core/wasm-module.js';
import instantiate, * as glue from '../wasm-check/mgdc_check.js';

/** @import { Source } from '../core/wasm-module.js' */

const module = new WasmModule('mgdc_check_bg.wasm', instantiate);

/**
 * See check.d.ts. `base`: what a relative URL is relative to.
 * @param {Source} source
 * @param {string} base
 */
export function init(source, base) {
  return module.load(source, base);
}

/** The bindings; throws ERR_WASM_LOAD when they are not there. */
export function wasm() {
  module.assertLoaded();
  return glue;
}

/** The compiled module, for a worker. Throws ERR_WASM_LOAD if it is not loaded. */
export function compiledModule() {
  return module.compiled;
}
