/** Zip64: numbers that do not fit in 16 or 32 bits. */

import assert from 'node:assert/strict';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import zlib from 'node:zlib';
import { zipSink } from '../../pkg/index.js';
import { folder, python, sevenZip, unzip, verify } from '../js/zip-readers.mjs';
import { put, save, zip } from '../js/zip-target.mjs';

const MIB = 2 ** 20;

test('more than 65,535 entries', async () => {
  const files = new Map();
  for (let i = 0; i < 65_600; i++) files.set(`${i % 100}/${i}`, Buffer.from(String(i)));
  const { bytes } = await zip(async (sink) => {
    for (const [name, content] of files) await put(sink, name, content);
  });
  await verify(await save(bytes), files);
});

test('an entry and offsets of more than 4 GiB', async () => {
  const path = join(folder, 'huge.zip');
  const zeros = new Uint8Array(64 * MIB);
  const count = 65;
  const file = await open(path, 'w');
  let at = 0;
  const sparse = new WritableStream({
    async write(chunk) {
      if (chunk.buffer !== zeros.buffer) await file.write(chunk, 0, chunk.length, at);
      at += chunk.length;
    },
    close: () => file.close(),
  });
  const sink = zipSink(sparse);
  await put(sink, 'before', Buffer.from('before'));
  const writer = sink.open('huge', { size: null }).getWriter();
  for (let i = 0; i < count; i++) await writer.write(zeros);
  await writer.close();
  await put(sink, 'after', Buffer.from('after'));
  await put(sink, 'after, streamed', Buffer.alloc(2 * MIB, 1));
  await sink.close();

  const huge = count * zeros.length; // the CRC below is Python's zlib.crc32 of as many zeros
  assert.ok(huge > 2 ** 32);
  const seen = await python(
    `import zipfile,json,sys
z=zipfile.ZipFile(sys.argv[1])
listed=[[i.filename,i.file_size,i.compress_size,i.CRC,i.header_offset>2**32] for i in z.infolist()]
print(json.dumps(listed+[z.read('before').decode(),z.read('after').decode(),z.read('after, streamed')==bytes([1])*2**21]))`,
    path,
  );
  assert.deepEqual(seen, [
    ['before', 6, 6, zlib.crc32('before'), false],
    ['huge', huge, huge, 0x0c0b9a78, false],
    ['after', 5, 5, zlib.crc32('after'), true],
    ['after, streamed', 2 * MIB, 2 * MIB, zlib.crc32(Buffer.alloc(2 * MIB, 1)), true],
    'before',
    'after',
    true,
  ]);
  assert.match(await unzip('-t', path, '-x', 'huge'), /No errors detected/); // all it needs for 4 GiB is half a minute
  assert.match(await sevenZip('t', path), /Everything is Ok/);
  await writeFile(path, '');
});
