/** THIRD-PARTY-NOTICES names exactly the crates in the modules and the libraries in pkg/vendor, with their licences. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const all = readFileSync(join(root, 'THIRD-PARTY-NOTICES'), 'utf8');
const [notices, ofLibraries] = all.split('\nJavaScript libraries\n====================\n');

/**
 * `name version` of each crate that a build of the modules compiles, ours left out. Not from `cargo metadata`: that one
 * counts in what only the tests' features pull in.
 */
function compiled() {
  const options = [
    '--locked',
    '--package',
    'mgdc-decrypt',
    '--package',
    'mgdc-check',
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

test('the third-party notices list the crates of the modules in their versions, and no other', () => {
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

/** Files of other packages in pkg/vendor, as `.ci/bundle.mjs` writes them down. */
const files = JSON.parse(readFileSync(join(root, 'pkg/vendor/bundled.json'), 'utf8')).filter((file) =>
  file.includes('node_modules/'),
);
const PACKAGE = /node_modules\/((?:@[^/]+\/)?[^/]+)\/[^/].*$/;

test('the third-party notices list the libraries of the package in their versions, and no other', () => {
  const wanted = new Set(files.map((file) => file.match(PACKAGE)[1]));
  for (const name of readdirSync(join(root, 'pkg/vendor')).filter((one) => one.endsWith('.js')))
    assert.ok(
      [...wanted].some((one) => one.replace('/', '-') === name.slice(0, -3)),
      `${name} is accounted for`,
    );
  const versions = [...wanted].map((name) => {
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
    return `${name} ${version}`;
  });
  const named = [...ofLibraries.matchAll(/^(\S+ \d+\.\d\S*) \(.+\)/gm)].map(([, library]) => library);
  assert.deepEqual(named, versions.sort(), 'run `make notices`');
  const texts = ofLibraries
    .split(`${'-'.repeat(80)}\n`)
    .map((text) => text.match(/^.+?, for (.+)\n\n([\s\S]{300,})$/)?.[1]);
  assert.deepEqual([...new Set(texts.filter(Boolean))], named, 'each has its text');
});

test('the third-party notices have what a library says of parts that it took from others', () => {
  const parts = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/\* (Copyright .*)/gi)].map(([, line]) => line),
  );
  assert.ok(parts.length > 0);
  for (const line of parts) assert.ok(ofLibraries.includes(line), line);
});

test('the package contains no library beside pkg/vendor', async () => {
  const names = ['index.js', 'check.js', 'check-element.js', 'element.js', 'cli.js', 'worker/worker.js'];
  const { metafile } = await build({
    entryPoints: names.map((name) => join(root, 'pkg', name)),
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    outdir: 'unused',
    write: false,
    metafile: true,
  });
  assert.deepEqual(
    Object.keys(metafile.inputs).filter((file) => file.includes('node_modules')),
    [],
  );
});
