// The files that were added so far, with the paths under which the drop is opened.

/** Files in the order in which they came. */
export class Items {
  #items = new Set();

  get size() {
    return this.#items.size;
  }

  /** `{ path, blob }` with the path as it was picked. */
  add(item) {
    this.#items.add(item);
  }

  clear() {
    this.#items.clear();
  }

  /** The one picked folder that everything lies in; `null` when there is none, or several. Loose files beside it do not count. */
  get folder() {
    let folder = null;
    for (const { path } of this.#items) {
      const end = path.indexOf('/');
      if (end < 0) continue;
      const top = path.slice(0, end);
      if (folder !== null && top !== folder) return null;
      folder = top;
    }
    return folder;
  }

  /** What `openDrop` takes: paths inside the drop, each of them once. */
  list() {
    const { folder } = this;
    // A folder named metadata is a part of a drop, never the drop: its name says that its files are clear.
    const strip = folder !== null && folder.toLowerCase() !== 'metadata' ? folder.length + 1 : 0;
    const taken = new Set();
    const list = [];
    for (const { path, blob } of this.#items) {
      const wanted = strip > 0 && path.includes('/') ? path.slice(strip) : path;
      let free = wanted;
      // Loose files of two datasets are often all named part-00000.json: the name stays, a folder tells them apart.
      for (let turn = 2; taken.has(free); turn += 1) free = `(${turn})/${wanted}`;
      taken.add(free);
      list.push({ path: free, blob });
    }
    // Browsers give a folder in no order at all.
    return list.sort((one, other) => (one.path < other.path ? -1 : 1));
  }
}
