/** The run: every file through a worker into the sink; one file's failure stops no other. */

import { aborted, MgdcDecryptError, toWriteError } from '../core/errors.js';
import { defaultConcurrency } from '../core/worker-thread.js';
import { Yielder } from '../core/yielding.js';
import { DropFile } from '../drop/drop-files.js';
import { leaveOutKey } from '../drop/drop-keys.js';
import { isDelivered } from '../drop/left-out.js';
import { Neighbours } from '../drop/neighbours.js';
import { sourceOf } from '../worker/source.js';
import { inBatches, mayBeSmall } from './batching.js';
import { Lane } from './lane.js';
import { OutputFile } from './output-file.js';
import { pathsOf } from './output-paths.js';
import { ProgressMeter } from './progress.js';
import { failure, report } from './report.js';
import { Resume } from './resume.js';

/**
 * Decrypts or copies `files`. `keys`: `of(entry)` and `all()` give copies of file keys, `examine(file)` looks at a
 * file, `missing()` says why there is no key; `drop` are the files of the whole drop. Resolves to the report.
 */
export async function runFiles(files, keys, sink, options) {
  const { concurrency = defaultConcurrency(), signal, onprogress } = options;
  const { compression = 'auto', decompress = true, outputLimit, sha256 = false } = options;
  const job = { type: 'job', compression, decompress, outputLimit, sha256: sha256 || Boolean(options.resume) };
  const neighbours = await Neighbours.of(keys.drop ?? files, files);
  const resume = options.resume ? await started(sink, job) : null;
  const meter = new ProgressMeter();
  const run = new Run(files, keys, neighbours, sink, meter, job, resume);
  // Clear files first: 7-Zip lists the very first record of a ZIP even when it was given up, and these do not fail.
  const isEncrypted = (file) => Number(file.role === 'encrypted');
  const queue = [...files].sort((a, b) => isEncrypted(a) - isEncrypted(b));
  const work = inBatches(queue);
  const lanes = Array.from({ length: Math.min(Math.max(1, concurrency || 1), files.length) }, () => new Lane());
  const cancelled = () =>
    aborted(signal.reason, 'cancelled: the files that were finished stay, nothing half-written does');
  const ended = new AbortController();
  const stop = new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(cancelled()), { signal: ended.signal });
  });
  stop.catch(() => {}); // awaited only as long as files run
  try {
    await new Yielder().yield(); // finding names for very many files took this one
    await meter.begin(files, onprogress, signal);
    if (signal?.aborted) throw cancelled();
    await Promise.race([Promise.all(lanes.map((lane) => run.drain(lane, work))), stop]);
    run.end();
    await resume?.end();
    await sink.close?.();
  } catch (error) {
    for (const lane of lanes) lane.close();
    await run.abort(error).catch(() => {}); // what ended the run is what is told
    throw toWriteError(error);
  } finally {
    for (const lane of lanes) lane.close();
    ended.abort();
    meter.end();
  }
  return report(files.filter(isDelivered).map((file) => run.results.get(file)));
}

class Run {
  results = new Map();
  #neighbours;
  #paths;
  /** Files that proved too big for a batch, or expanded beyond what it takes. */
  #big = [];
  #wasBig = new Set();
  #outputs = new Set();
  #over = false;

  constructor(files, keys, neighbours, sink, meter, job, resume) {
    Object.assign(this, { keys, sink, meter, job, resume });
    this.#neighbours = neighbours;
    this.#paths = pathsOf(files, job.decompress && job.compression !== 'none', resume);
  }

  /** Takes work until there is none. While a batch is written, the worker has the next one already. */
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
      current = next ?? this.#begin(lane, work); // files that turned out to be big
    }
  }

  /** No result is kept back any longer. */
  end() {
    this.#tell(this.#neighbours.rest());
  }

  /** Takes back what is half written. */
  async abort(reason) {
    this.#over = true;
    await Promise.all([...this.#outputs].map((output) => output.abort(reason)));
    this.end();
    await this.resume?.end();
    await this.sink.abort?.(reason);
  }

  /**
   * Gives the lane its next work: `results` of a batch are still to be written, null says that it was done to the end.
   */
  #begin(lane, work) {
    const files = work.next().value ?? this.#big.splice(0, 1);
    if (files.length === 0) return null;
    const [file] = files;
    const isBatch = files.length > 1 || (mayBeSmall(file) && !this.#wasBig.has(file));
    const results = isBatch ? this.#decryptBatch(lane, files) : this.#settle(file, () => this.#deliver(lane, file));
    return { files, results: isBatch ? results : results.then(() => null) };
  }

  async #settle(file, action) {
    const result = await action().catch((error) => failure(file, error));
    if (this.#over || !result) return;
    this.meter.over(file, result);
    this.#tell(this.#neighbours.settle(file, result));
  }

  #tell(final) {
    for (const { file, result } of final) {
      // It may have got its warning after it was noted.
      if (result.outcome === 'copied' && result.warnings.length > 0 && !result.skipped) this.resume?.note(file, result);
      this.results.set(file, result);
      this.meter.done(file, result);
    }
  }

  /** One BatchResult for each file (protocol.js), or `{ kind: 'skipped', result }` where an earlier run has done it. */
  async #decryptBatch(lane, files) {
    const skipped = await this.#check(lane, files);
    const results = files.map((file, index) => withoutWorker(file, skipped?.[index]));
    const open = files.flatMap((file, index) => (results[index] ? [] : [{ file, index }]));
    if (open.length === 0) return results;
    const sources = open.map(({ file }) => ({ source: sourceOf(DropFile.blobOf(file)), ...known(file) }));
    const batch = async () => lane.batch({ ...this.job, files: sources, keys: this.keys.all() });
    // One file may have ended the worker: then each goes by itself.
    const found = await batch().catch(() => []);
    for (const [at, { index }] of open.entries()) results[index] = found[at] ?? { kind: 'big' };
    return results;
  }

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

  #writeWhole(file, { verdict, bytes, summary, sha256, modified }) {
    if (!file.examined) DropFile.recordVerdict(file, verdict);
    // Asked of the worker's copy first, as the size; Node's copies have no date.
    const { output, changed } = this.#outputOf(file, modified ?? DropFile.blobOf(file).lastModified);
    return this.#finish(file, output, changed, async () => {
      if (bytes.length > 0) await output.write(bytes);
      return { summary, sha256 };
    });
  }

  /** It is in `leftOut` of the report, and among its files no more. */
  #leaveOut(file) {
    this.meter.over(file, null);
    this.#tell(this.#neighbours.leave(file));
    return null;
  }

  async #deliver(lane, file) {
    const [skipped] = (await this.#check(lane, [file])) ?? [];
    if (skipped) return skipped;
    if (!file.examined) await this.keys.examine(file);
    if (!isDelivered(file)) return this.#leaveOut(file);
    const error = obstacle(file);
    if (error) throw error;
    const key = file.keyDetails === null ? null : this.keys.of(file.keyDetails);
    if (key === undefined) throw missing();
    const blob = DropFile.blobOf(file);
    const { output, changed } = this.#outputOf(file, blob.lastModified);
    const job = { ...this.job, key, repair: file.repair, source: sourceOf(blob), size: file.size };
    return this.#finish(file, output, changed, () =>
      lane.run(job, {
        open: () => output.openFile(),
        write: async (bytes, read) => {
          await output.write(bytes);
          this.meter.advance(file, read, output.bytes);
        },
        progress: (read, written) => output.isFile && this.meter.advance(file, read, written),
        reuse: this.sink.reusesBuffers === true,
      }),
    );
  }

  /** The results of those that an earlier run has done. */
  async #check(lane, files) {
    return this.resume?.check(
      lane,
      files,
      files.map((file) => this.#paths.own(file).path),
    );
  }

  #outputOf(file, modified) {
    const { path, changed: safe } = this.#paths.of(file);
    const changed = [DropFile.noteOf(file), safe].filter(Boolean).join('; ') || null;
    const output = new OutputFile(this.sink, path, modified, { replace: this.resume?.replaces(file) });
    this.#outputs.add(output);
    return { output, changed };
  }

  /** `fill` brings the plaintext into the output; what fails takes it back. */
  async #finish(file, output, changed, fill) {
    try {
      const { summary, sha256 } = await fill();
      await output.close();
      const warnings = changed ? [...summary.warnings, changed] : summary.warnings;
      const outcome = file.keyDetails === null ? 'copied' : 'decrypted';
      const hash = sha256 === undefined ? {} : { sha256 };
      const result = {
        path: file.path,
        output: output.finalPath,
        outcome,
        bytes: summary.bytesOut,
        verified: summary.verified,
        ...hash,
        warnings,
      };
      this.resume?.note(file, result);
      return result;
    } catch (error) {
      await output.abort(error);
      throw error;
    } finally {
      this.#outputs.delete(output);
    }
  }
}

/** Why it is not even tried. What is encrypted is never copied as it is: that would look like a success. */
function obstacle({ error, examined, role, keyDetails }) {
  if (error || !examined || role !== 'encrypted' || keyDetails !== null) return error;
  return missing();
}

/** What needs no worker: what is done already, and what is not even tried. */
function withoutWorker(file, result) {
  if (result) return { kind: 'skipped', result };
  const error = obstacle(file);
  return error ? { kind: 'failed', error } : null;
}

/** What a look has shown; where nobody has looked, the path by which a private key is told. */
function known(file) {
  if (file.examined) return { entry: file.keyDetails, repair: file.repair };
  return DropFile.copiesKey(file) ? {} : { path: file.path };
}

function missing() {
  return new MgdcDecryptError('ERR_FILE_KEY_MISSING', 'file key: nothing that is unlocked opens this file');
}

async function started(sink, job) {
  try {
    return await Resume.start(sink, job);
  } catch (error) {
    throw toWriteError(error);
  }
}
