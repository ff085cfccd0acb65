/** A second run over files that failed inside: what can be read of them goes to a `.partial` output. */

import { toError } from '../core/errors.js';
import { isConverted } from '../core/repair.js';
import { DropFile } from '../drop/drop-file.js';
import { dateOf } from '../drop/duplicates.js';
import { sourceOf } from '../worker/source.js';
import { OutputFile } from './output-file.js';

/**
 * @import { ErrorCode, FileResult, Repair, Salvaged } from '../index.js'
 * @import { JobBase } from '../worker/protocol.js'
 * @import { DropKeys, RunSink } from './shapes.js'
 * @import { Lane } from './lane.js'
 * @import { OutputPath } from './output-paths.js'
 */

/**
 * A failed file and its result so far. @typedef {{ file: DropFile, result: FileResult }} Damaged
 */
/**
 * What a run has for it. `outputs`: those that are open, so that a cancelled run can discard them.
 *
 * @typedef {object} Means
 * @property {DropKeys} keys
 * @property {RunSink} sink
 * @property {JobBase} job
 * @property {Set<OutputFile>} outputs
 * @property {{ partial(file: DropFile, decompressed: boolean): OutputPath }} paths
 */

/** What a damaged or cut file fails with, and a file whose beginning no key opens as well: then a key is looked for. */
/** @type {Set<ErrorCode | undefined>} */
const INSIDE = new Set([
  'ERR_CIPHERTEXT_LENGTH',
  'ERR_PADDING',
  'ERR_UNRECOGNIZED',
  'ERR_COMPRESSED_DATA',
  'ERR_CHECKSUM',
  'ERR_TRAILING_DATA',
  'ERR_FILE_KEY_UNWRAP',
]);

/**
 * Whether the failure is of a kind that salvage may help with.
 * @param {DropFile} file
 * @param {FileResult} result
 */
export function mayBeSalvaged({ role, examined }, { code }) {
  return INSIDE.has(code) && (role === 'encrypted' || !examined);
}

/**
 * Resolves to the result with `salvaged`, or as it was when no key opens the beginning of the file.
 * @param {Lane} lane
 * @param {Damaged} damaged
 * @param {Means} means
 * @returns {Promise<FileResult>}
 */
export async function salvage(lane, { file, result }, { keys, sink, job, outputs, paths }) {
  /** @type {OutputFile | undefined} */
  let output;
  const blob = DropFile.blobOf(file);
  try {
    const opened = await openedBy(file, keys);
    const key = opened && keys.of(opened.entry);
    if (!opened || !key) return result;
    if (isConverted(opened.repair)) return { ...result, salvaged: nothing(file, CONVERTED) };
    if (!job.decompress) return { ...result, salvaged: nothing(file, KEPT) };
    /** @param {boolean} decompressed */
    const outputOf = (decompressed) => {
      output = new OutputFile(sink, () => paths.partial(file, decompressed).path, dateOf(blob));
      outputs.add(output);
      return output;
    };
    const into = outputOf(opened.isCompressed);
    const done = await lane.run(
      {
        ...job,
        convert: null,
        salvage: true,
        key,
        repair: opened.repair,
        source: sourceOf(/** @type {Blob} */ (blob)),
        size: file.size,
      },
      {
        open: () => into.openFile(),
        write: (bytes) => into.write(bytes),
        progress() {},
        reuse: sink.reusesBuffers === true,
      },
    );
    const found = /** @type {NonNullable<typeof done.salvage>} */ (done.salvage);
    if (found.rows === 0) return { ...result, salvaged: nothing(file, `${found.nothing}`) };
    await into.close();
    const { rows, bytes, lost, certain } = found;
    const hash = done.sha256 === undefined ? {} : { sha256: done.sha256 };
    return { ...result, salvaged: { output: into.finalPath, bytes, rows, lost, certain, ...hash, reason: null } };
  } catch (error) {
    await output?.abort(error);
    return { ...result, salvaged: nothing(file, toError(error).message) };
  } finally {
    if (output) outputs.delete(output);
  }
}

const CONVERTED = 'a tool had changed the file on its way, and such files are not salvaged';
const KEPT = 'the compressed bytes were to be kept, and they have no rows';

/**
 * The entry that opens the file: the one that opened both its ends, or one that opens its beginning.
 * @param {DropFile} file
 * @param {DropKeys} keys
 * @returns {Promise<{ entry: number, repair: Repair | null, isCompressed: boolean } | null>}
 */
async function openedBy(file, keys) {
  if (file.keyDetails !== null) {
    return { entry: file.keyDetails, repair: file.repair, isCompressed: file.isCompressed };
  }
  const verdict = await keys.openHead?.(file);
  if (!verdict || verdict.entry === null) return null;
  const isCompressed = /^(gzip|zlib|deflate)$/.test(verdict.content ?? '');
  return { entry: verdict.entry, repair: verdict.repair, isCompressed };
}

/**
 * @param {DropFile} file
 * @param {string} reason
 * @returns {Salvaged}
 */
function nothing(file, reason) {
  return { output: null, bytes: 0, rows: 0, lost: [{ from: 0, to: file.size }], certain: false, reason };
}
