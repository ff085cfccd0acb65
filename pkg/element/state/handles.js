/**
 * What was dragged onto a page from a disk, by its handles. There, Chromium 156 reads no `FileSystemEntry`: it fails with
 * EncodingError. Elsewhere entries are used, which every browser has.
 */

/**
 * A file that was found, or what could not be read.
 * @typedef {{ path: string, file: () => Promise<File> } | { path: string, error: unknown }} Found
 */
/** @typedef {DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> }} Dragged */

/**
 * The handle of what was dragged, and its name; `null` where it is not needed, or there is none. Call it inside the drop
 * handler.
 * @param {Dragged} item
 */
export function handleOf(item) {
  if (!globalThis.document?.URL.startsWith('file:') || !item.getAsFileSystemHandle) return null;
  const name = item.getAsFile()?.name ?? '';
  // It is awaited later, and its failure is told then.
  const handle = item.getAsFileSystemHandle();
  handle.catch(() => {});
  return { name, handle };
}

/**
 * Everything in these files and folders.
 * @param {NonNullable<ReturnType<typeof handleOf>>[]} dragged
 * @returns {Promise<Found[]>}
 */
export async function filesOf(dragged) {
  /** @type {Found[]} */
  const found = [];
  /** @type {{ path: string, folder: FileSystemDirectoryHandle }[]} */
  const folders = [];
  /** @param {FileSystemHandle | null} handle @param {string} path */
  const sort = (handle, path) => {
    if (handle?.kind === 'directory') folders.push({ path, folder: /** @type {FileSystemDirectoryHandle} */ (handle) });
    else if (handle) found.push({ path, file: () => /** @type {FileSystemFileHandle} */ (handle).getFile() });
  };
  for (const { name, handle } of dragged) {
    try {
      sort(await handle, name);
    } catch (error) {
      found.push({ path: name, error });
    }
  }
  for (let next = folders.pop(); next; next = folders.pop()) {
    const { path, folder } = next;
    try {
      for await (const [name, handle] of folder.entries()) sort(handle, `${path}/${name}`);
    } catch (error) {
      found.push({ path, error });
    }
  }
  return found;
}
