/** Resume: a list of what was written lies beside it, so that the next run does only what is not there and whole. */

import { DropFile } from '../drop/drop-files.js';
import { MANIFEST } from '../sinks/file-names.js';
import { isSmall } from '../worker/protocol.js';
import { sourceOf } from '../worker/source.js';

const VERSION = 1;
/** Milliseconds between two writings of the list, and how many times as long as the writing itself takes at least. */
const INTERVAL = 5000;
const PAUSE = 20;
/** Entries that are spelled out in one go. */
const PART = 1000;

export class Resume {
  #sink;
  #job;
  /** Path in the drop → entry, also of files that are not in this run. */
  #entries;
  /** Files whose output of an earlier run is there, and not whole. */
  #damaged = new WeakSet();
  #isDirty = false;
  #saving = Promise.resolve();
  #timer = null;
  #ended = false;

  /** `job`: the options that the output depends on. */
  static async start(sink, job) {
    const resume = new Resume();
    resume.#sink = sink;
    resume.#job = job;
    const list = await sink.existing(MANIFEST);
    resume.#entries = list && parse(await list.arrayBuffer());
    if (!resume.#entries) {
      resume.#entries = new Map();
      // A place where it cannot be written is told before the work, not after it.
      await resume.#write();
    }
    resume.#wait(INTERVAL);
    return resume;
  }

  /** Where an earlier run wrote the file, if it did so in the same way. */
  outputOf(file) {
    const entry = this.#entries.get(file.path);
    return entry && entry.compression === this.#job.compression && entry.decompress === this.#job.decompress
      ? entry.output
      : undefined;
  }

  /**
   * For each file its result where the output is there and whole, null for any other. `paths`: what they are to be
   * called.
   */
  async check(lane, files, paths) {
    const found = await Promise.all(files.map((file, index) => this.#find(file, paths[index])));
    const hashes = await hashAll(
      lane,
      this.#job,
      found.map((one) => (one && one.blob.size === one.entry.bytes ? one.blob : null)),
    );
    return found.map((one, index) => one && this.#judge(files[index], one, hashes[index]));
  }

  /** Whether what is there under the file's output path is ours and not whole. What is whole is nobody's to replace. */
  replaces(file) {
    return this.#damaged.has(file);
  }

  note(file, { output, outcome, bytes, verified, sha256, warnings }) {
    const { compression, decompress } = this.#job;
    const { size, lastModified: modified = null } = DropFile.blobOf(file);
    this.#entries.set(file.path, {
      source: file.path,
      size,
      modified,
      output,
      bytes,
      sha256,
      verified,
      outcome,
      warnings,
      compression,
      decompress,
    });
    this.#isDirty = true;
  }

  /** Writes the list for the last time. When that fails, more is done again next time, and nothing worse. */
  async end() {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#save();
  }

  async #find(file, path) {
    if (this.outputOf(file) !== path) return null;
    const blob = await this.#sink.existing(path).catch(() => null);
    return blob && { entry: this.#entries.get(file.path), blob };
  }

  #judge(file, { entry, blob }, hash) {
    const { output, outcome, bytes, verified, sha256, warnings } = entry;
    if (blob.size !== bytes || (hash && hash !== sha256)) this.#damaged.add(file);
    const { size, lastModified } = DropFile.blobOf(file);
    // A source without a date cannot be told from another one.
    const isSame = entry.size === size && entry.modified !== null && entry.modified === lastModified;
    if (!isSame || hash !== sha256 || (outcome === 'decrypted' && bytes > (this.#job.outputLimit ?? Infinity)))
      return null;
    return { path: file.path, output, outcome, bytes, verified, sha256, skipped: true, warnings };
  }

  #wait(time) {
    if (this.#ended) return;
    this.#timer = setTimeout(async () => {
      const started = performance.now();
      await this.#save();
      this.#wait(Math.max(INTERVAL, PAUSE * (performance.now() - started)));
    }, time);
  }

  #save() {
    this.#saving = this.#saving.then(async () => {
      if (!this.#isDirty) return;
      this.#isDirty = false;
      await this.#write().catch(() => (this.#isDirty = true));
    });
    return this.#saving;
  }

  /** All or nothing, as any output. */
  async #write() {
    const stream = await this.#sink.open(MANIFEST, { size: null, modified: null, replace: true });
    const writer = stream.getWriter();
    writer.closed.catch(() => {});
    const write = (text) => writer.write(new TextEncoder().encode(text));
    try {
      await write(`{"version":${VERSION},"files":[`);
      const lines = [...this.#entries.values()];
      for (let at = 0; at < lines.length; at += PART) {
        const part = lines.slice(at, at + PART).map((entry) => JSON.stringify(entry));
        await write(`${at > 0 ? ',' : ''}\n${part.join(',\n')}`);
      }
      await write('\n]}\n');
      await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => {});
      throw error;
    }
  }
}

/** Null where it is no list that we know: then nothing is known. */
function parse(bytes) {
  try {
    const { version, files } = JSON.parse(new TextDecoder().decode(bytes));
    return version === VERSION ? new Map(files.filter(isEntry).map((entry) => [entry.source, entry])) : null;
  } catch {
    return null;
  }
}

/** It may have been edited. `output` is judged by the paths of the run: it never leads out of the target. */
function isEntry({ source, output, bytes, sha256, verified, outcome, warnings }) {
  return (
    [source, output, sha256].every((text) => typeof text === 'string') &&
    Number.isSafeInteger(bytes) &&
    ['decrypted', 'copied'].includes(outcome) &&
    ['crc32', 'adler32', null].includes(verified) &&
    Array.isArray(warnings) &&
    warnings.every((text) => typeof text === 'string')
  );
}

/** SHA-256 of each blob, by the lane's worker; undefined for null and for what cannot be read. */
async function hashAll(lane, job, blobs) {
  const hashes = [];
  const copy = { ...job, sha256: true };
  const small = blobs.flatMap((blob, index) => (blob && isSmall(blob) ? [index] : []));
  if (small.length > 0) {
    const files = small.map((index) => ({ source: sourceOf(blobs[index]), entry: null }));
    const results = await lane
      .batch({ ...copy, files, keys: { bytes: new Uint8Array(), isPartlyLocked: false } })
      .catch(() => []);
    small.forEach((index, at) => (hashes[index] = results[at]?.sha256));
  }
  for (const [index, blob] of blobs.entries()) {
    if (!blob || isSmall(blob)) continue;
    // A copy to nowhere.
    const read = lane.run(
      { ...copy, key: null, source: sourceOf(blob), size: blob.size },
      { open: async () => null, write: async () => {}, progress() {}, reuse: true },
    );
    hashes[index] = await read.then(({ sha256 }) => sha256).catch(() => undefined);
  }
  return hashes;
}
