/**
 * Writes www/mgdc-decrypt.html, or the file that is named: the page as one file that works from a disk. It has everything
 * inside: styles, script, both WebAssembly modules, the workers, the sample. No connection is allowed from its first
 * byte, and scripts only by their hashes.
 *
 * Script and modules have 2.1 MB. They lie in the page packed, in Base64; www/standalone-start.js unpacks them. Deflated,
 * as browsers could unpack it by themselves, the page would have 1.1 MB. By LZMA it has 0.8 MB, because that sees what
 * the two modules have in common.
 */

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { build, transform } from 'esbuild';
import { compress } from 'lzma1';
import { common, styles } from './esbuild.mjs';

/** What a person passes on by mail, and what fits on every share. */
const LIMIT = 2 ** 20;
const MODULES = { decrypt: 'pkg/wasm/mgdc_decrypt_bg.wasm', check: 'pkg/wasm-check/mgdc_check_bg.wasm' };

/**
 * The page takes the modules as files from its server (`mgdc-decrypt/slim`), and has three scripts of workers, of which
 * each has the first in it. This one has the modules beside its script, and one script for all workers, which also works
 * in the page itself: Safari's workers cannot read files there (pkg/core/blind-workers.js).
 */
const inside = {
  name: 'inside',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onLoad, onResolve, resolve }) {
    onResolve({ filter: /\/slim\.js$/ }, ({ resolveDir, kind }) => resolve('../pkg/index.js', { resolveDir, kind }));
    onLoad({ filter: /[\\/]wasm\/embedded\.js$/ }, () => ({ contents: MODULE_BYTES.replaceAll('NAME', 'decrypt') }));
    onLoad({ filter: /[\\/]wasm-check\/embedded\.js$/ }, () => ({
      contents: MODULE_BYTES.replaceAll('NAME', 'check'),
    }));
    onLoad({ filter: /[\\/]worker-source\.js$/ }, async () => ({ contents: await workerScript(), loader: 'text' }));
    onResolve({ filter: /\/in-place\.js$/ }, ({ namespace }) =>
      namespace === 'all' ? null : { path: 'in-place', namespace: 'all' },
    );
    onLoad({ filter: /./, namespace: 'all' }, () => ({
      contents: `${EVERY_JOB}
        import { serveJobs } from './worker/in-place.js';
        export const serveInPlace = (port) => serveJobs(port, every);`,
      resolveDir: 'pkg',
    }));
  },
};
const NOT_STARTED =
  'This page has not started. It needs JavaScript and WebAssembly: try a newer browser, such as Chromium 114, Firefox 125, ' +
  'Safari 17 or later, and look whether something forbids scripts.';
/** What pkg/worker/main.js, pkg/convert/worker.js and pkg/salvage/worker.js do, together. */
const EVERY_JOB = `
  import { ConvertingWriter } from './convert/converting-writer.js';
  import { convertWhole } from './convert/whole.js';
  import { salvageInto, start } from './salvage/salvage-into.js';
  const convert = { writer: (writer, job) => new ConvertingWriter(writer, job), whole: convertWhole };
  const every = { convert, salvage: { start, into: salvageInto } };`;
/** www/standalone-start.js has put the modules on the element of the page's script. */
const MODULE_BYTES = "export const bytes = () => document.querySelector('#page').modules.NAME;";

const script = await bundled({ entryPoints: ['www/page.js'], plugins: [styles, inside] });
const start = await bundled({ entryPoints: ['www/standalone-start.js'] });
const { code: css } = await transform(await readFile('www/page.css', 'utf8'), { loader: 'css', minify: true });

const policy = [
  "default-src 'none'",
  `script-src ${hash(start)} ${hash(script)} 'wasm-unsafe-eval'`,
  `style-src ${hash(css)}`,
  'img-src data:',
  "connect-src 'none'",
  'worker-src blob:',
  "form-action 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types mgdc-decrypt mgdc-decrypt-start',
].join('; ');

const parts = {
  script: Buffer.from(script),
  decrypt: await readFile(MODULES.decrypt),
  check: await readFile(MODULES.check),
};
const packed = Buffer.from(compress(Buffer.concat(Object.values(parts)), 9)).toString('base64');
const sizes = Object.entries(parts).map(([name, { length }]) => `data-${name}="${length}"`);

let html = await readFile('www/index.html', 'utf8');
replace(/<!--.*?-->\n/s, '');
replace(/(Content-Security-Policy" content=")[^"]*/, (_, before) => before + policy);
replace(/<link rel="stylesheet"[^>]*>/, `<style>${css}</style>`);
replace(/<link rel="preload"[^>]*>\n/, '');
replace(/<script type="module"[^>]*><\/script>\n/, '');
replace(/ offline-copy="[^"]*"/, '');
replace(/(<p class="not-started">).*?<\/p>/s, (_, tag) => `${tag}${NOT_STARTED}</p>`);
const notices = await readFile('THIRD-PARTY-NOTICES', 'utf8');
replace('</body>', `<script type="text/plain" id="third-party-notices">\n${notices}</script>\n</body>`);
replace(
  '</body>',
  `<script type="text/plain" id="packed" ${sizes.join(' ')}>${packed}</script>\n<script>${start}</script>\n</body>`,
);

const size = Buffer.byteLength(html);
if (size > LIMIT) throw new Error(`the page as one file has ${size} bytes, more than ${LIMIT}`);
await writeFile(process.argv[2] ?? 'www/mgdc-decrypt.html', html);

function workerScript() {
  const contents = `${EVERY_JOB}
    import { serve } from './worker/worker.js';
    serve(every);`;
  return bundled({ stdin: { contents, resolveDir: 'pkg' } });
}

/**
 * A classic script with everything in it, also what is imported later: from file://, browsers load no modules.
 * @param {import('esbuild').BuildOptions} options
 */
async function bundled(options) {
  const define = { 'import.meta.url': '""' };
  const { outputFiles } = await build({ ...common, ...options, format: 'iife', define, write: false });
  const [{ text }] = outputFiles ?? [];
  return text.replaceAll('</script', '<\\/script'); // which would end it in a document
}

/**
 * A source of a policy: https://www.w3.org/TR/CSP3/#grammardef-hash-source
 * @param {string} text
 */
function hash(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/**
 * @param {string | RegExp} what
 * @param {string | ((match: string, ...groups: string[]) => string)} by
 */
function replace(what, by) {
  const before = html;
  html = html.replace(what, typeof by === 'string' ? () => by : by);
  if (html === before) throw new Error(`www/index.html no longer contains ${what}`);
}
