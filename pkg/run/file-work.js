/** The work on each file of a run: through a lane into the sink. If one file fails, the others go on. */

import { DropFile } from '../drop/drop-file.js';
import { leaveOutKey } from '../drop/drop-keys.js';
import { dateOf } from '../drop/duplicates.js';
import { isDelivered } from '../drop/left-out.js';
import { mayBeSmall } from './batching.js';
import { known, mayConvert, missing, obstacle, sourceOfFile, withoutWorker } from './file-facts.js';
import { pathsOf } from './output-paths.js';
import { Outputs } from './outputs.js';
import { failure } from './report.js';

/**
 * @import { FileResult } from '../index.js'
 * @import { Neighbours, Settled } from '../drop/neighbours.js'
 * @import { BatchResult, ConvertJob, JobBase, WholeFile } from '../worker/protocol.js'
 * @import { OutputFile } from './output-file.js'
 * @import { Lane } from './lane.js'
 * @import { ProgressMeter } from './progress.js'
 * @import { Damaged } from './salvage.js'
 * @import { Resume } from './resume.js'
 * @import { Current, DropKeys, Found, RunConverted, RunSink, Salvager, Work } from './shapes.js'
 */

export class FileWork {
  /** @type {Map<DropFile, FileResult>} */
  results = new Map();
  #neighbours;
  #runConverted;
  /** Files that turned out too big for a batch, or expanded too much for one. @type {DropFile[]} */
  #big = [];
  /** @type {Set<DropFile>} */
  #wasBig = new Set();
  /** Files that failed and are salvaged when nothing else is left to do. @type {Damaged[]} */
  #damaged = [];
  /** Settles when the files are salvaged that were begun: one after another. @type {Promise<unknown>} */
  #salvaged = Promise.resolve();
  #salvager;
  #outputs;
  /** Settles when the files that are under way have a result, or have failed. @type {Set<Promise<void>>} */
  #underWay = new Set();
  #over = false;

  /**
   * @param {DropFile[]} files
   * @param {DropKeys} keys
   * @param {Neighbours} neighbours
   * @param {RunSink} sink
   * @param {ProgressMeter} meter
   * @param {JobBase} job
   * @param {Resume | null} resume
   * @param {{ report?: boolean, salvager?: Salvager | null, runConverted?: RunConverted }} [options] `report`: see
   *   outputPaths; `salvager`: for damaged files, if they are salvaged
   */
  constructor(files, keys, neighbours, sink, meter, job, resume, options = {}) {
    this.keys = keys;
    this.sink = sink;
    this.meter = meter;
    this.job = job;
    this.resume = resume;
    this.#salvager = options.salvager ?? null;
    this.#runConverted = options.runConverted;
    this.#neighbours = neighbours;
    const ending = job.convert ? `.${job.convert.to}` : null;
    const paths = pathsOf(files, job.decompress && job.compression !== 'none', resume, ending, options);
    this.#outputs = new Outputs(sink, paths, resume, Boolean(job.convert));
  }

  /**
   * Takes work until there is none left. While one batch is being written, the worker processes the next one.
   * @param {Lane} lane
   * @param {Work} work
   */
  async drain(lane, work) {
    let current = this.#begin(lane, work);
    while (current) {
      const results = await current.results;
      if (this.#over) return;
      const next = this.#begin(lane, work);
      if (results)
        await Promise.all(
          current.files.map((file, index) => this.#settle(file, () => this.#write(file, results[index]))),
        );
      current = next ?? this.#begin(lane, work); // writing may have added files that turned out to be big
    }
  }

  /** Makes all results final. */
  end() {
    this.#tell(this.#neighbours.rest());
  }

  /**
   * Discards all outputs that are not finished. The lanes must be closed before.
   * @param {unknown} reason
   */
  async abort(reason) {
    this.#over = true;
    await this.#outputs.abort(reason);
    await Promise.allSettled(this.#underWay); // an output that was just being closed is there, so the report names it
    this.end();
    await this.resume?.end();
    await this.sink.abort?.(reason);
  }

  /**
   * Gives the lane its next work. The `results` of a batch must still be written; null means that nothing is left to
   * do.
   * @param {Lane} lane
   * @param {Work} work
   * @returns {Current | null}
   */
  #begin(lane, work) {
    const files = work.next().value ?? this.#big.splice(0, 1);
    if (files.length === 0) return this.#beginSalvage();
    const [file] = files;
    const isBatch = files.length > 1 || (mayBeSmall(file) && !this.#wasBig.has(file));
    if (isBatch) return { files, results: this.#decryptBatch(lane, files) };
    return { files, results: this.#settle(file, () => this.#deliver(lane, file)).then(() => null) };
  }

  /** @returns {Current | null} */
  #beginSalvage() {
    const salvager = this.#salvager;
    const damaged = this.#damaged.shift();
    if (!salvager || !damaged) return null;
    const { keys, sink, job } = this;
    const means = { keys, sink, job, outputs: this.#outputs.open, paths: this.#outputs.paths };
    const { file } = damaged;
    const settle = () => this.#settle(file, () => salvager.salvage(salvager.lane, damaged, means));
    const results = this.#salvaged.then(settle).then(() => null);
    this.#salvaged = results;
    return { files: [file], results };
  }

  /**
   * @param {DropFile} file
   * @param {unknown} error
   */
  #failed(file, error) {
    const result = failure(file, error);
    if (!this.#salvager?.mayBeSalvaged(file, result)) return result;
    this.#damaged.push({ file, result });
    return null;
  }

  /**
   * @param {DropFile} file
   * @param {() => Promise<FileResult | null>} action
   */
  #settle(file, action) {
    const settling = this.#finish(file, action).finally(() => this.#underWay.delete(settling));
    this.#underWay.add(settling);
    return settling;
  }

  /**
   * @param {DropFile} file
   * @param {() => Promise<FileResult | null>} action
   */
  async #finish(file, action) {
    if (this.#over) return;
    const result = await action().catch((error) => this.#failed(file, error));
    if (!result || (this.#over && !hasOutput(result))) return;
    this.meter.over(file, result);
    this.#tell(this.#neighbours.settle(file, result));
  }

  /** @param {Settled[]} final */
  #tell(final) {
    for (const { file, result } of final) {
      // Note it again: it may have got a warning since it was first noted.
      if (result.outcome === 'copied' && result.warnings.length > 0 && !result.skipped) this.resume?.note(file, result);
      this.results.set(file, result);
      this.meter.done(file, result);
    }
  }

  /**
   * One BatchResult for each file (protocol.js), or `{ kind: 'skipped', result }` if an earlier run has done it.
   * @param {Lane} lane
   * @param {DropFile[]} files
   * @returns {Promise<Found[]>}
   */
  async #decryptBatch(lane, files) {
    const skipped = await this.#check(lane, files);
    const results = files.map((file, index) => withoutWorker(file, skipped?.[index]));
    const open = files.flatMap((file, index) => (results[index] ? [] : [{ file, index }]));
    if (open.length === 0) return /** @type {Found[]} */ (results);
    const sources = open.map(({ file }) => ({ source: sourceOfFile(file), ...known(file) }));
    const batch = async () => lane.batch({ ...this.job, files: sources, keys: this.keys.all() });
    // If the batch fails, one of its files may have crashed the worker. Then each is processed by itself.
    const found = await batch().catch(() => /** @type {BatchResult[]} */ ([]));
    for (const [at, { index }] of open.entries()) results[index] = found[at] ?? { kind: 'big' };
    return /** @type {Found[]} */ (results);
  }

  /**
   * @param {DropFile} file
   * @param {Found} found
   * @returns {Promise<FileResult | null>}
   */
  async #write(file, found) {
    switch (found.kind) {
      case 'skipped':
        return found.result;
      case 'failed':
        throw (found.error.code === 'ERR_FILE_KEY_MISSING' && this.keys.missing()) || found.error;
      case 'private-key':
        leaveOutKey(file, found.key);
        return this.#leaveOut(file);
      case 'big':
        this.#wasBig.add(file);
        this.#big.push(file);
        return null;
      default:
        return this.#writeWhole(file, found);
    }
  }

  /**
   * @param {DropFile} file
   * @param {WholeFile} found
   */
  #writeWhole(file, { verdict, bytes, summary, sha256, modified, conversion }) {
    if (!file.examined && verdict) DropFile.recordVerdict(file, verdict);
    // The worker's date comes first, because reading ours costs Chromium a stat(); Node's copies of a File have none.
    const { output, named } = this.#outputs.of(file, modified ?? dateOf(DropFile.blobOf(file)));
    return this.#outputs.finish(file, output, named, async () => {
      await output.writeWhole(bytes, conversion?.converted !== undefined);
      return { summary, sha256, conversion, written: bytes.length };
    });
  }

  /**
   * From now on the file is listed in the report's `leftOut`, not in its `files`.
   * @param {DropFile} file
   */
  #leaveOut(file) {
    this.meter.over(file, null);
    this.#tell(this.#neighbours.leave(file));
    return null;
  }

  /**
   * @param {Lane} lane
   * @param {DropFile} file
   * @returns {Promise<FileResult | null>}
   */
  async #deliver(lane, file) {
    const [skipped] = (await this.#check(lane, [file])) ?? [];
    if (skipped) return skipped;
    if (!file.examined) await this.keys.examine(file);
    if (!isDelivered(file)) return this.#leaveOut(file);
    const error = obstacle(file);
    if (error) throw error;
    const blob = DropFile.blobOf(file);
    const { output, named } = this.#outputs.of(file, dateOf(blob));
    const convert = mayConvert(file) ? this.job.convert : null;
    return this.#outputs.finish(file, output, named, () =>
      convert && this.#runConverted
        ? this.#runConverted(convert, output, {
            run: (into, job, span) => this.#run(lane, file, into, job, span),
            open: (part) => this.#outputs.of(file, dateOf(blob), part).output,
            over: (part) => this.#outputs.open.delete(part),
          })
        : this.#run(lane, file, output, null),
    );
  }

  /**
   * Decrypts or copies a file into an output. `span`: which part of all work on the file this is, from 0 to 1.
   * @param {Lane} lane
   * @param {DropFile} file
   * @param {OutputFile} output
   * @param {ConvertJob | null | undefined} convert
   * @param {{ from: number, to: number }} [span]
   */
  #run(lane, file, output, convert, { from, to } = { from: 0, to: 1 }) {
    const key = file.keyDetails === null ? null : this.keys.of(file.keyDetails);
    if (key === undefined) throw missing();
    const job = { ...this.job, convert, key, repair: file.repair, source: sourceOfFile(file), size: file.size };
    /** @param {number} read */
    const done = (read) => from * file.size + (to - from) * read;
    return lane.run(job, {
      open: (isConverting) => output.openFile(isConverting),
      write: async (bytes, read) => {
        await output.write(bytes);
        this.meter.advance(file, done(read), output.bytes);
      },
      progress: (read, written) => output.isFile && this.meter.advance(file, done(read), written),
      reuse: this.sink.reusesBuffers === true,
    });
  }

  /**
   * The earlier results of files that need not be done again.
   * @param {Lane} lane
   * @param {DropFile[]} files
   */
  async #check(lane, files) {
    return this.resume?.check(
      lane,
      files,
      files.map((file) => this.#outputs.paths.own(file).path),
    );
  }
}

/** @param {FileResult} result */
function hasOutput({ output, salvaged }) {
  return Boolean(output ?? salvaged?.output);
}
