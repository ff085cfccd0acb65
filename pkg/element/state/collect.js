/** Turns what the browser provides (from an input, a drop or a paste) into `{ path, blob }` items. */

import { MgdcDecryptError } from '../../core/errors.js';
import { Yielder } from '../../core/yielding.js';
import { NoBlob } from '../../drop/left-out.js';
import { ownWords } from '../words/plain.js';
import { text } from '../words/text.js';
import { filesOf, handleOf } from './handles.js';

/**
 * @import { DropItem } from '../../index.js'
 * @import { AddedItem } from './items.js'
 */

/** Dropped files that are requested at the same time. */
const AT_A_TIME = 16;

/**
 * The files of an `<input>`, or of a host, which may give items. The list is copied, because clearing the input empties
 * its own.
 * @param {Iterable<File | DropItem> | ArrayLike<File>} files
 * @returns {AddedItem[]}
 */
export function fromFiles(files) {
  return Array.from(files, (file) =>
    file instanceof Blob ? { path: file.webkitRelativePath || file.name, blob: file } : /** @type {AddedItem} */ (file),
  );
}

/**
 * Everything that was dropped, including the content of folders. Call it inside the drop handler: the entries must be
 * taken before the handler returns; the rest may take its time. Anything unreadable becomes an item that fails.
 * `oncount` is called with the number of files as soon as it is known.
 * @param {DataTransfer} transfer
 * @param {(count: number) => void} oncount
 */
export function fromTransfer(transfer, oncount) {
  /** @type {FileSystemEntry[]} */
  const entries = [];
  /** @type {(File | null)[]} */
  const loose = [];
  /** @type {NonNullable<ReturnType<typeof handleOf>>[]} */
  const handles = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const handle = handleOf(item);
    const entry = handle ? null : item.webkitGetAsEntry?.();
    if (handle) handles.push(handle);
    else if (entry) entries.push(entry);
    else loose.push(item.getAsFile());
  }
  return walk(entries, handles, fromFiles(loose.filter((file) => file !== null)), oncount);
}

/**
 * A pasted text as a file; `null` if it is empty. What kind of file it is, is decided later by its content. `pasted` is
 * the text itself.
 * @param {string} pasted
 */
export function fromText(pasted) {
  const start = pasted.trimStart();
  if (start === '') return null;
  const name = start.startsWith('-----BEGIN') ? 'pasted-key.pem' : /^[[{]/.test(start) ? 'pasted.json' : 'pasted.txt';
  return { path: name, blob: new File([pasted], name, { lastModified: Date.now() }), pasted };
}

/**
 * Walks all folders first, which is quick. Getting the File of an entry afterwards blocks Chromium's page for half a
 * millisecond each.
 * @param {FileSystemEntry[]} entries
 * @param {NonNullable<ReturnType<typeof handleOf>>[]} handles
 * @param {AddedItem[]} items
 * @param {(count: number) => void} oncount
 */
async function walk(entries, handles, items, oncount) {
  /** @type {{ path: string, file: () => Promise<File> }[]} */
  const found = [];
  for (const one of await filesOf(handles)) {
    if ('error' in one) items.push(unreadable(one.path, one.error));
    else found.push(one);
  }
  /** @type {FileSystemDirectoryEntry[]} */
  const folders = [];
  /** @param {FileSystemEntry} entry */
  const sort = (entry) => {
    if (entry.isDirectory) folders.push(/** @type {FileSystemDirectoryEntry} */ (entry));
    else found.push({ path: pathOf(entry), file: () => fileOf(/** @type {FileSystemFileEntry} */ (entry)) });
  };
  entries.forEach(sort);
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    try {
      for await (const batch of batches(folder.createReader())) batch.forEach(sort);
    } catch (error) {
      items.push(unreadable(pathOf(folder), error));
    }
  }
  oncount(items.length + found.length);
  const yielder = new Yielder();
  /** @param {{ path: string, file: () => Promise<File> }} one */
  const take = async ({ path, file }) => {
    try {
      items.push({ path, blob: await file() });
    } catch (error) {
      items.push(unreadable(path, error));
    }
  };
  for (let start = 0; start < found.length; start += AT_A_TIME) {
    await Promise.all(found.slice(start, start + AT_A_TIME).map(take));
    if (yielder.isDue) await yielder.yield();
  }
  return items;
}

/** @param {FileSystemEntry} entry */
function pathOf({ fullPath }) {
  return fullPath.replace(/^\/+/, '');
}

/**
 * @param {FileSystemFileEntry} entry
 * @returns {Promise<File>}
 */
function fileOf(entry) {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/**
 * @param {string} path
 * @param {unknown} cause
 * @returns {AddedItem}
 */
function unreadable(path, cause) {
  return {
    path,
    blob: new NoBlob(new MgdcDecryptError('ERR_READ', ownWords(text.intake.unreadable), { cause })),
  };
}

/**
 * Chromium returns at most 100 entries per call, and an empty list at the end.
 * @param {FileSystemDirectoryReader} reader
 */
async function* batches(reader) {
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return;
    yield batch;
  }
}
