/** The second module, which checks keys and salvages, and its bindings: who only decrypts does not load it. */

import { offers } from '../core/offers.js';
import { WasmModule } from '../core/wasm-module.js';
import * as glue from '../wasm-check/mgdc_check.js';

/** @import { Source } from '../core/wasm-source.js' */

const checks = new WasmModule('mgdc_check_bg.wasm', glue, offers.check);

/** See check.d.ts. @param {Source} [source] */
export function init(source) {
  return checks.load(source);
}

/** The bindings; throws ERR_WASM_LOAD when they are not there. */
export function wasm() {
  checks.assertLoaded();
  return glue;
}

/** The compiled module, for a worker. Throws ERR_WASM_LOAD if it is not loaded. */
export function compiledModule() {
  return checks.compiled;
}
