/**
 * In an old Chromium, from the npm package @sparticuz/chromium: what works in the turn of the import, and after init().
 * The argument says which of it is expected to work at once.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const TYPES = { '.js': 'text/javascript', '.html': 'text/html' };
const PAGE =
  '<!doctype html><script type="importmap">{"imports":{"mgdc-decrypt":"/node_modules/mgdc-decrypt/index.js"}}</script>';

const folder = mkdtempSync(join(tmpdir(), 'mgdc-old-chromium-'));
const executablePath = join(folder, 'chromium');
const packed = readFileSync('node_modules/@sparticuz/chromium/bin/chromium.br');
writeFileSync(executablePath, brotliDecompressSync(packed), { mode: 0o755 });

const server = createServer(({ url }, response) => {
  const text = url === '/' ? PAGE : url.endsWith('.js') ? readFileSync(url.slice(1)) : '';
  response.writeHead(200, { 'Content-Type': TYPES[extname(url)] ?? 'text/html' }).end(text);
}).listen(0, '127.0.0.1');
const args = [
  '--no-sandbox',
  '--headless',
  '--single-process',
  '--no-zygote',
  '--disable-gpu',
  '--disable-dev-shm-usage',
];
const browser = await chromium.launch({ executablePath, args });
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const { early, told } = await page.evaluate(async () => {
    const { all, atOnce } = await import('/decrypt.js');
    let early = 'works';
    try {
      atOnce();
    } catch ({ code, message }) {
      early = `${code} ${message}`;
    }
    const { init } = await import('mgdc-decrypt');
    await init();
    return { early, told: await all() };
  });
  const isRight =
    process.argv[2] === 'at-once' ? early === 'works' : /^ERR_WASM_LOAD .*await init\(\) first/.test(early);
  if (!isRight) throw new Error(`Chromium ${browser.version()}, at once: ${early}`);
  console.log(`RESULT ${told}`);
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true });
}
