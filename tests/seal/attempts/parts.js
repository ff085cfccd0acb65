/** What several attempts need. */

/** The browser has no such interface. */
export class Absent extends Error {}

export function need(...names) {
  for (const name of names) if (globalThis[name] === undefined) throw new Absent(name);
}

/** Makes an element with these properties and puts it into the page. */
export function add(tag, properties = {}, parent = document.body) {
  const node = document.createElement(tag);
  Object.assign(node, properties);
  parent.append(node);
  return node;
}

export const link = (properties) => add('link', properties, document.head);

const SVG = 'http://www.w3.org/2000/svg';

export function addSvg(tag, attributes) {
  const svg = document.createElementNS(SVG, 'svg');
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  svg.append(node);
  document.body.append(svg);
}

export const blobUrl = (text, type) => URL.createObjectURL(new Blob([text], { type }));

let policy;

/**
 * The name is taken from the page's own list of Trusted Types: the page makes its policy when its first worker starts, so
 * a script that wants to get out could come first.
 */
export function trusted() {
  if (!globalThis.trustedTypes) return { createScriptURL: (url) => url, createScript: (text) => text, createHTML: (text) => text };
  const same = (text) => text;
  policy ??= trustedTypes.createPolicy('mgdc-decrypt', { createScriptURL: same, createScript: same, createHTML: same });
  return policy;
}

/** A worker as the page starts its own, from a blob URL. In it `trusted` lets an address through Trusted Types, too. */
export function blobWorker(text, options) {
  const policy = "globalThis.trustedTypes?.createPolicy('mgdc-decrypt', { createScriptURL: (url) => url })";
  const head = `const trusted = (url) => ${policy}.createScriptURL(url) ?? url;`;
  return new Worker(trusted().createScriptURL(blobUrl(`${head}\n${text}`, 'text/javascript')), options);
}
