/** What was found and is not delivered, each with its reason. */

import { wasm } from '../core/init.js';

/** @import { DropFile, ErrorCode, FileOnDisk, LeftOut, MgdcDecryptError, Role } from '../index.js' */

/** Why a file is not delivered. @typedef {{ code: ErrorCode, message: string }} Reason */
/** Whatever stands for a file's bytes. @typedef {Blob | FileOnDisk | NoBlob} AnyBlob */

/** Roles of files that are read at most. */
const UNDELIVERED = new Set(['key-details', 'private-key', 'litter', 'left-out']);

/** @param {{ readonly role: Role }} file */
export const isDelivered = ({ role }) => !UNDELIVERED.has(role);

/**
 * For a file that its name shows to be no data.
 * @param {string} path
 * @returns {Reason}
 */
export function asLitter(path) {
  return { code: 'ERR_LITTER', message: wasm().litter(path) ?? '' };
}

/**
 * For the report: `{ path, code, message }`; key details are no part of it.
 * @param {readonly Pick<DropFile, 'path' | 'leftOut'>[]} files
 * @returns {LeftOut[]}
 */
export function leftOutOf(files) {
  return files.flatMap(({ path, leftOut }) => (leftOut ? [{ path, ...leftOut }] : []));
}

/** In place of the Blob of what is not there to be read: says why, whenever somebody tries. */
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
