/** Compares what a conversion wrote with its source, by readers of others: see converted.py. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Conversion } from '../../pkg/convert/conversion.js';
import { convertJob } from '../../pkg/convert/options.js';
import { python } from './python.mjs';

/**
 * @import { Converted, ConvertOptions } from '../../pkg/index.js'
 * @import { ConversionOutcome } from '../../pkg/worker/protocol.js'
 */

const script = fileURLToPath(new URL('converted.py', import.meta.url));

/** What the readers find in the file at `path`; `source`: the path of the rows as JSON. Fails where it differs. */
export function compare(to, source, path, ...options) {
  const output = execFileSync(python(), [script, to, source, path, ...options], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const found = JSON.parse(output);
  assert.deepEqual(found.problems, [], `${found.count} differences`);
  return found;
}

/** The same for bytes. */
export function compareBytes(to, source, bytes, ...options) {
  const folder = mkdtempSync(join(tmpdir(), 'mgdc-converted-'));
  try {
    writeFileSync(join(folder, 'source.json'), source);
    writeFileSync(join(folder, `output.${to}`), bytes);
    return compare(to, join(folder, 'source.json'), join(folder, `output.${to}`), ...options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Converts `content` as the worker does, in pieces of `size` bytes; reads it again where it must.
 * @param {ConvertOptions['to'] | ConvertOptions} options
 * @param {string | Uint8Array} content
 * @param {number} [size]
 * @param {object} [more]
 * @returns {Pick<ConversionOutcome, 'warnings' | 'rowsWritten'> & { converted: Converted, written: Buffer }}
 */
export function convert(options, content, size = 1 << 19, more = {}) {
  const conversion = new Conversion({ ...convertJob(options), ...more });
  const bytes = Buffer.from(content);
  const pieces = [];
  const take = (first) => {
    for (let piece = first; piece; piece = conversion.more()) pieces.push(Buffer.from(piece));
  };
  for (let at = 0; at < bytes.length; at += size) take(conversion.push(bytes.subarray(at, at + size)));
  take(conversion.end());
  const { outcome } = conversion;
  const written = Buffer.concat(pieces);
  if (!outcome.plan) return /** @type {ReturnType<typeof convert>} */ ({ ...outcome, written });
  assert.equal(written.length, 0, 'a first reading writes nothing');
  return convert(options, content, size, { plan: structuredClone(outcome.plan) });
}
