/** Serves the page, only on 127.0.0.1: / is www/, /pkg/ is pkg/. For `make run`, and `serve` for the page tests. */

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @import { IncomingMessage, Server, ServerResponse } from 'node:http' */

const root = fileURLToPath(new URL('..', import.meta.url));
/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

/**
 * Resolves to the server when it is listening. Port 0 means any free port.
 * @param {number} port
 * @param {string} [host]
 * @returns {Promise<Server>}
 */
export function serve(port, host = '127.0.0.1') {
  const server = createServer(answer);
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

/**
 * Answers one request with a file of the page.
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
export async function answer(request, response) {
  const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname));
  const file = join(
    root,
    path.startsWith('/pkg/') ? path : join('www', path.endsWith('/') ? `${path}index.html` : path),
  );
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return response.writeHead(404).end('not found');
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Cache-Control': 'no-store',
  });
  createReadStream(file).pipe(response);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.argv[2] ?? 8080);
  try {
    await serve(port);
    console.log(`The page is at http://127.0.0.1:${port}/ (stop with Ctrl+C)`);
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    const taken = code === 'EADDRINUSE';
    console.error(
      taken ? `Port ${port} is taken: choose another with \`make run PORT=8081\`.` : `Cannot serve: ${message}`,
    );
    process.exitCode = 1;
  }
}
