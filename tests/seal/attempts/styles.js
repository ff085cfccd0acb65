/** Addresses in style sheets, and fonts. */

import { add } from './parts.js';

const adopt = (text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets.push(sheet);
};

export const styles = [
  ['`url()` in an element’s style', (to) => void (document.body.style.background = `url(${to.url})`)],
  ['`url()` in an adopted style sheet', (to) => adopt(`body { background: url(${to.url}) }`)],
  ['`image-set()`', (to) => adopt(`body { background: image-set("${to.url}" 1x) }`)],
  ['`content: url()`', (to) => adopt(`body::before { content: url(${to.url}) }`)],
  ['`cursor: url()`', (to) => adopt(`html, body { cursor: url(${to.url}), auto; height: 100% }`)],
  ['`list-style-image`', (to) => (adopt(`li { list-style-image: url(${to.url}) }`), void add('li'))],
  ['`mask-image`', (to) => adopt(`body { mask-image: url(${to.url}) }`)],
  ['`filter: url()`', (to) => adopt(`body { filter: url(${to.url}#x) }`)],
  ['`@import` in a `<style>`', (to) => void add('style', { textContent: `@import url(${to.url});` })],
  ['`@import` in an adopted style sheet', (to) => adopt(`@import url(${to.url});`)],
  [
    '`@font-face`',
    (to) => {
      adopt(`@font-face { font-family: seal; src: url(${to.url}) } p { font-family: seal }`);
      add('p', { textContent: 'text' });
    },
  ],
  ['FontFace', (to) => new FontFace('seal', `url(${to.url})`).load()],
];
