/** A WebAssembly module: one for everybody, compiled when it is first needed. A failed load may be tried again. */

import { MgdcDecryptError } from './errors.js';
import { compile, explain } from './wasm-source.js';

/**
 * @import { Offer } from './offers.js'
 * @import { Source } from './wasm-source.js'
 */

/**
 * What wasm-bindgen generates.
 *
 * @template Instance
 * @typedef {object} Glue
 * @property {(input: { module_or_path: WebAssembly.Module }) => Promise<Instance>} default
 * @property {(input: { module: WebAssembly.Module }) => Instance} initSync
 */

/** @template {{ memory: WebAssembly.Memory }} Instance */
export class WasmModule {
  #file;
  #glue;
  #offer;

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
   * @param {Glue<Instance>} glue its bindings
   * @param {Offer} offer
   */
  constructor(file, glue, offer) {
    this.#file = file;
    this.#glue = glue;
    this.#offer = offer;
  }

  /**
   * Resolves when the module is ready; at once if it is already.
   * @param {Source} [source] where to load it from, unless it is loaded
   * @returns {Promise<void>}
   */
  load(source) {
    if (this.#compiled) return Promise.resolve();
    this.#loading ??= this.#load(source).catch((cause) => {
      this.#loading = null;
      throw this.#failed(cause);
    });
    return this.#loading;
  }

  /**
   * Compiles an embedded module in this turn, if it is not loaded yet.
   * @throws ERR_WASM_LOAD when it is not loaded, and cannot be loaded without waiting
   */
  assertLoaded() {
    if (this.#compiled) return;
    const { embedded } = this.#offer;
    if (!embedded) throw this.#failure ?? new MgdcDecryptError('ERR_WASM_LOAD', NOT_YET);
    try {
      const module = new WebAssembly.Module(embedded());
      this.#instance = this.#glue.initSync({ module });
      this.#compiled = module;
    } catch (cause) {
      // Chromium before 115 compiles at most 4 KiB on a page's thread in one turn.
      if (cause instanceof RangeError) throw new MgdcDecryptError('ERR_WASM_LOAD', NOT_YET, { cause });
      throw this.#failed(cause);
    }
  }

  get compiled() {
    this.assertLoaded();
    return /** @type {WebAssembly.Module} */ (this.#compiled);
  }

  get memory() {
    return /** @type {Instance} */ (this.#instance).memory;
  }

  /** @param {Source | undefined} source */
  async #load(source) {
    const module = await compile(source ?? (await this.#offered()), this.#file);
    if (this.#compiled) return; // meanwhile, by a function that cannot wait
    this.#instance = await this.#instantiate(module);
    this.#compiled = module;
  }

  /** @returns {Promise<Source>} */
  async #offered() {
    const { embedded, file, late } = this.#offer;
    if (embedded) return embedded();
    if (file) return file();
    if (late) return (await late()).bytes();
    throw new TypeError('import mgdc-decrypt or mgdc-decrypt/slim');
  }

  /**
   * Without waiting where that is allowed, because a function that cannot wait must not make a second instance
   * meanwhile. It is not allowed where that function may not compile, either.
   * @param {WebAssembly.Module} module
   */
  async #instantiate(module) {
    try {
      return this.#glue.initSync({ module });
    } catch (error) {
      if (error instanceof RangeError) return this.#glue.default({ module_or_path: module });
      throw error;
    }
  }

  /** @param {unknown} cause */
  #failed(cause) {
    this.#failure = new MgdcDecryptError('ERR_WASM_LOAD', explain(cause, this.#file), { cause });
    return this.#failure;
  }
}

const NOT_YET = 'the WebAssembly module is not loaded yet: await init() first';
