/**
 * mgdc-decrypt/preview: the beginning of a file as rows. `DataDrop.preview` of `mgdc-decrypt` loads this entry when it
 * is first used; import it beforehand in a page that closes its network. As in the whole package, nothing is sent
 * anywhere, and nothing is written.
 *
 * @module mgdc-decrypt/preview
 */

import type { Bytes, Compression, FileKey, FileOnDisk, Preview, PreviewOptions, Repair } from './index.js';

/**
 * The same for one file without its drop; `fileKey` is `null` for a file that is not encrypted. `path` goes into the
 * preview, and its ending helps to tell CSV. `repair`: what is to be undone first, as for `DecryptionStream`.
 *
 * A wrong key shows as `error`, or as content that is `'bytes'`: only a drop looks at the end of a file, too.
 *
 * @throws ERR_ABORTED, ERR_READ, ERR_WASM_LOAD
 */
export function preview(
  data: Blob | FileOnDisk | Bytes,
  fileKey: FileKey | null,
  options?: PreviewOptions & { path?: string; compression?: Compression; repair?: Repair | null },
): Promise<Preview>;
