/**
 * Reads the directory of a ZIP archive, in pieces, so that memory holds only what is kept of each entry. Section numbers
 * refer to PKWARE's APPNOTE.TXT 6.3.10.
 */

import { joined, readPart } from '../core/bytes.js';
import { decodeName } from './entry-name.js';
import { uint64 } from './zip-end.js';

/**
 * @import { Readable } from '../core/bytes.js'
 * @import { Core } from './archive-entry.js'
 * @import { Directory } from './zip-end.js'
 */

/**
 * What the directory says of an entry. `header`: the offset of its local header; `type`: the type bits of a Unix mode.
 *
 * @typedef {object} ZipRecord
 * @property {string} name
 * @property {number} nameLength
 * @property {boolean} isFolder
 * @property {number} type
 * @property {number} flags
 * @property {number} method
 * @property {number} crc
 * @property {number} packed
 * @property {number} size
 * @property {number} header
 * @property {number} disk
 * @property {boolean} isWhole false if a size or place of more than 32 bits is missing
 */

/** Bytes of the directory that are read at a time. */
const PIECE = 1 << 20;
const SIGNATURE = 0x02014b50;
/** Bytes of a record without its variable parts, and at most with them. */
const LENGTH = 46;
const MOST = LENGTH + 3 * 0xffff;
const [MAX16, MAX32] = [0xffff, 0xffffffff];

/**
 * Yields each record; null in place of one or more that are damaged.
 * @param {Core} core
 * @param {Readable} blob
 * @param {Directory} directory
 * @returns {AsyncGenerator<ZipRecord | null, void>}
 */
export async function* records(core, blob, { start, end, shift }) {
  let bytes = new Uint8Array();
  let isLost = false;
  for (let at = 0; start < end || at < bytes.length; ) {
    if (bytes.length - at < MOST && start < end) {
      const next = await readPart(blob, start, Math.min(end, start + PIECE));
      start += next.length;
      [bytes, at] = [joined([bytes.subarray(at), next]), 0];
    }
    const view = new DataView(bytes.buffer, at);
    const length = lengthOf(view);
    if (length === 0) {
      if (!isLost) yield null;
      isLost = true;
      at += 1; // looks for the next one
      continue;
    }
    isLost = false;
    yield read(core, bytes.subarray(at, at + length), shift);
    at += length;
  }
}

/**
 * Bytes of the record that begins here; 0 if there is none.
 * @param {DataView} view
 */
function lengthOf(view) {
  if (view.byteLength < LENGTH || view.getUint32(0, true) !== SIGNATURE) return 0;
  const length = LENGTH + view.getUint16(28, true) + view.getUint16(30, true) + view.getUint16(32, true);
  return length <= view.byteLength ? length : 0;
}

/**
 * 4.3.12
 * @param {Core} core
 * @param {Uint8Array} bytes
 * @param {number} shift
 * @returns {ZipRecord}
 */
function read(core, bytes, shift) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const nameLength = view.getUint16(28, true);
  const [name, extra] = [LENGTH, LENGTH + nameLength];
  const fields = extraFields(bytes.subarray(extra, extra + view.getUint16(30, true)));
  // 4.5.3: only what does not fit elsewhere is there, in this order.
  const wide = fields.get(1);
  let [at, isWhole] = [0, true];
  /** @param {number} narrow */
  const widened = (narrow) => {
    if (narrow !== MAX32) return narrow;
    at += 8;
    if (!wide || wide.byteLength < at) isWhole = false;
    return isWhole && wide ? uint64(wide, at - 8) : 0;
  };
  const size = widened(view.getUint32(24, true));
  const packed = widened(view.getUint32(20, true));
  const header = widened(view.getUint32(42, true)) + shift;
  const narrowDisk = view.getUint16(34, true);
  const disk = narrowDisk === MAX16 && wide && wide.byteLength >= at + 4 ? wide.getUint32(at, true) : narrowDisk;
  const [host, external] = [view.getUint8(5), view.getUint32(38, true)];
  const unicode = fields.get(0x7075);
  const text = decodeName(
    bytes.subarray(name, extra),
    unicode ? new Uint8Array(unicode.buffer, unicode.byteOffset, unicode.byteLength) : null,
    core,
  );
  const isDos = [0, 10, 14].includes(host); // 4.4.2.2: FAT, NTFS, VFAT
  return {
    name: text,
    nameLength,
    isFolder: /[/\\]$/.test(text) || (isDos && (external & 0x10) !== 0 && size === 0),
    type: (external >>> 28) & 15,
    flags: view.getUint16(8, true),
    method: view.getUint16(10, true),
    crc: view.getUint32(16, true),
    packed,
    size,
    header,
    disk,
    isWhole,
  };
}

/**
 * 4.5: by their identifiers. What does not fit is ignored, as other readers do.
 * @param {Uint8Array} bytes
 */
function extraFields(bytes) {
  /** @type {Map<number, DataView>} */
  const fields = new Map();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = view.getUint16(at + 2, true);
    if (at + 4 + length > bytes.length) break;
    fields.set(view.getUint16(at, true), new DataView(bytes.buffer, bytes.byteOffset + at + 4, length));
    at += 4 + length;
  }
  return fields;
}
