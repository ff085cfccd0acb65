/** Where a worker writes to in Node: never into a file that was taken back. */

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openFile } from '../../pkg/worker/output-places.js';

const folder = mkdtempSync(join(tmpdir(), 'mgdc-places-'));
after(() => rmSync(folder, { recursive: true }));

test('a file that was deleted by a cancel does not come back', async () => {
  const path = join(folder, 'cancelled');
  await assert.rejects(openFile({ path }), { code: 'ERR_WRITE' });
  assert.ok(!existsSync(path));
});
