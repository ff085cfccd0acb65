/** mgdc-decrypt/preview: the head of a file as rows. Typed and described in preview.d.ts. */

import { isBlob, toBytes } from './core/bytes.js';
import { memory, wasm } from './core/init.js';
import { FileKey } from './core/keys.js';
import { checkCompression } from './core/options.js';
import { previewFile } from './preview/preview-file.js';

export { previewKey } from './preview/file-key.js';
// For DataDrop.preview only.
export { previewFile };

/** @import * as contract from './preview.js' */

/**
 * See preview.d.ts.
 * @param {Parameters<typeof contract.preview>[0]} data
 * @param {Parameters<typeof contract.preview>[1]} fileKey
 * @param {Parameters<typeof contract.preview>[2]} [options]
 */
export async function preview(data, fileKey, { path = '', compression = 'auto', repair = null, ...options } = {}) {
  checkCompression(compression);
  const blob = isBlob(data) ? data : new Blob([toBytes(data)]);
  const key = fileKey && FileKey.bytesOf(fileKey);
  try {
    return await previewFile(
      { core: { Decryptor: wasm().Decryptor, memory }, path, blob, key, repair, compression, error: null },
      options,
    );
  } finally {
    key?.fill(0);
  }
}
