/** The bare loop of bare.html with sync handles, which exist in workers only. */

import { writeFiles } from './bare-loop.js';

/** @typedef {{ write(bytes: Uint8Array, at: { at: number }): number, close(): void }} SyncHandle */
/** @typedef {FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncHandle> }} OpfsFile */

self.onmessage = async ({ data: { names, atOnce } }) => {
  try {
    postMessage(
      await writeFiles(names, atOnce, async (file, content) => {
        const handle = await /** @type {OpfsFile} */ (file).createSyncAccessHandle();
        handle.write(content, { at: 0 });
        handle.close();
      }),
    );
  } catch (error) {
    setTimeout(() => {
      throw error;
    }); // arrives as an error event of the worker
  }
};

postMessage('ready');
