/** Where a worker reads from: a Blob, or in Node a path. Both have `size`, `read(start, end)`, `check()`, `close()`. */

import { changed, readPart } from './bytes.js';

export async function openSource(source) {
  return typeof source?.path === 'string' ? openPath(source) : new BlobSource(source);
}

class BlobSource {
  constructor(blob) {
    this.blob = blob;
    this.size = blob.size;
  }

  read(start, end) {
    return readPart(this.blob, start, end);
  }

  // A File is a snapshot: the browser refuses to read it once it has changed.
  async check() {}
  close() {}
}

async function openPath({ path, size, modified }) {
  const fs = process.getBuiltinModule('node:fs/promises');
  const file = await fs.open(path, 'r').catch((error) => {
    throw unreadable(error);
  });
  return new PathSource(file, size, modified);
}

class PathSource {
  constructor(file, size, modified) {
    this.file = file;
    this.size = size;
    this.modified = modified;
  }

  async read(start, end) {
    const bytes = new Uint8Array(end - start);
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await this.file.read(bytes, at, bytes.length - at, start + at).catch((error) => {
        throw unreadable(error);
      });
      if (bytesRead === 0) throw changed(start + at, this.size);
      at += bytesRead;
    }
    return bytes;
  }

  async check() {
    const { size, mtimeMs } = await this.file.stat();
    if (size !== this.size || mtimeMs !== this.modified) throw changed(size, this.size);
  }

  close() {
    this.file.close();
  }
}

function unreadable(error) {
  return { code: 'ERR_READ', message: `the file could not be read (${error.code ?? error.message}): check that it is there and that you may read it` };
}
