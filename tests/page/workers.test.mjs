/** The package in workers of the host: dedicated, shared and service workers, as modules and as classic scripts. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { openHost, RIGHT, startHost } from './host.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Answers the first message, which comes while the script is still loading. */
const ANSWER = `
const work = async () => (await all()) + ' | ' + (await streamSample());
const answer = (port) => work().then((told) => port.postMessage(told), ({ code, message }) => port.postMessage(code + ' ' + message));
globalThis.onmessage = ({ ports }) => answer(ports[0]);
globalThis.onconnect = ({ ports }) => (ports[0].onmessage = ({ ports }) => answer(ports[0]));
`;
const IN_PLACE = `import '/pkg/in-place.js';`;
const MODULE = `import { all, streamSample } from '/program.js';${ANSWER}`;

/** One classic script, as esbuild makes it by itself. @param {string} imports */
async function classic(imports) {
  const { outputFiles } = await build({
    stdin: { contents: `${imports}${MODULE}`, resolveDir: root },
    bundle: true,
    write: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'host',
        setup({ onResolve }) {
          onResolve({ filter: /^\/program\.js$/ }, () => ({
            path: `${root}tests/consumers/sources/program/decrypt.js`,
          }));
          onResolve({ filter: /^mgdc-decrypt$/ }, () => ({ path: `${root}pkg/index.js` }));
          onResolve({ filter: /^\/pkg\// }, ({ path }) => ({ path: `${root}${path.slice(1)}` }));
          onResolve({ filter: /^\.\/sample\.js$/ }, () => ({ path: `${root}www/sample.js` }));
        },
      },
    ],
  });
  return outputFiles[0].text;
}

const host = await startHost(
  {},
  {
    '/module.js': MODULE,
    '/module-in-place.js': `${IN_PLACE}${MODULE}`,
    '/classic.js': await classic(''),
    '/classic-in-place.js': await classic(IN_PLACE),
  },
);

/**
 * Starts a worker, asks it at once, and resolves to its answer.
 * @param {import('playwright-core').Page} page
 * @param {'Worker' | 'SharedWorker' | 'ServiceWorker'} kind
 * @param {string} script
 * @param {'module' | 'classic'} type
 */
function ask(page, kind, script, type) {
  return page.evaluate(
    async ([name, url, as]) => {
      const options = /** @type {WorkerOptions} */ ({ type: as });
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise((resolve) => {
        port1.onmessage = ({ data }) => resolve(data);
      });
      if (name === 'ServiceWorker') {
        const { installing, active } = await navigator.serviceWorker.register(url, {
          ...options,
          updateViaCache: 'none',
        });
        (installing ?? active)?.postMessage('decrypt', [port2]);
      } else if (name === 'SharedWorker') new SharedWorker(url, options).port.postMessage('decrypt', [port2]);
      else new Worker(url, options).postMessage('decrypt', [port2]);
      return answer;
    },
    /** @type {const} */ ([kind, script, type]),
  );
}

for (const [kind, type, script] of /** @type {const} */ ([
  ['Worker', 'module', '/module.js'],
  ['Worker', 'classic', '/classic.js'],
  ['SharedWorker', 'module', '/module.js'],
  ['SharedWorker', 'classic', '/classic.js'],
  ['ServiceWorker', 'module', '/module-in-place.js'],
  ['ServiceWorker', 'classic', '/classic-in-place.js'],
  ['ServiceWorker', 'classic', '/classic.js'],
])) {
  test(`${kind}, ${type}, ${script}: decrypts a drop and a stream, and takes the first message`, async (t) => {
    const told = String(await ask(await openHost(t, host), kind, script, type));
    assert.match(told, RIGHT);
    assert.match(told, / \| 9390 streamed$/);
  });
}

test('a service worker that is a module, without mgdc-decrypt/in-place, says what to import', async (t) => {
  const told = String(await ask(await openHost(t, host), 'ServiceWorker', '/module.js', 'module'));
  assert.match(told, /import 'mgdc-decrypt\/in-place' beside 'mgdc-decrypt'/);
});
