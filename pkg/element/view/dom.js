/** Builds the shadow tree with function calls: the page requires Trusted Types, so no markup is written in strings. */

/** @typedef {Node | string | false | null | undefined} Child */
/**
 * Attributes, and listeners as `onclick`, `onchange` and so on, in whose events `currentTarget` has the element's type.
 *
 * @template {HTMLElement} Target
 * @typedef {{
 *   [Name in keyof HTMLElementEventMap as `on${Name}`]?: (
 *     event: HTMLElementEventMap[Name] & { readonly currentTarget: Target },
 *   ) => unknown;
 * } & { [Name in `data-${string}` | `aria-${string}` | PlainAttribute]?: string | number | boolean | null }} Attributes
 */
/**
 * @typedef {'accept' | 'autocapitalize' | 'autocomplete' | 'checked' | 'class' | 'colspan' | 'dir' | 'download' | 'hidden' | 'href'
 *   | 'id' | 'lang' | 'multiple' | 'name' | 'part' | 'placeholder' | 'popover' | 'role' | 'rows' | 'scope' | 'selected' | 'spellcheck' | 'tabindex'
 *   | 'title' | 'type' | 'value' | 'webkitdirectory'}
 * PlainAttribute
 */
/**
 * @template Item
 * @typedef {{ readonly node: HTMLElement, render(item: Item): void }} Row
 */
/** @typedef {keyof typeof ICONS} IconName */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an element. Functions become listeners (`onclick`), `true` becomes an empty attribute, and attributes with the
 * value `false`, `null` or `undefined` are left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes<HTMLElementTagNameMap[Tag]> | null} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (value !== false && value != null) node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.filter((child) => child != null && child !== false));
  return node;
}

/**
 * One of the drawings below. It is hidden from assistive technology, because the words beside it say the same.
 * @param {IconName} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  svg.dataset.icon = name;
  return svg;
}

/**
 * Changes the drawing of an icon made by `icon`.
 * @param {SVGSVGElement} svg
 * @param {IconName} name
 */
export function setIcon(svg, name) {
  if (svg.dataset.icon === name) return;
  svg.dataset.icon = name;
  svg.firstElementChild?.setAttribute('d', ICONS[name]);
}

/**
 * A button that opens the browser's picker for files. `take` gets them as items of the session.
 * @param {string} label
 * @param {IconName} mark
 * @param {string} testId
 * @param {(items: { path: string, blob: File }[]) => void} take
 */
export function fileButton(label, mark, testId, take) {
  const words = h('span', {}, label);
  const field = h('input', {
    type: 'file',
    multiple: true,
    'data-testid': testId,
    onchange: ({ currentTarget }) => {
      // Clearing the input empties its list.
      const items = Array.from(currentTarget.files ?? [], (file) => ({ path: file.name, blob: file }));
      currentTarget.value = '';
      take(items);
    },
  });
  const node = h('label', { class: 'button' }, icon(mark), words, field);
  return { node, setWords: (/** @type {string} */ wanted) => setText(words, wanted) };
}

/**
 * Writes text only if it differs, because a write triggers layout in the browser, and screen readers.
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Sets or removes an attribute, again only if it differs.
 * @param {Element} node
 * @param {string} name
 * @param {string | number | false | null | undefined} value
 */
export function setAttribute(node, name, value) {
  if (value === false || value == null) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

/**
 * Renders. If that removes the focused element, its nearest remaining ancestor gets the focus, so that Tab continues
 * from there. Otherwise browsers would start again at the top of the page.
 * @param {ShadowRoot} root
 * @param {() => void} render
 */
export function keepingFocus(root, render) {
  const places = [];
  for (let node = /** @type {HTMLElement | null} */ (root.activeElement); node; node = node.parentElement)
    places.push(node);
  render();
  if (places.length === 0 || isThere(places[0]) || (root.activeElement !== places[0] && isThere(root.activeElement)))
    return;
  const place = places.find(isThere);
  if (!place) return;
  place.setAttribute('tabindex', '-1');
  place.focus({ preventScroll: true });
}

/** @param {Element | null} node */
function isThere(node) {
  return Boolean(node?.isConnected && !('disabled' in node && node.disabled) && isVisible(node));
}

/**
 * Whether it is drawn, perhaps out of view. Safari has `checkVisibility()` since 17.4.
 * @param {Element} node
 */
export const isVisible = (node) => node.getClientRects().length > 0;

/**
 * Keeps one child for each item, so that text typed into a row, and the focus, survive a render. `create(item)` returns
 * `{ node, render(item) }`.
 * @template Item
 * @template Key
 * @param {Element} parent
 * @param {(item: Item) => Key} keyOf
 * @param {(item: Item) => Row<Item>} create
 * @returns {(items: readonly Item[]) => void}
 */
export function keyed(parent, keyOf, create) {
  /** @type {Map<Key, Row<Item>>} */
  let rows = new Map();
  return (items) => {
    const next = new Map();
    for (const item of items) next.set(keyOf(item), rows.get(keyOf(item)) ?? create(item));
    for (const [key, row] of rows) if (!next.has(key)) row.node.remove();
    rows = next;
    let place = parent.firstChild;
    for (const item of items) {
      const row = /** @type {Row<Item>} */ (rows.get(keyOf(item)));
      row.render(item);
      if (row.node === place) place = row.node.nextSibling;
      else parent.insertBefore(row.node, place);
    }
  };
}

const ICONS = {
  arrow: 'M4 10h12M11.5 5.5 16 10l-4.5 4.5',
  back: 'M16 10H4M8.5 5.5 4 10l4.5 4.5',
  chevron: 'M7.5 5l5 5-5 5',
  unfold: 'M5.5 7.8 10 12.2l4.5-4.4',
  check: 'M4 10.6l4 4 8-9',
  clock: 'M10 3.2a6.8 6.8 0 1 1 0 13.6 6.8 6.8 0 0 1 0-13.6zM10 6.4V10l2.4 1.6',
  copy: 'M7.5 7.5H16V16H7.5zM4.5 12.5H4V4h8.5v.5',
  cross: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  drop: 'M10 3v8.5M6.2 8 10 11.8 13.8 8M3.5 12.5v4h13v-4',
  down: 'M10 3v9M6 8.4l4 4 4-4M4 16.5h12',
  file: 'M5.5 3h5.8l3.7 3.7V17H5.5zM11 3v4h4',
  folder: 'M2.8 5h5.4l1.7 2.2h7.3v8.6H2.8z',
  globe:
    'M10 3.2a6.8 6.8 0 1 1 0 13.6 6.8 6.8 0 0 1 0-13.6zM3.4 10h13.2M10 3.2c2.2 1.8 3 4 3 6.8s-.8 5-3 6.8c-2.2-1.8-3-4-3' +
    '-6.8s.8-5 3-6.8z',
  help: 'M10 3.2a6.8 6.8 0 1 1 0 13.6 6.8 6.8 0 0 1 0-13.6zM8 8.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4M10 13.6v.2',
  info: 'M10 3.2a6.8 6.8 0 1 1 0 13.6 6.8 6.8 0 0 1 0-13.6zM10 9.2v4.3M10 6.5v.2',
  key: 'M13 3.8a3.6 3.6 0 1 1 0 7.2 3.6 3.6 0 0 1 0-7.2zM10.4 10 4 16.4M6 14.4l1.8 1.8',
  lock: 'M4.8 9h10.4v7.8H4.8zM7 9V6.5a3 3 0 0 1 6 0V9',
  moon: 'M16 11.6A6.6 6.6 0 0 1 8.4 4 6.6 6.6 0 1 0 16 11.6z',
  open: 'M4.8 9h10.4v7.8H4.8zM7 9V6.2a3 3 0 0 1 5.7-1.3',
  options: 'M3 6h7M14 6h3M12 4v4M3 14h3M10 14h7M8 12v4',
  paste: 'M7 4.5H4.8V17h10.4V4.5H13M7.5 3h5v3h-5zM7.8 10h4.4M7.8 13h4.4',
  shield: 'M10 2.8 16 5v4.6c0 3.6-2.5 6.3-6 7.6-3.5-1.3-6-4-6-7.6V5zM7.2 9.9l2 2 3.6-4',
  sun:
    'M10 6.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4zM10 2.6v1.6M10 15.8v1.6M2.6 10h1.6M15.8 10h1.6M4.8 4.8l1.1 1.1M14.1' +
    ' 14.1l1.1 1.1M15.2 4.8l-1.1 1.1M5.9 14.1l-1.1 1.1',
  table: 'M3 4.5h14v11H3zM3 8.2h14M8 8.2v7.3',
  undo: 'M7.5 4 4 7.5 7.5 11M4 7.5h7.5a4.2 4.2 0 0 1 0 8.4H8',
  warning: 'M10 3.4 17.6 16.6H2.4zM10 8.4v3.8M10 14.3v.2',
};
