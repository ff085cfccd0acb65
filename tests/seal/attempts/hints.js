/** What tells the browser that an address will be wanted, or is part of the page’s furniture. */

import { link, trusted } from './parts.js';

const preload = (as) => [`\`<link rel="preload" as="${as}">\``, (to) => void link({ rel: 'preload', as, href: to.url })];

const rules = (kind, url) => {
  const text = trusted().createScript(JSON.stringify({ [kind]: [{ source: 'list', urls: [url], eagerness: 'immediate' }] }));
  const node = document.createElement('script');
  node.type = 'speculationrules';
  node.text = text;
  document.head.append(node);
};

export const hints = [
  ['`<link rel="dns-prefetch">`', (to) => void link({ rel: 'dns-prefetch', href: to.origin })],
  ['`<link rel="preconnect">`', (to) => void link({ rel: 'preconnect', href: to.origin })],
  ['`<link rel="prefetch">`', (to) => void link({ rel: 'prefetch', href: to.url })],
  ['`<link rel="prerender">`', (to) => void link({ rel: 'prerender', href: to.url })],
  ...['fetch', 'image', 'script', 'style', 'font', 'track'].map(preload),
  ['`<link rel="modulepreload">`', (to) => void link({ rel: 'modulepreload', href: to.url })],
  ['`<link rel="stylesheet">`', (to) => void link({ rel: 'stylesheet', href: to.url })],
  ['`<link rel="icon">`', (to) => void link({ rel: 'icon', href: to.url })],
  ['`<link rel="manifest">`', (to) => void link({ rel: 'manifest', href: to.url })],
  ['speculation rules, prefetch', (to) => rules('prefetch', to.url)],
  ['speculation rules, prerender', (to) => rules('prerender', to.own), 'own'],
];
