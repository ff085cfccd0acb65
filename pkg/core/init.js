/** The module that decrypts, and its bindings. */

import instantiate, * as glue from '../wasm/mgdc_decrypt.js';
import { WasmModule } from './wasm-module.js';

/** @import { Source } from './wasm-module.js' */

const module = new WasmModule('mgdc_decrypt_bg.wasm', instantiate);

/**
 * See index.d.ts. `base`: what a relative URL is relative to.
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

/**
 * The memory in which the bindings leave plaintext.
 */
export function memory() {
  return module.memory;
}

/**
 * What a worker is given, so that nothing is fetched or compiled twice.
 */
export function compiledModule() {
  return module.compiled;
}
