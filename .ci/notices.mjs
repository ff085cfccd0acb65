/**
 * Writes the part of THIRD-PARTY-NOTICES about JavaScript anew: the libraries in pkg/vendor, with what they contain of
 * others. `.ci/bundle.mjs` tells which files these are.
 */

import { readdir, readFile, writeFile } from 'node:fs/promises';

const NOTICES = 'THIRD-PARTY-NOTICES';
const HEADING = '\nJavaScript libraries\n====================\n';
const LINE = '-'.repeat(80);

/** @type {string[]} */
const files = JSON.parse(await readFile('pkg/vendor/bundled.json', 'utf8')).filter((/** @type {string} */ file) =>
  file.includes('node_modules/'),
);
/** Folder of each package. @type {Set<string>} */
const folders = new Set(files.map((file) => file.replace(/(.*node_modules\/(?:@[^/]+\/)?[^/]+)\/.*/, '$1')));

/** @type {string[]} */
const list = [];
/** @type {string[]} */
const texts = [];
for (const folder of [...folders].sort()) {
  const { name, version, license, repository } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  const address = (repository?.url ?? repository ?? '').replace(/^git\+|\.git$/g, '');
  list.push(`${name} ${version} (${license})${address && `, ${address}`}`);
  const own = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  if (own.length === 0) throw new Error(`${folder} has no licence file: add its text to this script`);
  for (const file of own)
    texts.push(text(`${license}, for ${name} ${version}`, await readFile(`${folder}/${file}`, 'utf8')));
  // What a library has taken from others says so in the file itself.
  for (const file of files.filter((one) => one.startsWith(`${folder}/`)))
    for (const [comment] of (await readFile(file, 'utf8')).matchAll(/\/\*[\s\S]*?\*\//g))
      if (/copyright/i.test(comment))
        texts.push(text(`In ${name} ${version}, of ${file.slice(folder.length + 1)}`, plain(comment)));
}

// The licence of one crate has CRs at its line ends.
const [others] = (await readFile(NOTICES, 'utf8')).replaceAll('\r', '').split(HEADING);
await writeFile(NOTICES, `${others.trimEnd()}\n${HEADING}\n${list.join('\n')}\n\n${texts.join('\n')}`);

/**
 * @param {string} title
 * @param {string} content
 */
function text(title, content) {
  return `${LINE}\n${title}\n\n${content.replaceAll('\r', '').trim()}\n`;
}

/** @param {string} comment */
function plain(comment) {
  return comment.replace(/^\/\*+|\*+\/$/g, '').replace(/^ *\* ?/gm, '');
}
