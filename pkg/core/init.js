/** Loads the WebAssembly module, once for all callers. A failed load can be tried again. */

import instantiate, * as glue from '../wasm/mgdc_decrypt.js';
import { MgdcDecryptError } from './errors.js';

/** @import { init as contract } from '../index.js' */

/** @typedef {NonNullable<Parameters<typeof contract>[0]>} Source */

/** @type {Promise<void> | null} */
let loading = null;
/** @type {WebAssembly.Module | null} */
let compiled = null;
/** @type {glue.InitOutput | null} */
let instance = null;
/** @type {MgdcDecryptError | null} */
let failure = null;

/**
 * See index.d.ts. `base`: the URL against which a relative one is resolved.
 * @param {Source} source
 * @param {string} base
 */
export function init(source, base) {
  loading ??= load(source, base).catch((cause) => {
    loading = null;
    failure = new MgdcDecryptError('ERR_WASM_LOAD', explain(cause), { cause });
    throw failure;
  });
  return loading;
}

/** The bindings. Throws ERR_WASM_LOAD if the module is not loaded. */
export function wasm() {
  if (!compiled)
    throw (
      failure ?? new MgdcDecryptError('ERR_WASM_LOAD', 'the WebAssembly module is not loaded yet: await init() first')
    );
  return glue;
}

/**
 * The module's memory, in which the bindings leave plaintext.
 */
export function memory() {
  return /** @type {glue.InitOutput} */ (instance).memory;
}

/**
 * The compiled module, which is sent to workers so that nothing is fetched or compiled twice.
 */
export function compiledModule() {
  wasm();
  return /** @type {WebAssembly.Module} */ (compiled);
}

/**
 * @param {Source} source
 * @param {string} base
 */
async function load(source, base) {
  const module = await compile(source, base);
  instance = await instantiate({ module_or_path: module });
  compiled = module;
}

/**
 * @param {Source} source
 * @param {string} base
 */
async function compile(source, base) {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
  const url = new URL(source, base);
  // Node cannot fetch() files. Not import(), because bundlers would then try to resolve Node's modules.
  const fs = url.protocol === 'file:' ? globalThis.process?.getBuiltinModule?.('node:fs/promises') : null;
  if (fs) return WebAssembly.compile(await fs.readFile(url));
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname}: HTTP status ${response.status}`);
  // Not compileStreaming: it insists on a MIME type that simple servers do not send, and gains little at this size.
  return WebAssembly.compile(await response.arrayBuffer());
}

/** @param {unknown} cause */
function explain(cause) {
  const reason = /** @type {Partial<Error> | null} */ (cause)?.message ?? String(cause);
  return cause instanceof WebAssembly.CompileError && /unsafe-eval|Content.Security|CSP/i.test(reason)
    ? "the WebAssembly module may not be compiled: add 'wasm-unsafe-eval' to script-src in the page's content " +
        'security policy'
    : `the WebAssembly module could not be loaded (${reason}): check that mgdc_decrypt_bg.wasm is served beside the ` +
        'package, then call init() again';
}
