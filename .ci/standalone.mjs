/**
 * Writes www/mgdc-decrypt.html: the page as one file that works from a disk. It has everything inside: styles, script,
 * both WebAssembly modules, the workers, the sample. No connection is allowed from its first byte, and scripts only by
 * their hashes. The script is deflated, and unpacked by www/standalone-start.js; as it is, it would have 2 MB.
 */

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { build, transform } from 'esbuild';
import { common, styles } from './esbuild.mjs';

/** What a person passes on by mail, and what fits on every share. */
const LIMIT = 2 ** 20;
const minified = /** @satisfies {import('esbuild').TransformOptions} */ ({ minify: true, target: common.target });

/**
 * The page takes the modules as files from its server (`mgdc-decrypt/slim`), and three scripts of workers, of which each
 * has the first in it. This one has the modules inside, one script for all workers, and no other place to work in.
 */
const whole = {
  name: 'whole',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onLoad, onResolve, resolve }) {
    onResolve({ filter: /\/slim\.js$/ }, ({ resolveDir, kind }) => resolve('../pkg/index.js', { resolveDir, kind }));
    onResolve({ filter: /worker-source\.js$/ }, () => ({ path: 'worker-source', namespace: 'whole' }));
    onLoad({ filter: /.*/, namespace: 'whole' }, async () => ({ contents: await workerScript(), loader: 'text' }));
    onLoad({ filter: /[\\/]in-place\.js$/ }, () => ({ contents: 'export const serveInPlace = undefined;' }));
  },
};

const script = await pageScript();
const { code: start } = await transform(await readFile('www/standalone-start.js', 'utf8'), {
  ...minified,
  loader: 'js',
});
const { code: css } = await transform(await readFile('www/page.css', 'utf8'), { ...minified, loader: 'css' });

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

let html = await readFile('www/index.html', 'utf8');
replace(/<!--.*?-->\n/s, '');
replace(/(Content-Security-Policy" content=")[^"]*/, (_, before) => before + policy);
replace(/<link rel="stylesheet"[^>]*>/, `<style>${css}</style>`);
replace(/<link rel="preload"[^>]*>\n/, '');
replace(/<script type="module"[^>]*><\/script>\n/, '');
replace(/ offline-copy="[^"]*"/, '');
const deflated = deflateRawSync(script, { level: 9 });
const packed = z85(deflated);
if (/<\/?script/i.test(packed)) throw new Error('the packed script looks like a tag: change any byte of it');
replace(
  '</body>',
  `<script type="text/plain" id="page" data-bytes="${deflated.length}">${packed}</script>\n<script>${start}</script>\n</body>`,
);

if (Buffer.byteLength(html) > LIMIT)
  throw new Error(`the page as one file has ${html.length} bytes, more than ${LIMIT}`);
await writeFile('www/mgdc-decrypt.html', html);

/** What pkg/worker/main.js, pkg/convert/worker.js and pkg/salvage/worker.js do, in one script. */
async function workerScript() {
  const contents = `
    import { serve } from './worker/worker.js';
    import { ConvertingWriter } from './convert/converting-writer.js';
    import { convertWhole } from './convert/whole.js';
    import { salvageInto, start } from './salvage/salvage-into.js';
    const convert = { writer: (writer, job) => new ConvertingWriter(writer, job), whole: convertWhole };
    serve({ convert, salvage: { start, into: salvageInto } });`;
  const { outputFiles } = await build({
    ...common,
    stdin: { contents, resolveDir: 'pkg' },
    format: 'iife',
    define: { 'import.meta.url': '""' },
    write: false,
  });
  return outputFiles[0].text;
}

/** The page's script with all that it loads later, and with the modules inside. */
async function pageScript() {
  const { outputFiles } = await build({
    ...common,
    entryPoints: ['www/page.js'],
    format: 'iife',
    plugins: [styles, whole],
    define: { 'import.meta.url': '""' },
    write: false,
  });
  // In a document, this would end the script.
  return outputFiles[0].text.replaceAll('</script', '<\\/script');
}

/**
 * `CSP: 'sha256-…'`, https://www.w3.org/TR/CSP3/#match-element-to-source-list
 * @param {string} text
 */
function hash(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/**
 * Four bytes as five characters (Z85, https://rfc.zeromq.org/spec/32/): in Base64, the page would have over 1 MiB.
 * @param {Buffer} bytes
 */
function z85(bytes) {
  const characters = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';
  const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
  let text = '';
  for (let at = 0; at < padded.length; at += 4) {
    let number = padded.readUInt32BE(at);
    let five = '';
    for (let place = 0; place < 5; place++, number = Math.floor(number / 85)) five = characters[number % 85] + five;
    text += five;
  }
  return text;
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
