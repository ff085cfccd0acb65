/** How fast a run is, as it tells. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ProgressMeter } from '../../pkg/run/progress.js';

/** @import { Progress } from '../../pkg/index.js' */

/**
 * The last report of a run over two files, of which one is over with this result.
 * @param {{ skipped?: true }} result
 */
async function lastReport(result) {
  const files = /** @type {import('../../pkg/drop/drop-file.js').DropFile[]} */ (
    /** @type {unknown} */ ([
      { path: 'a', size: 1e9 },
      { path: 'b', size: 1e9 },
    ])
  );
  const meter = new ProgressMeter();
  /** @type {Progress[]} */
  const reports = [];
  await meter.begin(files, (report) => reports.push(report), undefined);
  await sleep(5);
  const whole = { path: 'a', output: 'a', outcome: 'decrypted', bytes: 1e9, verified: null, warnings: [], ...result };
  meter.over(files[0], /** @type {import('../../pkg/index.js').FileResult} */ (whole));
  meter.end();
  return reports[reports.length - 1];
}

test('what an earlier run had done says nothing about how fast this one is', async () => {
  const { rate, bytesRead } = await lastReport({ skipped: true });
  assert.equal(bytesRead, 1e9);
  assert.equal(rate, 0);
  assert.ok((await lastReport({})).rate > 0);
});
