/**
 * Resume: a list of what was written is kept beside it (the manifest), so that the next run skips files that are still
 * there and whole.
 */

import { isSmall } from '../core/small.js';
import { DropFile } from '../drop/drop-file.js';
import { dateOf } from '../drop/duplicates.js';
import { MANIFEST } from '../sinks/file-names.js';
import { sourceOf } from '../worker/source.js';

/**
 * @import { FileResult, Sink, Verified } from '../index.js'
 * @import { JobBase, JobOptions } from '../worker/protocol.js'
 * @import { Lane } from './lane.js'
 */

/** A sink that can return existing files. @typedef {Sink & Required<Pick<Sink, 'existing'>>} ResumableSink */
/**
 * An existing file. @typedef {NonNullable<Awaited<ReturnType<ResumableSink['existing']>>>} Existing
 */
/**
 * What the list holds of one file.
 *
 * @typedef {object} Entry
 * @property {string} source path in the drop
 * @property {number} size
 * @property {number | null} modified
 * @property {string} output
 * @property {number} bytes
 * @property {string} sha256
 * @property {Verified} verified
 * @property {'decrypted' | 'copied'} outcome
 * @property {string[]} warnings
 * @property {JobOptions['compression']} compression
 * @property {boolean} decompress
 */
/** @typedef {{ entry: Entry, blob: Existing }} Found */

const VERSION = 1;
/** The pause between two writings of the list: this many milliseconds, or PAUSE times as long as the last one took. */
const INTERVAL = 5000;
const PAUSE = 20;
/** Entries that are serialised at a time. */
const PART = 1000;

export class Resume {
  #sink;
  #job;
  /** Entries by path in the drop, including those of files that are not part of this run. */
  #entries;
  /** Files whose output from an earlier run exists but is not whole. @type {WeakSet<DropFile>} */
  #damaged = new WeakSet();
  #isDirty = false;
  #saving = Promise.resolve();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  #ended = false;

  /**
   * @param {ResumableSink} sink
   * @param {JobBase} job
   * @param {Map<string, Entry>} entries
   */
  constructor(sink, job, entries) {
    this.#sink = sink;
    this.#job = job;
    this.#entries = entries;
  }

  /**
   * `job`: the options that the output depends on.
   * @param {ResumableSink} sink
   * @param {JobBase} job
   */
  static async start(sink, job) {
    const list = await sink.existing(MANIFEST);
    const entries = list && parse(await list.arrayBuffer());
    const resume = new Resume(sink, job, entries ?? new Map());
    // If the list cannot be written, fail before the work, not after it.
    if (!entries) await resume.#write();
    resume.#wait(INTERVAL);
    return resume;
  }

  /**
   * Where an earlier run wrote the file, if it did so with the same options.
   * @param {DropFile} file
   */
  outputOf(file) {
    const entry = this.#entries.get(file.path);
    return entry && entry.compression === this.#job.compression && entry.decompress === this.#job.decompress
      ? entry.output
      : undefined;
  }

  /**
   * For each file, its earlier result if the output is there and whole, or else null. `paths`: the paths of the
   * outputs.
   * @param {Lane} lane
   * @param {DropFile[]} files
   * @param {string[]} paths
   * @returns {Promise<(FileResult | null)[]>}
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

  /**
   * Whether to replace what is at the file's output path: only our own output, and only if it is not whole.
   * @param {DropFile} file
   */
  replaces(file) {
    return this.#damaged.has(file);
  }

  /**
   * @param {DropFile} file
   * @param {FileResult} result
   */
  note(file, { output, outcome, bytes, verified, sha256, warnings }) {
    const { compression, decompress } = this.#job;
    const blob = DropFile.blobOf(file);
    const written = /** @type {Pick<Entry, 'output' | 'sha256' | 'outcome'>} */ ({ output, sha256, outcome });
    this.#entries.set(file.path, {
      source: file.path,
      size: blob.size,
      modified: dateOf(blob) ?? null,
      output: written.output,
      bytes,
      sha256: written.sha256,
      verified,
      outcome: written.outcome,
      warnings,
      compression,
      decompress,
    });
    this.#isDirty = true;
  }

  /** Writes the list for the last time. If that fails, the next run merely repeats more work. */
  async end() {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#save();
  }

  /**
   * @param {DropFile} file
   * @param {string} path
   * @returns {Promise<Found | null>}
   */
  async #find(file, path) {
    if (this.outputOf(file) !== path) return null;
    const blob = await this.#sink.existing(path).catch(() => null);
    return blob && { entry: /** @type {Entry} */ (this.#entries.get(file.path)), blob };
  }

  /**
   * @param {DropFile} file
   * @param {Found} found
   * @param {string | undefined} hash
   * @returns {FileResult | null}
   */
  #judge(file, { entry, blob }, hash) {
    const { output, outcome, bytes, verified, sha256, warnings } = entry;
    if (blob.size !== bytes || (hash && hash !== sha256)) this.#damaged.add(file);
    const source = DropFile.blobOf(file);
    // A source without a date cannot be told apart from a changed one, so it is never skipped.
    const isSame = entry.size === source.size && entry.modified !== null && entry.modified === dateOf(source);
    if (!isSame || hash !== sha256 || (outcome === 'decrypted' && bytes > (this.#job.outputLimit ?? Infinity)))
      return null;
    return { path: file.path, output, outcome, bytes, verified, sha256, skipped: true, warnings };
  }

  /** @param {number} time */
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
      await this.#write().catch(() => {
        this.#isDirty = true;
      });
    });
    return this.#saving;
  }

  /** All or nothing, like any output. */
  async #write() {
    const stream = await this.#sink.open(MANIFEST, { size: null, modified: null, replace: true });
    const writer = stream.getWriter();
    writer.closed.catch(() => {});
    /** @param {string} text */
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

/**
 * Null if it is not a list of a known version. Then nothing is skipped.
 * @param {ArrayBuffer} bytes
 * @returns {Map<string, Entry> | null}
 */
function parse(bytes) {
  try {
    const { version, files } = JSON.parse(new TextDecoder().decode(bytes));
    return version === VERSION
      ? new Map(files.filter(isEntry).map((/** @type {Entry} */ entry) => [entry.source, entry]))
      : null;
  } catch {
    return null;
  }
}

/**
 * Checks an entry, because the list may have been edited. `output` need not be checked here: it is used only if it
 * equals a path that the run itself would choose, which never leads out of the target.
 * @param {Record<string, unknown>} entry
 */
function isEntry({ source, output, bytes, sha256, verified, outcome, warnings }) {
  return (
    [source, output, sha256].every((text) => typeof text === 'string') &&
    Number.isSafeInteger(bytes) &&
    (outcome === 'decrypted' || outcome === 'copied') &&
    (verified === 'crc32' || verified === 'adler32' || verified === null) &&
    Array.isArray(warnings) &&
    warnings.every((text) => typeof text === 'string')
  );
}

/**
 * SHA-256 of each blob, computed by the lane's worker; undefined for null, and for blobs that cannot be read.
 * @param {Lane} lane
 * @param {JobBase} job
 * @param {(Existing | null)[]} blobs
 * @returns {Promise<(string | undefined)[]>}
 */
async function hashAll(lane, job, blobs) {
  /** @type {(string | undefined)[]} */
  const hashes = [];
  const copy = { ...job, sha256: true };
  const small = blobs.flatMap((blob, index) => (blob && isSmall(blob) ? [{ blob, index }] : []));
  if (small.length > 0) {
    const files = small.map(({ blob }) => ({ source: sourceOf(blob), entry: null }));
    const results = await lane
      .batch({ ...copy, files, keys: { bytes: new Uint8Array(), isPartlyLocked: false } })
      .catch(() => []);
    for (const [at, { index }] of small.entries()) {
      const result = results[at];
      if (result?.kind === 'whole') hashes[index] = result.sha256;
    }
  }
  for (const [index, blob] of blobs.entries()) {
    if (!blob || isSmall(blob)) continue;
    // A copy whose pieces are discarded, only for its hash.
    const read = lane.run(
      { ...copy, key: null, source: sourceOf(blob), size: blob.size },
      { open: async () => null, write: async () => {}, progress() {}, reuse: true },
    );
    hashes[index] = await read.then(({ sha256 }) => sha256).catch(() => undefined);
  }
  return hashes;
}
