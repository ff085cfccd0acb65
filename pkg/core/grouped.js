/**
 * `Map.groupBy`, which Chromium has since 117 and Safari since 17.4.
 * @template Item
 * @param {Iterable<Item>} items
 * @param {(item: Item) => string} nameOf
 */
export function grouped(items, nameOf) {
  /** @type {Map<string, Item[]>} */
  const groups = new Map();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}
