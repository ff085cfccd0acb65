/** Previews of every file of every sample: the rows are the first ones of the true content, or there are none. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openDrop, PrivateKey } from '../../pkg/index.js';
import { folderFiles } from '../../pkg/node/folder.js';
import { parseJson } from '../../pkg/rows/json-rows.js';
import { expectedOf, sampleDrops, sampleKeys, samplePath } from './samples.mjs';

const password = (path) => sampleKeys.find(({ file }) => file === path)?.password;
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** A sample drop, with what each file delivers as far as `decrypt` gives it: path → bytes. */
async function opened(name, keys) {
  const drop = await openDrop(await folderFiles(samplePath(`drops/${name}`), { given: new Map() }));
  for (const path of keys) {
    const key = PrivateKey.import(readFileSync(samplePath(path)), { password: password(path) });
    await drop.unlock(key).catch(() => {}); // each file then has the reason
  }
  const written = new Map();
  const report = await drop.decrypt({
    open: (path) => {
      const pieces = [];
      return new WritableStream({
        write: (piece) => void pieces.push(piece.slice()),
        close: () => void written.set(path, Buffer.concat(pieces)),
      });
    },
  });
  const contents = new Map(
    report.files.filter(({ output }) => output).map(({ path, output }) => [path, written.get(output)]),
  );
  return { drop, report, contents };
}

/** Rows as JSON.parse makes them of each line; null if the content is no JSON Lines. */
function trueRows(content) {
  try {
    return content
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .split('\n')
      .filter((line) => line.trim())
      .map(parseJson);
  } catch {
    return null;
  }
}

test('the samples have rows in every form', async (t) => {
  const seen = { whole: 0, damaged: 0, withRows: 0 };
  for (const { name, keys } of sampleDrops) {
    await t.test(name, async () => {
      const { drop, report, contents } = await opened(name, keys);
      const intact = [...contents].find(([path]) => /intact|part-00000/.test(path))?.[1];
      for (const { path, outcome, code } of report.files.filter(({ path: each }) =>
        drop.files.some((file) => file.path === each),
      )) {
        const result = await drop.preview(path, { rows: 3 }).catch((error) => error);
        const about = `${name} ${path} ${JSON.stringify(result)}`;
        if (outcome === 'failed') {
          // Rejected for the reason that decrypt gives, or what can be read with that reason beside it.
          seen.damaged += 1;
          assert.equal(result instanceof Error ? result.code : result.error.code, code, about);
          if (result instanceof Error) continue;
          assert.equal(result.more, true);
          seen.withRows += result.rows.length > 0;
          continue;
        }
        seen.whole += 1;
        const content = contents.get(path);
        assert.deepEqual(
          [result.error, result.verified, result.bytesTotal],
          [null, null, drop.files.find((file) => file.path === path).size],
          about,
        );
        assert.equal(result.plaintextBytes, content.length, about);
        if (content.length === 0) assert.equal(result.content, 'empty');
        const rows = result.content === 'json' ? trueRows(content) : null;
        if (rows) {
          assert.deepEqual(result.rows, rows.slice(0, 3), about);
          assert.equal(result.more, rows.length > 3);
          assert.deepEqual(
            result.columns.map(({ name: each }) => each),
            [...new Set(result.rows.flatMap((row) => Object.keys(row)))],
          );
        }
        if (result.content === 'text' && result.rows.length > 0)
          assert.ok(content.toString('latin1').startsWith(Buffer.from(result.rows[0].line).toString('latin1')), about);
      }
      assert.ok(intact || report.failed > 0);
      drop.dispose();
    });
  }
  t.diagnostic(JSON.stringify(seen));
  assert.ok(seen.whole > 60 && seen.damaged > 15 && seen.withRows > 4, JSON.stringify(seen));
});
