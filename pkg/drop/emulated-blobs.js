/** Blobs of jsdom and happy-dom, which test runners put in the place of Node's own. */

/** @import { Item } from './drop-file.js' */

/**
 * Replaces them by Blobs of Node: theirs are objects of JavaScript, which arrive in a worker as empty objects. This
 * copies their bytes, which are in memory in any case. Elsewhere it does nothing.
 * @param {Item[]} items
 */
export async function replaceEmulated(items) {
  const own = globalThis.process?.getBuiltinModule?.('node:buffer');
  // An Electron page with Node's modules has real Blobs, and Worker.
  if (!own || own.Blob === globalThis.Blob || globalThis.Worker) return;
  for (const item of items) {
    const { blob } = item;
    if (!(blob instanceof globalThis.Blob) || blob instanceof own.Blob) continue;
    const bytes = [new Uint8Array(await blob.arrayBuffer())];
    const { name, lastModified } = /** @type {Partial<File>} */ (blob);
    const copy = name === undefined ? new own.Blob(bytes) : new own.File(bytes, name, { lastModified });
    item.blob = /** @type {Blob} */ (/** @type {unknown} */ (copy));
  }
}
