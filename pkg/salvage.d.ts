/**
 * `mgdc-decrypt/salvage`: what `drop.decrypt` loads when it is asked to salvage, with the WebAssembly module
 * `wasm-check/mgdc_check_bg.wasm`, which `mgdc-decrypt/check` has, too.
 *
 * @module mgdc-decrypt/salvage
 */

/**
 * Loads all of it. Optional: a run with `salvage` does it. Call it to load the module from elsewhere, or where nothing can
 * be loaded later, as in a page that closes its network.
 *
 * @throws ERR_WASM_LOAD
 */
export function init(source?: URL | string | BufferSource | WebAssembly.Module): Promise<void>;
/** For this package: what a run needs. @throws ERR_WASM_LOAD @internal */
export function salvaging(): Promise<{
  workerSource: string;
  module: WebAssembly.Module;
  mayBeSalvaged: object;
  salvage: object;
}>;
