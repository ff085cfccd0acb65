/** mgdc-decrypt: the public names. Typed and described in index.d.ts. */

import { init, wasm } from './init.js';

export { openDrop, DataDrop } from './data-drop.js';
export { DecryptionStream, decrypt } from './decryption-stream.js';
export { directorySink } from './directory-sink.js';
export { MgdcDecryptError } from './errors.js';
export { FileKey, PrivateKey, parseKeyDetails } from './keys.js';
export { outputPaths } from './output-paths.js';
export { init };
export { zipSink } from './zip-sink.js';

export const version = () => wasm().version();

// So that the synchronous functions work from the first line on. A failure is told by each of them, as ERR_WASM_LOAD,
// and init() tries again.
await init().catch(() => {});
