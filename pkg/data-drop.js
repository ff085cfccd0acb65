/** A drop: lists its files, unlocks it, and passes it to the run. */

import { readPart } from './core/bytes.js';
import { readEnds } from './core/ends.js';
import { MgdcDecryptError, notLoaded, toError } from './core/errors.js';
import { init, memory, wasm } from './core/init.js';
import { checkAlgorithm, checkCompression } from './core/options.js';
import { failArchives } from './drop/archive.js';
import { DropFile } from './drop/drop-file.js';
import { keyPart, leaveOutIfKey } from './drop/drop-keys.js';
import { KeyDetailsList } from './drop/key-details-list.js';
import { isDelivered, leftOutOf } from './drop/left-out.js';
import { eachOf, listFiles } from './drop/list-files.js';
import { remark } from './drop/neighbours.js';
import { datasetsOf, selection } from './drop/selection.js';
import { Unlock } from './drop/unlock.js';
import { counted } from './report/counted.js';
import { runDetails } from './report/run-details.js';
import { failure } from './run/report.js';
import { runFiles } from './run/run.js';
import { prepare } from './run/spare-workers.js';

/**
 * @import * as contract from './index.js'
 * @import * as core from './wasm/mgdc_decrypt.js'
 * @import { PrivateKey } from './core/keys.js'
 * @import { DropKeys } from './run/shapes.js'
 * @import { RunConversion, RunSalvage } from './run/run.js'
 * @import { Conclude } from './run/run.js'
 */

/** Where the key details lie in a drop. */
const KEY_DETAILS_PATH = 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json';

/**
 * See index.d.ts.
 * @param {Parameters<typeof contract.openDrop>[0]} files
 * @param {contract.OpenDropOptions} [options]
 */
export function openDrop(files, options) {
  return DataDrop.open(files, options);
}

/** See index.d.ts. */
export class DataDrop {
  /** @type {core.DataDrop | null} */
  #handle;
  #entries = new KeyDetailsList(() => this.#core);
  /** Why key details documents could not be read. */
  #unread;

  /**
   * @param {core.DataDrop} handle
   * @param {DropFile[]} files
   */
  constructor(handle, files) {
    this.#handle = handle;
    this.files = files;
    this.#unread = files.flatMap(({ role, path, error }) =>
      role === 'key-details' && error
        ? [new MgdcDecryptError(error.code, error.message, { path, cause: error.cause })]
        : [],
    );
  }

  /**
   * @param {Parameters<typeof contract.openDrop>[0]} files
   * @param {contract.OpenDropOptions} [options]
   */
  static async open(files, { signal, copyKeys, maxKeyDetails } = {}) {
    if (maxKeyDetails !== undefined && !(Number.isSafeInteger(maxKeyDetails) && maxKeyDetails > 0)) {
      throw new TypeError('maxKeyDetails must be a whole number of at least 1');
    }
    await init();
    prepare();
    const handle = new (wasm().DataDrop)(maxKeyDetails);
    try {
      const drop = new DataDrop(handle, await listFiles(files, handle, { signal, copyKeys }));
      await drop.#entries.settle();
      await failArchives(drop.files, drop.keyDetails.length + handle.faults.length > 0, signal);
      // Without a usable entry no key will help, so report that at once.
      if (drop.keyDetails.length === 0) await drop.#sort(signal);
      else await remark(drop.files);
      return drop;
    } catch (error) {
      handle.free();
      throw error instanceof TypeError ? error : toError(error);
    }
  }

  /** @returns {readonly contract.KeyDetailsState[]} */
  get keyDetails() {
    return this.#entries.all;
  }

  get datasets() {
    return datasetsOf(this.files);
  }

  get privateKeys() {
    return this.files.filter(({ role }) => role === 'private-key').map(({ path }) => path);
  }

  /** @returns {MgdcDecryptError[]} */
  get problems() {
    const faults = [...this.#core.faults.map(toError), ...this.#unread];
    // A drop without encrypted files needs no key details.
    const missing =
      faults.length === 0 &&
      this.#core.entryCount === 0 &&
      this.files.some((file) => file.role === 'encrypted' && file.examined);
    return missing ? [keyDetailsMissing()] : faults;
  }

  /**
   * @param {PrivateKey | Blob | contract.Bytes | contract.UnwrapCallback} source
   * @param {contract.UnlockOptions} [options]
   */
  async unlock(source, options = {}) {
    checkAlgorithm(options.algorithm);
    this.#entries.forgetRefusals();
    try {
      return await this.#unlocking.with(source, options);
    } finally {
      await this.#entries.settle();
      // Even if nothing was opened, because each file then gets the reason.
      await this.#sort(options.signal);
    }
  }

  /**
   * See index.d.ts.
   * @param {contract.Sink} sink
   * @param {contract.DropDecryptOptions} [options]
   */
  async decrypt(sink, options = {}) {
    if (typeof sink?.open !== 'function') throw new TypeError('expected a sink: an object with open(path)');
    if (options.resume && typeof sink.existing !== 'function')
      throw new TypeError('resume: expected a sink with existing(path), such as that of directorySink');
    checkCompression(options.compression ?? 'auto');
    const conversion = await conversionOf(options);
    const salvaging = await salvagingOf(options);
    const started = new Date();
    const wanted = selection(this.files, options.files);
    const delivered = this.files.filter(isDelivered);
    const files = wanted ? delivered.filter(wanted.includes) : delivered;
    const notChosen = delivered.length - files.length;
    // This also records for each file why there is no key.
    await this.#sort(options.signal, options);
    /** @type {DropKeys} */
    const keys = {
      drop: this.files,
      of: (entry) => /** @type {Uint8Array<ArrayBuffer> | undefined} */ (this.#core.fileKey(entry)),
      all: () => ({ bytes: this.#core.keySet(), isPartlyLocked: this.#core.isPartlyLocked }),
      examine: (file) => this.#examine(file, options),
      openHead: (file) => this.#openHead(file),
      missing: () => this.#whyMissing(),
    };
    // Taken now: a host that cancels the run may dispose of the drop meanwhile.
    const { keyDetails } = this;
    const damaged = this.#damaged;
    /** @type {Conclude} */
    const conclude = (settled, unfinished, bytes, error) => {
      const results = settled.map(({ result }) => result);
      const opened = settled.map(({ file }) => file.keyDetails);
      const locked = error || !this.#handle ? null : this.#whyLocked();
      // A document that could not be read may have contained the key of some file.
      const lacksKey = results.some(({ code }) => code === 'ERR_FILE_KEY_UNWRAP');
      const errors =
        wanted || error ? [] : [...this.#unread, ...(lacksKey ? damaged : []), ...(locked ? [locked] : [])];
      for (const fault of new Map(errors.map((one) => [one.path, one])).values())
        results.push(failure({ path: fault.path ?? '' }, fault));
      const told = { started, options, chosen: wanted?.chosen ?? null, filesInDrop: this.files.length, bytes };
      return {
        ...counted(results),
        leftOut: leftOutOf(wanted ? this.files.filter(wanted.includes) : this.files),
        notChosen,
        unfinished,
        ...runDetails({ ...told, keyDetails, opened, files: results, error }),
      };
    };
    const report = await runFiles(files, keys, sink, options, conclude, { conversion, salvaging });
    if (!this.#handle) throw disposed(); // then files failed that the drop has a key for
    return report;
  }

  /**
   * See index.d.ts.
   * @param {string} path
   * @param {contract.PreviewOptions} [options]
   * @returns {Promise<contract.Preview>}
   */
  async preview(path, options = {}) {
    const file = this.files.find((one) => one.path === path);
    if (!file) throw new TypeError('preview: the drop has no file with this path');
    if (!file.examined) await eachOf([file], options.signal, () => this.#examine(file, undefined));
    if (file.leftOut) throw new MgdcDecryptError(file.leftOut.code, file.leftOut.message, { path });
    const blob = DropFile.blobOf(file);
    const core = { Decryptor: wasm().Decryptor, memory };
    const { previewFile, previewKey } = await loadPreview();
    try {
      const opened = await previewKey(file, blob, {
        core,
        entries: this.keyDetails.flatMap(({ unlocked }, entry) => (unlocked ? [entry] : [])),
        of: (entry) => /** @type {Uint8Array<ArrayBuffer> | undefined} */ (this.#core.fileKey(entry)),
        missing: () => this.#whyMissing(),
      });
      try {
        const preview = await previewFile({ core, path, blob, repair: file.repair, ...opened }, options);
        return { ...preview, error: preview.error && toError(preview.error) };
      } finally {
        opened.key?.fill(0);
      }
    } catch (error) {
      // Its errors may be of another copy of the class.
      throw error instanceof TypeError ? error : toError(error);
    }
  }

  dispose() {
    this.#handle?.free();
    this.#handle = null;
  }

  [Symbol.dispose ?? Symbol('dispose')]() {
    this.dispose();
  }

  get #unlocking() {
    const { files } = this;
    return new Unlock({ core: () => this.#core, entries: this.#entries, files, problems: () => this.problems });
  }

  /** The core's DataDrop. */
  get #core() {
    if (!this.#handle) throw disposed();
    return this.#handle;
  }

  /**
   * Finds the key for each file, from its two ends.
   * @param {AbortSignal | undefined} signal
   * @param {contract.DropDecryptOptions} [options]
   */
  async #sort(signal, options) {
    const files = this.files.filter((file) => file.role === 'encrypted' && file.keyDetails === null && file.examined);
    await eachOf(files, signal, (file) => this.#examine(file, options));
    await remark(this.files);
    const error = this.#whyLocked();
    for (const file of this.files) {
      if (file.role !== 'key-details') continue;
      file.error = [error, ...this.#unread].find((one) => one?.path === file.path) ?? null;
    }
  }

  /**
   * @param {DropFile} file
   * @param {contract.DropDecryptOptions | undefined} options
   */
  async #examine(file, options) {
    if (!file.examined && (await leaveOutKeyOf(file))) return;
    DropFile.recordVerdict(file, await this.#judge(file, options));
  }

  /**
   * The verdict on a file. If the caller forces a compression, right padding is enough to accept a key.
   * @param {DropFile} file
   * @param {contract.DropDecryptOptions} [options]
   */
  async #judge(file, { compression = 'auto', decompress = true } = {}) {
    const blob = DropFile.blobOf(file);
    const { size, head, tail } = await readEnds(blob);
    try {
      return this.#core.judge(size, head, tail, compression, !decompress);
    } catch (error) {
      if ('check' in blob) await blob.check(error);
      // The key details are there, and could not be read: that is the reason.
      const [unread] = toError(error).code === 'ERR_KEY_DETAILS_MISSING' ? this.#unread : [];
      throw unread ?? error;
    }
  }

  /**
   * The entry that opens the beginning of a damaged file, or null.
   * @param {DropFile} file
   */
  async #openHead(file) {
    const { size, head } = await readEnds(DropFile.blobOf(file));
    return this.#core.openHead(size, head);
  }

  /** The faults of documents that gave no key details at all. */
  get #damaged() {
    const isUsed = new Set(this.keyDetails.map(({ path }) => path));
    const isDocument = new Set(this.files.flatMap(({ role, path }) => (role === 'key-details' ? [path] : [])));
    /** @type {MgdcDecryptError[]} */
    const all = this.#core.faults.map(toError);
    const faults = all.filter(({ path = '' }) => isDocument.has(path) && !isUsed.has(path));
    return [...new Map(faults.reverse().map((fault) => [fault.path, fault])).values()]; // the first one of each
  }

  /** Why there is no key for a file, as far as the key details are the reason. */
  #whyMissing() {
    return this.#whyLocked() ?? (this.keyDetails.length === 0 ? keyDetailsMissing() : null);
  }

  /** Why nothing is unlocked, if the key details are the reason. Null if something is, or if only a key is missing. */
  #whyLocked() {
    const entries = this.keyDetails;
    if (entries.some(({ unlocked }) => unlocked)) return null;
    const error = entries.find((entry) => entry.error)?.error ?? this.problems[0];
    return error && error.code !== 'ERR_FILE_KEY_MISSING' ? error : null;
  }
}

/**
 * Leaves the file out if all of its content shows that it is a private key; resolves to whether it did.
 * @param {DropFile} file
 */
async function leaveOutKeyOf(file) {
  const blob = DropFile.blobOf(file);
  const part = DropFile.copiesKey(file) ? 0 : keyPart(blob);
  return part > 0 && leaveOutIfKey(file, await readPart(blob, 0, part), blob.size);
}

/**
 * Not loaded by those who only decrypt.
 * @returns {Promise<typeof import('./preview/preview-file.js') & typeof import('./preview/file-key.js')>}
 */
function loadPreview() {
  return /** @type {ReturnType<typeof loadPreview>} */ (
    /** @type {unknown} */ (import('./preview/of-drop.js').catch(notLoaded('the preview')))
  );
}

/**
 * What a run needs that converts; loaded only for one.
 * @param {contract.DropDecryptOptions} options
 */
async function conversionOf({ convert, resume }) {
  if (convert === undefined) return null;
  if (resume) throw new TypeError('convert: a run that converts cannot be resumed; leave out resume');
  const { conversionOf: made } = await import('./convert.js').catch(notLoaded('the conversion'));
  return /** @type {RunConversion} */ (made(convert));
}

/**
 * What a run needs that salvages; loaded only for one.
 * @param {contract.DropDecryptOptions} options
 * @returns {Promise<RunSalvage | null>}
 */
async function salvagingOf({ salvage }) {
  if (!salvage) return null;
  const { salvaging } = await import('./salvage.js').catch(notLoaded('salvage'));
  return /** @type {RunSalvage} */ (await salvaging());
}

const disposed = () => new TypeError('this drop was disposed of');

function keyDetailsMissing() {
  const folder = KEY_DETAILS_PATH.slice(0, KEY_DETAILS_PATH.lastIndexOf('/'));
  return new MgdcDecryptError(
    'ERR_KEY_DETAILS_MISSING',
    `the drop has no encryptionKeyDetails.json: add it from the drop's folder ${folder}`,
    { path: KEY_DETAILS_PATH },
  );
}
