/**
 * Writes what the release is made of, as CycloneDX 1.5, into dist/ (or the folder that is
 * given): `crates.cdx.json`, the crates in the two WebAssembly
 * modules, by cargo-cyclonedx; and `npm.cdx.json`, the npm packages that a build installs, by `npm sbom`. A component
 * with the scope `required` is in what we ship; the others are only build and test tools.
 *
 * The same commit gives the same bytes: no serial number, no path of this machine, and the time of the commit.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ name: string, version: string, scope?: string, purl?: string, 'bom-ref': string }} Component */
/** @typedef {{ serialNumber?: string, metadata: { timestamp: string }, components: Component[], dependencies?: { ref: string }[] }} Bom */

const seconds = process.env.SOURCE_DATE_EPOCH ?? run('git', ['log', '-1', '--format=%ct']).trim();
const timestamp = new Date(Number(seconds) * 1000).toISOString();

const [folder = 'dist'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
write('crates.cdx.json', crates());
write('npm.cdx.json', npm());

/** The crates of both modules: the check module's workspace member depends on the crate in the root. */
function crates() {
  const name = 'mgdc-sbom';
  const written = [name, 'src/crates/aes_simd/mgdc-sbom', 'src/crates/inflate/mgdc-sbom', 'src/crates/wipe/mgdc-sbom'];
  const check = `src/crates/check/${name}`;
  try {
    run('cargo', [
      'cyclonedx',
      '--format=json',
      '--spec-version=1.5',
      '--target=wasm32-unknown-unknown',
      '-qq',
      `--override-filename=${name}`,
    ]);
    /** @type {Bom} */
    const bom = parse(readFileSync(`${name}.json`, 'utf8'));
    const known = new Set(bom.components.map((component) => component['bom-ref']));
    /** @type {Bom} */
    const more = parse(readFileSync(`${check}.json`, 'utf8'));
    bom.components.push(...more.components.filter((component) => !known.has(component['bom-ref'])));
    return bom;
  } finally {
    for (const file of [...written, check]) rmSync(`${file}.json`, { force: true });
  }
}

/** What package-lock.json has. pkg/vendor/bundled.json tells which packages are in what we ship. */
function npm() {
  /** @type {Bom} */
  const bom = parse(run('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only']));
  /** @type {string[]} */
  const bundled = parse(readFileSync('pkg/vendor/bundled.json', 'utf8'));
  const shipped = new Set(bundled.map((path) => path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]));
  for (const component of bom.components) component.scope = shipped.has(component.name) ? 'required' : 'excluded';
  return bom;
}

/**
 * @param {string} name
 * @param {Bom} bom
 */
function write(name, bom) {
  delete bom.serialNumber;
  bom.metadata.timestamp = timestamp;
  const text = JSON.stringify(bom, null, 2).replaceAll(`file://${process.cwd()}`, 'file://.');
  writeFileSync(join(folder, name), `${text}\n`);
  process.stdout.write(`${join(folder, name)}: ${bom.components.length} components\n`);
}

/** @param {string} text */
function parse(text) {
  return JSON.parse(text);
}

/**
 * @param {string} program
 * @param {string[]} args
 */
function run(program, args) {
  return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
}
