/** The run: every file through a worker into the sink; one file's failure stops no other. */

import { DropFile } from './drop-files.js';
import { MgdcDecryptError, aborted, toError, toWriteError } from './errors.js';
import { outputPaths } from './output-paths.js';
import { Lane, defaultConcurrency } from './pool.js';
import { ProgressMeter } from './progress.js';

/** Decrypts or copies `files`; `fileKeyOf` gives a copy of a file's key. Resolves to the report. */
export async function deliver(files, fileKeyOf, sink, options) {
  const { concurrency = defaultConcurrency(), signal, onprogress } = options;
  const meter = new ProgressMeter(files, onprogress);
  const run = new Run(fileKeyOf, sink, meter, options);
  const paths = outputPaths(files.map((file) => ({ path: file.path, decompressed: options.decompress !== false && file.isCompressed })));
  // Clear files first: 7-Zip lists the very first record of a ZIP even when it was given up, and these do not fail.
  const isEncrypted = ({ file }) => Number(file.role === 'encrypted');
  const queue = files.map((file, index) => ({ file, output: paths[index] })).sort((a, b) => isEncrypted(a) - isEncrypted(b)).values();
  const lanes = Array.from({ length: Math.min(Math.max(1, concurrency || 1), files.length) }, () => new Lane());
  const cancelled = () => aborted(signal.reason, 'cancelled: the files that were finished stay, nothing half-written does');
  const stop = new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(cancelled()), { once: true });
  });
  stop.catch(() => {}); // awaited only as long as files run
  try {
    if (signal?.aborted) throw cancelled();
    await Promise.race([Promise.all(lanes.map((lane) => run.drain(lane, queue))), stop]);
    await sink.close?.();
  } catch (error) {
    lanes.forEach((lane) => lane.end());
    await run.abort(error);
    throw toWriteError(error);
  } finally {
    lanes.forEach((lane) => lane.end());
    meter.end();
  }
  return report(files.map((file) => run.results.get(file)));
}

class Run {
  results = new Map();
  #targets = new Set();
  #over = false;

  constructor(fileKeyOf, sink, meter, { compression = 'auto', decompress = true, outputLimit, sha256 = false }) {
    Object.assign(this, { fileKeyOf, sink, meter });
    this.job = { type: 'job', compression, decompress, outputLimit, sha256 };
  }

  async drain(lane, queue) {
    for (const { file, output } of queue) {
      const result = await this.#deliver(lane, file, output).catch((error) => failure(file, error));
      if (this.#over) return;
      this.results.set(file, result);
      this.meter.done(file, result);
    }
  }

  /** Takes back what is half written. */
  async abort(reason) {
    this.#over = true;
    await Promise.all([...this.#targets].map((target) => target.abort(reason)));
    await this.sink.abort?.(reason);
  }

  async #deliver(lane, file, { path, changed }) {
    if (file.error) throw file.error;
    const key = file.keyDetails === null ? null : this.fileKeyOf(file);
    // Never copied as it is: that would look like a success.
    if (file.role === 'encrypted' && !key) throw new MgdcDecryptError('ERR_FILE_KEY_MISSING', 'file key: nothing that is unlocked opens this file');
    const blob = DropFile.blobOf(file);
    const job = { ...this.job, key, source: blob.source ?? blob, size: blob.size };
    const target = new Target(this.sink, path, blob);
    this.#targets.add(target);
    try {
      const { summary, sha256 } = await lane.run(job, {
        open: () => target.openFile(),
        write: async (bytes, read) => {
          await target.write(bytes);
          this.meter.advance(file, read, target.bytes);
        },
        progress: (read, written) => target.isFile && this.meter.advance(file, read, written),
        reuse: this.sink.reusesBuffers === true,
      });
      await target.close();
      const warnings = changed ? [...summary.warnings, changed] : summary.warnings;
      const outcome = key ? 'decrypted' : 'copied';
      const hash = sha256 === undefined ? {} : { sha256 };
      return { path: file.path, output: target.output, outcome, bytes: summary.bytesOut, verified: summary.verified, ...hash, warnings };
    } catch (error) {
      await target.abort(error);
      throw error;
    } finally {
      this.#targets.delete(target);
    }
  }
}

/** One output, opened with its first byte or at the end, so that a file that fails at once leaves no trace. */
class Target {
  bytes = 0;
  /** Whether the worker writes it. */
  isFile = false;
  #opening = null;
  #writer = null;

  constructor(sink, path, blob) {
    Object.assign(this, { sink, path, blob, output: path });
  }

  /** For the worker: the file to write to; null where the sink takes pieces. */
  async openFile() {
    const stream = await this.#open();
    this.isFile = Boolean(stream.file);
    return stream.file ?? null;
  }

  async write(bytes) {
    await this.#open();
    await this.#writer.write(bytes).catch(writeError(this.path));
    this.bytes += bytes.length;
  }

  async close() {
    await this.#open();
    await this.#writer.close().catch(writeError(this.path));
    this.output = this.stream.output ?? this.path;
  }

  async abort(reason) {
    // It may be what failed in the first place, or be on its way still.
    await this.#opening?.catch(() => {});
    await this.#writer?.abort(reason).catch(() => {});
  }

  #open() {
    return (this.#opening ??= this.#start());
  }

  async #start() {
    const modified = this.blob.lastModified ? new Date(this.blob.lastModified) : null;
    this.stream = await new Promise((resolve) => resolve(this.sink.open(this.path, { size: null, modified }))).catch(writeError(this.path));
    this.#writer = this.stream.getWriter();
    this.#writer.closed.catch(() => {}); // every write and close tells by itself
    return this.stream;
  }
}

function writeError(path) {
  return (error) => {
    throw toWriteError(error, path);
  };
}

function failure(file, error) {
  const { code, message } = toError(error);
  return { path: file.path, output: null, outcome: 'failed', bytes: 0, verified: null, code, message, warnings: [] };
}

function report(files) {
  const count = (outcome) => files.filter((file) => file.outcome === outcome).length;
  const bytesWritten = files.reduce((sum, file) => sum + file.bytes, 0);
  return { files, decrypted: count('decrypted'), copied: count('copied'), failed: count('failed'), bytesWritten };
}
