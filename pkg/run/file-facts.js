/** What is known about a file before a worker has it: whether it can be tried, and how. */

import { MgdcDecryptError } from '../core/errors.js';
import { DropFile } from '../drop/drop-file.js';
import { sourceOf } from '../worker/source.js';

/**
 * @import { FileResult } from '../index.js'
 * @import { BatchFile } from '../worker/protocol.js'
 * @import { Found } from './shapes.js'
 */

/**
 * The reason not to try a file at all, or null. An encrypted file without a key is never copied as it is: that would
 * look like a success.
 * @param {DropFile} file
 */
export function obstacle({ error, examined, role, keyDetails }) {
  if (error || !examined || role !== 'encrypted' || keyDetails !== null) return error;
  return missing();
}

/**
 * The result for a file that needs no worker: an earlier run has done it, or it cannot be tried. Null for any other.
 * @param {DropFile} file
 * @param {FileResult | null | undefined} result
 * @returns {Found | null}
 */
export function withoutWorker(file, result) {
  if (result) return { kind: 'skipped', result };
  const error = obstacle(file);
  return error ? { kind: 'failed', error } : null;
}

/**
 * What is known about an examined file. For any other file, its path, which helps to recognise a private key.
 * @param {DropFile} file
 * @returns {Omit<BatchFile, 'source'>}
 */
export function known(file) {
  const asDelivered = !mayConvert(file);
  if (file.examined) return { entry: file.keyDetails, repair: file.repair, asDelivered };
  return DropFile.copiesKey(file) ? {} : { path: file.path };
}

/**
 * Whether a run that converts tries to convert the file: metadata stays as it was delivered.
 * @param {DropFile} file
 */
export function mayConvert({ role }) {
  return role !== 'metadata';
}

/**
 * Never called for a file without a readable Blob: such a file has an error and is not tried.
 * @param {DropFile} file
 */
export function sourceOfFile(file) {
  return sourceOf(/** @type {Blob} */ (DropFile.blobOf(file)));
}

/** The error of a file that no key opens. */
export function missing() {
  return new MgdcDecryptError(
    'ERR_FILE_KEY_MISSING',
    'file key: no unlocked key details entry opens this file; add the private key or the Key Vault answer first',
  );
}
