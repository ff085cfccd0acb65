/** The outputs of a run: each file gets its name when it is opened, and its result when everything is written. */

import { DropFile } from '../drop/drop-file.js';
import { mayConvert } from './file-facts.js';
import { OutputFile } from './output-file.js';

/**
 * @import { FileResult } from '../index.js'
 * @import { Done } from '../worker/protocol.js'
 * @import { RunSink } from './shapes.js'
 * @import { pathsOf } from './output-paths.js'
 * @import { Resume } from './resume.js'
 */

export class Outputs {
  /** Those that are not finished, so that a run that ends early can discard them. @type {Set<OutputFile>} */
  open = new Set();
  #sink;
  #resume;
  #isConverting;

  /**
   * @param {RunSink} sink
   * @param {ReturnType<typeof pathsOf>} paths
   * @param {Resume | null} resume
   * @param {boolean} isConverting whether the run converts
   */
  constructor(sink, paths, resume, isConverting) {
    this.paths = paths;
    this.#sink = sink;
    this.#resume = resume;
    this.#isConverting = isConverting;
  }

  /**
   * `named.changed`: what was changed in its path, once it is open. `part`: which of several files, from 0.
   * @param {DropFile} file
   * @param {number | undefined} modified
   * @param {number} [part]
   */
  of(file, modified, part = 0) {
    const named = { changed: /** @type {string | null} */ (null) };
    /** @param {boolean} isConverted */
    const place = (isConverted) => {
      const { path, changed } = isConverted ? this.paths.converted(file, part) : this.paths.of(file);
      named.changed = [DropFile.noteOf(file), changed].filter(Boolean).join('; ') || null;
      return path;
    };
    const output = new OutputFile(this.#sink, place, modified, { replace: this.#resume?.replaces(file) });
    this.open.add(output);
    return { output, named };
  }

  /**
   * `fill` writes the plaintext to the output. On any failure the output is discarded.
   * @param {DropFile} file
   * @param {OutputFile} output
   * @param {{ readonly changed: string | null }} named
   * @param {() => Promise<Pick<Done, 'summary' | 'sha256' | 'conversion' | 'written'>>} fill
   * @returns {Promise<FileResult>}
   */
  async finish(file, output, named, fill) {
    try {
      const { summary, sha256, conversion, written } = await fill();
      await output.close();
      const asDelivered = this.#isConverting && !mayConvert(file) ? ['not converted: it is metadata'] : [];
      const changed = named.changed ? [named.changed] : [];
      const warnings = [...summary.warnings, ...(conversion?.warnings ?? []), ...asDelivered, ...changed];
      const outcome = file.keyDetails === null ? 'copied' : 'decrypted';
      const hash = sha256 === undefined ? {} : { sha256 };
      /** @type {FileResult} */
      const result = {
        path: file.path,
        output: output.finalPath,
        outcome,
        bytes: conversion ? written : summary.bytesOut,
        verified: summary.verified,
        ...hash,
        ...(conversion?.converted && { converted: conversion.converted }),
        warnings,
      };
      this.#resume?.note(file, result);
      return result;
    } catch (error) {
      await output.abort(error);
      throw error;
    } finally {
      this.open.delete(output);
    }
  }

  /** @param {unknown} reason */
  async abort(reason) {
    await Promise.all([...this.open].map((output) => output.abort(reason)));
  }
}
