/**
 * mgdc-decrypt: works in every toolchain as it is, because its WebAssembly module is inside of a JavaScript module, and
 * is compiled when it is first used. Nothing here waits at the top level: that would break `require()`, service workers,
 * scripts that are no modules, and the first message to a worker.
 */

import { offer } from './core/offers.js';
import { bytes } from './wasm/embedded.js';

export * from './api.js';

offer('decrypt', { embedded: bytes });
offer('check', { late: () => import('./wasm-check/embedded.js') });
