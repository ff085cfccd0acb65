/**
 * How fast Node makes small files at all: create a temporary file, write 2 KiB, close, rename. Nothing is read,
 * decrypted or checked. `node bare-loop.mjs FOLDER COUNT AT_ONCE`; one at a time is the loop with Node's synchronous
 * functions.
 */

import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';

const [folder, count, atOnce] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const content = Uint8Array.from({ length: 2048 }, (_, index) => index & 255);
const names = Array.from({ length: count }, (_, index) => `part-${String(index).padStart(5, '0')}.json`);

if (atOnce === 1) {
  for (const name of names) {
    const partial = join(folder, `.partial-${name}`);
    const file = openSync(partial, 'wx');
    writeSync(file, content);
    closeSync(file);
    renameSync(partial, join(folder, name));
  }
} else {
  const left = names.values();
  const next = async () => {
    for (const name of left) {
      const partial = join(folder, `.partial-${name}`);
      const file = await open(partial, 'wx');
      await file.write(content);
      await file.close();
      await rename(partial, join(folder, name));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
}
