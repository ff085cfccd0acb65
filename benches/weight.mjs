/**
 * What a page loads before it can decrypt, gzip, level 9: the page of this project, and the page of an embedder who
 * bundles `mgdc-decrypt/slim`. Not what is loaded later and only when it is needed: archives, checks, previews,
 * conversion, salvage, other languages.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { common } from '../.ci/esbuild.mjs';
import { fixed, head, row } from './markdown.mjs';

/** Of all that a page loads to decrypt, KiB gzip. */
const GOAL = 213;

const root = new URL('..', import.meta.url).pathname;
const WASM = 'pkg/wasm/mgdc_decrypt_bg.wasm';

/** Prints the table. `other`: the root of another checkout, or null. @param {string | null} other */
export async function printWeight(other) {
  const checkouts = other ? [root, other] : [root];
  const page = checkouts.map(pageParts);
  const embedder = await Promise.all(checkouts.map(slimParts));
  const columns = ['KiB gzip', ...(other ? ['before'] : [])];
  console.log(`\nWhat a page loads to decrypt. Goal: at most ${GOAL} KiB gzip.\n`);
  head('the page of this project', columns);
  print(page);
  row(['loaded behind it, before the network is closed', ...checkouts.map((folder) => fixed(laterKib(folder), 1))]);
  console.log('');
  head('an embedder of `mgdc-decrypt/slim`', columns);
  print(embedder);
}

/**
 * Name → KiB; one list for each checkout. The worker's script is text inside of the other script, so it is not added.
 */
function print(lists) {
  for (const [index, { name }] of lists[0].entries()) row([name, ...lists.map((list) => fixed(list[index].kib, 1))]);
  const sums = lists.map((list) => list.filter(({ inside }) => !inside).reduce((sum, { kib }) => sum + kib, 0));
  row(['**sum**', ...sums.map((sum) => fixed(sum, 1))]);
  row([`sum − ${GOAL}`, ...sums.map((sum) => `${sum > GOAL ? '+' : ''}${fixed(sum - GOAL, 1)}`)]);
}

// As www/index.html names them. The sample is loaded on request.
function pageParts(folder) {
  // Another checkout may have only its package built: then its cells are empty.
  const file = (name, path) => {
    const whole = `${folder}/${path}`;
    return { name, kib: folder === root || existsSync(whole) ? gzipped(readFileSync(whole)) : Number.NaN };
  };
  return [
    file('WebAssembly', WASM),
    file('script of the page', 'www/page.min.js'),
    workerPart(folder),
    file('styles', 'www/page.css'),
    file('HTML', 'www/index.html'),
  ];
}

// What www/page.js asks for while nobody waits for it: the module for checks, and scripts beside the page's.
function laterKib(folder) {
  const scripts = readdirSync(`${folder}/www`).filter((name) => /^page\.min\.[\w-]+\.js$/.test(name));
  if (scripts.length === 0) return Number.NaN; // of another checkout, where the page is not built
  const paths = ['pkg/wasm-check/mgdc_check_bg.wasm', ...scripts.map((name) => `www/${name}`)];
  return paths.reduce((sum, path) => sum + gzipped(readFileSync(`${folder}/${path}`)), 0);
}

async function slimParts(folder) {
  const script = await bundled(folder, "export * from './pkg/slim.js'");
  const functions = 'init, openDrop, PrivateKey, directorySink, zipSink';
  const some = await bundled(folder, `export { ${functions} } from './pkg/slim.js'`);
  return [
    { name: 'WebAssembly', kib: gzipped(readFileSync(`${folder}/${WASM}`)) },
    { name: 'script, with everything that it exports', kib: gzipped(script) },
    { name: `of it, for ${functions}`, kib: gzipped(some), inside: true },
    workerPart(folder),
  ];
}

function workerPart(folder) {
  const module = readFileSync(`${folder}/pkg/wasm/worker-source.js`, 'utf8');
  const text = JSON.parse(
    module.slice(module.indexOf('export default ') + 'export default '.length, module.lastIndexOf(';')),
  );
  return { name: 'of it, the script of a worker', kib: gzipped(text), inside: true };
}

// Modules that are imported later become files of their own, and are not counted.
async function bundled(folder, contents) {
  const { build } = createRequire(`${root}/.ci/bundle.mjs`)('esbuild');
  const { outputFiles, metafile } = await build({
    ...common,
    stdin: { contents, resolveDir: folder, sourcefile: 'entry.js' },
    absWorkingDir: folder,
    format: 'esm',
    splitting: true,
    outdir: 'never-written',
    write: false,
    metafile: true,
  });
  const outputs = new Map(Object.keys(metafile.outputs).map((path, index) => [path, outputFiles[index].text]));
  const [entry] = [...outputs.keys()].filter((path) => metafile.outputs[path].entryPoint);
  const needed = new Set([entry]);
  for (const path of needed)
    for (const { path: next, kind, external } of metafile.outputs[path].imports)
      if (kind === 'import-statement' && !external) needed.add(next);
  return [...needed].map((path) => outputs.get(path)).join('');
}

const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length / 1024;
