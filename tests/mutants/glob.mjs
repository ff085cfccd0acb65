import { readdirSync } from 'node:fs';

/** Paths of the files in a folder and below, from the root of the tree. */
export function globSync(folder, pattern = /\.js$/) {
  const root = new URL('../../', import.meta.url);
  return readdirSync(new URL(folder, root), { recursive: true })
    .filter((name) => pattern.test(String(name)))
    .sort()
    .map((name) => `${folder}/${name}`);
}
