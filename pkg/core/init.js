/** The module that decrypts, and its bindings. */

import * as glue from '../wasm/mgdc_decrypt.js';
import { offers } from './offers.js';
import { WasmModule } from './wasm-module.js';

/** @import { Source } from './wasm-source.js' */

const core = new WasmModule('mgdc_decrypt_bg.wasm', glue, offers.decrypt);

/**
 * See index.d.ts. Whatever is asynchronous awaits it.
 * @param {Source} [source]
 */
export function init(source) {
  return core.load(source);
}

/** The bindings. Throws ERR_WASM_LOAD if the module is not loaded, and cannot be loaded without waiting. */
export function wasm() {
  core.assertLoaded();
  return glue;
}

/** The module's memory, in which the bindings leave plaintext. */
export function memory() {
  return core.memory;
}

/** The compiled module, which is sent to workers so that nothing is fetched or compiled twice. */
export function compiledModule() {
  return core.compiled;
}
