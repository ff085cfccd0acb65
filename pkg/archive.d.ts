/**
 * `mgdc-decrypt/archive`: what `openDrop` loads when what was added may be a ZIP archive. Import it beforehand where
 * nothing can be loaded later, as in a page that closes its network.
 *
 * @module mgdc-decrypt/archive
 */

import type { FileOnDisk, MgdcDecryptError } from './index.js';

/** For this package: the files of an archive. @throws ERR_ARCHIVE, ERR_ABORTED, ERR_READ @internal */
export function openZip(
  core: object,
  blob: Blob | FileOnDisk,
  archive: Blob | FileOnDisk['source'],
  archiveName: string,
  signal?: AbortSignal,
): Promise<{ path: string; blob?: object; error?: MgdcDecryptError; note?: string }[]>;
/** For this package: whether a file ends like a ZIP archive, whatever it begins with. @internal */
export function endsLikeZip(blob: {
  size: number;
  slice(start?: number, end?: number): { arrayBuffer(): Promise<ArrayBuffer> };
}): Promise<boolean>;
/** For this package: the folder of each archive's files in the drop. @internal */
export function placesOf(
  archives: readonly object[],
  others: readonly string[],
  isLitter: (path: string) => boolean,
  yielder: object,
): Promise<string[]>;
