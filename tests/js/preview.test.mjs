/** Previews of every file of every sample: the first rows of the true content, or none; and the reason where it fails. */

import assert from 'node:assert/strict';
import { constants, createDecipheriv, privateDecrypt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync, constants as zlib } from 'node:zlib';
import { openDrop, PrivateKey } from '../../pkg/index.js';
import { folderFiles } from '../../pkg/node/folder.js';
import { parseJson } from '../../pkg/rows/json-rows.js';
import { DETAILS, PEM } from './memory-drop.mjs';
import { sampleDrops, sampleKeys, samplePath } from './samples.mjs';

/** A sample drop, and what each file delivers as far as `decrypt` gives it: path → bytes. */
async function opened({ path, keys = [] }) {
  const drop = await openDrop(await folderFiles(samplePath(path), { given: new Map() }));
  for (const name of keys) {
    const password = sampleKeys.find(({ file }) => file === name)?.password ?? undefined;
    await drop.unlock(PrivateKey.import(readFileSync(samplePath(name)), { password })).catch(() => {}); // in the report
  }
  const written = new Map();
  const report = await drop.decrypt({
    open: (output) => {
      const pieces = [];
      return new WritableStream({
        write: (piece) => void pieces.push(Buffer.from(piece)),
        close: () => void written.set(output, Buffer.concat(pieces)),
      });
    },
  });
  return { drop, report, written };
}

const linesOf = (content) =>
  content
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/);

/** The rows, if each line is one; else null. */
function trueRows(content) {
  try {
    return linesOf(content).filter(Boolean).map(parseJson);
  } catch {
    return null;
  }
}

/** What Node makes of a file that begins right: the rows that are whole. */
function rowsBefore({ path }, name) {
  const details = JSON.parse(readFileSync(samplePath(`${path}/${DETAILS}`), 'utf8')).DecryptionKeyDetails;
  const oaep = { key: PEM, padding: constants.RSA_PKCS1_OAEP_PADDING };
  const key = privateDecrypt(oaep, Buffer.from(details.DecryptionKeyValue, 'base64'));
  const aes = createDecipheriv('aes-256-cbc', key, Buffer.from(details.DecryptionKeyIV, 'base64'));
  const encrypted = readFileSync(samplePath(`${path}/${name}`));
  const plaintext = aes.setAutoPadding(false).update(encrypted);
  // What is no padding is half of a block, or damaged.
  const padding = plaintext[plaintext.length - 1];
  const isPadded = padding <= 16 && plaintext.subarray(-padding).every((byte) => byte === padding);
  const whole = plaintext.subarray(0, -(isPadded ? padding : 16));
  // Node takes what follows for another member.
  const gzip = whole.subarray(0, whole.lastIndexOf('trailing garbage') >>> 0);
  const content = gunzipSync(gzip, { finishFlush: zlib.Z_SYNC_FLUSH });
  return linesOf(content).slice(0, -1).map(parseJson);
}

/** How many rows there are at least, where the damage is at the end; the others have none. */
const DAMAGED = {
  'neg-truncated': { half: 1, 'minus-1-byte': 5, 'minus-16-bytes': 5, 'minus-5-bytes': 5 },
  'neg-bitflip': { 'last-block': 5, middle: 0 },
  'neg-inside': { crc: 0, isize: 0, 'cut-header': 0, 'cut-inside': 0, 'no-trailer': 0, tail: 3 },
};

for (const sample of sampleDrops) {
  test(`${sample.drop}: rows are those of the content, or there is the reason`, async () => {
    const { drop, report, written } = await opened(sample);
    const named = new Map(drop.files.map((file) => [file.path, file]));
    for (const { path, output, outcome, code } of report.files) {
      const file = named.get(path);
      if (!file || file.role === 'key-details') continue;
      const result = await drop.preview(path, { rows: 5 }).catch((error) => error);
      const about = `${path} ${JSON.stringify(result).slice(0, 300)}`;
      if (outcome === 'failed') {
        const least = DAMAGED[sample.drop]?.[/([^/]*)\.json$/.exec(path)?.[1] ?? ''];
        if (least === undefined) {
          assert.deepEqual([result instanceof Error, result.code, result.path], [true, code, path], about);
          continue;
        }
        assert.deepEqual([result.error.code, result.more, result.verified], [code, true, null], about);
        assert.ok(result.rows.length >= least, about);
        if (result.rows.length > 0)
          assert.deepEqual(result.rows, rowsBefore(sample, path).slice(0, result.rows.length), about);
        continue;
      }
      const delivered = written.get(output);
      // What is compressed in clear is delivered as it is, and shown as what is inside.
      const content = file.content === 'gzip' && file.role === 'clear' ? gunzipSync(delivered) : delivered;
      const { error, verified, bytesTotal, plaintextBytes } = result;
      assert.deepEqual([error, verified, bytesTotal], [null, null, file.size], about);
      assert.equal(plaintextBytes, content.length, about);
      const rows = trueRows(content);
      if (content.length === 0) assert.deepEqual([result.content, result.rows], ['empty', []]);
      else if (result.content === 'json' && rows) {
        assert.deepEqual(result.rows, rows.slice(0, 5), about);
        assert.deepEqual([result.more, result.stoppedBy], rows.length > 5 ? [true, 'rows'] : [false, null], about);
      } else if (result.content === 'json') assert.deepEqual(result.rows, [JSON.parse(content.toString())], about);
      else if (result.content === 'bytes') {
        const shown = result.rows.map(({ hex }) => hex.replaceAll(' ', '')).join('');
        assert.equal(shown, content.subarray(0, 80).toString('hex'), about);
      } else if (result.content === 'text')
        assert.deepEqual(
          result.rows.map(({ line }) => line),
          linesOf(content).slice(0, result.rows.length),
        );
      else assert.equal(result.content, 'csv', about);
    }
    drop.dispose();
  });
}

test('the damaged samples are all there', () => {
  const names = sampleDrops.map(({ drop }) => drop);
  for (const drop of Object.keys(DAMAGED)) assert.ok(names.includes(drop), drop);
});
