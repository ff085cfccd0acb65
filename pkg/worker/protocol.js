/**
 * The messages between the page's thread and its workers, all in one place. They are plain objects with a `type`;
 * buffers in brackets are transferred, not copied.
 *
 * To a worker:
 *   start       module, script?, second?                    the compiled WebAssembly.Module; always the first message;
 *                                                           `script`: of its inflater, unless the page starts
 *                                                           that (relay.js); `second`: the module that
 *                                                           salvages, for salvage/worker.js
 *   prepare                                                 start the inflater
 *   job         Job                                         decrypt or copy one file
 *   output-file file                                        answers `open`: the file to write; null: send pieces
 *   credit      buffer? [buffer]                            a piece was written: one more may be sent, in this buffer
 *   batch       Batch                                       decrypt or copy many small files
 *   inflate     key, repair, options of a Job               to an inflater: see inflater.js
 *   ciphertext  piece, lastBlock? [piece]                   for it; `piece` is null at the end
 *   relayed     id, message? [its buffer], error?         from the worker's inflater: see relay.js
 *   key         parts [parts]                               a private key, for `unwrap`; see drop/try-key.js
 *   unwrap      piece [piece]                               private-key operations
 *
 * From a worker:
 *   open        isConverting                                asks for the output file, when there is something to write
 *   piece       buffer, length, read [buffer]               plaintext; `read`: bytes of the source processed so far
 *   more                                                    from an inflater: one more piece may be sent
 *   relay       id, message [its buffer]                    for the worker's inflater; null: end it
 *   progress    read, written                               every 50 ms while a job runs
 *   done        summary, sha256?, read, written, stages?,   the job is over; `stages`: where its time went
 *               conversion?
 *   batched     results [their bytes]                       the batch is over: a BatchResult for each file, in order
 *   unwrapped   results [results]                           the results of the private-key operations
 *   failed      error                                       the job, batch or unwrapping failed: `{ code, message, … }`
 *
 * Job:          source, size, key (48 bytes; null: copy), repair, isShared (with an inflater of the worker's own),
 *               compression, decompress, outputLimit, sha256, convert (only for convert/worker.js),
 *               salvage (only for salvage/worker.js; `done` then has `salvage`, too)
 * Batch:        files: `{ source, entry, repair, path }`, keys: `{ bytes, isPartlyLocked }`, and the options of a Job.
 *               `entry`: index of a file key; null: copy; undefined: the worker finds out what the file is.
 *               `path`: given for a file that was not examined and may be a private key
 * BatchResult:  one of `{ kind: 'whole', bytes, summary, sha256, modified, verdict }`, `{ kind: 'big' }`,
 *               `{ kind: 'private-key', key }`, `{ kind: 'failed', error }`
 * source:       a Blob, or in Node `{ path, size, modified }`, or an entry of one of these that is a ZIP archive: see
 *               archive/entry-source.js
 */

/**
 * @import { EntrySource } from '../archive/entry-source.js'
 * @import { Verdict } from '../core/ends.js'
 * @import { PlainError } from '../core/errors.js'
 * @import { StageTimes } from './stages.js'
 * @import { ByteRange, Compression, Converted, ConvertOptions, DecryptionSummary, FileOnDisk, Repair } from '../index.js'
 */

/**
 * How to convert: see ConvertOptions in index.d.ts. `splitRows`: Infinity for one file; `part`: which of several files,
 * from 0; `plan`: what an earlier job found out about the file (convert/row-tree.js).
 *
 * @typedef {object} ConvertJob
 * @property {ConvertOptions['to']} to
 * @property {boolean} bom
 * @property {boolean} flatten
 * @property {number} sampleRows
 * @property {number} splitRows
 * @property {number} part
 * @property {PlannedName[] | null} plan
 */
/** @typedef {{ name: string, isValue: boolean, mask: number, names: PlannedName[] | null }} PlannedName */
/**
 * What came of it. `plan`: nothing was written yet, another job must do it with this plan. `rowsWritten`: of all
 * rows, those of this part.
 *
 * @typedef {object} ConversionOutcome
 * @property {string[]} warnings
 * @property {Converted} [converted]
 * @property {PlannedName[]} [plan]
 * @property {number} [rowsWritten]
 */

/** What a worker reads from; a path in Node. @typedef {Blob | FileOnDisk['source'] | EntrySource} Source */
/** What a worker writes to; a path in Node. @typedef {FileSystemFileHandle | { path: string }} Destination */
/**
 * The options on which the output depends.
 *
 * @typedef {object} JobOptions
 * @property {Compression} compression
 * @property {boolean} decompress
 * @property {number | undefined} outputLimit
 * @property {boolean} sha256
 * @property {ConvertJob | null} [convert]
 */
/**
 * @typedef {object} JobFile
 * @property {'job'} type
 * @property {Source} source
 * @property {number} size
 * @property {Uint8Array<ArrayBuffer> | null} key 48 bytes; null: copy
 * @property {Repair | null} [repair]
 * @property {boolean} [isShared] the worker lets an inflater help
 * @property {boolean} [salvage] give the rows that can be read of a damaged file
 */
/** What all files of a run have in common. @typedef {{ type: 'job' } & JobOptions} JobBase */
/** @typedef {JobFile & JobOptions} Job */
/**
 * @typedef {object} BatchFile
 * @property {Source} source
 * @property {number | null} [entry] index of a file key; null: copy; undefined: the worker finds out what the file is
 * @property {Repair | null} [repair]
 * @property {string} [path] given for a file that was not examined and may be a private key
 * @property {boolean} [asDelivered] never converted
 */
/**
 * Copies of file keys; `isPartlyLocked`: some entries are locked. @typedef {{ bytes: Uint8Array, isPartlyLocked:
 * boolean }} Keys
 */
/** @typedef {{ type: 'batch', files: BatchFile[], keys: Keys } & JobOptions} Batch */
/**
 * @typedef {object} WholeFile
 * @property {'whole'} kind
 * @property {Uint8Array<ArrayBuffer>} bytes
 * @property {DecryptionSummary} summary
 * @property {string} [sha256]
 * @property {number} [modified]
 * @property {Verdict} [verdict]
 * @property {ConversionOutcome} [conversion]
 */
/** @typedef {{ kind: 'big' } | { kind: 'private-key', key: string } | { kind: 'failed', error: PlainError }} NoFile */
/** @typedef {WholeFile | NoFile} BatchResult */
/**
 * @typedef {{ type: 'inflate', key: Uint8Array<ArrayBuffer>, repair?: Repair | null } & Pick<JobOptions, 'compression' |
 * 'decompress' | 'outputLimit'>} Inflate
 */
/**
 * For an inflater; null after the last one. @typedef {{ type: 'ciphertext', piece: Uint8Array<ArrayBuffer> | null,
 * lastBlock?: Uint8Array<ArrayBuffer> }} Ciphertext
 */
/** @typedef {{ type: 'relay', id: number, message: ToWorker | null }} Relay */
/** @typedef {{ type: 'relayed', id: number, message?: FromWorker, error?: PlainError }} Relayed */
/**
 * @typedef {{ type: 'start', module: WebAssembly.Module, script?: string, second?: WebAssembly.Module }
 *   | { type: 'prepare' } | Job | Batch | Inflate | Ciphertext | Relayed
 *   | { type: 'output-file', file: Destination | null } | { type: 'credit', buffer?: ArrayBuffer }
 *   | { type: 'key', parts: Uint8Array } | { type: 'unwrap', piece: Uint8Array }} ToWorker
 */
/**
 * The end of a job. @typedef {{ type: 'done', summary: DecryptionSummary, salvage?: SalvageSummary, sha256?: string,
 * read: number, written: number, stages?: StageTimes, conversion?: ConversionOutcome }} Done
 */
/**
 * What was salvaged; `nothing`: why there is no row. @typedef {{ rows: number, bytes: number, lost: ByteRange[],
 * certain: boolean, compression: Exclude<Compression, 'auto'> | null, nothing: string | null }} SalvageSummary
 */
/**
 * @typedef {{ type: 'open', isConverting: boolean } | { type: 'piece', buffer: ArrayBuffer, length: number, read: number }
 *   | { type: 'more' } | Relay | { type: 'progress', read: number, written: number } | Done | { type: 'batched', results: BatchResult[] }
 *   | { type: 'unwrapped', results: Uint8Array } | { type: 'failed', error: unknown }} FromWorker
 */
/**
 * Plaintext with the ciphertext of its last block; without `lastBlock`, ciphertext. @typedef {{ piece:
 * Uint8Array<ArrayBuffer>, lastBlock?: Uint8Array<ArrayBuffer> }} Piece
 */

export {};
