// `make bench`: decrypts one drop with this package and with its contenders, in turns, and prints medians and ratios.
// A program and not a test: nobody else's load makes it fail. SIZE=MiB of plaintext for each file, FILES, ROUNDS.
import { execFile } from 'node:child_process';
import { createDecipheriv, createPrivateKey, privateDecrypt, constants } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { KEY, jsonLines, makeDrop } from '../tests/js/make-drop.mjs';

const [size, files, rounds] = [process.env.SIZE ?? 64, process.env.FILES ?? 2, process.env.ROUNDS ?? 5].map(Number);
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'mgdc-bench-'));
const drop = join(folder, 'drop');
const names = Array.from({ length: files }, (_, index) => `Data/part-${index}.json`);

try {
  const make = makeDrop(drop);
  for (const name of names) await make.addBig(name, Array(Math.max(1, size / 4)).fill(jsonLines(4 << 20)));
  const { key, iv } = fileKey();
  const cli = new URL('../pkg/cli.js', import.meta.url).pathname;
  const contenders = {
    'mgdc-decrypt (command line)': () => run(process.execPath, [cli, drop, '--key', KEY, '--out', join(folder, 'out')]),
    'openssl | gunzip, one by one': () => eachInTurn((name) => `openssl enc -d -aes-256-cbc -K ${key.toString('hex')} -iv ${iv.toString('hex')} -in ${join(drop, name)} | gunzip > ${join(folder, 'plain')}`),
    'node:crypto | node:zlib, one by one': async () => {
      for (const name of names) {
        const aes = createDecipheriv('aes-256-cbc', key, iv);
        await pipeline(createReadStream(join(drop, name)), aes, createGunzip(), createWriteStream(join(folder, 'plain')));
      }
    },
  };
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, contender] of Object.entries(contenders)) {
      const started = performance.now();
      await contender();
      times[name].push(performance.now() - started);
    }
  }
  report(times);
} finally {
  rmSync(folder, { recursive: true });
}

async function eachInTurn(command) {
  for (const name of names) await run('bash', ['-o', 'pipefail', '-c', command(name)]);
}

function fileKey() {
  const document = join(drop, 'metadata/MoreMetadata/EncryptedDatasets/encryptionKeyDetails.json');
  const { DecryptionKeyValue, DecryptionKeyIV } = JSON.parse(readFileSync(document)).DecryptionKeyDetails;
  const privateKey = { key: createPrivateKey(readFileSync(KEY)), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
  return { key: privateDecrypt(privateKey, Buffer.from(DecryptionKeyValue, 'base64')), iv: Buffer.from(DecryptionKeyIV, 'base64') };
}

function report(times) {
  const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const [own] = Object.values(times).map(median);
  console.log(`${files} files of ${size} MiB plaintext, ${rounds} rounds in turns; Node ${process.version}, ${availableParallelism()} cores of ${cpus()[0].model}`);
  for (const [name, list] of Object.entries(times)) {
    const [least, middle, most] = [Math.min(...list), median(list), Math.max(...list)].map((ms) => `${ms.toFixed(0)} ms`.padStart(9));
    console.log(`${name.padEnd(36)} median ${middle}  min ${least}  max ${most}  ${(median(list) / own).toFixed(2)} × our time`);
  }
}
