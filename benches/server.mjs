/**
 * Serves the repository to the bench pages on 127.0.0.1, and hashes their output: POST /sha256 returns the SHA-256 of
 * its body, POST /sha256-zip that of all files in a ZIP, in the order of their names. Below /other/ are the same bench
 * pages with the package of another checkout, which they import by a relative address.
 */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

const root = new URL('..', import.meta.url).pathname;
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.wasm': 'application/wasm',
};

/** Resolves to `{ address, close }`. `other`: the root of another checkout. @param {string | null} other */
export async function serve(other) {
  const server = createServer((request, response) => {
    answer(request, response, other).catch((error) => {
      console.error(`bench server: ${request.url}: ${error.message}`);
      response.writeHead(500).end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return {
    address: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`,
    close,
  };
}

async function answer(request, response, other) {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'POST') {
    const hash = createHash('sha256');
    if (pathname === '/sha256-zip') for (const content of storedFiles(await buffer(request))) hash.update(content);
    else await pipeline(request, hash);
    response.end(hash.digest('hex'));
  } else {
    const type = TYPES[extname(pathname)];
    if (!type) return response.writeHead(404).end();
    response.setHeader('Content-Type', type);
    await pipeline(createReadStream(placeOf(normalize(pathname), other)), response);
  }
}

function placeOf(path, other) {
  const [, rest] = path.match(/^\/other(\/.*)/) ?? [];
  if (!rest) return join(root, path);
  return join(other && rest.startsWith('/pkg/') ? other : root, rest);
}

// APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16. Without Zip64, which fewer than 65,536 files of 2 KiB do not need.
function storedFiles(archive) {
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const found = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, nameLength, extraLength, commentLength, local] = [
      archive.readUInt32LE(at + 24),
      archive.readUInt16LE(at + 28),
      archive.readUInt16LE(at + 30),
      archive.readUInt16LE(at + 32),
      archive.readUInt32LE(at + 42),
    ];
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    found.push([name, archive.subarray(start, start + size)]);
    at += 46 + nameLength + extraLength + commentLength;
  }
  return found.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, content]) => content);
}
