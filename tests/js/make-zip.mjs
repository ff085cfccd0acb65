/** Writes ZIP archives record by record, right ones and wrong ones. Uses Node's own zlib. */

import zlib from 'node:zlib';

/**
 * `entries`: `{ name, content }`, and what is to be unusual: `method` (0 or 8), `flags`, `crc`, `size`, `packed` (bytes),
 * `nameBytes`, `external`, `host`, `extra`, `localExtra`, `header` (offset of another local header), `zip64`,
 * `described` (a data descriptor follows). `comment`, `before`, `after`: bytes. Returns a Buffer.
 */
export function makeZip(
  entries,
  { comment = Buffer.alloc(0), before = Buffer.alloc(0), after = Buffer.alloc(0), zip64 = false, disk = 0 } = {},
) {
  /** @type {Buffer[]} */
  const locals = [];
  /** @type {Buffer[]} */
  const records = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '');
    const method = entry.method ?? 0;
    const packed = entry.packed ?? (method === 8 ? zlib.deflateRawSync(content) : content);
    const name = entry.nameBytes ?? Buffer.from(entry.name);
    const flags = (entry.flags ?? (entry.nameBytes ? 0 : 0x800)) | (entry.described ? 8 : 0);
    const [crc, size] = [entry.crc ?? zlib.crc32(content), entry.size ?? content.length];
    const wide = zip64 || entry.zip64;
    const [localCrc, localSize, localPacked] = entry.described ? [0, 0, 0] : [crc, size, packed.length];
    const common = (check, length, whole, extra) => [
      u16(flags),
      u16(method),
      u32(0x5b7d4a20),
      u32(check),
      u32(wide ? 0xffffffff : length),
      u32(wide ? 0xffffffff : whole),
      u16(name.length),
      u16(extra.length),
    ];
    const localWide = wide ? [u16(1), u16(16), u64(localSize), u64(localPacked)] : [];
    const localExtra = Buffer.concat([...localWide, entry.localExtra ?? Buffer.alloc(0)]);
    const local = Buffer.concat([
      u32(0x04034b50),
      u16(wide ? 45 : 20),
      ...common(localCrc, localPacked, localSize, localExtra),
      name,
      localExtra,
      packed,
      ...(entry.described ? [u32(0x08074b50), u32(crc), ...[packed.length, size].map(wide ? u64 : u32)] : []),
    ]);
    const header = entry.header ?? offset;
    const recordWide = wide ? [u16(1), u16(24), u64(size), u64(packed.length), u64(header)] : [];
    const recordExtra = Buffer.concat([...recordWide, entry.extra ?? Buffer.alloc(0)]);
    records.push(
      Buffer.concat([
        u32(0x02014b50),
        u16((entry.host ?? 3) << 8),
        u16(wide ? 45 : 20),
        ...common(crc, packed.length, size, recordExtra),
        u16(0),
        u16(0),
        u16(0),
        u32(entry.external ?? 0o100644 * 65536),
        u32(wide ? 0xffffffff : header),
        name,
        recordExtra,
      ]),
    );
    if (entry.header !== undefined) continue;
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(records);
  const end64 = [u32(0x06064b50), u64(44), u16(45), u16(45), u32(0), u32(0), u64(entries.length), u64(entries.length)];
  const wideEnd = [...end64, u64(directory.length), u64(offset), u32(0x07064b50), u32(0)];
  const end = [u32(0x06054b50), u16(disk), u16(disk)];
  const counts = zip64
    ? [u16(0xffff), u16(0xffff), u32(0xffffffff), u32(0xffffffff)]
    : [u16(entries.length % 65536), u16(entries.length % 65536), u32(directory.length), u32(offset)];
  return Buffer.concat([
    before,
    ...locals,
    directory,
    ...(zip64 ? [...wideEnd, u64(offset + directory.length), u32(1)] : []),
    ...end,
    ...counts,
    u16(comment.length),
    comment,
    after,
  ]);
}

export function u16(value) {
  return Buffer.from([value & 255, value >>> 8]);
}

export function u32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

export function u64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
