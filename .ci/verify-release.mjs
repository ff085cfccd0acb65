/**
 * `make verify-release FILE=…` compares a download with what this checkout builds, file by file: the npm package
 * (.tgz), the page as one file (.html) or a module (.wasm). Exits with 1 when a byte differs. The download is read
 * before the build, which could write over it.
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, sep } from 'node:path';

const [download] = process.argv.slice(2);
if (!download) stop('usage: make verify-release FILE=mgdc-decrypt-1.0.0.tgz, or a file .html or .wasm');
if (!existsSync(download)) stop(`${download} does not exist: give the path of the file that you downloaded`);
const place = relative(realpathSync('.'), realpathSync(download)).split(sep)[0];
if (['dist', 'pkg', 'www'].includes(place))
  stop(
    `${download} lies in ${place}, where this checkout builds. Copy what you downloaded to another folder, and give that`,
  );

const theirs = filesOf(download);
execFileSync('make', ['--no-print-directory', 'dist'], { stdio: 'inherit' });
const ours = filesOf(own(download));
const lines = [...new Set([...theirs.keys(), ...ours.keys()])].sort().flatMap((path) => {
  if (theirs.get(path)?.equals(ours.get(path) ?? Buffer.alloc(0))) return [];
  if (!theirs.has(path)) return [`missing in the download: ${path}`];
  if (!ours.has(path)) return [`only in the download:    ${path}`];
  return [`differs:                 ${path}`];
});
if (lines.length === 0) {
  const same = theirs.size === 1 ? 'the file is' : `all ${theirs.size} files are`;
  console.log(`${download}: ${same} the same, byte for byte, as this checkout builds.`);
  for (const [path, bytes] of theirs) console.log(`${createHash('sha256').update(bytes).digest('hex')}  ${path}`);
} else {
  console.log(`${download} is not what this checkout builds:`);
  for (const line of lines) console.log(`  ${line}`);
  console.log(advice());
  process.exitCode = 1;
}

/** The local build of the same kind. @param {string} file */
function own(file) {
  const name = basename(file);
  const places = name.endsWith('.wasm')
    ? [`pkg/wasm/${name}`, `pkg/wasm-check/${name}`]
    : readdirSync('dist')
        .filter((one) => one.endsWith(name.slice(name.lastIndexOf('.'))))
        .map((one) => `dist/${one}`);
  const found = places.find(existsSync);
  if (!/\.(tgz|html|wasm)$/.test(name) || !found)
    stop(`${name} is not one of ours: expected mgdc-decrypt-VERSION.tgz, mgdc-decrypt.html, or a .wasm of the package`);
  return found;
}

/**
 * The bytes of each file in a package, or of the file itself.
 * @param {string} file
 * @returns {Map<string, Buffer>}
 */
function filesOf(file) {
  if (!file.endsWith('.tgz'))
    return new Map([[file.endsWith('.wasm') ? basename(file) : 'mgdc-decrypt.html', readFileSync(file)]]);
  const folder = mkdtempSync(join(tmpdir(), 'mgdc-verify-'));
  try {
    execFileSync('tar', ['-xzf', file, '-C', folder]);
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
    return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The usual reasons for a difference, as far as the files show them. */
function advice() {
  const compiler = (/** @type {Map<string, Buffer>} */ files) => {
    const module = [...files].find(([path]) => path.endsWith('_bg.wasm'));
    return module?.[1].toString('latin1').match(/\/rustc\/([0-9a-f]{40})\//)?.[1];
  };
  const [built, local] = [compiler(theirs), compiler(ours)];
  return built && local && built !== local
    ? `The download was compiled by rustc of commit ${built}, this build by ${local}: install the same version, then ` +
        'run this again.'
    : 'Is this the checkout of the release, without changes (git status)? Check out its tag, then run this again. If it ' +
        'is, do not use the download, and report it (SECURITY.md).';
}

/**
 * @param {string} message
 * @returns {never}
 */
function stop(message) {
  console.error(`verify-release: ${message}`);
  process.exit(2);
}
