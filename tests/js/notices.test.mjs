/** THIRD-PARTY-NOTICES names exactly the crates that are compiled into the module, with their licences. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const notices = readFileSync(join(root, 'THIRD-PARTY-NOTICES'), 'utf8');

/**
 * `name version` of each crate that a build of the module compiles, except our own. Not from `cargo metadata`, which
 * includes crates that only features of the tests need.
 */
function compiled() {
  const options = [
    '--locked',
    '--target',
    'wasm32-unknown-unknown',
    '--edges',
    'normal',
    '--prefix',
    'none',
    '--format',
    '{p}',
  ];
  const lines = execFileSync('cargo', ['tree', ...options], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter(Boolean);
  // aes v0.9.4 · serde_derive v1.0.229 (proc-macro) · mgdc-inflate v0.1.0 (/its/path) · aes v0.9.4 (*)
  const foreign = lines.filter((line) => !/\((?:\/|[A-Z]:)/.test(line));
  return new Set(
    foreign.map((line) =>
      line
        .match(/^(\S+) v(\S+)/)
        ?.slice(1)
        .join(' '),
    ),
  );
}

const listed = new Set([...notices.matchAll(/^(\S+ \d+\.\d\S*) \(.+\)/gm)].map(([, crate]) => crate));

test('the third-party notices list the crates of the module in their versions, and no other', () => {
  const wanted = compiled();
  assert.ok(wanted.size > 50, `cargo tree lists ${wanted.size} crates`);
  const missing = [...wanted].filter((crate) => !listed.has(crate ?? ''));
  const gone = [...listed].filter((crate) => !wanted.has(crate));
  assert.deepEqual({ missing, gone }, { missing: [], gone: [] }, 'run `make notices`');
});

test('the third-party notices have a licence text for each crate', () => {
  const licensed = new Set(
    [...notices.matchAll(/^-{80}\n.+?, for (.+)\n/gm)].flatMap(([, crates]) => crates.split(', ')),
  );
  assert.deepEqual(
    [...listed].filter((crate) => !licensed.has(crate)),
    [],
  );
  assert.equal(notices.match(/<(year|copyright holders)>/), null, 'a blank form in place of a text');
});
