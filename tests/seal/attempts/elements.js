/** Elements that load something. */

import { Absent, add, addSvg, trusted } from './parts.js';

export const elements = [
  ['`<img src>`', (to) => void (new Image().src = to.url)],
  ['`<img srcset>`', (to) => void add('img', { srcset: `${to.url} 2x` })],
  ['`<input type="image">`', (to) => void add('input', { type: 'image', src: to.url })],
  ['`<video src>`', (to) => void add('video', { src: to.url, preload: 'auto' })],
  ['`<video poster>`', (to) => void add('video', { poster: to.url })],
  ['`<audio src>`', (to) => void add('audio', { src: to.url, preload: 'auto' })],
  [
    '`<track>`',
    (to) => {
      const video = add('video', { crossOrigin: 'anonymous' });
      add('track', { src: to.url, default: true, kind: 'subtitles' }, video).track.mode = 'showing';
    },
  ],
  ['`<object>`', (to) => void add('object', { data: trusted().createScriptURL(to.url) })],
  ['`<embed>`', (to) => void add('embed', { src: trusted().createScriptURL(to.url) })],
  ['`<script src>`', (to) => void add('script', { src: trusted().createScriptURL(to.url) })],
  ['`<script type="module">`', (to) => void add('script', { type: 'module', src: trusted().createScriptURL(to.url) })],
  ['SVG `<image>`', (to) => addSvg('image', { href: to.url, width: 9, height: 9 })],
  ['SVG `<use>`', (to) => addSvg('use', { href: `${to.url}#x` })],
  ['SVG `<feImage>`', (to) => addSvg('feImage', { href: to.url })],
  [
    '`<body background>`',
    (to) => document.body.setAttribute('background', to.url),
  ],
  ['`<a ping>`', (to) => add('a', { href: '#x', ping: to.url }).click()],
  [
    '`<img attributionsrc>`',
    (to) => {
      if (!('attributionSrc' in HTMLImageElement.prototype)) throw new Absent('attributionSrc');
      add('img', { attributionSrc: to.url });
    },
  ],
];
