/** Frames and windows, with an address of their own or with what the page writes into them. */

import { Absent, add, blobUrl, trusted } from './parts.js';

const fetching = (to) =>
  `<!doctype html><script>fetch(${JSON.stringify(to.url)}, { mode: 'no-cors' })</script><img src="${to.url}">`;
const inFrame = (properties) => add('iframe', properties).contentWindow;

export const frames = [
  ['`<iframe src>`', (to) => void add('iframe', { src: to.url })],
  ['`<iframe>`, then its `location`', (to) => void (inFrame({}).location = to.url)],
  ['`window.open()` into an `<iframe>`', (to) => (add('iframe', { name: 'seal' }), void window.open(to.url, 'seal'))],
  [
    '`<frame>` in a `<frameset>`',
    (to) => {
      const set = document.createElement('frameset');
      add('frame', { src: to.url }, set);
      document.body.replaceWith(set);
    },
  ],
  [
    '`<fencedframe>`',
    (to) => {
      if (!globalThis.HTMLFencedFrameElement) throw new Absent('fencedframe');
      add('fencedframe', { config: new globalThis.FencedFrameConfig(to.url) });
    },
  ],
  ['`fetch()` in an about:blank frame', (to) => inFrame({}).fetch(to.url, { mode: 'no-cors' })],
  [
    'image in an about:blank frame',
    (to) => {
      const { document: inner } = inFrame({});
      inner.body.append(Object.assign(inner.createElement('img'), { src: to.url }));
    },
  ],
  [
    '`fetch()` and an image in a `srcdoc` frame',
    (to) => void add('iframe', { srcdoc: trusted().createHTML(fetching(to)) }),
  ],
  ['`fetch()` and an image in a blob: frame', (to) => void add('iframe', { src: blobUrl(fetching(to), 'text/html') })],
  [
    '`fetch()` and an image in a data: frame',
    (to) => void add('iframe', { src: `data:text/html,${encodeURIComponent(fetching(to))}` }),
  ],
  ['`fetch()` in a new about:blank window', (to) => window.open('about:blank')?.fetch(to.url, { mode: 'no-cors' })],
  ['`fetch()` and an image in a new blob: window', (to) => void window.open(blobUrl(fetching(to), 'text/html'))],
];
