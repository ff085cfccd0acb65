/**
 * The records of a ZIP file, byte by byte. Section numbers refer to PKWARE's APPNOTE.TXT 6.3.10.
 */

/**
 * `streamed`: size and CRC were not known when the local header was written, and follow in a data descriptor. `zip64`:
 * the local header announces a descriptor of 64 bits.
 *
 * @typedef {object} ZipEntry
 * @property {Uint8Array} name
 * @property {Date} modified
 * @property {number} crc
 * @property {number} size
 * @property {number} offset
 * @property {boolean} streamed
 * @property {boolean} zip64
 */
/** Little-endian. @typedef {[bytes: 2 | 4 | 8, value: number]} Field */

const encoder = new TextEncoder();

/**
 * The name as it is written in the records: UTF-8 (general purpose bit 11, appendix D).
 * @param {string} name
 */
export const encodeName = (name) => encoder.encode(name);

/**
 * 4.3.7
 * @param {Pick<ZipEntry, 'name' | 'modified' | 'crc' | 'size' | 'streamed' | 'zip64'>} entry
 */
export function localHeader({ name, modified, crc, size, streamed, zip64 }) {
  // 4.4.4: zero if a descriptor follows. For Zip64, 4.5.3 requires the marker in this field, and the extra field, even
  // though the size is not known yet; macOS's Archive Utility and libarchive insist on it
  // (github.com/uktrade/stream-zip/pull/28).
  const known = streamed ? (zip64 ? MAX32 : 0) : size;
  const extra = zip64
    ? pack([
        [2, 1],
        [2, 16],
        [8, 0],
        [8, 0],
      ])
    : NOTHING;
  return pack(
    [
      [4, 0x04034b50],
      [2, zip64 ? 45 : 20],
      [2, flags(streamed)],
      [2, STORED],
      ...dosTime(modified),
      [4, streamed ? 0 : crc],
      [4, known],
      [4, known],
      [2, name.length],
      [2, extra.length],
    ],
    name,
    extra,
  );
}

/**
 * 4.3.9, with the signature that 4.3.9.3 recommends. 64 bits if the local header announced that, or if the size does
 * not fit otherwise.
 * @param {Pick<ZipEntry, 'crc' | 'size' | 'zip64'>} entry
 */
export function dataDescriptor({ crc, size, zip64 }) {
  const width = zip64 || size >= MAX32 ? 8 : 4;
  return pack([
    [4, 0x08074b50],
    [4, crc],
    [width, size],
    [width, size],
  ]);
}

/**
 * 4.3.12
 * @param {ZipEntry} entry
 */
export function centralHeader({ name, modified, crc, size, offset, streamed, zip64 }) {
  // 4.5.3: only the fields that do not fit, in this order. Java rejects any other length.
  /** @type {Field[]} */
  const wide = [];
  if (size >= MAX32) wide.push([8, size], [8, size]);
  if (offset >= MAX32) wide.push([8, offset]);
  const extra = wide.length > 0 ? pack([[2, 1], [2, 8 * wide.length], ...wide]) : NOTHING;
  return pack(
    [
      [4, 0x02014b50],
      [2, MADE_BY],
      [2, zip64 || wide.length > 0 ? 45 : 20],
      [2, flags(streamed)],
      [2, STORED],
      ...dosTime(modified),
      [4, crc],
      [4, fit(size, MAX32)],
      [4, fit(size, MAX32)],
      [2, name.length],
      [2, extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, REGULAR_FILE],
      [4, fit(offset, MAX32)],
    ],
    name,
    extra,
  );
}

/**
 * 4.3.16, preceded by 4.3.14 and 4.3.15 if a value does not fit.
 * @param {{ entries: number, offset: number, size: number }} directory
 */
export function endOfCentralDirectory({ entries, offset, size }) {
  const end = pack([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, fit(entries, MAX16)],
    [2, fit(entries, MAX16)],
    [4, fit(size, MAX32)],
    [4, fit(offset, MAX32)],
    [2, 0],
  ]);
  if (entries < MAX16 && size < MAX32 && offset < MAX32) return [end];
  const end64 = pack([
    [4, 0x06064b50],
    [8, 44],
    [2, MADE_BY],
    [2, 45],
    [4, 0],
    [4, 0],
    [8, entries],
    [8, entries],
    [8, size],
    [8, offset],
  ]);
  const locator = pack([
    [4, 0x07064b50],
    [4, 0],
    [8, offset + size],
    [4, 1],
  ]);
  return [end64, locator, end];
}

/** A size from this value on does not fit: the value itself means "see the Zip64 field". */
export const MAX32 = 0xffffffff;
const MAX16 = 0xffff;
/** @type {(value: number, most: number) => number} */
const fit = (value, most) => Math.min(value, most);

const STORED = 0; // 4.4.5
const MADE_BY = (3 << 8) | 45; // 4.4.2: Unix, so that readers apply the mode below
const REGULAR_FILE = 0o100644 * 0x10000; // 4.4.15
const NOTHING = new Uint8Array(0);

/**
 * 4.4.4: bit 11 UTF-8, bit 3 data descriptor.
 * @param {boolean} streamed
 */
const flags = (streamed) => 0x0800 | (streamed ? 0x0008 : 0);

/**
 * 4.4.6: local time in steps of two seconds, 1980 to 2107.
 * @param {Date} date
 * @returns {[Field, Field]}
 */
function dosTime(date) {
  const year = date.getFullYear() - 1980;
  if (year < 0)
    return [
      [2, 0],
      [2, 0x0021],
    ];
  if (year > 127)
    return [
      [2, 0xbf7d],
      [2, 0xff9f],
    ];
  return [
    [2, (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1)],
    [2, (year << 9) | ((date.getMonth() + 1) << 5) | date.getDate()],
  ];
}

/**
 * Packs little-endian fields, given as [bytes, value], followed by the parts of variable length.
 * @param {Field[]} fields
 * @param {...Uint8Array} parts
 */
function pack(fields, ...parts) {
  const fixed = fields.reduce((sum, [width]) => sum + width, 0);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, fixed));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
