/** The SBOM of a release (`.ci/sbom.mjs`). It needs a tool that takes a minute to build: `make test CHECK=supply`. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-sbom-'));
after(() => rmSync(temporary, { recursive: true }));

/** tests/js/notices.test.mjs compares them with what is compiled. */
const [notices, ofLibraries] = readFileSync(join(root, 'THIRD-PARTY-NOTICES'), 'utf8').split(
  '\nJavaScript libraries\n',
);
const listed = new Set([...notices.matchAll(/^(\S+ \d+\.\d\S*) \(.+\)/gm)].map(([, crate]) => crate));

test('the SBOM names the same crates and libraries as the notices, and the same commit gives the same bytes', () => {
  const [folder, again] = ['one', 'two'].map((name) => join(temporary, name));
  for (const place of [folder, again]) execFileSync(process.execPath, ['.ci/sbom.mjs', place], { cwd: root });
  const read = (/** @type {string} */ name) => readFileSync(join(folder, name), 'utf8');
  for (const name of ['crates.cdx.json', 'npm.cdx.json']) {
    assert.equal(read(name), readFileSync(join(again, name), 'utf8'));
    assert.ok(!read(name).includes(root.slice(0, -1)), `${name} has no path of this machine`);
  }
  const named = (/** @type {string} */ name) =>
    JSON.parse(read(name))
      .components.filter(({ scope }) => scope !== 'excluded')
      .map((one) => `${one.name} ${one.version}`);
  const crates = named('crates.cdx.json').filter((crate) => !crate.startsWith('mgdc-'));
  assert.deepEqual(
    [...listed].filter((crate) => !crates.includes(crate)),
    [],
  );
  const libraries = [...ofLibraries.matchAll(/^(\S+ \d+\.\d\S*) \(.+\)/gm)].map(([, library]) => library);
  assert.deepEqual(named('npm.cdx.json').sort(), libraries);
});
