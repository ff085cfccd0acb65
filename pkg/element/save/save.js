/**
 * The ways out of the browser. What differs between browsers is in this file alone.
 *
 * Each way answers a target, or `null` when the person closed the picker: sink     for drop.decrypt resume   whether it
 * skips what an earlier run left there name     of what is saved finish   after the last file: starts the download, or
 * checks what was written discard  instead of finish: leaves nothing behind
 */

import { directorySink, MgdcDecryptError, zipSink } from '../../index.js';
import { text } from '../words/text.js';
import { BlobWriter } from './blob-writer.js';
import { canSpill, spill } from './spill.js';

/** Above this nothing is held in memory where there is another way: the save picker, or else private storage. */
const BLOB_LIMIT = 64 * 1024 * 1024;

/** Why a folder cannot be written, as a sentence; `null` when it can. */
export function folderObstacle() {
  if (typeof globalThis.showDirectoryPicker === 'function') return null;
  return globalThis.isSecureContext ? text.ways.folderMissing : text.ways.folderInsecure;
}

/**
 * Where a ZIP of this many bytes is built before it is saved: `memory`, `storage`, or `null` when it goes straight to
 * the disk.
 */
export function heldIn(size) {
  if (size <= BLOB_LIMIT) return 'memory';
  if (typeof globalThis.showSaveFilePicker === 'function') return null;
  return canSpill() ? 'storage' : 'memory';
}

/** Into a folder that the person picks. @throws SecurityError where the frame may not open a picker */
export async function folderTarget({ resume = false } = {}) {
  const handle = await picked(() => globalThis.showDirectoryPicker({ mode: 'readwrite', id: 'mgdc-decrypt' })).catch(
    (cause) => {
      throw cause.name === 'NotAllowedError'
        ? new MgdcDecryptError('ERR_WRITE', text.ways.folderRefused, { cause })
        : cause;
    },
  );
  return (
    handle && {
      sink: directorySink(handle),
      resume,
      name: handle.name,
      finish: async () => {},
      discard: async () => {},
    }
  );
}

/** Into one ZIP. `size`: bytes of the drop. */
export async function zipTarget(name, size) {
  const out = await output(name, size, 'application/zip');
  if (!out) return null;
  return { sink: zipSink(out.writable), name: out.name, finish: () => out.finish(), discard: () => out.discard() };
}

/** One file under its own name. `size`: bytes of the file in the drop. */
export async function fileTarget(name, size) {
  const out = await output(name, size, 'application/octet-stream');
  if (!out) return null;
  const open = (path) => {
    // Only now is it known whether an ending was dropped. A picked file keeps the name that the person gave it.
    if (out.held) out.name = path.slice(path.lastIndexOf('/') + 1);
    return out.writable;
  };
  return {
    sink: { open },
    get name() {
      return out.name;
    },
    finish: () => out.finish(),
    discard: () => out.discard(),
  };
}

// A place to write to: a picked file, or what is downloaded at the end, be it a blob or a file in private storage.
async function output(name, size, type) {
  if (heldIn(size) === null) {
    try {
      const handle = await picked(() =>
        globalThis.showSaveFilePicker({ suggestedName: fileName(name), id: 'mgdc-decrypt' }),
      );
      return handle && (await fileOutput(handle));
    } catch (error) {
      // A frame of another origin may not open pickers; a feature test does not show it.
      if (error.name !== 'SecurityError') throw error;
    }
  }
  return size > BLOB_LIMIT && canSpill() ? spillOutput(name, size, type) : blobOutput(name, type);
}

function blobOutput(name, type) {
  const writer = new BlobWriter();
  return {
    name,
    held: true,
    writable: new WritableStream({ write: (chunk) => writer.write(chunk), abort: () => writer.clear() }),
    async finish() {
      const blob = await writer.blob(type).catch((cause) => {
        throw new MgdcDecryptError('ERR_NO_SPACE', text.ways.noRoom, { cause });
      });
      writer.clear();
      download(blob, fileName(this.name));
    },
    async discard() {
      writer.clear();
    },
  };
}

async function spillOutput(name, size, type) {
  const temporary = await spill(size);
  try {
    const { writable, finish, discard } = await fileOutput(temporary.handle, text.ways.spillFull);
    return {
      name,
      held: true,
      writable,
      async finish() {
        await finish();
        const file = await temporary.handle.getFile();
        download(file.slice(0, file.size, type), fileName(this.name));
        temporary.keep(file.size);
      },
      async discard() {
        await discard().catch(() => {});
        await temporary.remove();
      },
    };
  } catch (error) {
    await temporary.remove();
    throw error;
  }
}

// `full(written)`: what to say when the place is full, where the sink's own words do not fit.
async function fileOutput(handle, full = null) {
  const writable = await handle.createWritable();
  const tell = (cause) => {
    throw full && cause.name === 'QuotaExceededError'
      ? new MgdcDecryptError('ERR_NO_SPACE', full(written), { cause })
      : cause;
  };
  let written = 0;
  return {
    name: handle.name,
    held: false,
    writable: new WritableStream({
      write(chunk) {
        written += chunk.byteLength;
        return writable.write(chunk).catch(tell);
      },
      close: () => writable.close().catch(tell),
      abort: (reason) => writable.abort(reason),
    }),
    async finish() {
      const { size } = await handle.getFile();
      if (size !== written) throw new MgdcDecryptError('ERR_WRITE', text.ways.shortFile(size, written));
    },
    async discard() {
      await writable.abort().catch(() => {});
      // The picker has made the file already, empty.
      await handle.remove?.();
    },
  };
}

function download(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser takes hold of the blob some time after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

// Closing a picker is no error.
async function picked(open) {
  try {
    return await open();
  } catch (error) {
    if (error.name === 'AbortError') return null;
    throw error;
  }
}

// What no system and no picker takes in a name.
function fileName(name) {
  return name.replace(/[\u0000-\u001f\\/:*?"<>|~]/g, '_').replace(/^\.+|[. ]+$/g, '') || 'drop';
}
