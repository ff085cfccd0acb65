/** Shared by both bench pages: where their output is written, and how it is read back. None of this is timed. */

const root = await navigator.storage.getDirectory();

/** The folder for the sink `opfs`. */
export const outFolder = () => root.getDirectoryHandle('out', { create: true });

/** The file for the sink `zip`. */
export const outZip = () => root.getFileHandle('out.zip', { create: true });

/**
 * SHA-256 of everything that was written, with the files in the order of their names. The server computes it, because
 * WebCrypto would need all of it in memory.
 */
window.benchHash = async (sink) => {
  const post = async (to, body) => (await fetch(to, { method: 'POST', body })).text();
  // Wrapped in a Blob, because Chromium 156 never sends a File from OPFS.
  if (sink === 'zip') return post('/sha256-zip', new Blob([await (await outZip()).getFile()]));
  const files = [];
  for await (const handle of (await outFolder()).values())
    files.push(await /** @type {FileSystemFileHandle} */ (handle).getFile());
  files.sort((one, other) => (one.name < other.name ? -1 : 1));
  return post('/sha256', new Blob(files));
};

window.benchClean = async () => {
  const names = [];
  for await (const name of root.keys()) names.push(name);
  for (const name of names) await root.removeEntry(name, { recursive: true });
};

export const unhex = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
