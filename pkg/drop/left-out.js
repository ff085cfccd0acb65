/** Files that were found but are not delivered, each with the reason. */

import { wasm } from '../core/init.js';

/**
 * @import { ArchiveEntry } from '../archive/archive-entry.js'
 * @import { DropFile, ErrorCode, FileOnDisk, LeftOut, MgdcDecryptError, Role } from '../index.js'
 */

/** Why a file is not delivered. @typedef {{ code: ErrorCode, message: string }} Reason */
/** Anything that represents a file's bytes. @typedef {Blob | FileOnDisk | ArchiveEntry | NoBlob} AnyBlob */

/** Roles of files that may be read, but are never written to the output. */
const UNDELIVERED = new Set(['key-details', 'private-key', 'litter', 'left-out']);

/** @param {{ readonly role: Role }} file */
export const isDelivered = ({ role }) => !UNDELIVERED.has(role);

/**
 * The reason for a file whose name shows that it is not data.
 * @param {string} path
 * @returns {Reason}
 */
export function asLitter(path) {
  return { code: 'ERR_LITTER', message: wasm().litter(path) ?? '' };
}

/**
 * For the report: `{ path, code, message }`. Key details are not listed: they have no reason.
 * @param {readonly Pick<DropFile, 'path' | 'leftOut'>[]} files
 * @returns {LeftOut[]}
 */
export function leftOutOf(files) {
  return files.flatMap(({ path, leftOut }) => (leftOut ? [{ path, ...leftOut }] : []));
}

/** Stands in for the Blob of something that cannot be read. Every attempt to read it fails with the reason. */
export class NoBlob {
  size = 0;

  /** @param {MgdcDecryptError | undefined} error */
  constructor(error) {
    this.error = error;
  }

  slice() {
    return this;
  }

  /** @returns {Promise<ArrayBuffer>} */
  arrayBuffer() {
    return Promise.reject(this.error);
  }
}
