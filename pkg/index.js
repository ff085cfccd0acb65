/** mgdc-decrypt: the public exports. Their types and documentation are in index.d.ts. */

import { init as load, wasm } from './core/init.js';

export { DecryptionStream, decrypt } from './core/decryption-stream.js';
export { MgdcDecryptError } from './core/errors.js';
export { FileKey, PrivateKey, parseKeyDetails } from './core/keys.js';
export { DataDrop, openDrop } from './data-drop.js';
export { reportAs } from './report/report-as.js';
export { outputPaths } from './run/output-paths.js';
export { directorySink } from './sinks/directory-sink.js';
export { zipSink } from './sinks/zip-sink.js';

// Here, next to wasm/: in a bundle, `import.meta.url` is the bundle's own address, and people copy wasm/ next to it.
/** See index.d.ts. @param {Parameters<typeof load>[0]} [source] */
export const init = (source = new URL('./wasm/mgdc_decrypt_bg.wasm', import.meta.url)) => load(source, import.meta.url);

export const version = () => wasm().version();

// Loaded at import, so that the synchronous functions work at once. If that fails, each of them throws ERR_WASM_LOAD,
// and init() tries again.
await init().catch(() => {});
