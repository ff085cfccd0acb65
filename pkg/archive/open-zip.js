/** The entries of a ZIP archive as files: from its directory alone, nothing is unpacked. */

import { readPart } from '../core/bytes.js';
import { aborted, MgdcDecryptError } from '../core/errors.js';
import { Yielder } from '../core/yielding.js';
import { ArchiveEntry } from './archive-entry.js';
import { pathOf, shown, whyUnsafe } from './entry-name.js';
import { damaged, LOCAL_HEADER } from './entry-source.js';
import { records } from './zip-directory.js';
import { findDirectory } from './zip-end.js';

/**
 * @import { FileOnDisk } from '../index.js'
 * @import { Core } from './archive-entry.js'
 * @import { EntrySource } from './entry-source.js'
 * @import { ZipRecord } from './zip-directory.js'
 */

/**
 * A file of an archive: its content, or why there is none. `note`: a remark about its path.
 *
 * @typedef {object} Found
 * @property {string} path
 * @property {ArchiveEntry} [blob]
 * @property {MgdcDecryptError} [error]
 * @property {string} [note]
 */
/** @typedef {{ record: ZipRecord, found: Found }} Listed */

/**
 * Most entries: a list of them takes some 500 bytes each. A folder of so many files would be split, too.
 */
const MOST = 1_000_000;

/**
 * The files of an archive, in the order of its directory. Throws ERR_ARCHIVE if the archive as a whole cannot be read;
 * a file that cannot be read has an `error`.
 * @param {Core} core
 * @param {Blob | FileOnDisk} blob
 * @param {Blob | FileOnDisk['source']} archive what a worker reads
 * @param {string} archiveName its path in the drop, for messages
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<Found[]>}
 */
export async function openZip(core, blob, archive, archiveName, signal) {
  const directory = await findDirectory(blob);
  if (directory.count > MOST) throw tooMany(directory.count);
  const modified = 'lastModified' in blob ? blob.lastModified : undefined;
  const yielder = new Yielder();
  /** @type {Listed[]} */
  const files = [];
  let isBroken = false;
  for await (const record of records(core, blob, directory)) {
    if (yielder.isDue) await yielder.yield();
    if (signal?.aborted) throw aborted(signal.reason);
    if (files.length >= MOST) throw tooMany(files.length);
    if (!record) isBroken = true;
    else if (!record.isFolder) files.push({ record, found: fileOf(record) });
    else if (record.size > 0) files.push({ record, found: { path: pathOf(record.name), error: noFile(record) } });
  }
  await failOverlaps(blob, files, archiveName, directory.start, yielder);
  const all = files.map(({ found }) => found);
  if (isBroken) all.push(brokenDirectory(archiveName));
  await distinguish(all, yielder);
  return all;

  /**
   * @param {ZipRecord} record
   * @returns {Found}
   */
  function fileOf(record) {
    const { name, nameLength, header, packed, crc, size } = record;
    const path = pathOf(name);
    const unsafe = whyUnsafe(path) ?? (IRREGULAR[record.type] && `it is ${IRREGULAR[record.type]}, not a file`);
    if (unsafe) return { path: shown(path), error: unsafeName(archiveName, name, unsafe) };
    const error = unreadable(record, archiveName, blob.size);
    if (error) return { path, error };
    /** @type {EntrySource} */
    const source = {
      entry: {
        archive,
        archiveName,
        name: shown(path),
        header,
        nameLength,
        packed,
        deflated: record.method === 8,
        crc,
      },
      size,
      modified,
    };
    return { path, blob: new ArchiveEntry(core, blob, source) };
  }

  /** @param {ZipRecord} record */
  function noFile({ name }) {
    return unsafeName(archiveName, name, 'it is a folder with content');
  }
}

/**
 * Numbers the later ones of several entries with the same path, because a path names one file of a drop.
 * @param {Found[]} files
 * @param {Yielder} yielder
 */
async function distinguish(files, yielder) {
  const taken = new Set();
  for (const found of files) {
    if (yielder.isDue) await yielder.yield();
    taken.add(found.path);
  }
  if (taken.size === files.length) return;
  const seen = new Set();
  /** The next number to try for each path. @type {Map<string, number>} */
  const numbers = new Map();
  for (const found of files) {
    if (yielder.isDue) await yielder.yield();
    const { path } = found;
    for (let number = numbers.get(path) ?? 2; seen.has(found.path); number += 1) {
      const numbered = path.replace(/(\.[^./\s]{1,20})?$/, (ending) => ` (${number})${ending}`);
      if (!taken.has(numbered) && !seen.has(numbered)) found.path = numbered;
      numbers.set(path, number + 1);
    }
    seen.add(found.path);
    if (found.path !== path) found.note = 'its archive has several entries of this name, so a number was added';
  }
}

/** Types of a Unix mode (stat(2)) that are no files. @type {Record<number, string>} */
const IRREGULAR = { 1: 'a named pipe', 2: 'a device', 6: 'a device', 10: 'a link', 12: 'a socket' };

/** Methods of compression (APPNOTE.TXT, 4.4.5) that this package does not undo. @type {Record<number, string>} */
const METHODS = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  20: 'Zstandard',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
};

/** @type {(method: number) => string} */
const nameOf = (method) => METHODS[method] ?? `method ${method}`;

const UNPACK = 'unpack the archive with 7-Zip, then give the folder';

/**
 * Why an entry cannot be read at all, or null.
 * @param {ZipRecord} record
 * @param {string} archiveName
 * @param {number} length of the archive
 */
function unreadable({ name, flags, method, packed, size, header, disk, isWhole }, archiveName, length) {
  const what = `the entry ${shown(pathOf(name))} of the archive ${archiveName}`;
  /** @param {string} message */
  const fail = (message) => new MgdcDecryptError('ERR_ARCHIVE', `${what} ${message}`);
  /** @param {string} problem */
  const broken = (problem) => fail(`is damaged: ${problem}; download the archive again`);
  // 4.4.4: bit 0, encrypted; bit 6, strong encryption; bit 13, its directory is encrypted. 99: AES of WinZip.
  if (flags & 0x2041 || method === 99) return fail(`is encrypted with a password of its own: ${UNPACK}`);
  if (method !== 0 && method !== 8)
    return fail(`is compressed with ${nameOf(method)}, which is not read here: ${UNPACK}`);
  if (flags & 0x20) return fail(`is a patch for another file: ${UNPACK}`);
  if (disk !== 0) return fail(`lies in another part of a split archive (.z01, .z02, …): ${UNPACK}`);
  if (!isWhole) return broken('its size or place is missing (Zip64)');
  if (method === 0 && packed !== size) return broken('it is stored, but its two sizes differ');
  // 1032 times is the most that deflate can do.
  if (method === 8 && size > 1032 * packed) return broken('its sizes contradict each other');
  // The name may be longer here than in the local header, which alone says where the content begins.
  if (header + LOCAL_HEADER + packed > length)
    return broken('it ends beyond the end of the archive, which seems to be cut off');
  return null;
}

/**
 * Entries must not share bytes: a few kilobytes that many entries share would expand without end. Of entries at the same
 * place the first one of the directory is taken. One that reaches into another one fails, unless there is none at the
 * other's place.
 * @param {Blob | FileOnDisk} blob
 * @param {Listed[]} files
 * @param {string} archiveName
 * @param {number} limit where the directory begins
 * @param {Yielder} yielder
 */
async function failOverlaps(blob, files, archiveName, limit, yielder) {
  const readable = files.filter(({ found }) => !found.error);
  const isSorted = readable.every((file, at) => at === 0 || readable[at - 1].record.header <= file.record.header);
  if (!isSorted) readable.sort((one, other) => one.record.header - other.record.header);
  /** @param {Listed} file @param {string} other */
  const fail = ({ found }, other) => {
    const { code, message } = damaged({ archiveName, name: found.path }, `it shares bytes with ${other}`);
    Object.assign(found, { blob: undefined, error: new MgdcDecryptError(code, message) });
  };
  /** @type {Listed | null} */
  let before = null;
  for (const file of readable) {
    if (yielder.isDue) await yielder.yield();
    const { header } = file.record;
    if (before?.record.header === header) {
      fail(file, `the entry ${before.found.path}`);
      continue;
    }
    if (before && endOf(before) > header && (await isEntry(blob, header))) fail(before, `the entry ${file.found.path}`);
    if (endOf(file) > limit && header < limit) fail(file, 'the directory');
    before = file;
  }
}

/**
 * Where the content of an entry ends at the earliest: its local header has a name, too.
 * @param {Listed} file
 */
function endOf({ record: { header, packed } }) {
  return header + LOCAL_HEADER + packed;
}

/**
 * @param {Blob | FileOnDisk} blob
 * @param {number} header
 */
async function isEntry(blob, header) {
  const bytes = await readPart(blob, header, header + 4);
  return new DataView(bytes.buffer).getUint32(0, true) === 0x04034b50;
}

/**
 * @param {string} archiveName
 * @param {string} name
 * @param {string} problem
 */
function unsafeName(archiveName, name, problem) {
  const message = `the entry ${shown(name)} of the archive ${archiveName} is not taken: ${problem}; ${REPACK}`;
  return new MgdcDecryptError('ERR_UNSAFE_NAME', message);
}

const REPACK = 'check where the archive comes from; if you trust it, unpack it, and give the folder';

/**
 * @param {string} archiveName
 * @returns {Found}
 */
function brokenDirectory(archiveName) {
  const message = `the directory of this ZIP archive is damaged, and entries are missing; download it again`;
  return {
    path: archiveName.slice(archiveName.lastIndexOf('/') + 1),
    error: new MgdcDecryptError('ERR_ARCHIVE', message),
  };
}

/** @param {number} count */
function tooMany(count) {
  const message = `this ZIP archive has ${count} entries or more, and at most ${MOST} are read here: ${UNPACK}`;
  return new MgdcDecryptError('ERR_ARCHIVE', message);
}
