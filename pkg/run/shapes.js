/** The shapes that the parts of a run share. */

/**
 * @import { FileResult, MgdcDecryptError as Failure, OwnBytes, Sink, SinkInfo } from '../index.js'
 * @import { Verdict } from '../core/ends.js'
 * @import { DropFile } from '../drop/drop-file.js'
 * @import { BatchResult, Keys } from '../worker/protocol.js'
 * @import { Lane } from './lane.js'
 * @import { RunSalvage } from './run.js'
 */

/**
 * The keys of a drop: `of(entry)` and `all()` return copies of file keys, `examine(file)` examines a file, `missing()`
 * returns the reason why there is no key; `openHead(file)` resolves to the entry that opens a damaged file's beginning;
 * `drop` lists all files of the drop.
 *
 * @typedef {object} DropKeys
 * @property {readonly DropFile[]} [drop]
 * @property {(entry: number) => Uint8Array<ArrayBuffer> | undefined} of
 * @property {() => Keys} all
 * @property {(file: DropFile) => Promise<void>} examine
 * @property {() => Failure | null} missing
 * @property {(file: DropFile) => Promise<Verdict | null>} [openHead]
 */
/**
 * `reusesBuffers`: the sink no longer needs the bytes when a write is over, so their buffer may be filled again. `whole`
 * writes a small file in one go; resolves to its final path. It belongs to `open`, so that a host that wraps `open` sees
 * every file. Only our own sinks have them.
 *
 * @typedef {Sink & { readonly reusesBuffers?: boolean, open: Sink['open'] & { whole?: PutWhole } }} RunSink
 */
/** @typedef {(path: string, bytes: OwnBytes, info: SinkInfo) => Promise<string>} PutWhole */
/**
 * The result for a file of a batch; `skipped`: an earlier run has done it. @typedef {BatchResult | { kind: 'skipped',
 * result: FileResult } | { kind: 'failed', error: Failure }} Found
 */
/**
 * Files that a lane works on, and their results that must still be written, or null. @typedef {{ files: DropFile[],
 * results: Promise<Found[] | null> }} Current
 */
/** @typedef {Generator<DropFile[], void>} Work */
/**
 * Converts a file in one or more jobs: see convert/run-converted.js.
 * @typedef {typeof import('../convert/run-converted.js').runConverted} RunConverted
 */
/** @typedef {Pick<RunSalvage, 'mayBeSalvaged' | 'salvage'> & { lane: Lane }} Salvager */

export {};
