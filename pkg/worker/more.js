/** Types of what a worker needs for jobs that convert or salvage. The scripts convert/worker.js and salvage/worker.js have it. */

/**
 * @import { Repair } from '../index.js'
 * @import { PlaintextWriter } from './plaintext-writer.js'
 * @import { ConversionOutcome, ConvertJob, JobOptions, SalvageSummary, Source, WholeFile } from './protocol.js'
 */

/** @typedef {{ convert?: Converters, salvage?: Salvager }} More */
/** A PlaintextWriter that converts. @typedef {PlaintextWriter & { conversion: ConversionOutcome }} ConvertingWriter */
/**
 * `whole`: converts a small file; null if it has to be converted in pieces.
 *
 * @typedef {object} Converters
 * @property {(writer: PlaintextWriter, job: ConvertJob) => Pick<ConvertingWriter, keyof ConvertingWriter>} writer
 * @property {(opened: WholeFile, job: ConvertJob) => WholeFile | null} whole
 */
/**
 * A damaged file. @typedef {{ source: Source, key: Uint8Array<ArrayBuffer>, repair: Repair | null | undefined } &
 * Pick<JobOptions, 'compression' | 'outputLimit'>} SalvageJob
 */
/**
 * What salvages: see salvage/salvage-into.js.
 *
 * @typedef {object} Salvager
 * @property {(module: WebAssembly.Module) => void} start
 * @property {(writer: Pick<PlaintextWriter, keyof PlaintextWriter>, job: SalvageJob) => Promise<SalvageSummary>} into
 */

export {};
