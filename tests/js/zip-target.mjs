/** An archive in memory, with helpers to fill and inspect it. */

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSink } from '../../pkg/index.js';
import { folder } from './zip-readers.mjs';

export async function zip(write, pause) {
  const target = collect(pause);
  const sink = zipSink(target.writable);
  await write(sink);
  await sink.close();
  return { bytes: target.bytes(), writes: target.writes() };
}

// Takes its time before it looks at a chunk, and copies it then.
export function collect(pause = async () => {}) {
  const chunks = [];
  let size = 0;
  const writable = new WritableStream({
    async write(chunk) {
      await pause();
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
    },
  });
  return { writable, size: () => size, writes: () => chunks.length, bytes: () => Buffer.concat(chunks) };
}

export async function put(sink, name, content, step = Math.max(content.length, 1), info = {}) {
  const writer = sink.open(name, info).getWriter();
  for (let at = 0; at < content.length; at += step) await writer.write(content.subarray(at, at + step));
  await writer.close();
}

// 7-Zip believes the central directory only if the first record of the file is in it, and else lists aborted ones, too.
export async function putFirst(sink, files) {
  files.set('first of all', Buffer.from('first'));
  await put(sink, 'first of all', files.get('first of all'));
}

let saved = 0;
export async function save(bytes) {
  const path = join(folder, `${saved++}.zip`);
  await writeFile(path, bytes);
  return path;
}

// Walks from local header to local header, as a reader of a stream does; the sizes are known to the test.
export function localRecords(bytes, sizes) {
  let at = 0;
  return sizes.map((size) => {
    assert.equal(bytes.readUInt32LE(at), 0x04034b50, `a local header at ${at}`);
    const [version, flags, nameLength, extra] = [4, 6, 26, 28].map((offset) => bytes.readUInt16LE(at + offset));
    const record = {
      version,
      flags,
      size: bytes.readUInt32LE(at + 22),
      extra,
      name: bytes.toString('utf8', at + 30, at + 30 + nameLength),
      crc: bytes.readUInt32LE(at + 14),
    };
    at += 30 + nameLength + extra + size;
    record.descriptor = flags & 8 ? (extra > 0 ? 24 : 16) : 0;
    if (record.descriptor) {
      assert.equal(bytes.readUInt32LE(at), 0x08074b50, `a descriptor at ${at}`);
      record.crc = bytes.readUInt32LE(at + 4);
      assert.equal(bytes.readUInt32LE(at + 8), size);
    }
    at += record.descriptor;
    return record;
  });
}

export function makeGate() {
  let open;
  const opened = new Promise((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
