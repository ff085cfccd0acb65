/** Breaks each rule about imports between the folders of pkg/, and about its types, to see that the checks notice. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A copy of the package, in which cycles and mistakes can be planted. */
const copy = mkdtempSync(join(tmpdir(), 'mgdc-rooms-'));
after(() => rmSync(copy, { recursive: true }));
for (const name of ['biome.jsonc', 'tsconfig.json', 'package.json', 'pkg', 'www/page.js', '.ci'])
  cpSync(join(root, name), join(copy, name), { recursive: true });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

/** What a tool says of the copy. */
function run(program, ...options) {
  const { stdout, stderr, error } = spawnSync(join(root, 'node_modules/.bin', program), options, {
    cwd: copy,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (error) throw error;
  return stdout + stderr;
}

const using = (name, from) => `import { ${name} } from '${from}';\n\nconsole.log(${name});\n`;

const UPWARD = [
  ['pkg/core/planted.js', '../run/lane.js'],
  ['pkg/core/planted.js', '../index.js'],
  ['pkg/archive/planted.js', '../drop/drop-keys.js'],
  ['pkg/archive/planted.js', '../worker/batch.js'],
  ['pkg/check/planted.js', '../drop/drop-keys.js'],
  ['pkg/check/planted.js', '../wasm/mgdc_decrypt.js'],
  ['pkg/rows/planted.js', '../drop/drop-keys.js'],
  ['pkg/rows/planted.js', '../wasm/mgdc_decrypt.js'],
  ['pkg/preview/planted.js', '../drop/drop-file.js'],
  ['pkg/drop/planted.js', '../run/run.js'],
  ['pkg/drop/planted.js', '../data-drop.js'],
  ['pkg/report/planted.js', '../drop/left-out.js'],
  ['pkg/sinks/planted.js', '../worker/batch.js'],
  ['pkg/worker/planted.js', '../run/lane.js'],
  ['pkg/worker/planted.js', '../convert/conversion.js'],
  ['pkg/convert/planted.js', '../run/lane.js'],
  ['pkg/salvage/planted.js', '../check/init.js'],
  ['pkg/salvage/planted.js', '../wasm/mgdc_decrypt.js'],
  ['pkg/worker/planted.js', '../salvage/salvage-into.js'],
  ['pkg/run/planted.js', '../element/state/session.js'],
  ['pkg/node/planted.js', '../run/lane.js'],
  ['pkg/element/words/planted.js', '../state/session.js'],
  ['pkg/element/save/planted.js', '../state/session.js'],
  ['pkg/element/key-vault/planted.js', '../view/dom.js'],
  ['pkg/element/state/planted.js', '../view/dom.js'],
  ['pkg/element/view/planted.js', '../../element.js'],
  ['www/page.js', '../pkg/core/init.js'],
];
const DOWNWARD = [
  ['pkg/archive/planted.js', '../core/bytes.js'],
  ['pkg/drop/planted.js', '../archive/open-zip.js'],
  ['pkg/preview/planted.js', '../rows/lines.js'],
  ['pkg/rows/planted.js', '../core/bytes.js'],
  ['pkg/rows/planted.js', '../vendor/lossless-json.js'],
  ['pkg/drop/planted.js', '../core/bytes.js'],
  ['pkg/worker/planted.js', '../archive/entry-reader.js'],
  ['pkg/check/planted.js', '../core/bytes.js'],
  ['pkg/report/planted.js', '../core/bytes.js'],
  ['pkg/run/planted.js', '../worker/protocol.js'],
  ['pkg/convert/planted.js', '../worker/protocol.js'],
  ['pkg/salvage/planted.js', '../wasm-check/mgdc_check.js'],
  ['pkg/salvage/planted.js', '../worker/protocol.js'],
  ['pkg/element/view/planted.js', '../state/session.js'],
  ['pkg/element/state/planted.js', '../words/text.js'],
];

const planted = (path, index) => path.replace('planted', `planted${index}`);
for (const [index, [path, from]] of [...UPWARD, ...DOWNWARD].entries())
  writeFileSync(join(copy, planted(path, index)), using('anything', from));
writeFileSync(join(copy, 'pkg/core/one.js'), `${using('other', './other.js')}\nexport const one = 1;\n`);
writeFileSync(join(copy, 'pkg/core/other.js'), `${using('one', './one.js')}\nexport const other = 2;\n`);

/** `title=lint/style/noRestrictedImports,file=/…/pkg/core/planted0.js,…` of each finding. */
const findings = run('biome', 'lint', '--reporter=github', '--max-diagnostics=none').matchAll(
  /title=lint\/\w+\/(\w+),file=([^,]+)/g,
);
const found = [...findings].map(([, rule, file]) => ({ rule, path: relative(copy, file) }));
const filesOf = (name) => [...new Set(found.filter(({ rule }) => rule === name).map(({ path }) => path))].sort();

test('an import from a higher folder is found, and nothing else is', () => {
  assert.deepEqual(filesOf('noRestrictedImports'), UPWARD.map(([path], index) => planted(path, index)).sort());
});

test('an import cycle is found', () => {
  assert.deepEqual(filesOf('noImportCycles'), ['pkg/core/one.js', 'pkg/core/other.js']);
});

test('an option that does not exist is a type error', () => {
  const wrong = `/** @param {import('./index.js').DataDrop} drop @param {import('./index.js').Sink} sink */
export const planted = (drop, sink) => drop.decrypt(sink, { compresion: 'gzip' });\n`;
  writeFileSync(join(copy, 'pkg/planted.js'), wrong);
  const said = run('tsc', '--project', '.', '--pretty', 'false');
  // What stands above imports something that no module has.
  const errors = said.split('\n').filter((line) => line.includes(': error ') && !line.includes("member 'anything'"));
  assert.equal(errors.length, 1, said);
  assert.match(errors[0], /^pkg\/planted\.js.*'compresion' does not exist in type 'DropDecryptOptions'/);
});
