/**
 * WebKit as Debian has it: MiniBrowser of WebKitGTK, driven by WebKitWebDriver (https://www.w3.org/TR/webdriver2/) on a
 * screen of its own. Playwright's own build of WebKit is in no package registry. `.ci/setup webkit` installs both.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @import { ChildProcess } from 'node:child_process' */

// https://www.w3.org/TR/webdriver2/#elements
export const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const BINARY = process.env.WEBKIT ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
const START_MS = 20_000;
const LIMIT_MS = 60_000;

/**
 * A screen that nobody sees: GTK 3 has no headless mode.
 * @returns {Promise<{ display: string, end: () => void }>}
 */
export async function startScreen() {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise((resolve, reject) => {
    screen.on('error', reject);
    screen.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    screen.stdio[3]?.once('data', (line) => resolve(String(line).trim()));
  });
  return { display: `:${number}`, end: () => void screen.kill() };
}

/** One browser with one window, which knows nothing of the ones before it. */
export class Session {
  #base;
  #driver;

  /**
   * @param {string} base address of the session
   * @param {ChildProcess} driver
   * @param {string} home
   * @param {string} version of WebKitGTK
   */
  constructor(base, driver, home, version) {
    this.#base = base;
    this.#driver = driver;
    /** A folder that is deleted with it. */
    this.home = home;
    this.version = version;
  }

  /**
   * @param {string} display
   * @param {string} downloads the folder for what is saved
   */
  static async start(display, downloads) {
    const home = mkdtempSync(join(tmpdir(), 'mgdc-webkit-'));
    // GLib finds the folder for downloads there, and MiniBrowser has no option for it.
    mkdirSync(downloads, { recursive: true });
    writeFileSync(join(home, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
    const port = await freePort();
    const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: display,
        XDG_CONFIG_HOME: home,
        XDG_CACHE_HOME: home,
        XDG_DATA_HOME: home,
        GDK_BACKEND: 'x11',
        NO_AT_BRIDGE: '1', // no bus of accessibility here to wait for
        LIBGL_ALWAYS_SOFTWARE: '1',
        MESA_SHADER_CACHE_DISABLE: 'true',
      },
    });
    /** @type {Promise<never>} */
    const failed = new Promise((_, reject) => driver.on('error', reject));
    try {
      const origin = `http://127.0.0.1:${port}`;
      await Promise.race([answers(`${origin}/status`), failed]);
      const options = { binary: BINARY, args: ['--automation'] };
      const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
      const { sessionId, capabilities: got } = await send('POST', `${origin}/session`, { capabilities });
      return new Session(`${origin}/session/${sessionId}`, driver, home, got.browserVersion);
    } catch (error) {
      driver.kill();
      rmSync(home, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * One command: https://www.w3.org/TR/webdriver2/#endpoints
   * @param {'GET' | 'POST' | 'DELETE'} method
   * @param {string} path
   * @param {object} [body]
   */
  command(method, path, body) {
    return send(method, this.#base + path, body);
  }

  /**
   * Runs a function in the page, which may wait; it sees nothing but its arguments. Elements pass both ways.
   * @param {Function | string} task
   * @param {unknown[]} args
   */
  async run(task, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${task})(...[...arguments].slice(0, -1))).then(
        (value) => done({ value }), (error) => done({ error: String(error) + '\\n' + error?.stack }));`;
    const { value, error } = await this.command('POST', '/execute/async', { script, args });
    if (error !== undefined) throw new Error(error);
    return value;
  }

  async end() {
    try {
      await this.command('DELETE', '');
    } finally {
      this.#driver.kill();
      // Processes of the browser write there for a moment more.
      rmSync(this.home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
  }
}

/** @param {string} method @param {string} address @param {object} [body] */
async function send(method, address, body) {
  const response = await fetch(address, {
    method,
    signal: AbortSignal.timeout(LIMIT_MS), // a page that never answers fails its test
    ...(body && { body: JSON.stringify(body) }),
  });
  const { value } = await response.json();
  if (!response.ok) throw Object.assign(new Error(`${value.error}: ${value.message}`), { code: value.error });
  return value;
}

/** @param {string} address */
async function answers(address) {
  for (const end = Date.now() + START_MS; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    try {
      return await send('GET', address);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

/** @returns {Promise<number>} */
function freePort() {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
