/**
 * mgdc-decrypt/slim: the same as `mgdc-decrypt`, with the WebAssembly modules as files of their own. That is 3 to 8 KB gzip
 * less, and the browser compiles them without a copy; the bundler or server has to know about them. See slim.d.ts.
 */

import { offer } from './core/offers.js';

export * from './api.js';

offer('decrypt', { file: () => new URL('./wasm/mgdc_decrypt_bg.wasm', import.meta.url) });
offer('check', { file: () => new URL('./wasm-check/mgdc_check_bg.wasm', import.meta.url) });
