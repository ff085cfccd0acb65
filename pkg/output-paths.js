import { fold, numbered, safeName } from './file-names.js';

/**
 * Where each file of a drop is written: its own path, without the ending of a compression that was undone, made safe on
 * every system, never outside of the target and never that of another output. `changed` says what was done and why,
 * unless it was only that ending. Files that keep their path come first when two want the same.
 */
export function outputPaths(files) {
  const outputs = files.map(({ path, decompressed }) => {
    const wanted = decompressed ? withoutCompressionEnding(path) : path;
    const output = safePath(wanted);
    return { ...output, kept: output.path === path };
  });
  tellApart(outputs);
  return outputs.map(({ path, reasons }) => ({ path, changed: reasons.size > 0 ? [...reasons].join('; ') : null }));
}

function withoutCompressionEnding(path) {
  const [ending] = path.match(/\.(?:gz|gzip|zlib|deflate|z)$/i) ?? [''];
  const rest = path.slice(0, path.length - ending.length);
  const name = rest.slice(Math.max(rest.lastIndexOf('/'), rest.lastIndexOf('\\')) + 1);
  return /[^.]/.test(name) ? rest : path;
}

function safePath(path) {
  const reasons = new Set();
  if (path.includes('\\')) reasons.add('\\ was taken for /: Windows makes folders of it');
  const names = [];
  for (const name of path.split(/[/\\]/)) {
    if (name === '.') continue;
    if (name === '..') reasons.add('.. was left out: it leads out of the folder');
    else if (name === '') reasons.add('a / was left out: the path was absolute or had an empty name');
    else names.push(safeName(name, reasons));
  }
  if (names.length === 0) {
    names.push('unnamed');
    reasons.add('a name was made up: there was none');
  }
  return { path: names.join('/'), reasons };
}

// Two outputs that some file system takes for one file, or for a file and a folder in its place.
function tellApart(outputs) {
  const keys = outputs.map(({ path }) => fold(path));
  const taken = new Set(); // files and folders
  for (const key of keys) {
    for (let end = key.lastIndexOf('/'); end > 0; end = key.lastIndexOf('/', end - 1)) {
      const folder = key.slice(0, end);
      if (taken.has(folder)) break; // and the folders above it
      taken.add(folder);
    }
  }
  const later = [];
  for (const kept of [true, false]) {
    outputs.forEach((output, index) => {
      if (output.kept !== kept) return;
      if (taken.has(keys[index])) later.push(output);
      else taken.add(keys[index]);
    });
  }
  const numbers = new Map(); // the next of each series: so no two take one, and none is tried twice
  for (const output of later) {
    const start = output.path.lastIndexOf('/') + 1;
    const folder = output.path.slice(0, start);
    const name = output.path.slice(start);
    const series = fold(folder + numbered(name, 0));
    let number = numbers.get(series) ?? 2;
    while (taken.has(fold(folder + numbered(name, number)))) number++;
    numbers.set(series, number + 1);
    output.path = folder + numbered(name, number);
    output.reasons.add(`(${number}) was added: another output has this name`);
  }
}
