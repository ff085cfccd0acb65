/** Reads the keys, passwords and answers given on the command line: up to a size limit, and wiped after use. */

import { read } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { MgdcDecryptError } from '../core/errors.js';

/**
 * A bigger file is not a key: a PEM of several RSA-8192 keys has about 20 KB, a company's Java keystore a few MB.
 */
export const KEY_LIMIT = 16 << 20;
export const TEXT_LIMIT = 1 << 20;

const PIECE = 64 * 1024;

/**
 * Calls `use` with the bytes of the file at `path` (`-`: standard input), and wipes them afterwards, even if it fails.
 * `option`: the option that the path was given with. @throws ERR_READ if it is not a file, or bigger than `limit`
 * @template Result
 * @param {string} path
 * @param {{ limit: number, option: string }} bound
 * @param {(bytes: Buffer) => Result | Promise<Result>} use
 */
export async function withSecret(path, { limit, option }, use) {
  const bytes = await readBounded(path, limit, option);
  try {
    return await use(bytes);
  } finally {
    bytes.fill(0);
  }
}

/**
 * @param {string} path
 * @param {number} limit
 * @param {string} option
 */
async function readBounded(path, limit, option) {
  /**
   * @param {string} problem
   * @returns {never}
   */
  const fail = (problem) => {
    throw new MgdcDecryptError('ERR_READ', problem, { path });
  };
  const most = `${limit >> 20} MiB, the most that ${option} reads`;
  const refuseBig = () => fail(`it is bigger than ${most}: check that it is the right file`);
  /** @param {NodeJS.ErrnoException} error */
  const unreadable = (error) => fail(`cannot be read (${error.code}): check the path and its permissions`);
  const inherited = descriptorOf(path);
  if (inherited === null) {
    // Before opening it: opening a pipe would wait until something writes to it.
    const stats = await stat(path).catch(unreadable);
    const kind = stats.isDirectory() ? 'a folder' : 'a pipe or a device';
    if (!stats.isFile()) fail(`this is ${kind}, and ${option} takes a file: check the path`);
    if (stats.size > limit) refuseBig();
  }
  const file = inherited === null ? await open(path, 'r').catch(unreadable) : null;
  try {
    return await gather(
      (buffer) => (file ? file.read(buffer) : readDescriptor(inherited ?? 0, buffer)),
      limit,
      refuseBig,
    );
  } catch (error) {
    if (error instanceof MgdcDecryptError) throw error;
    return unreadable(/** @type {NodeJS.ErrnoException} */ (error));
  } finally {
    await file?.close();
  }
}

/**
 * Calls `readInto(buffer)` until it reads nothing, and returns all that it read.
 * @param {(buffer: Buffer) => Promise<{ bytesRead: number }>} readInto
 * @param {number} limit
 * @param {() => never} refuseBig
 */
async function gather(readInto, limit, refuseBig) {
  /** @type {Buffer[]} */
  const pieces = [];
  try {
    for (let length = 0; ; ) {
      const piece = Buffer.alloc(PIECE);
      pieces.push(piece);
      const { bytesRead } = await readInto(piece);
      length += bytesRead;
      if (length > limit) refuseBig();
      if (bytesRead > 0) {
        pieces.splice(-1, 1, piece.subarray(0, bytesRead));
        continue;
      }
      const bytes = Buffer.alloc(length);
      let at = 0;
      for (const part of pieces.slice(0, -1)) at += part.copy(bytes, at);
      return bytes;
    }
  } finally {
    for (const piece of pieces) piece.fill(0);
  }
}

/**
 * The descriptor of something that the shell has opened for us: standard input, or `<(…)`. Null for any other path.
 * @param {string} path
 */
function descriptorOf(path) {
  if (path === '-' || path === '/dev/stdin') return 0;
  const [, number] = path.match(/^\/(?:dev|proc\/self)\/fd\/(\d+)$/) ?? [];
  return number === undefined ? null : Number(number);
}

const readFrom = promisify(read);

/**
 * Reads from the open descriptor. Opening it again by its name would wait for a writer, which may have finished before.
 * @param {number} descriptor
 * @param {Buffer} buffer
 * @returns {Promise<{ bytesRead: number }>}
 */
async function readDescriptor(descriptor, buffer) {
  for (;;) {
    try {
      return await readFrom(descriptor, buffer, 0, buffer.length, null);
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code === 'EOF') return { bytesRead: 0 }; // the end of a pipe on Windows
      if (code !== 'EAGAIN') throw error;
      await sleep(20); // another program made the descriptor non-blocking
    }
  }
}
