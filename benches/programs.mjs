/** Contenders outside of a browser: the fastest shell pipe, Node's own crypto and zlib, and our command line. */

import { execFile, execFileSync } from 'node:child_process';
import { createDecipheriv, createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { KEY } from '../tests/js/make-drop.mjs';
import { FILE_KEY } from './data.mjs';

const execute = promisify(execFile);
const cli = new URL('../pkg/cli.js', import.meta.url).pathname;
const inflate = has('igzip') ? 'igzip -d -c' : 'gunzip';

/** The name of the contender that others are compared with. */
export const SHELL = `openssl \\| ${inflate.split(' ')[0]}`;

/** The name of the contender that reads the drop from a ZIP archive. */
export const FROM_ZIP = 'mgdc-decrypt, from a ZIP';

/** `[{ name, tasks, run(work, check) }]`. Each writes into `out`, one file after the other. */
export function programs(out) {
  const contender = (name, tasks, decrypt) => ({ name, tasks, run: (work, check) => timed(out, work, check, decrypt) });
  return [
    // Not P5: with two processes for each small file, it would measure the shell.
    contender(SHELL, ['P1', 'P2'], async ({ paths }) => {
      const pipes = paths.map(
        (path) =>
          `openssl enc -d -aes-256-cbc -K ${FILE_KEY.key} -iv ${FILE_KEY.iv} -in ${path} | ${inflate} > ` +
          join(out, basename(path)),
      );
      // Timed by the shell itself, because forking a process as big as this one takes longer than a small file.
      const script = ['set -eo pipefail', 'start=$EPOCHREALTIME', ...pipes, 'echo $start $EPOCHREALTIME'].join('\n');
      const { stdout } = await execute('bash', ['-c', script], { env: { ...process.env, LC_ALL: 'C' } });
      const [start, end] = stdout.trim().split(' ').map(Number);
      return (end - start) * 1000;
    }),
    contender('node:crypto \\| node:zlib', ['P1', 'P2', 'P5'], async ({ paths }) => {
      const [key, iv] = [FILE_KEY.key, FILE_KEY.iv].map((hex) => Buffer.from(hex, 'hex'));
      for (const path of paths)
        await pipeline(
          createReadStream(path),
          createDecipheriv('aes-256-cbc', key, iv),
          createGunzip(),
          createWriteStream(join(out, basename(path))),
        );
    }),
    contender('mgdc-decrypt', ['P1', 'P2', 'P5'], ({ folder }) =>
      execute(process.execPath, [cli, folder, '--key', KEY, '--out', out], { maxBuffer: 2 ** 28 }),
    ),
    contender(FROM_ZIP, ['P1', 'P2', 'P5'], ({ archive }) =>
      execute(process.execPath, [cli, archive, '--key', KEY, '--out', out], { maxBuffer: 2 ** 28 }),
    ),
  ];
}

async function timed(out, work, check, decrypt) {
  mkdirSync(out);
  try {
    const start = performance.now();
    const told = await decrypt(work);
    const ms = typeof told === 'number' ? told : performance.now() - start;
    if (check && hashOf(out) !== work.sha256) throw new Error(`${decrypt}: the SHA-256 of what was written is wrong`);
    return { ms };
  } finally {
    rmSync(out, { recursive: true });
  }
}

function hashOf(out) {
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  files.sort((one, other) => (one.name < other.name ? -1 : 1));
  const hash = createHash('sha256');
  for (const { parentPath, path, name } of files) hash.update(readFileSync(join(parentPath ?? path, name)));
  return hash.digest('hex');
}

function has(program) {
  try {
    return Boolean(execFileSync('which', [program]));
  } catch {
    return false;
  }
}
