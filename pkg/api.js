/**
 * What `mgdc-decrypt` and `mgdc-decrypt/slim` both export, for these two and for the other rooms: it brings no
 * WebAssembly module along. Types and documentation are in index.d.ts.
 */

import { wasm } from './core/init.js';

export { DecryptionStream, decrypt } from './core/decryption-stream.js';
export { MgdcDecryptError } from './core/errors.js';
export { FileKey, PrivateKey, parseKeyDetails } from './core/keys.js';
export { DataDrop, openDrop } from './data-drop.js';
export { reportAs } from './report/report-as.js';
export { outputPaths } from './run/output-paths.js';
export { init } from './run/prepare.js';
export { blobSink } from './sinks/blob-sink.js';
export { directorySink } from './sinks/directory-sink.js';
export { zipSink } from './sinks/zip-sink.js';

export const version = () => wasm().version();
