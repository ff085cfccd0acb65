/** One file of a drop, as everything after the listing sees it. */

/**
 * @import { Verdict } from '../core/ends.js'
 * @import * as contract from '../index.js'
 * @import { AnyBlob, Reason } from './left-out.js'
 */

/**
 * What was added, in the form from which a DropFile is made. `note`: a remark about its path, for the report; `picked`:
 * the path begins with a folder that was picked; `archive`: the path of the archive that it lies in.
 *
 * @typedef {object} Item
 * @property {string} path
 * @property {AnyBlob} blob
 * @property {string} [note]
 * @property {Reason | null} [leftOut]
 * @property {boolean} [copyKey]
 * @property {boolean} [picked]
 * @property {string} [archive]
 */

/** One file of a drop: see DropFile in index.d.ts. */
export class DropFile {
  #blob;
  /** @type {string | null} */
  #resemblance = null;
  #note;
  #copyKey;

  /**
   * @param {string} path
   * @param {Item} item
   * @param {contract.Role} role
   */
  constructor(path, { blob, note, leftOut = null, copyKey = false, archive = '' }, role) {
    this.path = path;
    this.role = role;
    /** @type {string | null} */
    this.content = null;
    /** @type {number | null} */
    this.keyDetails = null;
    /** @type {contract.Repair | null} */
    this.repair = null;
    /** @type {contract.MgdcDecryptError | null} */
    this.error = null;
    /** @type {string[]} */
    this.warnings = [];
    this.leftOut = leftOut;
    this.examined = true;
    this.archive = archive || null;
    this.#blob = blob;
    this.#note = note;
    this.#copyKey = copyKey;
    this.size = 0;
    // Read only when needed, and once, because reading `size` costs Chromium a stat() per file.
    /** @type {number | null} */
    let size = null;
    Object.defineProperty(this, 'size', { enumerable: true, get: () => (size ??= blob.size) });
  }

  /**
   * For the other modules of this package.
   * @param {DropFile | contract.DropFile} file
   */
  static blobOf(file) {
    return /** @type {DropFile} */ (file).#blob;
  }

  /**
   * What a clear file resembles if it does not look like data, in the core's words (Lookalike).
   * @param {DropFile} file
   */
  static resemblanceOf(file) {
    return file.#resemblance;
  }

  /**
   * Records the verdict: which entry opens the file (none if it is clear), and what it contains.
   * @param {DropFile} file
   * @param {Verdict} verdict
   */
  static recordVerdict(file, { entry, content, repair, resembles }) {
    const role = entry === null ? 'clear' : 'encrypted';
    Object.assign(file, { role, keyDetails: entry, content, repair, error: null, examined: true });
    file.#resemblance = resembles;
  }

  /**
   * The remark about its path, for the report.
   * @param {DropFile} file
   */
  static noteOf(file) {
    return file.#note;
  }

  /**
   * Whether the file is delivered even if it is a private key.
   * @param {DropFile} file
   */
  static copiesKey(file) {
    return file.#copyKey;
  }

  /** Whether decompressing the file changes its name. Known once a key has opened its beginning. */
  get isCompressed() {
    // Also if the ciphertext itself was compressed once more, and the repair undoes that.
    const compressed = /^(gzip|zlib|deflate)$/.test(this.content ?? '') || /^(gzip|zlib)/.test(this.repair ?? '');
    return this.role === 'encrypted' && compressed;
  }
}
