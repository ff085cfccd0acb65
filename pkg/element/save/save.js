/**
 * The ways to save from the browser. All differences between browsers are handled in this file.
 *
 * Each way resolves to a destination, or to `null` if the person closed the picker.
 */

import { directorySink, MgdcDecryptError, zipSink } from '../../api.js';
import { ownWords } from '../words/plain.js';
import { text } from '../words/text.js';
import { BlobWriter } from './blob-writer.js';
import { handOver } from './hand-over.js';
import { canSpill, spill } from './spill.js';

/**
 * @import { OwnBytes, Sink } from '../../index.js'
 * @import { Fate } from './hand-over.js'
 */
/** Where a host wants the files, or what gives it: for each run another one. @typedef {Sink | (() => Sink | Promise<Sink>)} HostSink */

/**
 * @typedef {object} Destination
 * @property {Sink} sink for drop.decrypt
 * @property {boolean} [resume] whether to skip files that an earlier run saved there
 * @property {'csv' | 'parquet'} [convert] what rows of JSON are converted to
 * @property {string} name of the folder or file that is saved
 * @property {() => Promise<Fate>} finish after the last file: starts the download, or checks what was written
 * @property {() => Promise<void>} discard instead of finish: leaves nothing behind
 * @property {() => Destination} [again] the same place, for another run
 */
/**
 * One file that is written. `held`: it is kept by the browser, and downloaded at the end.
 *
 * @typedef {object} Place
 * @property {string} name
 * @property {boolean} held
 * @property {WritableStream<OwnBytes>} writable
 * @property {() => Promise<Fate>} finish
 * @property {() => Promise<void>} discard
 */
/**
 * File System Access, if the browser has it.
 *
 * @typedef {object} Pickers
 * @property {(options: { mode: string, id: string }) => Promise<FileSystemDirectoryHandle>} [showDirectoryPicker]
 * @property {(options: { suggestedName: string, id: string }) => Promise<FileSystemFileHandle>} [showSaveFilePicker]
 */

const pickers = /** @type {Pickers} */ (globalThis);

/** Above this size nothing is held in memory if there is another way: the save picker, or else private storage. */
const BLOB_LIMIT = 64 * 1024 * 1024;

/** Why the browser cannot save into a folder, as a sentence; `null` if it can. */
export function folderObstacle() {
  if (typeof pickers.showDirectoryPicker === 'function') return null;
  return globalThis.isSecureContext ? text.ways.folderMissing : text.ways.folderInsecure;
}

/**
 * Where a ZIP of this many bytes is built before it is saved: in `memory`, in `storage`, or `null` if it is written
 * directly to the disk.
 * @param {number} size
 */
export function heldIn(size) {
  if (size <= BLOB_LIMIT) return 'memory';
  if (typeof pickers.showSaveFilePicker === 'function') return null;
  return canSpill() ? 'storage' : 'memory';
}

/**
 * Saves into a folder that the person picks. @throws SecurityError if the frame may not open a picker
 * @param {{ resume?: boolean }} [options]
 * @returns {Promise<Destination | null>}
 */
export async function folderDestination({ resume = false } = {}) {
  const handle = await picked(() => pickers.showDirectoryPicker?.({ mode: 'readwrite', id: 'mgdc-decrypt' })).catch(
    (cause) => {
      throw cause.name === 'NotAllowedError'
        ? new MgdcDecryptError('ERR_WRITE', ownWords(text.ways.folderRefused), { cause })
        : cause;
    },
  );
  return handle && intoFolder(handle, resume);
}

/**
 * @param {FileSystemDirectoryHandle} handle
 * @param {boolean} resume
 * @returns {Destination}
 */
function intoFolder(handle, resume) {
  return {
    sink: directorySink(handle),
    resume,
    name: handle.name,
    finish: async () => 'saved',
    discard: async () => {},
    again: () => intoFolder(handle, resume),
  };
}

/**
 * Gives the files to the host.
 * @param {HostSink} given
 * @returns {Promise<Destination>}
 */
export async function hostDestination(given) {
  try {
    const sink = typeof given === 'function' ? await given() : given;
    if (typeof sink?.open !== 'function') throw new TypeError('expected a sink: { open(path) }');
    return { sink, name: '', finish: async () => 'given', discard: async () => {} };
  } catch (cause) {
    const reason = String(/** @type {Error} */ (cause)?.message ?? cause);
    throw new MgdcDecryptError('ERR_WRITE', ownWords(text.ways.sinkFailed(reason)), { cause });
  }
}

/**
 * Saves into one ZIP. `size`: bytes of the drop; `from`: the node that the event comes from, see handOver.
 * @param {string} name
 * @param {number} size
 * @param {Element} from
 * @returns {Promise<Destination | null>}
 */
export async function zipDestination(name, size, from) {
  const out = await placeFor(name, size, 'application/zip', from);
  if (!out) return null;
  return { sink: zipSink(out.writable), name: out.name, finish: () => out.finish(), discard: () => out.discard() };
}

/**
 * Saves one file under its own name. `size`: bytes of the file in the drop; `from`: as for a ZIP.
 * @param {string} name
 * @param {number} size
 * @param {Element} from
 * @returns {Promise<Destination | null>}
 */
export async function fileDestination(name, size, from) {
  const out = await placeFor(name, size, 'application/octet-stream', from);
  if (!out) return null;
  /** @param {string} path */
  const open = (path) => {
    // Only now is it known whether the name lost an ending. A picked file keeps the name that the person gave it.
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

/**
 * A place to write to: a picked file, or a blob or file in private storage, which is downloaded at the end.
 * @param {string} name
 * @param {number} size
 * @param {string} type
 * @param {Element} from
 * @returns {Promise<Place | null>}
 */
async function placeFor(name, size, type, from) {
  if (heldIn(size) === null) {
    try {
      const handle = await picked(() =>
        pickers.showSaveFilePicker?.({ suggestedName: fileName(name), id: 'mgdc-decrypt' }),
      );
      return handle && (await pickedPlace(handle));
    } catch (error) {
      // A cross-origin frame may not open pickers, which cannot be tested for in advance.
      if (/** @type {Error} */ (error).name !== 'SecurityError') throw error;
    }
  }
  return size > BLOB_LIMIT && canSpill() ? spillPlace(name, size, type, from) : memoryPlace(name, type, from);
}

/**
 * @param {string} name
 * @param {string} type
 * @param {Element} from
 * @returns {Place}
 */
function memoryPlace(name, type, from) {
  const writer = new BlobWriter();
  return {
    name,
    held: true,
    writable: new WritableStream({ write: (chunk) => writer.write(chunk), abort: () => writer.clear() }),
    async finish() {
      const blob = await writer.blob(type).catch((cause) => {
        throw new MgdcDecryptError('ERR_NO_SPACE', ownWords(text.ways.noRoom), { cause });
      });
      writer.clear();
      return handOver(blob, fileName(this.name), from);
    },
    async discard() {
      writer.clear();
    },
  };
}

/**
 * @param {string} name
 * @param {number} size
 * @param {string} type
 * @param {Element} from
 * @returns {Promise<Place>}
 */
async function spillPlace(name, size, type, from) {
  const temporary = await spill(size);
  try {
    const { writable, finish, discard } = await pickedPlace(temporary.handle, text.ways.spillFull);
    /** @type {Place} */
    const out = {
      name,
      held: true,
      writable,
      async finish() {
        await finish();
        const file = await temporary.handle.getFile();
        const fate = handOver(file.slice(0, file.size, type), fileName(out.name), from);
        temporary.keep(file.size);
        return fate;
      },
      async discard() {
        await discard().catch(() => {});
        await temporary.remove();
      },
    };
    return out;
  } catch (error) {
    await temporary.remove();
    throw error;
  }
}

/**
 * `full(written)`: the message if the place is full, unless the sink's own message fits.
 * @param {FileSystemFileHandle & { remove?(): Promise<void> }} handle
 * @param {((written: number) => string) | null} [full]
 * @returns {Promise<Place>}
 */
async function pickedPlace(handle, full = null) {
  const writable = await handle.createWritable();
  /**
   * @param {Error} cause
   * @returns {never}
   */
  const tell = (cause) => {
    throw full && cause.name === 'QuotaExceededError'
      ? new MgdcDecryptError('ERR_NO_SPACE', ownWords(full(written)), { cause })
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
      if (size !== written) throw new MgdcDecryptError('ERR_WRITE', ownWords(text.ways.shortFile(size, written)));
      return 'saved';
    },
    async discard() {
      await writable.abort().catch(() => {});
      // The picker has already created an empty file.
      await handle.remove?.();
    },
  };
}

/**
 * Opens a picker. Closing it is not an error: then the result is `null`.
 * @template Handle
 * @param {() => Promise<Handle> | undefined} open
 * @returns {Promise<Handle | null>}
 */
async function picked(open) {
  try {
    return (await open()) ?? null;
  } catch (error) {
    if (/** @type {Error} */ (error).name === 'AbortError') return null;
    throw error;
  }
}

/**
 * The name without characters that some system or picker rejects.
 * @param {string} name
 */
function fileName(name) {
  return name.replace(/[\u0000-\u001f\\/:*?"<>|~]/g, '_').replace(/^\.+|[. ]+$/g, '') || 'drop';
}
