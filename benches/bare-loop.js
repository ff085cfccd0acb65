/** The bare loop of bare.html, for the page and its worker. */

/** The content of each file; programs.mjs computes the SHA-256 of the same. */
const CONTENT = Uint8Array.from({ length: 2048 }, (_, index) => index & 255);

/**
 * Creates the files in the folder of the benchmark's output, `atOnce` at a time. Resolves to the bytes that were
 * written.
 * @param {string[]} names
 * @param {number} atOnce
 * @param {(handle: FileSystemFileHandle, content: Uint8Array) => Promise<void>} write
 */
export async function writeFiles(names, atOnce, write) {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('out', { create: true });
  const left = names.values();
  const next = async () => {
    for (const name of left) await write(await folder.getFileHandle(name, { create: true }), CONTENT);
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  return names.length * CONTENT.length;
}
