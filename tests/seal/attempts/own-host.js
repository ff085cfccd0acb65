/** To whoever serves the page: a file with something in its address. */

import { add, blobWorker, link, need, trusted } from './parts.js';

const ways = [
  ['`fetch()`', (to) => fetch(to.own)],
  ['`import()`', (to) => import(to.own)],
  ['`import()` in a worker', (to) => void blobWorker(`import(${JSON.stringify(to.own)})`)],
  ['`import()` in a module worker', (to) => void blobWorker(`import(${JSON.stringify(to.own)})`, { type: 'module' })],
  ['`importScripts()` in a worker', (to) => void blobWorker(`importScripts(trusted(${JSON.stringify(to.own)}))`)],
  ['`<script src>`', (to) => void add('script', { src: trusted().createScriptURL(to.own) })],
  ['`<link rel="modulepreload">`', (to) => void link({ rel: 'modulepreload', href: to.own })],
  ['`<link rel="stylesheet">`', (to) => void link({ rel: 'stylesheet', href: to.own })],
  ['`<link rel="prefetch">`', (to) => void link({ rel: 'prefetch', href: to.own })],
  ['`<img src>`', (to) => void (new Image().src = to.own)],
  ['`<iframe src>`', (to) => void add('iframe', { src: to.own })],
  ['`form.submit()`', (to) => add('form', { action: to.own }).submit()],
  ['worker from an address', (to) => void new Worker(trusted().createScriptURL(to.own))],
  ['shared worker from an address', (to) => (need('SharedWorker'), void new SharedWorker(trusted().createScriptURL(to.own)))],
  [
    'service worker',
    (to) => {
      if (!navigator.serviceWorker) need('ServiceWorkerContainer');
      return navigator.serviceWorker.register(trusted().createScriptURL(to.own));
    },
  ],
  ['`location.href = …`', (to) => void (location.href = to.own)],
];

export const ownHost = ways.map(([name, run]) => [name, run, 'own']);
