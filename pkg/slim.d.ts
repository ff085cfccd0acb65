/**
 * mgdc-decrypt/slim: everything that `mgdc-decrypt` exports, with the WebAssembly module as a file of its own, which
 * `mgdc-decrypt` has inside. For who counts bytes, or wants the module under an address of its own.
 *
 * The functions that do not return a promise (`version`, `parseKeyDetails`, `PrivateKey.import`, `FileKey.unwrap`) need
 * `await init()` before. Where the module is not served beside the package, give `init` its address; the package exports
 * it as `mgdc-decrypt/mgdc_decrypt_bg.wasm`, and that of `mgdc-decrypt/check` as `mgdc-decrypt/mgdc_check_bg.wasm`. A
 * relative address belongs to the page, or to the worker's script, as in `fetch`.
 *
 * Both entries may be imported in one program: the classes and the module are the same.
 *
 * @module mgdc-decrypt/slim
 */

export * from './index.js';
