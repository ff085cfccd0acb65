/** Compiles a WebAssembly module from wherever the caller has it, and says what stood in the way. */

import { PolicyWatch } from './refusals.js';

/** @import { init as contract } from '../index.js' */

/** @typedef {NonNullable<Parameters<typeof contract>[0]>} Source */

/**
 * @param {Source} source
 * @param {string} file the module's name, for messages
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compile(source, file) {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source);
  const url = absolute(source);
  // Node has no fetch() for files. getBuiltinModule and not import(): bundlers then see no Node here.
  const fs = url.protocol === 'file:' ? globalThis.process?.getBuiltinModule?.('node:fs/promises') : null;
  const bytes = fs ? new Uint8Array(await fs.readFile(url)) : await download(url);
  if (MAGIC.every((byte, at) => bytes[at] === byte)) return WebAssembly.compile(bytes);
  throw new Unusable(`${url.href} answers with ${kindOf(bytes)} in place of ${file}: ${ADVICE}`);
}

/**
 * What a failed load means, and what to do.
 * @param {unknown} cause
 * @param {string} file
 */
export function explain(cause, file) {
  if (cause instanceof Unusable) return `the WebAssembly module could not be loaded: ${cause.message}`;
  const reason = /** @type {Partial<Error> | null} */ (cause)?.message ?? String(cause);
  return cause instanceof WebAssembly.CompileError && /unsafe-eval|Content.Security|CSP|disallowed by/i.test(reason)
    ? "the WebAssembly module may not be compiled: add 'wasm-unsafe-eval' to script-src in the page's content " +
        'security policy (the header Content-Security-Policy)'
    : `the WebAssembly module could not be loaded (${reason}): check that ${file} is served beside the package, then ` +
        'call init() again';
}

/** A failure whose message says all: what was found, and what to do. */
class Unusable extends Error {}

/** Every WebAssembly module begins so: https://webassembly.github.io/spec/core/binary/modules.html#binary-magic */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];
const ADVICE = 'serve that file, and give its address to init(); or import mgdc-decrypt, which has the module inside';

/**
 * A relative address belongs to the page, or to the worker's script, as in `fetch`; in Node.js to the working folder.
 * @param {string | URL} source
 */
function absolute(source) {
  const url = globalThis.process?.getBuiltinModule?.('node:url');
  try {
    if (url) return new URL(source, url.pathToFileURL(`${globalThis.process.cwd()}/`));
    return new URL(new Request(source).url);
  } catch {
    // As in a worker that was started from a blob URL.
    throw new Unusable(`'${source}' is no address here: give init() a whole one, with its host`);
  }
}

/**
 * Not compileStreaming: it insists on a MIME type that simple servers do not send, and gains little at this size.
 * @param {URL} url
 */
async function download(url) {
  const watch = new PolicyWatch('connect-src');
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Unusable(`${url.href} answers with the HTTP status ${response.status}: ${ADVICE}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw cause instanceof Unusable ? cause : new Unusable(await whyNot(url, watch, cause));
  } finally {
    watch.end();
  }
}

/**
 * The browser's error says only "Failed to fetch", whatever the reason.
 * @param {URL} url
 * @param {PolicyWatch} watch
 * @param {unknown} cause
 */
async function whyNot(url, watch, cause) {
  const { origin } = url;
  if (await watch.refused())
    return `the page's content security policy forbids to fetch ${url.href}: add ${origin} to connect-src in the header Content-Security-Policy`;
  const own = globalThis.origin;
  if (own !== undefined && own !== origin) {
    // A server that answers to this, and not to an ordinary request, does not allow other origins.
    const answers = await fetch(url, { mode: 'no-cors' }).then(
      () => true,
      () => false,
    );
    const header = `Access-Control-Allow-Origin: ${own === 'null' ? '*' : own}`;
    if (answers) return `${url.href} answers, but not to pages of ${own}: have ${origin} send the header ${header}`;
    return `${url.href} does not answer to pages of ${own}: check the address, and that ${origin} sends the header ${header}`;
  }
  const { message } = /** @type {Partial<Error>} */ (cause);
  return `${url.href} does not answer (${message}): check the address and the connection, then call init() again`;
}

/** @param {Uint8Array} bytes */
function kindOf(bytes) {
  if (bytes.length === 0) return 'an empty file';
  const text = new TextDecoder().decode(bytes.subarray(0, 64));
  return text.trimStart().startsWith('<') ? 'HTML' : `a file that begins with ${JSON.stringify(text.slice(0, 16))}`;
}
