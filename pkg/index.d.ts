/**
 * mgdc-decrypt: opens Microsoft Graph Data Connect drops that were delivered with custom encryption.
 *
 * Everything runs where it is called: nothing is sent anywhere. Sizes are bytes and exact up to 2^53.
 *
 * @module mgdc-decrypt
 */

declare global {
  /** As in the library `esnext.disposable`, which TypeScript before 5.2 does not have. */
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

/** Where bytes go in. */
export type Bytes = Uint8Array | ArrayBuffer | string;

/**
 * Bytes that come out: a Uint8Array over a buffer of its own, which `new Blob` and `fetch` take. Spelled so that
 * TypeScript before 5.7 reads it, too.
 */
export type OwnBytes = ReturnType<typeof Uint8Array.of>;

/**
 * Loads the WebAssembly module. Whatever returns a promise does it by itself; the other functions do it at once, where
 * that is allowed: everywhere but on a page's own thread in Chromium before 115. There, and with `mgdc-decrypt/slim`,
 * `await init()` before. Call it also to compile the module beforehand, to load it from elsewhere, or to try again after
 * `ERR_WASM_LOAD`. A relative address belongs to the page, or to the worker's script, as in `fetch`.
 */
export function init(source?: URL | string | BufferSource | WebAssembly.Module): Promise<void>;

/**
 * Does what `init` does, and starts the workers of the next run, which then begins 50 to 90 ms earlier. `openDrop`
 * does it, too. Where no worker can be started, nothing happens: the run says why. Workers inherit the page's policy as
 * it is when they start: a page that tightens its policy calls this and `openDrop` afterwards. Workers that no run has
 * needed for a minute are ended.
 */
export function prepare(): Promise<void>;

/** Version of the package, and the revision that it was built from. */
export function version(): string;

/** RSA paddings that Azure Key Vault offers, and Java's mix of OAEP-256 with MGF1 over SHA-1. */
export type Algorithm = 'RSA-OAEP' | 'RSA-OAEP-256' | 'RSA-OAEP-256-MGF1-SHA1' | 'RSA1_5';

/** One wrapped key of a key details document. */
export interface KeyDetails {
  /** Place in the document, for messages: `$.DecryptionKeyDetails[0]`. */
  readonly place: string;
  /** The Key Vault key version (32 hex digits) whose private half is needed; `null` when the document does not say. */
  readonly publicKeyVersion: string | null;
  /** The whole key identifier, when the document gave one. */
  readonly keyIdentifier: string | null;
  /** The RSA ciphertext of the AES key, standard Base64. 256 bytes for RSA-2048. */
  readonly wrappedKey: string;
  /** The IV, standard Base64: 16 bytes, or RSA ciphertext like the key. */
  readonly iv: string;
  /** `'file'` opens files; `'column'` opens values inside rows, which this package does not do. */
  readonly kind: 'file' | 'column';
}

/**
 * Reads every wrapped key of `encryptionKeyDetails.json`; JSON Lines, too. @throws ERR_KEY_DETAILS_JSON,
 * ERR_KEY_DETAILS_FIELD, ERR_KEY_DETAILS_BASE64, ERR_IV_LENGTH
 */
export function parseKeyDetails(json: Bytes): KeyDetails[];
export function parseKeyDetails(json: Blob): Promise<KeyDetails[]>;

/**
 * RSA private keys out of one source: usually one, several where a PEM, PFX or JWK file holds several. Wiped by
 * `dispose()`.
 */
export class PrivateKey {
  private constructor();
  /**
   * Told by content: PEM and DER (PKCS#8, PKCS#1, with or without a password), PFX, JWK and JWK set, `RSAKeyValue` XML,
   * the value of a Key Vault secret, bare or in its JSON; and any of these in Base64 or hex, or in a JSON, YAML, `.env`
   * or other text, whatever the field is called and however it is escaped.
   * @throws ERR_PRIVATE_KEY_INVALID, ERR_PRIVATE_KEY_ENCRYPTED, ERR_PRIVATE_KEY_PASSWORD, ERR_PRIVATE_KEY_COST,
   * ERR_PRIVATE_KEY_NOT_RSA, ERR_PRIVATE_KEY_TOO_SMALL, ERR_PRIVATE_KEY_MISSING, ERR_PRIVATE_KEY_UNSUPPORTED
   */
  static import(source: Bytes, options?: ImportOptions): PrivateKey;
  static import(source: Blob | FileOnDisk, options?: ImportOptions): Promise<PrivateKey>;
  /** Size of the modulus of the first key: 2048, 3072, 4096. */
  readonly bits: number;
  /** The first key's identifier (`kid`) when the source carries one, else its version where known. */
  readonly keyId: string | null;
  /** One entry for each key of the source: its Key Vault version, or `null` where unknown. */
  readonly versions: (string | null)[];
  /** Wipes the keys. They cannot be used afterwards. */
  dispose(): void;
  /** The same, for `using`. */
  [Symbol.dispose](): void;
}
/** Options of `PrivateKey.import`. */
export interface ImportOptions {
  /**
   * Without one the empty password is tried; `ERR_PRIVATE_KEY_ENCRYPTED` asks for one. Accents may be composed (NFC) or
   * apart (NFD).
   */
  password?: string;
  /** File name of the source: a Key Vault version in it is used to match. Taken from a `File` by itself. */
  name?: string;
}

/** The AES-256 key and the 16-byte IV that open the files of one key details entry. Wiped by `dispose()`. */
export class FileKey {
  private constructor();
  /** @throws ERR_FILE_KEY_UNWRAP, ERR_FILE_KEY_LENGTH, ERR_IV_LENGTH */
  static unwrap(details: KeyDetails, privateKey: PrivateKey, options?: { algorithm?: Algorithm }): FileKey;
  /**
   * Takes Key Vault's answer to decrypt/unwrapKey: REST, `az` or PowerShell JSON, bare Base64, Base64URL or hex, or raw
   * bytes. @throws ERR_VAULT_ANSWER, ERR_FILE_KEY_LENGTH
   */
  static fromVault(answer: Bytes, details: KeyDetails): FileKey;
  /** What undid the RSA wrapping; `null` for a vault answer that does not say. */
  readonly algorithm: Algorithm | null;
  /** How the 32 bytes were spelled inside the RSA plaintext: `raw`, `base64`, `utf-16 base64`, `hex`, … */
  readonly encoding: string;
  /** Wipes the key. It cannot be used afterwards. */
  dispose(): void;
  /** The same, for `using`. */
  [Symbol.dispose](): void;
}

/** How the content of an encrypted file is compressed; `'auto'`: told by content. */
export type Compression = 'auto' | 'gzip' | 'zlib' | 'deflate' | 'none';

/** Options of `decrypt`, `DecryptionStream` and, for every file, `drop.decrypt`. */
export interface DecryptOptions {
  /** Default `'auto'`: told by content. */
  compression?: Compression;
  /** `false` keeps the compressed bytes as they are. Default `true`. */
  decompress?: boolean;
  /** Most plaintext bytes of one encrypted file; more is `ERR_OUTPUT_LIMIT`. Default: no limit. */
  outputLimit?: number;
  /** Ends it with `ERR_ABORTED`. */
  signal?: AbortSignal;
}

/**
 * What a tool did to a ciphertext that can be undone before it is decrypted, with a warning: `base64`, `hex`, `gzip`,
 * `latin1`, …; `iv-in-front`: the file begins with its IV, which is then taken instead of the one in the key details.
 * Several have `+` between them, the outermost first.
 */
export type Repair = string;

/**
 * Decrypts one file in one go, and undoes what a tool did to it before (see `Repair`); use `DecryptionStream` for
 * anything big.
 *
 * @example
 * ```js
 * import { FileKey, PrivateKey, decrypt, parseKeyDetails } from 'mgdc-decrypt';
 *
 * const [details] = parseKeyDetails(json);
 * const fileKey = FileKey.unwrap(details, PrivateKey.import(pem));
 * const plaintext = await decrypt(file, fileKey); // a Uint8Array
 * ```
 */
export function decrypt(data: Blob | Bytes, fileKey: FileKey, options?: DecryptOptions): Promise<OwnBytes>;

/**
 * Encrypted bytes in, plaintext out. Output before the end is unverified: the checks come last, and then the stream
 * errors. What one chunk expands to waits in the stream's queue, which may be a thousand times the chunk: give it small
 * chunks, and an `outputLimit` where nobody vouches for the content. A drop does not queue: it writes as it goes.
 *
 * @example
 * ```js
 * import { DecryptionStream } from 'mgdc-decrypt';
 *
 * const decryption = new DecryptionStream(fileKey);
 * await file.stream().pipeThrough(decryption).pipeTo(target);
 * console.log((await decryption.summary).verified); // 'crc32', 'adler32' or null
 * ```
 */
export class DecryptionStream extends TransformStream<Uint8Array, OwnBytes> {
  /**
   * A stream cannot look at the end of a file before it begins: `repair` says what it is to undo. `DropFile.repair`
   * tells.
   */
  constructor(fileKey: FileKey, options?: DecryptOptions & { repair?: Repair | null });
  /** Known after the end. */
  readonly summary: Promise<DecryptionSummary>;
}
/** What came of a `DecryptionStream`. */
export interface DecryptionSummary {
  /** How the content was compressed. */
  compression: Exclude<Compression, 'auto'>;
  /** Encrypted bytes. */
  bytesIn: number;
  /** Bytes of plaintext. */
  bytesOut: number;
  /** Which checksum was checked. */
  verified: Verified;
  /** Remarks for a person. */
  warnings: string[];
}
/** Which checksum of the content was checked; `null`: the content carries none. */
export type Verified = 'crc32' | 'adler32' | null;

/**
 * In Node, a file that workers open by themselves, by its `source`; `path` as bytes where it is no UTF-8. The rest is
 * what is needed of a Blob.
 */
export interface FileOnDisk {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  /**
   * What a worker needs to open it, and to notice that it changed meanwhile.
   */
  readonly source: {
    /** Where it is. Bytes, where the name is no UTF-8. */
    readonly path: string | Uint8Array;
    /** Bytes. */
    readonly size: number;
    /** Milliseconds since 1970. */
    readonly modified: number;
  };
  /** As of a Blob. */
  slice(start?: number, end?: number): Pick<Blob, 'arrayBuffer'>;
  /** As of a Blob. */
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * A file with its path inside the drop, `/` between folders. For `resume` the Blob has to be a `File`, which has a
 * date. In Node no Blob of `fs.openAsBlob()`: that cannot go to a worker.
 */
export interface DropItem {
  /** Path inside the drop. */
  path: string;
  /** Its bytes. */
  blob: Blob | FileOnDisk;
  /** `true` delivers the file though it is a private key. */
  copyKey?: boolean;
}

/**
 * What a walk through folders found and cannot give: named in the report as left out, or as failed for the reason of
 * `error`.
 */
export type DropEntry =
  | {
      /** Path in the drop. */
      path: string;
      /** Why it is left out. */
      leftOut: Omit<LeftOut, 'path'>;
    }
  | {
      /** Path in the drop. */
      path: string;
      /** Why it fails. */
      error: MgdcDecryptError;
    };

/**
 * Looks through a drop: finds key details, metadata, and what is encrypted. Reads only beginnings and ends. ZIP archives
 * that hold the drop, or a part of it, are opened: their entries are files of the drop, read from the archive when they
 * are needed. An entry that cannot be read is a file with an `error` (ERR_ARCHIVE, ERR_UNSAFE_NAME). A ZIP archive that
 * is data stays one file; docs/archives.md says how they are told apart.
 *
 * @example
 * ```js
 * import { PrivateKey, blobSink, openDrop } from 'mgdc-decrypt';
 *
 * const drop = await openDrop(files); // File objects, or { path, blob }
 * await drop.unlock(PrivateKey.import(pem));
 * const sink = blobSink({ limit: 2 ** 30 });
 * const report = await drop.decrypt(sink);
 * for (const [path, blob] of sink.blobs) console.log(path, await blob.text());
 * console.log(`${report.failed} failed`);
 * ```
 */
export function openDrop(files: Iterable<File | DropItem | DropEntry>, options?: OpenDropOptions): Promise<DataDrop>;

/** Options of `openDrop`. */
export interface OpenDropOptions {
  /** Ends it with `ERR_ABORTED`. */
  signal?: AbortSignal;
  /**
   * `true` delivers private keys like any other file. By default each gets the role `'private-key'`, is named in the
   * report's `leftOut` and never written: it would be passed on with the plaintext. In a drop of more than 1,000 files
   * those with a key's name are told at once, the rest in `decrypt`.
   */
  copyKeys?: boolean;
  /**
   * Most key details entries, 10,000 by default: a document with which there would be more is `ERR_KEY_DETAILS_LIMIT`.
   */
  maxKeyDetails?: number;
}

/** What a file is in its drop. */
export type Role =
  | 'key-details' // names the wrapped keys; not delivered
  | 'metadata' // under metadata/: delivered as it is
  | 'clear' // was not encrypted: delivered as it is
  | 'encrypted' // or damaged: told apart once there is a key
  | 'private-key' // a private key: never delivered
  | 'litter' // left by a system or a program (.DS_Store, Thumbs.db, ._name, ~$name): not delivered
  | 'left-out'; // found by whoever walked the folders, and not delivered: see DropEntry

/** A file of a drop, and what is known of it. */
export interface DropFile {
  /** Path in the drop, with `/`. */
  readonly path: string;
  /** Path of the ZIP archive that the file is read from; `null` for a file of its own. */
  readonly archive: string | null;
  /** Bytes in the drop. */
  readonly size: number;
  /** What it is in the drop. */
  readonly role: Role;
  /**
   * What a clear file was recognised by: `json`, `text`, `gzip`, `parquet`, `empty`, …; `null` for an encrypted one.
   */
  readonly content: string | null;
  /** Once unlocked: index into `drop.keyDetails` of the entry that opens the file. */
  readonly keyDetails: number | null;
  /**
   * `false` in a drop of more than 1,000 files, until it is decrypted, and where that is skipped (`resume`): then
   * nothing above is more than a guess by its place.
   */
  readonly examined: boolean;
  /** Once unlocked: what is undone before the file is decrypted; its result then carries a warning. */
  readonly repair: Repair | null;
  /** Where known already that the file will fail: why. */
  readonly error: MgdcDecryptError | null;
  /**
   * What is known already of its result's warnings: a clear file beside encrypted ones of its dataset is delivered, and
   * not without a word.
   */
  readonly warnings: readonly string[];
  /** Why it is not delivered, for the last three roles. */
  readonly leftOut: Omit<LeftOut, 'path'> | null;
}

export interface KeyDetailsState extends KeyDetails {
  /** Path of the document in the drop. */
  readonly path: string;
  /** Whether a key or an answer has opened it. */
  readonly unlocked: boolean;
  /** What undid the RSA wrapping; `null` while locked, and for a vault answer that does not say. */
  readonly algorithm: Algorithm | null;
  /** As `FileKey.encoding`; `null` while locked. */
  readonly encoding: string | null;
  /** Why the last try did not open it: no padding fits, an answer that opens no file, a callback that failed. */
  readonly error: MgdcDecryptError | null;
}

/**
 * Host's way to unwrap: called once for each wrapped key of files that is locked, one after the other. Answer in any
 * form that `FileKey.fromVault` takes; what it throws becomes `ERR_CALLBACK`, with its message. How long to wait is the
 * host's to say.
 */
export type UnwrapCallback = (
  wrappedKey: OwnBytes,
  details: KeyDetails & { algorithm: Algorithm | null; signal: AbortSignal },
) => Promise<Bytes> | Bytes;

/** A drop: its files, its key details, and what opens, shows and decrypts them. Made by `openDrop`. */
export class DataDrop {
  private constructor();
  /** Every file, of every role. */
  readonly files: readonly DropFile[];
  /** Replaced when an entry changes: a list that was taken before stays as it was. */
  readonly keyDetails: readonly KeyDetailsState[];
  /** The folders with the data, in the order of the files. Made anew at each call. */
  readonly datasets: Dataset[];
  /** Paths of the private keys that lie in the drop: import them yourself to use them. */
  readonly privateKeys: readonly string[];
  /** What is wrong with the drop as a whole: no key details, damaged key details. */
  readonly problems: readonly MgdcDecryptError[];
  /**
   * Opens what the key, or Key Vault's answer, opens, and sorts the files by the key that fits. Call it once for each.
   * Resolves to the indices in `keyDetails` that it opened. @throws the reason when it opened none
   *
   * A private key costs some milliseconds for each distinct wrapped key. More than a few are done by workers, which get
   * a copy of the key for that and end right after.
   */
  unlock(source: PrivateKey | Blob | Bytes | UnwrapCallback, options?: UnlockOptions): Promise<number[]>;
  /**
   * Decrypts or copies every file. One file's failure is in the report and stops no other. @throws ERR_ABORTED, or what
   * the sink throws when it is unusable
   */
  decrypt(sink: Sink, options?: DropDecryptOptions): Promise<Report>;
  /**
   * Shows the beginning of one file as rows: decrypts as little as that takes, in memory only, and writes nothing. Call
   * it again with more `rows`, or more `bytes`, to see more. Loads `mgdc-decrypt/preview` when it is first used. @throws
   * `ERR_FILE_KEY_MISSING` for a locked file, the reason for one that cannot be decrypted, `ERR_ABORTED`
   */
  preview(path: string, options?: PreviewOptions): Promise<Preview>;
  /** Wipes the file keys. */
  dispose(): void;
  /** The same, for `using`. */
  [Symbol.dispose](): void;
}
/** Options of `drop.preview`, and of `preview` of `mgdc-decrypt/preview`. */
export interface PreviewOptions {
  /** Most rows, up to 10,000. Default 100. */
  rows?: number;
  /** Most bytes of the file that are read, up to 16 MiB. Default 1 MiB. Parquet may take up to 16 MiB in any case. */
  bytes?: number;
  /** Ends it with `ERR_ABORTED`. */
  signal?: AbortSignal;
}
/** The beginning of a file as rows. */
export interface Preview {
  /** Path in the drop, or the one that was given. */
  path: string;
  /** What it is. `bytes`: none of the others. `null`: an error came before that could be told. */
  content: 'json' | 'csv' | 'parquet' | 'text' | 'bytes' | 'empty' | null;
  /**
   * Whole rows only. JSON and Parquet: values as they are; whole numbers beyond 2^53 as `bigint`, and numbers that no
   * double holds as an `ExactNumber`; times of Parquet as ISO 8601 text. CSV: all values are text. Text: `{ line }`.
   * Bytes: `{ offset, hex, text }` for each 16.
   */
  rows: Record<string, unknown>[];
  /** How many rows the file has, where it says so (Parquet); `null` elsewhere. */
  rowsTotal: number | null;
  /** In order of appearance in `rows`; of Parquet, all columns of the schema. */
  columns: PreviewColumn[];
  /** Whether the file has more than `rows`. */
  more: boolean;
  /**
   * What ended the preview: all wanted `rows` are there, `bytes` were read, the next `row` is too long to be shown, an
   * `error`; `null`: the end of the file.
   */
  stoppedBy: 'rows' | 'bytes' | 'row' | 'error' | null;
  /** Where not even one row is whole: the beginning of the first one, up to 4,096 characters. */
  cut: string | null;
  /** Bytes of the file that were read, and its size. */
  bytesRead: number;
  /** Size of the file. */
  bytesTotal: number;
  /** Bytes of plaintext that were decoded. */
  plaintextBytes: number;
  /** Always `null`: the checksum lies at the end, and a preview vouches for nothing. */
  verified: null;
  /**
   * What is wrong with the file, as far as was read. `rows` are then from before that place; rows that may be wrong are
   * not shown.
   */
  error: MgdcDecryptError | null;
  /** Remarks for a person: what was undone, what is not shown. */
  notes: string[];
}
/** A column of a preview. */
export interface PreviewColumn {
  /** Its name, as in the rows. */
  name: string;
  /**
   * `date`: a day in ISO 8601; `timestamp`: with a time and a zone; `mixed`: values of several types; `null`: no values.
   * Of CSV it is what the text looks like.
   */
  type: 'integer' | 'number' | 'boolean' | 'text' | 'date' | 'timestamp' | 'object' | 'array' | 'mixed' | 'null';
  /** How many of `rows` have a value (not null; in CSV, not empty). */
  filled: number;
  /** Their part of all `rows`, 0 to 1; `null`: not known. */
  fillRate: number | null;
  /** Characters of the longest text. */
  longest: number;
}
/** A number with all the digits it was written with. `String(number)` gives them. */
export interface ExactNumber {
  /** The number as it was written. */
  readonly value: string;
}
/** A folder with data files. Metadata, and data files that lie in no folder, belong to none. */
export interface Dataset {
  /** Path of the folder in the drop: `BasicDataSet_v0.Message_v0`. */
  readonly name: string;
  /** How many files it has. */
  readonly files: number;
  /** Bytes in the drop. Read when asked for, which costs a browser up to a millisecond for each file. */
  readonly bytes: number;
}
/** Options of `drop.unlock`. */
export interface UnlockOptions {
  /** The RSA padding. Default: all are tried. */
  algorithm?: Algorithm;
  /** Ends it with `ERR_ABORTED`; what is unlocked by then stays, and nothing of this try is added. */
  signal?: AbortSignal;
  /** For a vault answer: the index in `keyDetails` it belongs to. */
  keyDetails?: number;
  /** For a private key: on how many key details entries it was tried. Counted anew where IVs are wrapped, too. */
  onprogress?: (progress: { done: number; total: number }) => void;
}

/** Options of `drop.decrypt`. */
export interface DropDecryptOptions extends DecryptOptions {
  /** Workers at a time. Default: one for each core. */
  concurrency?: number;
  /**
   * Only these: exact paths; or patterns and datasets, see `FileSelection`. What was not chosen is counted in
   * `Report.notChosen` and named nowhere. @throws ERR_USAGE where a pattern or dataset fits nothing, before anything is
   * written
   */
  files?: Iterable<string> | FileSelection;
  /** Add `sha256` of what was written to each result. */
  sha256?: boolean;
  /**
   * Write the report into the sink, too, after the last file: `mgdc-decrypt-report.html`, `mgdc-decrypt-report.json`,
   * and `SHA256SUMS` for `sha256sum -c`. No output gets one of these names then. Implies `sha256`.
   */
  report?: boolean;
  /** Name of the folder or archive that the drop came in, for the report. */
  source?: string;
  /**
   * Skip what an earlier run with `resume` wrote to the same place from the same file (path, size, `lastModified`),
   * where it is still there and whole by its SHA-256. Keeps a list, `.mgdc-decrypt.json`, in the target: ask the person
   * first. Needs a sink with `existing`, as `directorySink` is. A file without `lastModified` is never skipped.
   */
  resume?: boolean;
  /**
   * Convert rows of JSON (JSON Lines, or one array of objects) to CSV or Parquet on the way: see docs/convert.md. Metadata,
   * and what holds no such rows, is written as it was delivered, with a warning. Cannot be combined with `resume`.
   */
  convert?: ConvertOptions['to'] | ConvertOptions;
  /**
   * For each file that fails inside (cut, a damaged block, a wrong checksum): also write the rows that can be read of
   * it, as `NAME.partial`. Such a file still counts as failed, and is never verified. See `FileResult.salvaged`. The run
   * first loads `mgdc-decrypt/salvage`, and fails with `ERR_WASM_LOAD` if it cannot.
   */
  salvage?: boolean;
  /** At most ten calls a second, and one at the end. */
  onprogress?: (progress: Progress) => void;
}

/** How rows of JSON are converted. */
export interface ConvertOptions {
  /** The format. */
  to: 'csv' | 'parquet';
  /** Objects in rows become columns with dotted names (`from.name`). Default: they are JSON text in one column. */
  flatten?: boolean;
  /** CSV: begin with a byte order mark, by which Excel knows UTF-8. */
  bom?: boolean;
  /** CSV: how many rows the columns are taken from, within the first 4 MiB. Default: 1,000. */
  sampleRows?: number;
  /**
   * CSV: most rows of a file, without its header; `true`: as many as Excel opens. The rest goes to `name-2.csv` and so
   * on. The source is read once for each file.
   */
  splitRows?: boolean | number;
}

/** What came of a conversion. */
export interface Converted {
  /** The format. */
  to: ConvertOptions['to'];
  /** How many rows were written. */
  rows: number;
  /** How many columns they have. */
  columns: number;
  /** CSV: cells that a spreadsheet would take for a formula, and that got an apostrophe in front. */
  neutralized?: number;
  /** CSV: rows that have values outside of the columns, which are left out. */
  lateColumns?: {
    /** How many rows. */
    rows: number;
    /** Some of the names. */
    names: string[];
  };
  /** With `splitRows`, where there is more than one file. */
  parts?: {
    /** Path that was written. */
    output: string;
    /** Its rows. */
    rows: number;
    /** Its bytes. */
    bytes: number;
    /** Where it was asked for. */
    sha256?: string;
  }[];
}
/** The files that are in one of `datasets`, and fit one of the patterns in `only`. A list that is empty does not count. */
export interface FileSelection {
  /** As in `.gitignore`: `*`, `**`, `?`, `[a-z]`. The rules are in docs/command-line.md. */
  only?: Iterable<string>;
  /** `Dataset.name`, or its last part. */
  datasets?: Iterable<string>;
}

/** How far a run is. */
export interface Progress {
  /** Bytes of the drop read so far, and in all. */
  bytesRead: number;
  /** Bytes of the drop in all. */
  bytesTotal: number;
  /** Bytes written so far. */
  bytesWritten: number;
  /** Files with a final result. */
  filesDone: number;
  /** Files in all. */
  filesTotal: number;
  /** Bytes read a second, smoothed; 0 in the beginning. */
  rate: number;
  /** `null` in the beginning. */
  secondsLeft: number | null;
  /** The files of which something changed since the last call. */
  changed: FileProgress[];
}
/**
 * `result` comes once, when it is final: in a drop of more than 1,000 files a copy's waits until its dataset has shown
 * something encrypted, or is over.
 */
export interface FileProgress {
  /** Path in the drop. */
  path: string;
  /** Bytes of it read so far. */
  bytesRead: number;
  /** Its bytes in the drop. */
  bytesTotal: number;
  /** Bytes written of it so far. */
  bytesWritten: number;
  /** Its result, once it is final; else `null`. */
  result: FileResult | null;
}

/** What came of one file. */
export interface FileResult {
  /** Path in the drop. */
  path: string;
  /** Path that was written, or `null` when nothing was. */
  output: string | null;
  /** What happened to it. */
  outcome: 'decrypted' | 'copied' | 'failed';
  /** Bytes written. */
  bytes: number;
  /** By which checksum of what was delivered. With `converted`, that was before the conversion. */
  verified: Verified;
  /** Of what was written. Of a file that became several, each part has its own. */
  sha256?: string;
  /** With `convert`, where the file was converted. */
  converted?: Converted;
  /** `true` with `resume` where an earlier run wrote it; `outcome` and the rest are what that run told. */
  skipped?: boolean;
  /** Why it failed: see docs/errors.md. */
  code?: ErrorCode;
  /** The same as a sentence: what was found, what was expected, what to do. */
  message?: string;
  /** With `salvage`, for a failed file whose beginning a key opens: what could be read of it. */
  salvaged?: Salvaged;
  /** Remarks for a person: what was undone, changed or is odd. */
  warnings: string[];
}
/** Some bytes of a file: from `from` up to and without `to`. */
export interface ByteRange {
  /** The first byte, counted from 0. */
  from: number;
  /** The byte after the last one. */
  to: number;
}
/** Whole rows of a damaged file: lines of JSON Lines, CSV or other text, exactly as they are in the content. */
export interface Salvaged {
  /** Path that was written, which ends in `.partial`; `null` when nothing could be salvaged. */
  output: string | null;
  /** Bytes written. */
  bytes: number;
  /** How many rows were written. */
  rows: number;
  /**
   * The bytes *of the encrypted file* that gave no row. In compressed content a range may be some hundred bytes wider
   * than what is lost. What was lost in rows is not known.
   */
  lost: ByteRange[];
  /**
   * `true`: right checksums of whole gzip members cover every row. `false`: the rows lie before or after every sign of
   * damage, and no checksum covers them. With one damaged place in the file, a wrong row among them was found in fewer
   * than 1 of 10,000 files; with several such places it is likelier.
   */
  certain: boolean;
  /** Of what was written, where `sha256` was asked for. */
  sha256?: string;
  /** Why nothing could be salvaged; else `null`. */
  reason: string | null;
}
/** What came of a run: of every file, and in numbers. `reportAs` makes a text of it. */
export interface Report {
  /** What came of each file that was to be delivered, in the order of the drop. */
  files: FileResult[];
  /** How many files were decrypted. */
  decrypted: number;
  /** How many were not encrypted, and were copied. */
  copied: number;
  /** How many failed. */
  failed: number;
  /** Of how many failed ones something was salvaged; always 0 without `salvage`. */
  salvaged: number;
  /** How many of the decrypted and copied ones are from an earlier run: see `resume`. */
  skipped: number;
  /** Without those, and without what was salvaged. */
  bytesWritten: number;
  /**
   * What was found and is not delivered, apart from key details documents. Every other file of the drop is in `files`,
   * unless it was not chosen.
   */
  leftOut: LeftOut[];
  /** How many files were left aside by the option `files`. */
  notChosen: number;
  /** How many files had no result yet when the run ended early; 0 for a complete one. */
  unfinished: number;
  /** Of the decrypted files: which checksum of the content was checked. */
  checksums: {
    /** Files of gzip. */
    crc32: number;
    /** Files of zlib. */
    adler32: number;
    /** Files whose content carries no checksum, and that are not verified. */
    none: number;
  };
  /** `'stopped'`: by a failure of the target. What is not complete comes with the error: `MgdcDecryptError.report`. */
  status: 'complete' | 'cancelled' | 'stopped';
  /** Why it is not complete. */
  stop: Omit<LeftOut, 'path'> | null;
  /** ISO 8601 in UTC, with milliseconds. */
  started: string;
  /** The same form. */
  ended: string;
  /** How long the run took. */
  seconds: number;
  /** What made it. */
  tool: {
    /** This package. */
    name: 'mgdc-decrypt';
    /** Its version. */
    version: string;
    /** The revision of the source that it was built from; `null` where unknown. */
    revision: string | null;
  };
  /** What was read. */
  source: ReportSource;
  /** The key details entries whose keys opened files of this run. Never a key. */
  keys: ReportKey[];
  /** The options of this run on which the output depends, by name; those that were not given are left out. */
  options: Record<string, unknown>;
}
/** What a run read. */
export interface ReportSource {
  /** The option `source`. */
  name: string | null;
  /** How many files the drop has, of every role. */
  files: number;
  /** Bytes of the chosen files in the drop; `null` where nobody asked for it: without `onprogress` and `report`. */
  bytes: number | null;
}
/** A key details entry whose key opened files of a run. */
export interface ReportKey {
  /** Index in `drop.keyDetails`. */
  keyDetails: number;
  /** The Key Vault key version; `null` where the document does not say. */
  keyVersion: string | null;
  /** The whole key identifier, where the document gave one. */
  keyIdentifier: string | null;
  /** The RSA padding; `null` for a vault answer that does not say. */
  algorithm: Algorithm | null;
  /** How many files of this run it opened, those that failed later among them. */
  files: number;
}
/**
 * The report as text: JSON as docs/report.md describes it, Markdown, or an HTML document of its own that can be
 * printed. @throws TypeError for another format
 */
export function reportAs(report: Report, format: 'json' | 'markdown' | 'html'): string;
/** Something that was found and is not delivered. */
export interface LeftOut {
  /** Path in the drop. */
  path: string;
  /** Why. */
  code: ErrorCode;
  /** The same as a sentence. */
  message: string;
}

/**
 * Where plaintext goes. `open` makes a stream of bytes for one output path; the name becomes final when the stream is
 * closed, and nothing stays under it when the stream is aborted. A cancelled run ends when the write under way has: one
 * that may take long obeys the `signal` of its `WritableStreamDefaultController`.
 */
export interface Sink {
  /** Makes the stream for one output path. */
  open(path: string, info: SinkInfo): Promise<WritableStream<OwnBytes>> | WritableStream<OwnBytes>;
  /** What is there under a path, `null` when there is no file. For `resume` only. */
  existing?(path: string): Promise<Blob | FileOnDisk | null>;
  /** Called once after the last file. */
  close?(): Promise<void> | void;
  /** Called instead of `close` when the whole was cancelled. */
  abort?(reason: unknown): Promise<void> | void;
}
/** What a sink is told of a file before its bytes. */
export interface SinkInfo {
  /** Bytes that will come, where known; else `null`. */
  size: number | null;
  /** The source's date, where known; else `null`. */
  modified: Date | null;
  /**
   * With `resume` only: what is there under the path is this package's own, and gives way when the stream is closed.
   */
  replace?: boolean;
}
/** Writes into a folder that the person picked (File System Access). `openFiles`: most at a time, 64 by default. */
export function directorySink(handle: FileSystemDirectoryHandle, options?: { openFiles?: number }): Sink;
/**
 * Collects the files: `blobs` has a Blob under each output path. The bytes are the browser's to keep, which moves them to
 * the disk when there are many. `limit`: most bytes of all files together; a file that exceeds it fails with
 * `ERR_OUTPUT_LIMIT`. Default: no limit. In Node.js, Blobs are in memory.
 */
export function blobSink(options?: { limit?: number }): Sink & {
  /** A Blob for each file that is complete, under its output path. */
  readonly blobs: ReadonlyMap<string, Blob>;
};
/** Writes one ZIP (stored, Zip64 where needed) in streaming order, of any size. */
export function zipSink(writable: WritableStream<OwnBytes>): Required<Omit<Sink, 'open' | 'existing'>> & {
  /** As of `Sink`; also without `info`, for entries of your own. */
  open(path: string, info?: Partial<SinkInfo>): WritableStream<OwnBytes>;
};

/** Output paths for a drop: see DataDrop. Exported for hosts that list before they write. */
export function outputPaths(files: { path: string; decompressed: boolean }[]): {
  /** Path in the output. */
  path: string;
  /** What was changed in the path and why; `null` where nothing was, apart from the ending of compressed files. */
  changed: string | null;
}[];

/** Every failure of this package. Rely on `code`, and show `message`. */
export class MgdcDecryptError extends Error {
  /** For a host's own sinks and callbacks. */
  constructor(code: ErrorCode, message: string, details?: { path?: string; cause?: unknown });
  /** To tell it from other errors where there are several copies of the package. */
  readonly name: 'MgdcDecryptError';
  /** The contract. */
  readonly code: ErrorCode;
  /** Path of the file in the drop, where it is about one. */
  readonly path?: string;
  /** What was thrown underneath, where something was. */
  readonly cause?: unknown;
  /** What `drop.decrypt` had done when it was cancelled or stopped. */
  readonly report?: Report;
}

/** The code is the contract, the text is not. */
export type ErrorCode =
  | 'ERR_WASM_LOAD'
  | 'ERR_KEY_DETAILS_MISSING'
  | 'ERR_KEY_DETAILS_JSON'
  | 'ERR_KEY_DETAILS_FIELD'
  | 'ERR_KEY_DETAILS_BASE64'
  | 'ERR_KEY_DETAILS_LIMIT'
  | 'ERR_IV_LENGTH'
  | 'ERR_PRIVATE_KEY_INVALID'
  | 'ERR_PRIVATE_KEY_MISSING'
  | 'ERR_PRIVATE_KEY_NOT_RSA'
  | 'ERR_PRIVATE_KEY_TOO_SMALL'
  | 'ERR_PRIVATE_KEY_ENCRYPTED'
  | 'ERR_PRIVATE_KEY_PASSWORD'
  | 'ERR_PRIVATE_KEY_COST'
  | 'ERR_PRIVATE_KEY_UNSUPPORTED'
  | 'ERR_PUBLIC_KEY_MISSING'
  | 'ERR_PUBLIC_KEY_INVALID'
  | 'ERR_PUBLIC_KEY_NOT_RSA'
  | 'ERR_PUBLIC_KEY_SIZE'
  | 'ERR_FILE_KEY_UNWRAP'
  | 'ERR_FILE_KEY_LENGTH'
  | 'ERR_FILE_KEY_MISSING'
  | 'ERR_VAULT_ANSWER'
  | 'ERR_CALLBACK'
  | 'ERR_CONVERTED'
  | 'ERR_CIPHERTEXT_LENGTH'
  | 'ERR_PADDING'
  | 'ERR_UNRECOGNIZED'
  | 'ERR_COMPRESSED_DATA'
  | 'ERR_CHECKSUM'
  | 'ERR_TRAILING_DATA'
  | 'ERR_OUTPUT_LIMIT'
  | 'ERR_ROW_INVALID'
  | 'ERR_ROW_LIMIT'
  | 'ERR_FINISHED'
  | 'ERR_ARCHIVE'
  | 'ERR_NOTHING_ENCRYPTED'
  | 'ERR_LITTER'
  | 'ERR_PRIVATE_KEY_IN_DROP'
  | 'ERR_SECRET_IN_DROP'
  | 'ERR_LINK_OUTSIDE'
  | 'ERR_LINK_LOOP'
  | 'ERR_NOT_A_FILE'
  | 'ERR_READ'
  | 'ERR_WRITE'
  | 'ERR_NO_SPACE'
  | 'ERR_UNSAFE_NAME'
  | 'ERR_ABORTED'
  | 'ERR_USAGE'
  | 'ERR_INTERNAL';
