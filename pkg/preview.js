/** mgdc-decrypt/preview: the head of a file as rows. Typed and described in preview.d.ts. */

import { isBlob, readPart, toBytes } from './core/bytes.js';
import { init, memory, wasm } from './core/init.js';
import { FileKey } from './core/keys.js';
import { offer } from './core/offers.js';
import { checkCompression } from './core/options.js';
import { previewFile } from './preview/preview-file.js';

// DataDrop.preview loads it later; whoever imports this entry before has it, too.
export * from './preview/of-drop.js';

offer('decrypt', { late: () => import('./wasm/embedded.js') });

/**
 * @import { FileOnDisk } from './index.js'
 * @import * as contract from './preview.js'
 */

/**
 * See preview.d.ts.
 * @param {Parameters<typeof contract.preview>[0]} data
 * @param {Parameters<typeof contract.preview>[1]} fileKey
 * @param {Parameters<typeof contract.preview>[2]} [options]
 */
export async function preview(data, fileKey, { path = '', compression = 'auto', repair = null, ...options } = {}) {
  checkCompression(compression);
  await init();
  const blob = isBlob(data) ? data : new Blob([toBytes(data)]);
  const core = { Decryptor: wasm().Decryptor, memory };
  if (!fileKey) {
    const isGzip = compression === 'gzip' || (compression === 'auto' && (await beginsLikeGzip(blob)));
    const source = { core, path, blob, key: null, repair: null, compression: isGzip ? GZIP : NONE, error: null };
    return previewFile(source, options);
  }
  const key = FileKey.bytesOf(fileKey);
  try {
    return await previewFile({ core, path, blob, key, repair, compression, error: null }, options);
  } finally {
    key.fill(0);
  }
}

const GZIP = 'gzip';
const NONE = 'none';

/** @param {Blob | FileOnDisk} blob */
async function beginsLikeGzip(blob) {
  const beginning = await readPart(blob, 0, Math.min(3, blob.size));
  return [0x1f, 0x8b, 0x08].every((byte, at) => beginning[at] === byte);
}
