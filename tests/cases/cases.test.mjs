/** What happened to people: each case through the command line. README.md says what a case is. */

import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build, check } from './run.mjs';

/** `CASES='answers-curl-i walk-links-out' node --test tests/cases/` runs these alone. */
const names = process.env.CASES?.split(' ').filter(Boolean) ?? [];
const cases = build(fileURLToPath(new URL('../../target/cases', import.meta.url)), names);
assert.ok(names.length > 0 || cases.length > 150, 'all cases are built');

describe('cases', { concurrency: availableParallelism() }, () => {
  // What is pasted is what is added otherwise: the command line has it once.
  for (const one of cases.filter(({ page }) => !page?.only))
    it(`${one.name}: ${one.what}`, async () => assert.deepEqual(await check(one), []));
});
