/** mgdc-decrypt: the public names. Typed and described in index.d.ts. */

import { init as load, wasm } from './core/init.js';

export { DecryptionStream, decrypt } from './core/decryption-stream.js';
export { MgdcDecryptError } from './core/errors.js';
export { FileKey, PrivateKey, parseKeyDetails } from './core/keys.js';
export { DataDrop, openDrop } from './data-drop.js';
export { outputPaths } from './run/output-paths.js';
export { directorySink } from './sinks/directory-sink.js';
export { zipSink } from './sinks/zip-sink.js';

// Here, beside wasm/: bundlers leave `import.meta.url` to mean their own output, and people copy wasm/ there.
/** See index.d.ts. @param {Parameters<typeof load>[0]} [source] */
export const init = (source = new URL('./wasm/mgdc_decrypt_bg.wasm', import.meta.url)) => load(source, import.meta.url);

export const version = () => wasm().version();

// So that the synchronous functions work from the first line on. A failure is told by each of them, as ERR_WASM_LOAD,
// and init() tries again.
await init().catch(() => {});
