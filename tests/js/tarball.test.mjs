/** The package as npm ships it: packed, installed into an empty project, used there. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expectedOf, mismatch, samplePath } from './samples.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'mgdc-tarball-'));
const project = join(temporary, 'project');
const installed = join(project, 'node_modules/mgdc-decrypt');
const DROP = 'java-gzip-oaep';
const KEY = samplePath('keys/contoso-2048/pkcs8.pem');
after(() => rmSync(temporary, { recursive: true }));

// Nothing is asked of the network, and nothing left in the person's cache.
const npm = (...args) =>
  run(
    'npm',
    [...args, '--offline', '--no-audit', '--no-fund', '--no-update-notifier', '--cache', join(temporary, 'cache')],
    { cwd: project },
  );
let packed;

before(async () => {
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"name":"consumer","private":true,"type":"module"}');
  const { stdout } = await npm(
    'pack',
    join(root, 'pkg'),
    '--json',
    '--ignore-scripts',
    '--pack-destination',
    temporary,
  );
  [packed] = JSON.parse(stdout);
  await npm('install', '--ignore-scripts', join(temporary, packed.filename));
});

test('the tarball contains exactly what is used and described', async () => {
  const paths = packed.files.map(({ path }) => path).sort();
  const entryPoints = [
    'index.js',
    'slim.js',
    'in-place.js',
    'check.js',
    'check-element.js',
    'element.js',
    'archive.js',
    'convert.js',
    'preview.js',
    'salvage.js',
    'cli.js',
    'worker/main.js',
    'convert/worker.js',
    'salvage/worker.js',
  ];
  const { metafile } = await build({
    entryPoints,
    absWorkingDir: installed,
    bundle: true,
    platform: 'node',
    format: 'esm',
    outdir: 'unused',
    write: false,
    metafile: true,
  });
  const described = [
    'package.json',
    'index.d.ts',
    'api.d.ts',
    'slim.d.ts',
    'in-place.d.ts',
    'react.d.ts',
    'preact.d.ts',
    'check.d.ts',
    'check-element.d.ts',
    'element.d.ts',
    'archive.d.ts',
    'convert.d.ts',
    'preview.d.ts',
    'salvage.d.ts',
    'wasm/mgdc_decrypt_bg.wasm',
    'wasm/mgdc_decrypt.d.ts',
    'wasm/mgdc_decrypt_bg.wasm.d.ts',
    'wasm-check/mgdc_check_bg.wasm',
    'wasm-check/mgdc_check.d.ts',
    'wasm-check/mgdc_check_bg.wasm.d.ts',
  ];
  const texts = ['LICENSE-APACHE', 'LICENSE-MIT', 'THIRD-PARTY-NOTICES'];
  assert.deepEqual(paths, [...Object.keys(metafile.inputs), ...described, ...texts, 'README.md'].sort());
  for (const name of texts)
    assert.equal(
      readFileSync(join(installed, name), 'utf8'),
      readFileSync(join(root, name), 'utf8'),
      `${name} is not the one of the repository`,
    );
});

test('its README is that of the repository, without links to what is only there', () => {
  const readme = readFileSync(join(installed, 'README.md'), 'utf8');
  assert.deepEqual(readme.match(/\]\((?!https?:)[^)]*\)/g), null);
  const [repository, packed] = [readFileSync(join(root, 'README.md'), 'utf8'), readme].map((text) => text.split('\n'));
  const changed = repository.filter((line, index) => line !== packed[index]);
  assert.ok(changed.length > 10 && changed.every((line) => line.includes('](')), changed.join('\n'));
});

test('every path in package.json exists', () => {
  const { exports, types, bin, dependencies, scripts } = JSON.parse(
    readFileSync(join(installed, 'package.json'), 'utf8'),
  );
  const targets = [
    types,
    ...Object.values(bin),
    ...Object.values(exports).flatMap((target) => (typeof target === 'string' ? target : Object.values(target))),
  ];
  assert.ok(targets.length >= 6);
  for (const target of targets) assert.ok(existsSync(join(installed, target)), target);
  assert.equal(dependencies, undefined);
  assert.equal(scripts?.postinstall ?? scripts?.install, undefined);
});

test('package.json tells bundlers which modules have side effects', () => {
  const { sideEffects } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  // webpack and Rollup take names straight out of keys.js and the like where index.js counts as free of effects, and
  // with it goes what tells the core where its module is.
  const effects = ['index', 'slim', 'check', 'check-element', 'preview', 'element', 'in-place'];
  assert.deepEqual(
    sideEffects,
    effects.map((name) => `./${name}.js`),
  );
});

const USE = `
import { readFileSync, readdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { PrivateKey, openDrop } from 'mgdc-decrypt';

const [, , folder, key] = process.argv;
const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const files = entries
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .map((path) => ({ path: relative(folder, path), blob: new Blob([readFileSync(path)]) }));
const privateKey = PrivateKey.import(readFileSync(key));
const drop = await openDrop(files);
await drop.unlock(privateKey);
const hashes = {};
const report = await drop.decrypt({
  open(path) {
    const hash = createHash('sha256');
    return new WritableStream({
      write: (chunk) => void hash.update(chunk),
      close: () => void (hashes[path] = hash.digest('hex')),
    });
  },
});
console.log(JSON.stringify(report.files.map((result) => ({ ...result, sha256: hashes[result.output] }))));
`;

/** Compares the output of a program or the command line on the sample drop with the expected one. */
function check(lines) {
  const expected = expectedOf(DROP);
  assert.equal(lines.length, expected.length);
  assert.deepEqual(
    expected
      .map((one) =>
        mismatch(
          one,
          lines.find(({ path }) => path === one.file),
          lines.find(({ path }) => path === one.file)?.sha256,
        ),
      )
      .filter(Boolean),
    [],
  );
}

test('an empty project decrypts a drop with it', async () => {
  writeFileSync(join(project, 'use.js'), USE);
  const { stdout } = await run(process.execPath, ['use.js', samplePath(`drops/${DROP}`), KEY], { cwd: project });
  check(JSON.parse(stdout));
});

test('its command decrypts a drop', async () => {
  const out = join(temporary, 'out');
  const { stdout } = await run(
    join(project, 'node_modules/.bin/mgdc-decrypt'),
    [samplePath(`drops/${DROP}`), '--key', KEY, '--out', out, '--json'],
    { cwd: project },
  );
  check(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
});

for (const [module, moduleResolution] of [
  ['esnext', 'bundler'],
  ['nodenext', 'nodenext'],
]) {
  test(`its types are found and strict, with moduleResolution ${moduleResolution}`, async () => {
    cpSync(join(root, 'tests/types/consumer.ts'), join(project, 'consumer.ts'));
    const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tests/types/tsconfig.json'), 'utf8'));
    const { paths, ...options } = compilerOptions;
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...options, module, moduleResolution }, files: ['consumer.ts'] }),
    );
    await run(join(root, 'node_modules/.bin/tsc'), ['--project', project]).catch(({ stdout }) => assert.fail(stdout));
  });
}

test('a bundler takes it for the browser without a warning', async () => {
  writeFileSync(
    join(project, 'page.js'),
    "import { openDrop } from 'mgdc-decrypt';\nimport 'mgdc-decrypt/element';\nconsole.log(openDrop);\n",
  );
  const { warnings, metafile } = await build({
    entryPoints: ['page.js'],
    absWorkingDir: project,
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    outfile: 'bundle.js',
    metafile: true,
    logLevel: 'silent',
  });
  assert.deepEqual(warnings, []);
  const [output] = Object.values(metafile.outputs);
  assert.deepEqual(output.imports, [], 'nothing is left to import');
  assert.deepEqual(
    Object.keys(metafile.inputs).filter((path) => /mgdc-decrypt\/(?:node\/|cli)/.test(path)),
    [],
  );
});

test('bundled, it has its module inside and decrypts a drop', async () => {
  const outfile = join(temporary, 'bundle/use.mjs');
  const { warnings } = await build({
    entryPoints: [join(project, 'use.js')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    outfile,
    logLevel: 'silent',
  });
  assert.deepEqual(warnings, []);
  const { stdout } = await run(process.execPath, [outfile, samplePath(`drops/${DROP}`), KEY], { cwd: temporary });
  check(JSON.parse(stdout));
});

const REHEARSE = `
import { readFileSync } from 'node:fs';
import { rehearse } from 'mgdc-decrypt/check';

const items = await rehearse(readFileSync(process.argv[2]));
console.log(JSON.stringify(items.map(({ path, blob }) => [path, blob.size])));
`;

/** Five files, two of them whole blocks. */
function checkRehearsal(stdout) {
  const items = JSON.parse(stdout);
  assert.equal(items.length, 5);
  assert.equal(items.filter(([path, size]) => path.startsWith('rehearsal-') && size % 16 === 0).length >= 2, true);
}

test('an empty project makes a rehearsal, and its bundle, which does not have what decrypts', async () => {
  writeFileSync(join(project, 'rehearse.js'), REHEARSE);
  const { stdout } = await run(process.execPath, ['rehearse.js', KEY], { cwd: project });
  checkRehearsal(stdout);
  const outfile = join(temporary, 'check-bundle/rehearse.mjs');
  const { warnings, metafile } = await build({
    entryPoints: [join(project, 'rehearse.js')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    outfile,
    metafile: true,
    logLevel: 'silent',
  });
  assert.deepEqual(warnings, []);
  const inputs = Object.keys(metafile.inputs);
  assert.deepEqual(
    inputs.filter((path) => /mgdc-decrypt\/(?:wasm|drop|run|worker|sinks|element|node)\//.test(path)),
    [],
  );
  checkRehearsal((await run(process.execPath, [outfile, KEY], { cwd: temporary })).stdout);
});
