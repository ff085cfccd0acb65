/** `make verify-release` tells whether a download is what a checkout builds. */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-verify-'));
after(() => rmSync(temporary, { recursive: true }));

// A checkout that builds, in a small way, and a download of the same package.
const [checkout, download] = [join(temporary, 'checkout'), join(temporary, 'mgdc-decrypt-0.1.0.tgz')];
before(() => {
  mkdirSync(checkout);
  cpSync(join(root, 'pkg/wasm'), join(checkout, 'pkg/wasm'), { recursive: true });
  pack(join(root, 'pkg'), temporary);
  cpSync(download, join(checkout, 'built.tgz'));
  writeFileSync(join(checkout, 'page.html'), '<!doctype html>');
  const lines = [
    'mkdir -p dist',
    'rm -f dist/*.tgz',
    'cp built.tgz dist/mgdc-decrypt-0.1.0.tgz',
    'cp page.html dist/mgdc-decrypt.html',
  ];
  writeFileSync(join(checkout, 'Makefile'), `dist: always\n${lines.map((line) => `\t@${line}\n`).join('')}always:\n`);
});

/** The package as npm packs it. */
function pack(folder, into) {
  const options = ['--ignore-scripts', '--offline', '--silent', '--cache', join(temporary, 'cache')];
  execFileSync('npm', ['pack', folder, '--pack-destination', into, ...options]);
}

function verify(file) {
  return spawnSync(process.execPath, [join(root, '.ci/verify-release.mjs'), file], { cwd: checkout, encoding: 'utf8' });
}

test('the same package is the same, byte for byte', () => {
  const { status, stdout } = verify(download);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /all \d+ files are the same, byte for byte/);
  assert.match(stdout, /^[0-9a-f]{64} {2}package\/wasm\/mgdc_decrypt_bg\.wasm$/m);
});

test('a package with one byte more, one file more and one file less is told apart', () => {
  const changed = join(temporary, 'changed');
  mkdirSync(changed);
  execFileSync('tar', ['-xzf', download, '-C', changed]);
  appendFileSync(join(changed, 'package/core/keys.js'), ' ');
  cpSync(join(changed, 'package/cli.js'), join(changed, 'package/more.js'));
  rmSync(join(changed, 'package/LICENSE-MIT'));
  execFileSync('tar', ['-czf', join(changed, 'other.tgz'), '-C', changed, 'package']);

  const { status, stdout } = verify(join(changed, 'other.tgz'));
  assert.equal(status, 1);
  assert.match(stdout, /differs: +package\/core\/keys\.js\n/);
  assert.match(stdout, /only in the download: +package\/more\.js\n/);
  assert.match(stdout, /missing in the download: package\/LICENSE-MIT\n/);
  assert.match(stdout, /do not use the download/);
});

test('the download is read before anything is built', () => {
  const lines = execFileSync('make', ['--no-print-directory', '--dry-run', 'verify-release', 'FILE=x.tgz'], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(lines, 'node .ci/verify-release.mjs x.tgz\n');
  // The build writes into this very file.
  const page = join(temporary, 'mgdc-decrypt.html');
  verify(download);
  linkSync(join(checkout, 'dist/mgdc-decrypt.html'), page);
  writeFileSync(page, '<!doctype html><script>');
  const { status, stdout } = verify(page);
  assert.equal(status, 1, stdout);
  assert.match(stdout, /differs: +mgdc-decrypt\.html/);
  const again = verify(page);
  assert.equal(again.status, 0);
  assert.match(again.stdout, /: the file is the same, byte for byte/);
});

test('a file that lies where the checkout builds is refused, and left alone', () => {
  const folder = join(checkout, 'dist');
  mkdirSync(folder, { recursive: true });
  const names = ['dist/mgdc-decrypt-0.1.0.tgz', 'dist/mgdc-decrypt.html', 'pkg/wasm/mgdc_decrypt_bg.wasm', 'link.html'];
  symlinkSync('dist/mgdc-decrypt.html', join(checkout, 'link.html'));
  for (const name of names) {
    if (name.startsWith('dist/')) writeFileSync(join(checkout, name), 'changed');
    const { status, stderr } = verify(name);
    assert.equal(status, 2, name);
    assert.match(stderr, /lies in (dist|pkg), where this checkout builds/);
    if (name.startsWith('dist/')) assert.equal(readFileSync(join(checkout, name), 'utf8'), 'changed');
  }
});

test('a module alone is compared, and a changed one is told apart', () => {
  const module = join(checkout, 'pkg/wasm/mgdc_decrypt_bg.wasm');
  const theirs = join(temporary, 'mgdc_decrypt_bg.wasm');
  cpSync(module, theirs);
  assert.equal(verify(theirs).status, 0);
  appendFileSync(theirs, '\0');
  assert.equal(verify(theirs).status, 1);
});

test('what is not ours to compare, and what is not there, is said', () => {
  const other = join(temporary, 'other.zip');
  cpSync(download, other);
  const strange = verify(other);
  assert.equal(strange.status, 2);
  assert.match(strange.stderr, /is not one of ours: expected mgdc-decrypt-VERSION\.tgz/);
  const missing = verify('nowhere.tgz');
  assert.equal(missing.status, 2);
  assert.match(missing.stderr, /does not exist/);
});
