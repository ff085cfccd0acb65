/** What was added → the files of a drop: paths, roles, key details documents. Reads only beginnings. */

import { readPart } from './bytes.js';
import { Distinct } from './distinct.js';
import { aborted, toError } from './errors.js';
import { wasm } from './init.js';
import { Turns } from './turns.js';

/** Most bytes of a key details document: 100,000 entries. Its JSON takes some times as much memory, and a second to read. */
const DOCUMENT_LIMIT = 64 << 20;
/** Most bytes of what may be one under another name: those have a few KiB. */
const CANDIDATE_LIMIT = 1 << 20;
/** Values of one that are looked at in one go: about a millisecond. */
const STEPS = 500;
/** Files that are looked at side by side. */
const AT_ONCE = 16;
/**
 * In a drop of more files than this, data files are looked at when they are decrypted, by the worker that reads them
 * anyway: a look takes a browser up to a millisecond, and a hundred thousand of them two minutes.
 */
const EXAMINED = 1000;

/** One file of a drop: see DropFile in index.d.ts. */
export class DropFile {
  #blob;

  constructor(path, blob, role) {
    this.path = path;
    this.role = role;
    this.content = null;
    this.keyDetails = null;
    this.error = null;
    this.examined = true;
    this.#blob = blob;
    // Asked for late: Chromium asks the disk.
    Object.defineProperty(this, 'size', { enumerable: true, get: () => blob.size });
  }

  /** For the other modules of this package. */
  static blobOf(file) {
    return file.#blob;
  }

  /** How it is compressed, once a key has opened its beginning. */
  get isCompressed() {
    return this.role === 'encrypted' && ['gzip', 'zlib', 'deflate'].includes(this.content);
  }
}

/** Lists the files, and gives every key details document to `handle` (the core's DataDrop). */
export async function listFiles(files, handle, signal) {
  const turns = new Turns();
  const items = withoutPickedFolder(await distinct([...files].map(toItem), turns));
  if (turns.over) await turns.next();
  // No file system has a zero byte in a name.
  const paths = items.map(({ path }) => `${path.replaceAll('\0', '\ufffd')}\0`).join('');
  const { root, roles } = wasm().layout(paths);
  const list = items.map(({ path, blob }, index) => new DropFile(path.slice(root.length), blob, ROLES[roles[index]]));
  if (turns.over) await turns.next();
  if (list.length > EXAMINED) leaveForLater(list);
  await eachOf(list.filter(({ examined }) => examined), signal, (file) => look(file, handle));
  // Nothing that could open them: then look at some, whether they are encrypted at all.
  if (handle.entryCount === 0) await eachOf(unexamined(list), signal, (file) => look(file, handle));
  return list;
}

// A key details document that was renamed is found among a few loose files; among very many of them, in what follows.
function leaveForLater(list) {
  const isFew = list.filter(isLoose).length <= EXAMINED;
  for (const file of list) file.examined = file.role !== 'encrypted' || (isFew && isLoose(file));
}

/** Some of the files that nobody has looked at: of each folder the first ones, for each data set may have its own key. */
export function unexamined(files) {
  const seen = new Map();
  const turns = files.filter(({ examined }) => !examined).map((file) => {
    const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
    const turn = seen.get(folder) ?? 0;
    seen.set(folder, turn + 1);
    return { file, turn };
  });
  return turns.sort((one, other) => one.turn - other.turn).slice(0, EXAMINED).map(({ file }) => file);
}

/** Notes what a look at its two ends has shown: the entry that opens it, or none for a clear one, and its content. */
export function take(file, entry, content) {
  if (!file.examined && entry === null) file.role = 'clear';
  Object.assign(file, { keyDetails: entry, content, error: null, examined: true });
}

/** Calls `use` for each file, some at a time; what it throws becomes the file's error. */
export async function eachOf(files, signal, use) {
  const queue = files.values();
  const run = async () => {
    for (const file of queue) {
      if (signal?.aborted) throw aborted(signal.reason);
      await use(file).catch((error) => (file.error = toError(error)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
}

// A renamed key details document lies beside the folders of the drop, not in them.
function isLoose({ path }) {
  return !path.includes('/') && path.endsWith('.json');
}

// Data counts as encrypted until its beginning says otherwise.
const ROLES = { k: 'key-details', m: 'metadata', d: 'encrypted' };

async function look(file, handle) {
  const blob = DropFile.blobOf(file);
  file.examined = true;
  if (file.role === 'key-details') return readDocument(file, blob, handle);
  if (file.role === 'encrypted') {
    const head = await readPart(blob, 0, Math.min(blob.size, wasm().headLength()));
    file.content = wasm().clearContent(blob.size, head) ?? null;
    if (file.content) file.role = 'clear';
  }
  // The sibling scheme keeps the key details in the job's metadata; and a document may have been renamed. Not a data file:
  // whoever writes a mail must not write keys.
  const candidate = file.role === 'metadata' ? file.path.endsWith('.json') : file.content === 'json' && isLoose(file);
  if (!candidate || blob.size > CANDIDATE_LIMIT) return;
  const bytes = await readPart(blob, 0, blob.size);
  if (!speaksOfKeys(bytes)) return;
  const added = await addDocument(file, bytes, handle);
  // Metadata holds more than keys, and is delivered all the same.
  if (added > 0 && file.role === 'clear') file.role = 'key-details';
}

async function readDocument(file, blob, handle) {
  if (blob.size > DOCUMENT_LIMIT) handle.refuseDocument(file.path, blob.size, DOCUMENT_LIMIT);
  else await addDocument(file, await readPart(blob, 0, blob.size), handle);
}

/** In turns: ten thousand entries take a tenth of a second. */
async function addDocument(file, bytes, handle) {
  const turns = new Turns();
  const reader = handle.read(bytes);
  try {
    while (reader.step(STEPS)) if (turns.over) await turns.next();
  } catch (error) {
    reader.free();
    throw error;
  }
  return handle.addRead(file.path, reader); // which frees it
}

/** Latin-1 with the zero bytes of UTF-16 taken out: enough to find an ASCII word. */
function speaksOfKeys(bytes) {
  return /decryption_?key/i.test(new TextDecoder('latin1').decode(bytes).replaceAll('\0', ''));
}

function toItem(file) {
  if (typeof file?.path === 'string' && file.blob) return { path: file.path, blob: forWorkers(file.blob) };
  if (typeof file?.name !== 'string') throw new TypeError('expected Files, or objects with path and blob');
  const picked = file.webkitRelativePath;
  return { path: picked || file.name, blob: file, picked: Boolean(picked) };
}

/** Node refuses to send a worker what fs.openAsBlob() gives; and nothing else tells that from other Blobs. */
function forWorkers(blob) {
  if (!globalThis.process?.versions?.node || !(blob instanceof Blob)) return blob;
  try {
    return structuredClone(blob) && blob;
  } catch (cause) {
    throw new TypeError('a Blob of fs.openAsBlob() cannot go to a worker: pass `new Blob([await readFile(path)])`, or decrypt big files with DecryptionStream or the command line', { cause });
  }
}

/** The same file added twice counts once. */
async function distinct(items, turns) {
  const seen = new Distinct();
  const fresh = [];
  for (const item of items) {
    if (turns.over) await turns.next();
    const isNew = seen.add(item);
    if (isNew === true || (await isNew)) fresh.push(item);
  }
  return fresh;
}

/** A picked folder stands before every path; it is no part of the drop. */
function withoutPickedFolder(items) {
  const [first] = items;
  const folder = first?.path.slice(0, first.path.indexOf('/') + 1);
  if (!folder || !items.every(({ path, picked }) => picked && path.startsWith(folder))) return items;
  return items.map((item) => ({ ...item, path: item.path.slice(folder.length) }));
}
