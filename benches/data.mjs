/**
 * Makes drops to decrypt: JSON Lines like those of a mailbox export (long ids, prose in HTML), which gzip makes about
 * 2.5 times smaller.
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import { makeDrop, member } from '../tests/js/make-drop.mjs';
import { mulberry32 } from '../tests/js/random.mjs';

/** The key and IV of every drop of makeDrop. */
export const FILE_KEY = { key: Buffer.alloc(32, 7).toString('hex'), iv: Buffer.alloc(16, 9).toString('hex') };

const BLOCK = 8 * 2 ** 20;
/** Made when it is first needed: it takes a second. @type {Buffer | undefined} */
let made;
const poolOf = () => (made ??= makePool(BLOCK));

/**
 * Writes a drop of `count` files with `size` bytes of plaintext each into `folder`. Resolves to the paths of its
 * encrypted files, in the order of their names, the same in a deflated ZIP archive (`archive`, and `loose` without
 * folders), and the expected output: `bytes`, and `sha256` of all files in order.
 */
export async function makeWork(folder, count, size) {
  const drop = makeDrop(folder);
  const hash = createHash('sha256');
  const names = Array.from({ length: count }, (_, index) => `part-${String(index).padStart(5, '0')}.json`);
  for (const [index, name] of names.entries()) {
    // Each file begins elsewhere in the pool. The 32 KiB window of gzip is too small to notice that the pool repeats.
    const pieces = piecesOf(size, (index * 7919 * 31) % poolOf().length);
    for (const piece of pieces) hash.update(piece);
    if (size < 65536) drop.addRaw(`Data/${name}`, gzipSync(Buffer.concat(pieces)));
    // One member at level 6, as Java writes it.
    else await drop.addMembers(`Data/${name}`, Readable.from(pieces).pipe(createGzip()));
  }
  const paths = names.map((name) => join(folder, 'Data', name));
  const encrypted = paths.reduce((sum, path) => sum + statSync(path).size, 0);
  const archive = `${folder}.zip`;
  execFileSync('zip', ['-q', '-r', archive, '.'], { cwd: folder });
  const loose = `${folder}-loose.zip`;
  execFileSync('zip', ['-q', '-r', loose, '.'], { cwd: join(folder, 'Data') });
  const ratio = (count * size) / encrypted;
  return { folder, paths, archive, loose, bytes: count * size, ratio, sha256: hash.digest('hex') };
}

/**
 * The same for one long file of `mib` MiB, which is made as fast as it is encrypted: one gzip member, whose blocks of
 * 8 MiB were compressed once. It has no archives.
 */
export async function makeLongWork(folder, mib) {
  const block = poolOf().subarray(0, BLOCK);
  await makeDrop(folder).addMembers('Data/part-00000.json', member(block, (mib * 2 ** 20) / BLOCK));
  return { folder, paths: [join(folder, 'Data/part-00000.json')], bytes: mib * 2 ** 20 };
}

/** 8 MiB of JSON Lines. */
export function jsonLines() {
  return poolOf();
}

function piecesOf(size, start) {
  const pieces = [];
  for (let left = size, from = start; left > 0; from = 0) {
    const piece = poolOf().subarray(from, from + left);
    pieces.push(piece);
    left -= piece.length;
  }
  return pieces;
}

function makePool(bytes) {
  const random = mulberry32(1);
  const below = (limit) => Math.floor(random() * limit);
  const text = (alphabet, length) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join('');
  const hex = (length) => text('0123456789abcdef', length);
  const words = Array.from({ length: 20_000 }, () => text('etaoinshrdlucmfwypvbgkjq', 2 + below(9)));
  // Words are as frequent as in a natural language: the word of rank r in proportion to 1/r (Zipf).
  const prose = (length) =>
    Array.from({ length }, () => words[Math.floor(Math.exp(random() * Math.log(words.length)) - 1)]).join(' ');
  const people = Array.from({ length: 3000 }, () => ({
    name: prose(2),
    address: `${prose(1)}.${prose(1)}@contoso.example`,
  }));
  const lines = [];
  for (let length = 0; length < bytes; length += lines.at(-1)?.length) {
    lines.push(
      `${JSON.stringify({
        puser: `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
        id: text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', 150),
        createdDateTime: new Date(1.76e12 + below(3e10)).toISOString(),
        subject: prose(3 + below(7)),
        importance: 'normal',
        isRead: below(2) === 1,
        hasAttachments: false,
        from: { emailAddress: people[below(people.length)] },
        toRecipients: [{ emailAddress: people[below(people.length)] }],
        body: { contentType: 'html', content: `<html><body><p>${prose(50 + below(350))}</p></body></html>` },
      })}\n`,
    );
  }
  return Buffer.from(lines.join(''));
}
