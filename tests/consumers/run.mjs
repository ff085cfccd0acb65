/** Runs one consumer: its commands, and what they made, in real Chromium. Resolves to what the program told. */

import { spawn } from 'node:child_process';
import { createReadStream, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

/**
 * @import { Browser } from 'playwright-core'
 * @import { Run } from './table.mjs'
 */

const LIMIT_MS = 240_000;

/**
 * @param {Run} run
 * @param {string} project
 * @param {() => Promise<Browser>} browser
 * @returns {Promise<string>}
 */
export async function runIn({ command, serve, port, page }, project, browser) {
  if (port) {
    const free = await freePort();
    const server = start(
      command.map((word) => word.replace('PORT', String(free))),
      project,
    );
    try {
      await Promise.race([answers(`http://127.0.0.1:${free}/`), server.ended.then(server.complain)]);
      return await look(`http://127.0.0.1:${free}/`, await browser());
    } finally {
      server.stop();
    }
  }
  const output = await start(command, project).output();
  if (serve === undefined) return /RESULT (.*)/.exec(output)?.[1] ?? '';
  const folder = join(project, serve);
  if (page) writeFileSync(join(folder, 'index.html'), page);
  const server = createServer((request, response) => answer(folder, request.url ?? '/', response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  try {
    const { port: own } = /** @type {import('node:net').AddressInfo} */ (server.address());
    return await look(`http://127.0.0.1:${own}/`, await browser());
  } finally {
    server.close();
  }
}

/** @param {string[]} command @param {string} cwd */
function start([program, ...options], cwd) {
  const path = `${join(cwd, 'node_modules/.bin')}:${process.env.PATH}`;
  const env = {
    ...process.env,
    PATH: path,
    CI: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    PARCEL_WORKERS: '1',
    NODE_ENV: undefined,
  };
  // A group of its own: such servers start others.
  const child = spawn(program, options, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (said += text));
  const stop = () => {
    try {
      process.kill(-(/** @type {number} */ (child.pid)), 'SIGKILL');
    } catch {} // it has ended
  };
  const limit = setTimeout(stop, LIMIT_MS);
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  ended.finally(() => clearTimeout(limit)).catch(() => {});
  const complain = () => {
    throw new Error(`${program} ${options.join(' ')}\n${said.slice(-3000)}`);
  };
  const output = async () => ((await ended) === 0 ? said : complain());
  return { ended, complain, output, stop };
}

/** @param {string} address */
async function answers(address) {
  for (const end = Date.now() + LIMIT_MS; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const status = await fetch(address).then(
      (response) => response.status,
      () => null,
    );
    if (status === 200) return;
  }
  throw new Error(`${address} does not answer`);
}

/**
 * What the program tells the page. Whatever else it says is an error, too.
 * @param {string} address
 * @param {Browser} browser
 */
async function look(address, browser) {
  const context = await browser.newContext();
  const page = await context.newPage();
  /** @type {string[]} */
  const noise = [];
  page.on('pageerror', ({ message }) => noise.push(message));
  page.on('console', (message) => message.type() === 'error' && noise.push(message.text()));
  try {
    await page.goto(address);
    await page.waitForFunction(() => document.documentElement.dataset.result, null, { timeout: 90_000 });
    return String(await page.evaluate(() => document.documentElement.dataset.result));
  } catch (error) {
    throw new Error([...noise, String(error)].join('\n'));
  } finally {
    await context.close();
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** @param {string} folder @param {string} url @param {import('node:http').ServerResponse} response */
function answer(folder, url, response) {
  const path = normalize(new URL(url, 'http://localhost').pathname);
  const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
}
