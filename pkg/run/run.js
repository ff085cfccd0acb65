/** The run: passes every file through a worker into the sink. If one file fails, the others go on. */

import { haveBlindWorkers, lookForBlindWorkers } from '../core/blind-workers.js';
import { aborted, toWriteError } from '../core/errors.js';
import { defaultConcurrency } from '../core/worker-thread.js';
import { Yielder } from '../core/yielding.js';
import { isDelivered } from '../drop/left-out.js';
import { Neighbours } from '../drop/neighbours.js';
import { writeReport } from '../report/report-files.js';
import { inBatches } from './batching.js';
import { FileWork } from './file-work.js';
import { isBig, Lane } from './lane.js';
import { ProgressMeter } from './progress.js';
import { Resume } from './resume.js';

/**
 * @import { DropDecryptOptions, MgdcDecryptError, Report } from '../index.js'
 * @import { DropFile } from '../drop/drop-file.js'
 * @import { Settled } from '../drop/neighbours.js'
 * @import { ConvertJob, JobBase } from '../worker/protocol.js'
 * @import { DropKeys, RunConverted, RunSink } from './shapes.js'
 * @import { ResumableSink } from './resume.js'
 */

/** What a run that converts needs: see convert.js. @typedef {{ job: ConvertJob, workerSource: string, run: RunConverted }} RunConversion */
/**
 * What one needs that salvages, which others do not load: see run/salvage.js.
 *
 * @typedef {object} RunSalvage
 * @property {string} workerSource
 * @property {WebAssembly.Module} module
 * @property {typeof import('./salvage.js').mayBeSalvaged} mayBeSalvaged
 * @property {typeof import('./salvage.js').salvage} salvage
 */

/**
 * What makes the report of the results that there are. `bytes`: of all files, where known; `error`: why the run ended
 * early. @typedef {(settled: Settled[], unfinished: number, bytes: number | null, error?: MgdcDecryptError) =>
 * Report} Conclude
 */

/**
 * Decrypts or copies `files`. Resolves to the report; an error has it, too.
 * @param {DropFile[]} files
 * @param {DropKeys} keys
 * @param {RunSink} sink
 * @param {DropDecryptOptions} options
 * @param {Conclude} conclude
 * @param {{ conversion?: RunConversion | null, salvaging?: RunSalvage | null }} [loaded] what `options.convert` and
 *   `options.salvage` ask for
 * @returns {Promise<Report>}
 */
export async function runFiles(files, keys, sink, options, conclude, { conversion, salvaging } = {}) {
  await lookForBlindWorkers();
  const { concurrency = haveBlindWorkers() ? 1 : defaultConcurrency(), signal } = options;
  const { compression = 'auto', decompress = true, outputLimit, report = false, sha256 = report } = options;
  const onprogress = options.onprogress ?? (report ? () => {} : undefined);
  /** @type {JobBase} */
  const job = {
    type: 'job',
    compression,
    decompress,
    outputLimit,
    sha256: sha256 || report || Boolean(options.resume),
  };
  if (conversion) job.convert = conversion.job;
  const neighbours = await Neighbours.of(keys.drop ?? files, files);
  const resume = options.resume ? await started(sink, job) : null;
  const meter = new ProgressMeter();
  // Its worker starts with the first damaged file.
  const salvager = salvaging && { ...salvaging, lane: new Lane(salvaging) };
  const run = new FileWork(files, keys, neighbours, sink, meter, job, resume, {
    report,
    salvager,
    runConverted: conversion?.run,
  });
  // Clear files first, because they rarely fail: 7-Zip lists the very first record of a ZIP even if it was abandoned.
  /** @param {DropFile} file */
  const isEncrypted = (file) => Number(file.role === 'encrypted');
  // Of big files the biggest first, so that no core is left with one at the end: 10 % less time on 4 cores
  // (benches/model.mjs).
  /** @param {DropFile} file */
  const length = (file) => (isBig(file) ? file.size : 0);
  const queue = [...files].sort((a, b) => isEncrypted(a) - isEncrypted(b) || length(b) - length(a));
  const work = inBatches(queue);
  const lanes = Array.from(
    { length: Math.min(Math.max(1, concurrency || 1), files.length) },
    () => new Lane({ workerSource: conversion?.workerSource }),
  );
  const closeLanes = () => {
    for (const lane of lanes) lane.close();
    salvager?.lane.close();
  };
  /** @param {MgdcDecryptError} [error] */
  const concluded = (error) => {
    const delivered = files.filter(isDelivered);
    const settled = delivered.flatMap((file) => {
      const result = run.results.get(file);
      return result ? [{ file, result }] : [];
    });
    return conclude(settled, delivered.length - settled.length, meter.bytesTotal, error);
  };
  const cancelled = () => aborted(signal?.reason, 'cancelled: finished files stay, and no half-written file is left');
  const ended = new AbortController();
  const stop = new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(cancelled()), { signal: ended.signal });
  });
  stop.catch(() => {}); // it is awaited only while files are processed
  try {
    await new Yielder().yield(); // choosing the paths of very many files has used up this turn
    await meter.begin(files, onprogress, signal);
    if (signal?.aborted) throw cancelled();
    await Promise.race([Promise.all(lanes.map((lane) => run.drain(lane, work))), stop]);
    run.end();
    await resume?.end();
    const made = concluded();
    if (report) await writeReport(sink, made);
    await sink.close?.();
    return made;
  } catch (error) {
    closeLanes();
    await run.abort(error).catch(() => {}); // the error that ended the run is the one to report
    const failure = toWriteError(error);
    // Not enumerable: whoever logs the error does not want a line for each file.
    Object.defineProperty(failure, 'report', { value: concluded(failure), configurable: true });
    throw failure;
  } finally {
    closeLanes();
    ended.abort();
    meter.end();
  }
}

/**
 * @param {RunSink} sink
 * @param {JobBase} job
 */
async function started(sink, job) {
  try {
    return await Resume.start(/** @type {ResumableSink} */ (sink), job);
  } catch (error) {
    throw toWriteError(error);
  }
}
