/**
 * Decrypts a drop folder into an output folder, through the package's API. To run it from a checkout:
 *
 *     make build && npm install --prefix examples --no-package-lock
 *     node examples/node/decrypt-drop.mjs DROP KEY OUT
 *
 * OUT should be a new or empty folder. This reads each file of the drop into memory; the command `mgdc-decrypt` reads from
 * the disk in pieces, and is the better choice for a big drop.
 */

import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { openDrop, PrivateKey } from 'mgdc-decrypt';

const [folder, key, out] = process.argv.slice(2);
if (!out) {
  console.error('usage: node decrypt-drop.mjs DROP KEY OUT');
  process.exit(2);
}

const drop = await openDrop(await filesOf(folder));
await drop.unlock(PrivateKey.import(await readFile(key)));
const report = await drop.decrypt({ open: (path) => fileStream(join(out, path)) });
drop.dispose();

for (const { path, outcome, code, message, warnings } of report.files) {
  console.log([outcome, path, code, message, ...warnings].filter(Boolean).join('\t'));
}
for (const { path, message } of report.leftOut) console.log(`left out\t${path}\t${message}`);
process.exitCode = report.failed > 0 ? 1 : 0;

async function filesOf(root) {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return Promise.all(
    paths.map(async (path) => ({
      path: relative(root, path).split(sep).join('/'),
      blob: new Blob([await readFile(path)]),
    })),
  );
}

/** All or nothing: the file gets its name when it is whole. The package has checked `path`; it cannot lead out of OUT. */
async function fileStream(path) {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  const file = await open(partial, 'wx');
  return new WritableStream({
    write: (bytes) => file.appendFile(bytes),
    async close() {
      await file.close();
      await rename(partial, path);
    },
    async abort() {
      await file.close();
      await rm(partial);
    },
  });
}
