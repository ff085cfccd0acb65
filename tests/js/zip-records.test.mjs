/** The records of a ZIP file field by field, at the limits of 16 and 32 bits; and CRC-32 against Node's. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as zlib from 'node:zlib';
import { wasm } from '../../pkg/core/init.js';
import '../../pkg/index.js';
import {
  centralHeader,
  dataDescriptor,
  encodeName,
  endOfCentralDirectory,
  localHeader,
  MAX32,
} from '../../pkg/sinks/zip-records.js';

const crc32 = (previous, bytes) => wasm().crc32(previous, bytes);

const name = encodeName('ä.json');
const entry = {
  name,
  modified: new Date(2024, 1, 29, 13, 45, 59),
  crc: 0x89abcdef,
  size: 5,
  offset: 7,
  streamed: false,
  zip64: false,
};
const TIME = (13 << 11) | (45 << 5) | 29;
const DATE = ((2024 - 1980) << 9) | (2 << 5) | 29;
const hex = (bytes) => Buffer.from(bytes).toString('hex');

/** Little-endian `[bytes, value]`, then bytes. */
function record(fields, ...rest) {
  const numbers = fields.map(([width, value]) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    return bytes.subarray(0, width);
  });
  return hex(Buffer.concat([...numbers, ...rest]));
}

test('a local header, with and without a descriptor, with and without Zip64', () => {
  const of = (needed, flags, crc, size, extra) =>
    record(
      [
        [4, 0x04034b50],
        [2, needed],
        [2, flags],
        [2, 0],
        [2, TIME],
        [2, DATE],
        [4, crc],
        [4, size],
        [4, size],
        [2, 7],
        [2, extra.length],
      ],
      name,
      extra,
    );
  const zip64 = Buffer.from(`01001000${'00'.repeat(16)}`, 'hex');
  assert.equal(hex(localHeader(entry)), of(20, 0x0800, entry.crc, 5, Buffer.alloc(0)));
  assert.equal(hex(localHeader({ ...entry, streamed: true })), of(20, 0x0808, 0, 0, Buffer.alloc(0)));
  assert.equal(hex(localHeader({ ...entry, streamed: true, zip64: true })), of(45, 0x0808, 0, MAX32, zip64));
});

test('a data descriptor has 64 bits if the header announced it, or if 32 bits are not enough', () => {
  const of = (width, size) =>
    record([
      [4, 0x08074b50],
      [4, entry.crc],
      [width, size],
      [width, size],
    ]);
  assert.equal(hex(dataDescriptor(entry)), of(4, 5));
  assert.equal(hex(dataDescriptor({ ...entry, zip64: true })), of(8, 5));
  assert.equal(hex(dataDescriptor({ ...entry, size: MAX32 - 1 })), of(4, MAX32 - 1));
  assert.equal(hex(dataDescriptor({ ...entry, size: MAX32 })), of(8, MAX32));
});

test('a central header has exactly the 64-bit fields that are needed', () => {
  const of = (needed, flags, size, offset, ...wide) => {
    const extra =
      wide.length > 0
        ? Buffer.from(record([[2, 1], [2, 8 * wide.length], ...wide.map((value) => [8, value])]), 'hex')
        : Buffer.alloc(0);
    const fields = [
      [4, 0x02014b50],
      [2, (3 << 8) | 45],
      [2, needed],
      [2, flags],
      [2, 0],
      [2, TIME],
      [2, DATE],
      [4, entry.crc],
      [4, size],
      [4, size],
      [2, 7],
      [2, extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0o100644 * 65536],
      [4, offset],
    ];
    return record(fields, name, extra);
  };
  const big = 2 ** 40;
  assert.equal(hex(centralHeader(entry)), of(20, 0x0800, 5, 7));
  assert.equal(hex(centralHeader({ ...entry, streamed: true, zip64: true })), of(45, 0x0808, 5, 7));
  assert.equal(
    hex(centralHeader({ ...entry, size: MAX32 - 1, offset: MAX32 - 1 })),
    of(20, 0x0800, MAX32 - 1, MAX32 - 1),
  );
  assert.equal(hex(centralHeader({ ...entry, size: MAX32 })), of(45, 0x0800, MAX32, 7, MAX32, MAX32));
  assert.equal(hex(centralHeader({ ...entry, offset: MAX32 })), of(45, 0x0800, 5, MAX32, MAX32));
  assert.equal(
    hex(centralHeader({ ...entry, size: big, offset: big + 1 })),
    of(45, 0x0800, MAX32, MAX32, big, big, big + 1),
  );
});

test('values that do not fit are in the 64-bit end record', () => {
  const end = (entries, size, offset) =>
    record([
      [4, 0x06054b50],
      [2, 0],
      [2, 0],
      [2, entries],
      [2, entries],
      [4, size],
      [4, offset],
      [2, 0],
    ]);
  const all = (entries, offset, size) => [
    record([
      [4, 0x06064b50],
      [8, 44],
      [2, (3 << 8) | 45],
      [2, 45],
      [4, 0],
      [4, 0],
      [8, entries],
      [8, entries],
      [8, size],
      [8, offset],
    ]),
    record([
      [4, 0x07064b50],
      [4, 0],
      [8, offset + size],
      [4, 1],
    ]),
    end(Math.min(entries, 0xffff), Math.min(size, MAX32), Math.min(offset, MAX32)),
  ];
  const made = (entries, offset, size) => endOfCentralDirectory({ entries, offset, size }).map(hex);
  assert.deepEqual(made(0xfffe, MAX32 - 1, MAX32 - 2), [end(0xfffe, MAX32 - 2, MAX32 - 1)]);
  assert.deepEqual(made(0xffff, 3, 4), all(0xffff, 3, 4));
  assert.deepEqual(made(2, MAX32, 4), all(2, MAX32, 4));
  assert.deepEqual(made(2, 3, MAX32), all(2, 3, MAX32));
  assert.deepEqual(made(100_000, 2 ** 41, 2 ** 33), all(100_000, 2 ** 41, 2 ** 33));
});

test('times before 1980 and after 2107 become the first and the last possible one', () => {
  /** @param {[year: number, month: number, day?: number, hours?: number, minutes?: number, seconds?: number]} date */
  const at = (...date) => hex(localHeader({ ...entry, modified: new Date(...date) })).slice(20, 28);
  assert.equal(at(1979, 11, 31, 23, 59, 59), '00002100');
  assert.equal(at(1980, 0, 1, 0, 0, 0), '00002100');
  assert.equal(at(1980, 5, 15, 12, 30, 10), 'c563cf00');
  assert.equal(at(2107, 5, 15, 12, 30, 10), 'c563cffe');
  assert.equal(at(2107, 11, 31, 23, 59, 58), '7dbf9fff');
  assert.equal(at(2108, 0, 1), '7dbf9fff');
});

test('CRC-32 is that of zlib for any length, in one piece or two', {
  skip: 'crc32' in zlib ? false : 'this Node has none',
}, () => {
  const bytes = Buffer.from(Array.from({ length: 1100 }, (_, at) => (at * at * 31 + (at >> 3)) & 255));
  for (const length of [...Array(40).keys(), 255, 256, 257, 1100]) {
    const piece = bytes.subarray(bytes.length - length);
    assert.equal(crc32(0, piece), zlib.crc32(piece), `${length}`);
    const half = length >> 1;
    assert.equal(crc32(crc32(0, piece.subarray(0, half)), piece.subarray(half)), zlib.crc32(piece), `${length} in two`);
  }
});
