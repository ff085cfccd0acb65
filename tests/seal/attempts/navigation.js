/** The page, or a new tab, goes to another address. */

import { add, need } from './parts.js';

const form = (to, properties) => add('form', { action: to.url, ...properties });

export const navigation = [
  ['`location.href = …`', (to) => void (location.href = to.url)],
  ['`location.replace()`', (to) => location.replace(to.url)],
  ['`window.open()`', (to) => void window.open(to.url)],
  ['click on a link', (to) => add('a', { href: to.url }).click()],
  ['click on a link with `target=_blank`', (to) => add('a', { href: to.url, target: '_blank' }).click()],
  ['click on a link with `download`', (to) => add('a', { href: to.url, download: 'x' }).click()],
  ['`<meta http-equiv="refresh">`', (to) => add('meta', { httpEquiv: 'refresh', content: `0;url=${to.url}` }, document.head)],
  [
    '`navigation.navigate()`',
    (to) => {
      need('navigation');
      navigation_().navigate(to.url);
    },
  ],
  ['`form.submit()`', (to) => form(to, {}).submit()],
  ['`form.submit()`, POST', (to) => form(to, { method: 'post' }).submit()],
  ['`form.requestSubmit()`', (to) => form(to, {}).requestSubmit()],
  ['`form.submit()` into a new tab', (to) => form(to, { target: '_blank' }).submit()],
];

const navigation_ = () => globalThis.navigation;
