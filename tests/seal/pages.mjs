/**
 * The two pages: a copy of the real one, served as `make run` serves it, with the attempts as one script more; and a
 * bare one, which has the attempts and no policy. Each is on a host of its own.
 */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { answer } from '../../.ci/serve.mjs';

const SCRIPT = '<script type="module" src="/seal/attempts.js"></script>';
const BARE = `<!doctype html><meta charset="utf-8"><title>bare</title>${SCRIPT}<body><p>bare</p></body>`;
const TYPES = { '.js': 'text/javascript', '.html': 'text/html' };

/** Resolves to `{ origin, visits, close }`; `visits` are the paths under /own/ that were asked for. */
export async function servePage(sealed) {
  const visits = new Set();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const send = (type, text) =>
      response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store' }).end(text);
    if (pathname.startsWith('/own/')) {
      visits.add(pathname);
      send('text/javascript', '');
    } else if (pathname.startsWith('/seal/')) {
      send(
        TYPES[extname(pathname)] ?? 'text/plain',
        await readFile(new URL(`attempts/${pathname.slice(6)}`, import.meta.url)),
      );
    } else if (pathname !== '/') await answer(request, response);
    else if (sealed) send('text/html', await sealedPage());
    else send('text/html', BARE);
  });
  await new Promise((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', () => resolve(undefined)));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return {
    origin: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`,
    visits,
    close,
  };
}

async function sealedPage() {
  const text = await readFile(new URL('../../www/index.html', import.meta.url), 'utf8');
  if (!text.includes('</head>')) throw new Error('www/index.html has no </head>, where the attempts go');
  return text.replace('</head>', `${SCRIPT}</head>`);
}
