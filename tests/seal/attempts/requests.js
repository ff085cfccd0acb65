/** Interfaces of JavaScript that ask a server for something. */

import { Absent, need } from './parts.js';

export const requests = [
  ['`fetch()`', (to) => fetch(to.url)],
  ['`fetch()`, no-cors', (to) => fetch(to.url, { mode: 'no-cors' })],
  ['`fetch()`, keepalive', (to) => fetch(to.url, { keepalive: true, mode: 'no-cors', method: 'POST', body: to.token })],
  [
    '`fetchLater()`',
    (to) => {
      need('fetchLater');
      globalThis.fetchLater(to.url, { activateAfter: 0 });
    },
  ],
  ['XMLHttpRequest', (to) => xhr(to.url, true)],
  ['XMLHttpRequest, synchronous', (to) => xhr(to.url, false)],
  ['`navigator.sendBeacon()`', (to) => void navigator.sendBeacon(to.url, to.token)],
  ['WebSocket', (to) => void new WebSocket(to.ws)],
  [
    'WebSocketStream',
    (to) => {
      need('WebSocketStream');
      return new globalThis.WebSocketStream(to.ws).opened;
    },
  ],
  ['EventSource', (to) => void new EventSource(to.url)],
  [
    'WebTransport',
    (to) => {
      need('WebTransport');
      return new WebTransport(to.quic).ready;
    },
  ],
  ['`import()`', (to) => import(to.url)],
  [
    '`Cache.add()`',
    async (to) => {
      need('caches');
      await (await caches.open('seal')).add(to.url);
    },
  ],
  [
    '`audioWorklet.addModule()`',
    (to) => {
      need('OfflineAudioContext');
      return new OfflineAudioContext(1, 128, 44100).audioWorklet.addModule(to.url);
    },
  ],
  [
    '`CSS.paintWorklet.addModule()`',
    (to) => {
      if (!CSS.paintWorklet) throw new Absent('paintWorklet');
      return CSS.paintWorklet.addModule(to.url);
    },
  ],
  [
    '`sharedStorage.worklet.addModule()`',
    (to) => {
      need('sharedStorage');
      return globalThis.sharedStorage.worklet.addModule(to.url);
    },
  ],
  [
    'PaymentRequest',
    (to) => {
      need('PaymentRequest');
      const total = { label: 'x', amount: { currency: 'EUR', value: '1.00' } };
      const request = new PaymentRequest([{ supportedMethods: to.https }], { total });
      return Promise.all([request.canMakePayment(), request.show()]);
    },
  ],
  [
    'FedCM (`navigator.credentials.get()`)',
    (to) => {
      need('IdentityCredential');
      return navigator.credentials.get({ identity: { providers: [{ configURL: to.https, clientId: to.token }] } });
    },
  ],
  [
    '`report-uri` in a policy that is added',
    (to) => {
      const policy = document.createElement('meta');
      policy.httpEquiv = 'Content-Security-Policy';
      policy.content = `font-src 'none'; report-uri ${to.url}`;
      document.head.append(policy);
      return new FontFace('x', 'url(/none.woff)').load();
    },
  ],
];

function xhr(url, asynchronous) {
  const request = new XMLHttpRequest();
  request.open('GET', url, asynchronous);
  request.send();
}
