/** An element that a page used before its class was defined. */

/**
 * Properties that were set before the element was defined hide those of its class: they are set again.
 * @param {object} element
 * @param {object} prototype
 */
export function takeProperties(element, prototype) {
  const own = /** @type {Record<string, unknown>} */ (element);
  for (const name of Object.keys(element)) {
    if (!Object.getOwnPropertyDescriptor(prototype, name)?.set) continue;
    const value = own[name];
    delete own[name];
    own[name] = value;
  }
}
