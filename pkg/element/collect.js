// From what the browser hands over (input, drop, paste) to `{ path, blob }`.

/** The files of an `<input>`. Copied at once: emptying the input empties its list. */
export function fromFiles(files) {
  return Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, blob: file }));
}

/**
 * Everything that was dropped, folders walked. Call it inside the drop handler: the entries must be taken before the
 * handler returns, the rest may take its time. What cannot be read is left out and named in `unreadable`.
 */
export function fromTransfer(transfer) {
  const entries = [];
  const loose = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry?.();
    if (entry) entries.push(entry);
    else loose.push(item.getAsFile());
  }
  return walk(entries, fromFiles(loose.filter(Boolean)));
}

/** A pasted PEM or JSON text as a file; `null` for any other text. */
export function fromText(text) {
  const start = text.trimStart();
  const name = start.startsWith('-----BEGIN') ? 'pasted-key.pem' : /^[[{]/.test(start) ? 'pasted.json' : null;
  return name && { path: name, blob: new File([text], name, { lastModified: Date.now() }) };
}

async function walk(entries, items) {
  const unreadable = [];
  const folders = [];
  const visit = async (entry) => {
    if (entry.isDirectory) {
      folders.push(entry);
      return;
    }
    try {
      const blob = await new Promise((resolve, reject) => entry.file(resolve, reject));
      items.push({ path: entry.fullPath.replace(/^\/+/, ''), blob });
    } catch {
      unreadable.push(entry.fullPath);
    }
  };
  await Promise.all(entries.map(visit));
  while (folders.length > 0) {
    const folder = folders.pop();
    try {
      for await (const batch of batches(folder.createReader())) await Promise.all(batch.map(visit));
    } catch {
      unreadable.push(folder.fullPath);
    }
  }
  return { items, unreadable };
}

// Chromium gives at most 100 entries a call, and an empty list at the end.
async function* batches(reader) {
  for (;;) {
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return;
    yield batch;
  }
}
