/** Ways out of the page, and somebody outside. */

import { createServer } from 'node:http';
import { after } from 'node:test';

/**
 * Every way out that a content policy is about. Runs in a page or in a worker, and gives the ways that worked.
 * @param {string} target
 */
export async function tryToGetOut(target) {
  const ways = {
    fetch: () => fetch(target, { mode: 'no-cors' }),
    xhr: () =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.onload = resolve;
        request.onerror = reject;
        request.open('GET', target);
        request.send();
      }),
    websocket: () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(target.replace('http', 'ws'));
        socket.onopen = resolve;
        socket.onerror = reject;
      }),
    eventsource: () =>
      new Promise((resolve, reject) => {
        const source = new EventSource(target);
        source.onopen = resolve;
        source.onerror = reject;
      }),
    // sendBeacon answers true although the policy stops it afterwards: the visit is what counts.
    beacon: () => navigator.sendBeacon?.(target) && Promise.reject(new Error('counted outside')),
    image: () =>
      new Promise((resolve, reject) => {
        const image = new Image();
        image.onload = resolve;
        image.onerror = reject;
        image.src = target;
      }),
    import: () => import(target),
    importScripts: () =>
      typeof importScripts === 'function' ? importScripts(target) : Promise.reject(new Error('no worker')),
  };
  const worked = [];
  for (const [name, way] of Object.entries(ways)) {
    try {
      await way();
      worked.push(name);
    } catch {
      // refused, as it should be
    }
  }
  return worked.filter((name) => name !== 'beacon');
}

/** Somebody outside, who notes every visit until the tests are over. */
export async function startOutside() {
  /** @type {(string | undefined)[]} */
  const visits = [];
  const server = createServer((request, response) => {
    visits.push(request.url);
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/javascript' }).end('');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { elsewhere: `http://127.0.0.1:${port}/`, visits };
}
