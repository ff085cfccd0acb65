/** What was found and is not delivered, each with its reason. */

import { wasm } from '../core/init.js';

/** Roles of files that are read at most. */
const UNDELIVERED = new Set(['key-details', 'private-key', 'litter', 'left-out']);

export const isDelivered = ({ role }) => !UNDELIVERED.has(role);

/** For a file that its name shows to be no data. */
export function asLitter(path) {
  return { code: 'ERR_LITTER', message: wasm().litter(path) };
}

/** For the report: `{ path, code, message }`; key details are no part of it. */
export function leftOutOf(files) {
  return files.filter(({ leftOut }) => leftOut).map(({ path, leftOut }) => ({ path, ...leftOut }));
}

/** In place of the Blob of what is not there to be read: says why, whenever somebody tries. */
export class NoBlob {
  size = 0;

  constructor(error) {
    this.error = error;
  }

  slice() {
    return this;
  }

  arrayBuffer() {
    return Promise.reject(this.error);
  }
}
