/** One-shot WebCrypto, then DecompressionStream, then the fastest way to write to OPFS. */

/** @typedef {{ write(bytes: Uint8Array, at: { at: number }): number, close(): void }} SyncHandle */
/** @typedef {FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncHandle> }} OpfsFile */

self.onmessage = async ({ data: { files, key, iv } }) => {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('out', { create: true });
    const aes = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['decrypt']);
    let bytes = 0;
    for (const file of files) {
      const compressed = await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, aes, await file.arrayBuffer());
      const reader = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
      const handle = /** @type {OpfsFile} */ (await folder.getFileHandle(file.name, { create: true }));
      const output = await handle.createSyncAccessHandle();
      for (let at = 0, chunk; !(chunk = await reader.read()).done; at += chunk.value.length) {
        output.write(chunk.value, { at });
        bytes += chunk.value.length;
      }
      output.close();
    }
    postMessage(bytes);
  } catch (error) {
    setTimeout(() => {
      throw error;
    }); // arrives as an error event of the worker
  }
};

postMessage('ready');
