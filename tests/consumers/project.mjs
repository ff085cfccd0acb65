/** Makes a consumer's project: its packages from npm, kept outside of the tree, and mgdc-decrypt from its tarball. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @import { Consumer } from './table.mjs' */

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const tools = join(process.env.MGDC_TOOLS ?? join(tmpdir(), 'mgdc-decrypt'), 'consumers');

/** Packs the package; resolves to the folder that npm would make of it, in `folder`. @param {string} folder */
export function pack(folder) {
  const options = { cwd: folder, encoding: /** @type {const} */ ('utf8') };
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', join(root, 'pkg')], options),
  );
  execFileSync('tar', ['xzf', filename], options);
  return { folder: join(folder, 'package'), tarball: join(folder, filename) };
}

/**
 * The project's folder. The packages are installed once for each list of them, and hard links to them made for each run:
 * they may write into node_modules.
 * @param {Consumer} consumer
 * @param {string} packed
 */
export function makeProject({ packages, sources, entry = 'mgdc-decrypt', manifest }, packed) {
  mkdirSync(tools, { recursive: true });
  const project = mkdtempSync(join(tools, 'run-'));
  const modules = join(project, 'node_modules');
  if (Object.keys(packages).length > 0) execFileSync('cp', ['-al', join(installed(packages), 'node_modules'), project]);
  cpSync(packed, join(modules, 'mgdc-decrypt'), { recursive: true });
  for (const source of sources) cpSync(join(here, 'sources', source), project, { recursive: true });
  if (sources.includes('program')) {
    cpSync(join(root, 'www/sample.js'), join(project, 'sample.js'));
    const program = readFileSync(join(project, 'decrypt.js'), 'utf8');
    writeFileSync(join(project, 'decrypt.js'), program.replace("'mgdc-decrypt'", `'${entry}'`));
    // Node.js before 22.7 takes a .js file for CommonJS if its package.json does not say otherwise.
    if (sources.includes('shell')) {
      for (const name of ['decrypt', 'sample']) {
        const text = readFileSync(join(project, `${name}.js`), 'utf8').replace("'./sample.js'", "'./sample.mjs'");
        writeFileSync(join(project, `${name}.mjs`), text);
      }
    }
  }
  const dependencies = { 'mgdc-decrypt': '*', ...packages };
  // TypeScript takes a file for a module of CommonJS without it; no bundler needs it.
  const type = sources.includes('typescript') ? { type: 'module' } : {};
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, ...type, ...manifest, dependencies }));
  return project;
}

/** @param {Record<string, string>} packages */
function installed(packages) {
  const list = JSON.stringify(packages);
  const folder = join(tools, `packages-${createHash('sha256').update(list).digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  const made = mkdtempSync(join(tools, 'new-'));
  writeFileSync(join(made, 'package.json'), JSON.stringify({ private: true, dependencies: packages }));
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: made, stdio: 'pipe' });
  if (existsSync(folder)) rmSync(made, { recursive: true });
  else renameSync(made, folder); // it gets its name when it is complete
  return folder;
}
