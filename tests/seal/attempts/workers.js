/** Workers, which the page starts from blob URLs for its work. */

import { blobUrl, blobWorker, need, trusted } from './parts.js';

const get = (to) => `fetch(${JSON.stringify(to.url)}, { mode: 'no-cors' })`;
// A worker's own worker, with the first one's `trusted`.
const nested = (text) => `new Worker(trusted(URL.createObjectURL(new Blob([${quoted(text)}], { type: 'text/javascript' }))))`;
const quoted = (text) => JSON.stringify(text);

export const workers = [
  ['`fetch()` in a worker', (to) => void blobWorker(get(to))],
  [
    'XMLHttpRequest in a worker, synchronous',
    (to) => void blobWorker(`const r = new XMLHttpRequest(); r.open('GET', ${quoted(to.url)}, false); r.send();`),
  ],
  ['WebSocket in a worker', (to) => void blobWorker(`new WebSocket(${quoted(to.ws)})`)],
  ['EventSource in a worker', (to) => void blobWorker(`new EventSource(${quoted(to.url)})`)],
  ['WebTransport in a worker', (to) => (need('WebTransport'), void blobWorker(`new WebTransport(${quoted(to.quic)})`))],
  ['`importScripts()` in a worker', (to) => void blobWorker(`importScripts(trusted(${quoted(to.url)}))`)],
  ['`import()` in a worker', (to) => void blobWorker(`import(${quoted(to.url)})`)],
  ['`import()` in a module worker', (to) => void blobWorker(`import(${quoted(to.url)})`, { type: 'module' })],
  ['`import` in a module worker', (to) => void blobWorker(`import ${quoted(to.url)};`, { type: 'module' })],
  ['`fetch()` in a worker of a worker', (to) => void blobWorker(nested(get(to)))],
  [
    '`fetch()` in a data: worker',
    (to) => void new Worker(trusted().createScriptURL(`data:text/javascript,${encodeURIComponent(get(to))}`)),
  ],
  [
    '`fetch()` in a shared worker',
    (to) => {
      need('SharedWorker');
      return void new SharedWorker(trusted().createScriptURL(blobUrl(get(to), 'text/javascript')));
    },
  ],
];
