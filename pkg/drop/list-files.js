/**
 * Turns what was added into the files of a drop: their paths, roles and key details documents. Of data files it reads
 * only the beginning.
 */

import { readPart } from '../core/bytes.js';
import { aborted, toError } from '../core/errors.js';
import { wasm } from '../core/init.js';
import { Yielder } from '../core/yielding.js';
import { DropFile } from './drop-file.js';
import { isKeyName, keyPart, leaveOutIfKey } from './drop-keys.js';
import { Distinct } from './duplicates.js';
import { replaceEmulated } from './emulated-blobs.js';
import { asLitter, NoBlob } from './left-out.js';
import { openArchives } from './packed.js';

/**
 * @import * as contract from '../index.js'
 * @import { DataDrop } from '../wasm/mgdc_decrypt.js'
 * @import { Item } from './drop-file.js'
 * @import { AnyBlob } from './left-out.js'
 */

/** @typedef {File | contract.DropItem | contract.DropEntry} Added */

/** JSON values of a document that are read in one step: about a millisecond. */
const STEPS = 500;
/** Files that are examined at the same time. */
const AT_ONCE = 16;
/**
 * In a drop of more files than this, data files are examined only when they are decrypted, by the worker that reads
 * them anyway. Examining a file takes a browser up to a millisecond; for a hundred thousand it took two minutes.
 */
const EXAMINED = 1000;

/**
 * Makes the list of files, and passes every key details document to `handle` (the core's DataDrop).
 * @param {Iterable<Added>} files
 * @param {DataDrop} handle
 * @param {contract.OpenDropOptions} options
 */
export async function listFiles(files, handle, { signal, copyKeys = false }) {
  const yielder = new Yielder();
  const given = [...files].map(toItem);
  await replaceEmulated(given);
  const added = withoutPickedFolder(await distinct(given, yielder));
  const all = copyKeys ? added.map((item) => ({ ...item, copyKey: true })) : added;
  if (yielder.isDue) await yielder.yield();
  const outside = layoutOf(all);
  const items = await openArchives(all, outside, signal);
  if (yielder.isDue) await yielder.yield();
  const { root, roles } = items === all ? outside : layoutOf(items);
  const list = items.map((item, index) => fileOf(item, root, ROLES[roles[index]]));
  if (yielder.isDue) await yielder.yield();
  if (list.length > EXAMINED) leaveForLater(list, new Set(list.filter((_, index) => roles[index] === 'c')));
  await eachOf(
    list.filter(({ examined }) => examined),
    signal,
    (file) => look(file, handle),
  );
  // No entry can open them: examine some of them, to see whether they are encrypted at all.
  if (handle.entryCount === 0) await eachOf(unexamined(list), signal, (file) => look(file, handle));
  return list;
}

/**
 * The core's layout. Zero bytes separate the paths: no file system allows them in a name.
 * @param {Item[]} items
 * @returns {{ root: string, roles: string }}
 */
function layoutOf(items) {
  return wasm().layout(items.map(({ path }) => `${path.replaceAll('\0', '\ufffd')}\0`).join(''));
}

/**
 * Chooses which files are examined later. A renamed key details document is searched for among the `candidates`, those
 * that may be one by their path, unless there are too many of them.
 * @param {readonly DropFile[]} list
 * @param {Set<DropFile>} candidates
 */
function leaveForLater(list, candidates) {
  const isFew = candidates.size <= EXAMINED;
  for (const file of list)
    file.examined =
      file.role !== 'encrypted' || file.error !== null || isKeyName(file.path) || (isFew && candidates.has(file));
}

/**
 * Sets a file's error. Of what could not be taken out of an archive nothing is known, so it does not count as encrypted
 * either: the drop would seem to need key details.
 * @param {DropFile} file
 * @param {contract.MgdcDecryptError} error
 */
function fail(file, error) {
  file.error = error;
  if (file.role === 'encrypted' && /^ERR_(ARCHIVE|UNSAFE_NAME)$/.test(error.code)) file.role = 'clear';
}

/**
 * Makes the DropFile for an item. Not every path begins with the root: litter may lie beside it.
 * @param {Item} item
 * @param {string} root
 * @param {contract.Role} role
 */
function fileOf(item, root, role) {
  const file = new DropFile(item.path.startsWith(root) ? item.path.slice(root.length) : item.path, item, role);
  if (item.blob instanceof NoBlob && item.blob.error) {
    fail(file, item.blob.error);
  } else if (item.leftOut) file.role = 'left-out';
  else if (role === 'litter') file.leftOut = asLitter(item.path);
  return file;
}

/**
 * A sample of the files that were not examined: the first ones of each folder, as each dataset may have its own key.
 * @param {readonly DropFile[]} files
 */
export function unexamined(files) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const ranked = files
    .filter(({ examined }) => !examined)
    .map((file) => {
      const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
      const rank = seen.get(folder) ?? 0;
      seen.set(folder, rank + 1);
      return { file, rank };
    });
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, EXAMINED)
    .map(({ file }) => file);
}

/**
 * Calls `use` for each file, several at a time. What it throws becomes the file's error.
 * @param {readonly DropFile[] | Set<DropFile>} files
 * @param {AbortSignal | undefined} signal
 * @param {(file: DropFile) => Promise<unknown>} use
 */
export async function eachOf(files, signal, use) {
  const queue = files.values();
  const run = async () => {
    for (const file of queue) {
      if (signal?.aborted) throw aborted(signal.reason);
      await use(file).catch((error) => fail(file, toError(error)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
}

// The core's letters. Data counts as encrypted until its beginning shows that it is not.
/** @type {Record<string, contract.Role>} */
const ROLES = { k: 'key-details', m: 'metadata', l: 'litter', d: 'encrypted', c: 'encrypted' };
/** Letters of the roles that may hold key details. @type {Partial<Record<contract.Role, string>>} */
const LETTERS = { 'key-details': 'k', metadata: 'm', clear: 'd' };

/**
 * @param {DropFile} file
 * @param {DataDrop} handle
 */
async function look(file, handle) {
  const blob = DropFile.blobOf(file);
  file.examined = true;
  if (isCompanion(file) && !(await isAppleDouble(blob))) Object.assign(file, { role: 'encrypted', leftOut: null });
  if (['encrypted', 'metadata'].includes(file.role)) {
    const head = await readPart(blob, 0, Math.max(keyPart(blob), Math.min(blob.size, wasm().headLength())));
    if (!DropFile.copiesKey(file) && leaveOutIfKey(file, head, blob.size)) return;
    if (file.role === 'encrypted') recordIfClear(file, handle, blob.size, head.subarray(0, wasm().headLength()));
  }
  const letter = LETTERS[file.role];
  if (!letter || !handle.wants(file.path, letter, blob.size)) return;
  const bytes = await readPart(blob, 0, blob.size);
  if (!wasm().mentionsKeys(letter, bytes)) return;
  const added = await addDocument(file, bytes, handle);
  // Metadata keeps its role, and is delivered, because it holds more than keys.
  if (added > 0 && file.role === 'clear') file.role = 'key-details';
}

/**
 * Whether the name is that of a file that macOS writes beside `name`: `._name`. Names alone do not prove it: Hadoop's
 * checksum of `_SUCCESS` is called `._SUCCESS.crc`.
 * @param {DropFile} file
 */
function isCompanion({ role, path }) {
  return role === 'litter' && path.slice(path.lastIndexOf('/') + 1).startsWith('._');
}

/**
 * False for a file that cannot be read. It then counts as data, and fails when it is read again.
 * @param {AnyBlob} blob
 */
async function isAppleDouble(blob) {
  const head = await readPart(blob, 0, Math.min(blob.size, 64)).catch(() => new Uint8Array());
  return wasm().isAppleDouble(head);
}

/**
 * Records that a file is clear if its beginning proves it. If it looks encrypted, or like converted ciphertext, only a
 * key can tell.
 * @param {DropFile} file
 * @param {DataDrop} handle
 * @param {number} size
 * @param {Uint8Array} head
 */
function recordIfClear(file, handle, size, head) {
  if (wasm().clearContent(size, head) === undefined) return;
  DropFile.recordVerdict(file, handle.judge(size, head, new Uint8Array(), 'auto', false));
}

/**
 * Reads a document in turns, because ten thousand entries take a tenth of a second.
 * @param {DropFile} file
 * @param {Uint8Array} bytes
 * @param {DataDrop} handle
 */
async function addDocument(file, bytes, handle) {
  const yielder = new Yielder();
  const reader = handle.read(bytes);
  try {
    while (reader.step(STEPS)) if (yielder.isDue) await yielder.yield();
  } catch (error) {
    reader.free();
    throw error;
  }
  return handle.addRead(file.path, reader); // which frees it
}

/**
 * @param {Added} added
 * @returns {Item}
 */
function toItem(added) {
  const file = /** @type {Partial<File & Item> & { error?: contract.MgdcDecryptError }} */ (added ?? {});
  const { path, blob, name, webkitRelativePath: picked } = file;
  if (typeof path === 'string' && blob) return { ...file, path, blob: forWorkers(blob) };
  // Something that the walk through a folder found but cannot deliver.
  if (typeof path === 'string' && (file.leftOut || file.error)) return { ...file, path, blob: new NoBlob(file.error) };
  if (typeof name !== 'string') throw new TypeError('expected Files, or objects with path and blob');
  return { path: picked || name, blob: /** @type {File} */ (added), picked: Boolean(picked) };
}

/**
 * Refuses a Blob of fs.openAsBlob(), which Node cannot send to a worker. Trying to clone it is the only way to tell it
 * from other Blobs.
 * @template {AnyBlob} Taken
 * @param {Taken} blob
 */
function forWorkers(blob) {
  if (!globalThis.process?.versions?.node || !(blob instanceof Blob)) return blob;
  try {
    return structuredClone(blob) && blob;
  } catch (cause) {
    throw new TypeError(
      'a Blob of fs.openAsBlob() cannot be sent to a worker: pass `new Blob([await readFile(path)])`, or decrypt big ' +
        'files with DecryptionStream or the command line',
      { cause },
    );
  }
}

/**
 * Drops duplicates: a file that was added twice counts once.
 * @param {Item[]} items
 * @param {Yielder} yielder
 */
async function distinct(items, yielder) {
  const seen = new Distinct();
  /** @type {Item[]} */
  const fresh = [];
  for (const item of items) {
    if (yielder.isDue) await yielder.yield();
    const isNew = seen.add(item);
    if (isNew === true || (await isNew)) fresh.push(item);
  }
  return fresh;
}

/**
 * Removes the picked folder with which every path begins: it is not part of the drop.
 * @param {Item[]} items
 */
function withoutPickedFolder(items) {
  const [first] = items;
  const folder = first?.path.slice(0, first.path.indexOf('/') + 1);
  if (!folder || !items.every(({ path, picked }) => picked && path.startsWith(folder))) return items;
  return items.map((item) => ({ ...item, path: item.path.slice(folder.length) }));
}
