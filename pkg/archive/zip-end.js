/**
 * Finds the directory of a ZIP archive from its end. Section numbers refer to PKWARE's APPNOTE.TXT 6.3.10.
 */

import { readPart } from '../core/bytes.js';
import { MgdcDecryptError } from '../core/errors.js';

/** @import { Readable } from '../core/bytes.js' */

/**
 * Where the directory is. `shift`: what is to be added to the offsets in it, because something was put in front of the
 * archive.
 *
 * @typedef {object} Directory
 * @property {number} start
 * @property {number} end
 * @property {number} count
 * @property {number} shift
 */
/** An end record: what it says. @typedef {{ count: number, size: number, offset: number, disk: number }} End */

const [END, END64, LOCATOR, HEADER] = [0x06054b50, 0x06064b50, 0x07064b50, 0x02014b50];
/** Bytes of the records without their variable parts. */
const [END_LENGTH, END64_LENGTH, LOCATOR_LENGTH] = [22, 56, 20];
/** The end record and the longest comment. */
const WINDOW = END_LENGTH + 0xffff;
/** Places that look like an end record and are tried. A comment may contain as many as it likes. */
const MOST = 64;

/**
 * The directory of an archive. Comments may look like an end record, and bytes may precede or follow the archive: the
 * last end record counts whose directory is where it should be.
 * @param {Readable} blob
 * @returns {Promise<Directory>}
 */
export async function findDirectory(blob) {
  const from = Math.max(0, blob.size - WINDOW);
  const bytes = await readPart(blob, from, blob.size);
  const view = new DataView(bytes.buffer);
  /** @type {End | null} */
  let lost = null;
  for (let at = bytes.length - END_LENGTH, tried = 0; at >= 0 && tried < MOST; at -= 1) {
    if (view.getUint32(at, true) !== END) continue;
    if (at + END_LENGTH + view.getUint16(at + 20, true) > bytes.length) continue;
    tried += 1;
    const [end, stop] = await wider(blob, readEnd(view, at), from + at);
    const found = await placed(blob, end, stop);
    if (found) return found;
    lost ??= end;
  }
  throw await noDirectory(blob, lost);
}

/**
 * Whether a file is an archive, whatever it begins with: one behind other bytes, or the last part of a split one.
 * @param {Readable} blob
 */
export async function endsLikeZip(blob) {
  if (blob.size < END_LENGTH) return false;
  const end = await viewOf(blob, blob.size - END_LENGTH, END_LENGTH);
  return end.getUint32(0, true) === END || findDirectory(blob).then(Boolean, () => false);
}

/**
 * 4.3.16
 * @param {DataView} view
 * @param {number} at
 * @returns {End}
 */
function readEnd(view, at) {
  const disk = view.getUint16(at + 4, true);
  const count = view.getUint16(at + 10, true);
  return { disk, count, size: view.getUint32(at + 12, true), offset: view.getUint32(at + 16, true) };
}

/**
 * The Zip64 record instead, if there is one before the end record (4.3.14, 4.3.15); and where the directory should end.
 * @param {Readable} blob
 * @param {End} end
 * @param {number} at
 * @returns {Promise<[End, number]>}
 */
async function wider(blob, end, at) {
  const before = at - LOCATOR_LENGTH;
  if (before < 0) return [end, at];
  const locator = await viewOf(blob, before, LOCATOR_LENGTH);
  if (locator.getUint32(0, true) !== LOCATOR) return [end, at];
  // Where it says, or, if something was put in front of the archive, right before its locator.
  for (const start of [uint64(locator, 8), before - END64_LENGTH]) {
    if (start < 0 || start + END64_LENGTH > before) continue;
    const record = await viewOf(blob, start, END64_LENGTH);
    if (record.getUint32(0, true) !== END64) continue;
    const [count, size, offset] = [uint64(record, 32), uint64(record, 40), uint64(record, 48)];
    return [{ disk: record.getUint32(16, true), count, size, offset }, start];
  }
  return [end, at];
}

/**
 * The directory that an end record describes, if it is there. `stop`: where it should end.
 * @param {Readable} blob
 * @param {End} end
 * @param {number} stop
 * @returns {Promise<Directory | null>}
 */
async function placed(blob, { disk, count, size, offset }, stop) {
  if (disk !== 0) return null;
  if (count === 0 && size === 0) return { start: stop, end: stop, count, shift: 0 };
  for (const start of [stop - size, offset]) {
    if (start < 0 || start + 4 > blob.size) continue;
    if ((await viewOf(blob, start, 4)).getUint32(0, true) !== HEADER) continue;
    return { start, end: Math.min(stop, start + size), count, shift: Math.max(0, start - offset) };
  }
  return null;
}

/**
 * @param {Readable} blob
 * @param {End | null} lost an end record without a directory
 */
async function noDirectory(blob, lost) {
  const start = blob.size < 4 ? 0 : (await viewOf(blob, 0, 4)).getUint32(0, true);
  // 4.3.1 to 4.3.3: a split archive begins with this marker, and its directory is in the last part.
  if (start === 0x08074b50 || (lost && lost.disk !== 0))
    return new MgdcDecryptError(
      'ERR_ARCHIVE',
      'this is a part of a split ZIP archive (.z01, .z02, …): unpack it with 7-Zip, with all parts in one folder, then ' +
        'give the folder',
    );
  const problem = lost
    ? 'its directory is not where its end says, so bytes are missing or were changed'
    : 'it has no end, so it was probably cut off';
  return new MgdcDecryptError('ERR_ARCHIVE', `this ZIP archive is damaged: ${problem}; download it again`);
}

/**
 * @param {Readable} blob
 * @param {number} start
 * @param {number} length
 */
async function viewOf(blob, start, length) {
  return new DataView((await readPart(blob, start, start + length)).buffer);
}

/**
 * Exact up to 2^53; what lies beyond is beyond every file, too.
 * @param {DataView} view
 * @param {number} at
 */
export function uint64(view, at) {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}
