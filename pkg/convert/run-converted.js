/** Runs the jobs that convert one file: Parquet may take two, and CSV in several files takes one for each. */

/**
 * @import { Converted } from '../index.js'
 * @import { ConversionOutcome, ConvertJob, Done } from '../worker/protocol.js'
 * @import { OutputFile } from '../run/output-file.js'
 */

/**
 * What it needs of the run. `run`: runs one job on the file; `span`: which part of all work on the file that is.
 * `open`: makes the output of one of several files, and `over` forgets it.
 *
 * @typedef {object} Steps
 * @property {(output: OutputFile, convert: ConvertJob, span: { from: number, to: number }) => Promise<Done>} run
 * @property {(part: number) => OutputFile} open
 * @property {(output: OutputFile) => void} over
 */

/**
 * Converts a file into `output`, which stays open, and where needed into more outputs.
 * @param {ConvertJob} convert
 * @param {OutputFile} output
 * @param {Steps} steps
 * @returns {Promise<Done>}
 */
export async function runConverted(convert, output, steps) {
  if (convert.to === 'parquet') return runTwice(convert, output, steps);
  const done = await steps.run(output, convert, { from: 0, to: 1 });
  const parts = Math.ceil((done.conversion?.converted?.rows ?? 0) / convert.splitRows);
  return parts > 1 ? runParts(convert, output, done, parts, steps) : done;
}

/**
 * A longer file is read a first time for its columns and their types.
 * @param {ConvertJob} convert
 * @param {OutputFile} output
 * @param {Steps} steps
 */
async function runTwice(convert, output, { run }) {
  const done = await run(output, convert, { from: 0, to: 0.5 });
  const plan = done.conversion?.plan;
  return plan ? run(output, { ...convert, plan }, { from: 0.5, to: 1 }) : done;
}

/**
 * The file is read once for each part, and each reading checks all of it: so none of the parts is of a damaged file.
 * @param {ConvertJob} convert
 * @param {OutputFile} output
 * @param {Done} first
 * @param {number} count
 * @param {Steps} steps
 * @returns {Promise<Done>}
 */
async function runParts(convert, output, first, count, { run, open, over }) {
  const outputs = [output];
  const all = [first];
  try {
    for (let part = 1; part < count; part += 1) {
      // A ZIP takes one file after the other. Files of their own get their names together, when all are complete.
      if (!output.isFile) await outputs[part - 1].close();
      outputs[part] = open(part);
      all[part] = await run(outputs[part], { ...convert, part }, { from: 1, to: 1 });
    }
    for (const one of outputs) await one.close();
  } catch (error) {
    await Promise.all(outputs.map((one) => one.abort(error)));
    throw error;
  } finally {
    for (const one of outputs.slice(1)) over(one);
  }
  const parts = outputs.map(({ finalPath }, index) => {
    const { written, sha256, conversion } = all[index];
    return {
      output: finalPath,
      rows: conversion?.rowsWritten ?? 0,
      bytes: written,
      ...(sha256 !== undefined && { sha256 }),
    };
  });
  const written = all.reduce((sum, one) => sum + one.written, 0);
  // Each reading counts over the whole file.
  const conversion = /** @type {ConversionOutcome} */ (first.conversion);
  const converted = { .../** @type {Converted} */ (conversion.converted), parts };
  return { ...first, written, sha256: undefined, conversion: { ...conversion, converted } };
}
