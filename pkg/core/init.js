/** The module that decrypts, and its bindings. */

import instantiate, * as glue from '../wasm/mgdc_decrypt.js';
import { WasmModule } from './wasm-module.js';

/** @import { Source } from './wasm-module.js' */

const module = new WasmModule('mgdc_decrypt_bg.wasm', instantiate);

/**
 * See index.d.ts. `base`: the URL against which a relative one is resolved.
 * @param {Source} source
 * @param {string} base
 */
export function init(source, base) {
  return module.load(source, base);
}

/** The bindings. Throws ERR_WASM_LOAD if the module is not loaded. */
export function wasm() {
  module.assertLoaded();
  return glue;
}

/**
 * The module's memory, in which the bindings leave plaintext.
 */
export function memory() {
  return module.memory;
}

/**
 * The compiled module, which is sent to workers so that nothing is fetched or compiled twice.
 */
export function compiledModule() {
  return module.compiled;
}
