/** A WebAssembly module, loaded once for everybody; a failed load may be tried again. */

import { MgdcDecryptError } from './errors.js';

/** @import { init as contract } from '../index.js' */

/** @typedef {NonNullable<Parameters<typeof contract>[0]>} Source */

/** @template {{ memory: WebAssembly.Memory }} Instance */
export class WasmModule {
  #file;
  #instantiate;

  /** @type {Promise<void> | null} */
  #loading = null;
  /** @type {WebAssembly.Module | null} */
  #compiled = null;
  /** @type {Instance | null} */
  #instance = null;
  /** @type {MgdcDecryptError | null} */
  #failure = null;

  /**
   * @param {string} file the module's name, for messages
   * @param {(input: { module_or_path: WebAssembly.Module }) => Promise<Instance>} instantiate of its bindings
   */
  constructor(file, instantiate) {
    this.#file = file;
    this.#instantiate = instantiate;
  }

  /**
   * `base`: what a relative URL is relative to.
   * @param {Source} source
   * @param {string} base
   */
  load(source, base) {
    this.#loading ??= this.#load(source, base).catch((cause) => {
      this.#loading = null;
      this.#failure = new MgdcDecryptError('ERR_WASM_LOAD', explain(cause, this.#file), { cause });
      throw this.#failure;
    });
    return this.#loading;
  }

  /** @throws ERR_WASM_LOAD when it is not loaded */
  assertLoaded() {
    if (!this.#compiled) throw this.#failure ?? new MgdcDecryptError('ERR_WASM_LOAD', NOT_YET);
  }

  get compiled() {
    this.assertLoaded();
    return /** @type {WebAssembly.Module} */ (this.#compiled);
  }

  get memory() {
    return /** @type {Instance} */ (this.#instance).memory;
  }

  /**
   * @param {Source} source
   * @param {string} base
   */
  async #load(source, base) {
    const module = await compile(source, base);
    this.#instance = await this.#instantiate({ module_or_path: module });
    this.#compiled = module;
  }
}

const NOT_YET = 'the WebAssembly module is not loaded yet: await init() first';

/**
 * @param {Source} source
 * @param {string} base
 */
async function compile(source, base) {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
  const url = new URL(source, base);
  // Node has no fetch() for files. getBuiltinModule and not import(): bundlers then see no Node here.
  const fs = url.protocol === 'file:' ? globalThis.process?.getBuiltinModule?.('node:fs/promises') : null;
  if (fs) return WebAssembly.compile(await fs.readFile(url));
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname}: HTTP status ${response.status}`);
  // Not compileStreaming: it insists on a MIME type that simple servers do not send, and gains little at this size.
  return WebAssembly.compile(await response.arrayBuffer());
}

/**
 * @param {unknown} cause
 * @param {string} file
 */
function explain(cause, file) {
  const reason = /** @type {Partial<Error> | null} */ (cause)?.message ?? String(cause);
  return cause instanceof WebAssembly.CompileError && /unsafe-eval|Content.Security|CSP/i.test(reason)
    ? "the WebAssembly module may not be compiled: add 'wasm-unsafe-eval' to script-src in the page's content " +
        'security policy'
    : `the WebAssembly module could not be loaded (${reason}): check that ${file} is served beside the package, then ` +
        'call init() again';
}
