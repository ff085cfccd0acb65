/**
 * Opens the ZIP archives that a drop, or a part of it, was packed in: their entries take their place in the list.
 *
 * Which archive is opened: one that lies loose, in no folder below the drop's root; or anywhere, if the drop has neither
 * key details nor data outside of archives. If there is data outside of archives, a loose archive is opened only if it
 * holds a part of a drop: key details, or a file that looks encrypted. Any other archive is data, as is one inside an
 * archive, and a document that is a ZIP file inside (Office, EPUB, Java).
 *
 * Where its files come: to where the archive lies, as if it had been unpacked there. They get a folder of their own,
 * named after the archive, if one of their paths is taken by something else; and if files lie loose in an archive that
 * is not alone, because the archive's name may be all that tells their dataset.
 */

import { readPart } from '../core/bytes.js';
import { notLoaded, toError } from '../core/errors.js';
import { wasm } from '../core/init.js';
import { Yielder } from '../core/yielding.js';
import { NoBlob } from './left-out.js';

/**
 * @import { Found } from '../archive/open-zip.js'
 * @import { FileOnDisk } from '../index.js'
 * @import { Item } from './drop-file.js'
 * @import { AnyBlob } from './left-out.js'
 */

/**
 * Loads the reader of ZIP archives, which most drops do not need.
 *
 * @typedef {typeof import('../archive/open-zip.js') & typeof import('../archive/places.js') &
 * typeof import('../archive/zip-end.js')} ZipReader
 * @typedef {() => Promise<ZipReader>} Load
 */
/** An item that is a ZIP archive, and what is in it. @typedef {{ item: Item, files: Found[] }} Opened */

/** More files than this are taken for a drop, not for a few archives. */
const MANY = 1000;
/** Files that are looked at at the same time. */
const AT_ONCE = 16;
/** Names of data files: these are not looked at, for each look costs a browser up to a millisecond. */
const DATA = /\.(json|csv|parquet|txt)(\.gz)?$/i;
/** Files of an archive whose beginning is looked at. */
const SAMPLE = 8;
const ZIP = 'a ZIP archive';

/** By archive, so that opening a drop again gives the same entries. @type {WeakMap<AnyBlob, Promise<Found[]>>} */
const known = new WeakMap();

/**
 * The items, with the files of packed drops in place of their archives; the same array if there are none.
 * @param {Item[]} items
 * @param {{ root: string, roles: string }} layout of the items
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<Item[]>}
 */
export async function openArchives(items, { root, roles }, signal) {
  const data = items.filter(
    ({ blob, leftOut }, index) => 'dc'.includes(roles[index]) && !leftOut && !(blob instanceof NoBlob),
  );
  const loose = data.filter(({ path }) => isLoose(path.startsWith(root) ? path.slice(root.length) : path));
  const hasDetails = roles.includes('k');
  const isAnywhere = !hasDetails && loose.length === 0;
  const candidates = isAnywhere ? data : loose;
  if (candidates.length === 0 || candidates.length > MANY) return items;
  /** @type {ReturnType<Load> | undefined} */
  let reader;
  const load = () => (reader ??= loadReader());
  /** @type {(string | undefined)[]} */
  const kinds = [];
  while (kinds.length < candidates.length) {
    const some = candidates.slice(kinds.length, kinds.length + AT_ONCE);
    kinds.push(...(await Promise.all(some.map((item) => kindOf(item, load)))));
  }
  const isAll = data.length === kinds.filter(Boolean).length;
  if (isAnywhere && !isAll) return items;
  /** @type {Opened[]} */
  const opened = [];
  for (const [index, item] of candidates.entries()) {
    if (kinds[index] !== ZIP) continue;
    const files = await filesOf(item, load, signal).catch((error) => toError(error));
    if (files instanceof Error && files.code === 'ERR_ABORTED') throw files;
    const isSure = isAll || !hasDetails;
    if (files instanceof Error) Object.assign(item, isSure ? { blob: new NoBlob(files) } : { note: files.message });
    else if (isSure || (await holdsDrop(files))) opened.push({ item, files });
  }
  return opened.length === 0 ? items : unpacked(items, opened, load);
}

/**
 * Whether a path lies in no folder. The page puts a second file of the same name into a numbered one.
 * @param {string} path
 */
function isLoose(path) {
  return !path.replace(NUMBERED, '').includes('/');
}

const NUMBERED = /^\(\d+\)\//;

/**
 * The kind of archive that an item is. A file that is named `.zip` is one, too, if it only ends like one, or begins like
 * a document.
 * @param {Item} item
 * @param {Load} load
 */
async function kindOf({ path, blob }, load) {
  if (DATA.test(path)) return undefined;
  try {
    const head = await readPart(blob, 0, Math.min(blob.size, wasm().headLength()));
    const kind = wasm().archive(head);
    if (kind || !/\.zip$/i.test(path)) return kind;
    if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3) return ZIP;
    const reader = await load().catch(() => null); // which opening it will tell
    return !reader || (await reader.endsLikeZip(blob)) ? ZIP : undefined;
  } catch {
    return undefined; // it counts as data, and fails when it is read again
  }
}

/**
 * @param {Item} item
 * @param {Load} load
 * @param {AbortSignal | undefined} signal
 */
function filesOf({ path, blob }, load, signal) {
  const archive = /** @type {Blob | FileOnDisk} */ (blob);
  const source = 'source' in archive ? archive.source : archive;
  const files = known.get(archive) ?? load().then(({ openZip }) => openZip(wasm(), archive, source, path, signal));
  known.set(archive, files);
  files.catch(() => known.delete(archive));
  return files;
}

/** @type {Load} */
async function loadReader() {
  const reader = await import('../archive.js').catch(notLoaded('the reader of ZIP archives'));
  return /** @type {ZipReader} */ (/** @type {unknown} */ (reader));
}

/**
 * Whether files look like a part of a drop.
 * @param {Found[]} files
 */
async function holdsDrop(files) {
  if (files.some(({ path }) => /(?:^|\/)encryptionKeyDetails[^/]*\.json(?:\.txt)?$/i.test(path))) return true;
  const sample = files.filter(({ path, blob }) => blob && wasm().litter(path) === undefined).slice(0, SAMPLE);
  const looks = await Promise.all(sample.map(({ blob }) => blob && looksEncrypted(blob)));
  return looks.includes(true);
}

/** @param {NonNullable<Found['blob']>} blob */
async function looksEncrypted(blob) {
  if (blob.size === 0 || blob.size % 16 !== 0) return false;
  const head = await readPart(blob, 0, Math.min(blob.size, wasm().headLength())).catch(() => null);
  return head !== null && wasm().clearContent(blob.size, head) === undefined;
}

/**
 * @param {Item[]} items
 * @param {Opened[]} opened
 * @param {Load} load
 */
async function unpacked(items, opened, load) {
  const yielder = new Yielder();
  const archives = new Map(opened.map(({ item, files }) => [item, files]));
  const others = items.filter((item) => !archives.has(item));
  const blobs = new Set(others.map(({ blob }) => blob));
  const { placesOf } = await load();
  const places = await placesOf(
    opened.map(({ item, files }) => ({ path: item.path.replace(NUMBERED, ''), files })),
    others.map(({ path }) => path),
    isLitter,
    yielder,
  );
  /** @type {Item[]} */
  const list = [];
  for (const item of items) {
    const files = archives.get(item);
    if (!files) {
      list.push(item);
      continue;
    }
    const place = places.shift(); // in the order of the items
    for (const { path, blob, error, note } of files) {
      if (yielder.isDue) await yielder.yield();
      // One that is listed already was taken out of the archive, to be copied though it is a private key.
      if (blob && blobs.has(blob)) continue;
      const { copyKey, path: archive } = item;
      list.push({ path: place + path, blob: blob ?? new NoBlob(error && toError(error)), copyKey, note, archive });
    }
  }
  return list;
}

/** @param {string} path */
function isLitter(path) {
  return wasm().litter(path) !== undefined;
}
