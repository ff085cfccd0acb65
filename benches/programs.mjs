/**
 * Contenders outside of a browser: the fastest shell pipe, Node's own crypto and zlib, what people write in Python and
 * Java, and our command line. A program is timed with its start.
 */

import { execFile, execFileSync } from 'node:child_process';
import { createDecipheriv, createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { KEY } from '../tests/js/make-drop.mjs';
import { FILE_KEY } from './data.mjs';
import { BARE, BEFORE, FROM_ZIP, OURS } from './names.mjs';

const execute = promisify(execFile);
const here = (path) => new URL(path, import.meta.url).pathname;
const inflate = has('igzip') ? 'igzip -d -c' : 'gunzip';
/** Output of a program may be long: a line for each file. */
const LONG = { maxBuffer: 2 ** 28 };

/** The name of the contender that others are compared with. */
export const SHELL = `openssl \\| ${inflate.split(' ')[0]}`;

/**
 * `[{ name, tasks, run(work, check) }]`. Each writes into a new folder below `folder`, one file after the other.
 * `other`: the root of another checkout, whose command line takes part.
 * @param {string} folder
 * @param {string | null} other
 */
export function programs(folder, other) {
  const out = join(folder, 'out');
  const contender = (name, tasks, decrypt) => ({ name, tasks, run: (work, check) => timed(out, work, check, decrypt) });
  const commandLine = (name, root, source = 'folder') =>
    contender(name, ['P1', 'P2', 'P5'], (work) =>
      execute(process.execPath, [join(root, 'pkg/cli.js'), work[source], '--key', KEY, '--out', out], LONG),
    );
  const bareLoop = (name, atOnce) =>
    contender(name, ['P5'], ({ paths }) =>
      execute(process.execPath, [here('contenders/bare-loop.mjs'), out, String(paths.length), String(atOnce)]),
    );
  const python = pythonWithCryptography();
  const java = javaContender(folder);
  const keyAndFiles = (paths) => [FILE_KEY.key, FILE_KEY.iv, out, ...paths];
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
    ...(python
      ? [
          contender('Python: cryptography, zlib', ['P1', 'P2'], ({ paths }) =>
            execute(python, [here('contenders/decrypt.py'), ...keyAndFiles(paths)]),
          ),
        ]
      : []),
    ...(java
      ? [
          contender('Java: CipherInputStream, GZIPInputStream', ['P1', 'P2'], ({ paths }) =>
            execute('java', ['-cp', java, 'Contender', ...keyAndFiles(paths)]),
          ),
        ]
      : []),
    bareLoop(BARE.one, 1),
    bareLoop(BARE.many, BARE.atOnce),
    commandLine(OURS, here('..')),
    commandLine(FROM_ZIP, here('..'), 'archive'),
    ...(other ? [commandLine(BEFORE, other)] : []),
  ];
}

/** The work of a bare loop, which writes the same 2 KiB into every file: that of P5 with what is expected of it. */
export function bareWork(work) {
  const content = Uint8Array.from({ length: 2048 }, (_, index) => index & 255);
  const hash = createHash('sha256');
  for (const _ of work.paths) hash.update(content);
  return { ...work, bytes: work.paths.length * content.length, sha256: hash.digest('hex') };
}

// That of the tests, or the machine's.
function pythonWithCryptography() {
  const works = (python) => {
    try {
      execFileSync(python, ['-c', 'import cryptography'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  return [process.env.MGDC_PYTHON, 'python3'].filter(Boolean).find(works);
}

// Compiled before the clock starts. A runtime without the compiler (Debian's default-jre-headless) is not enough.
function javaContender(folder) {
  if (!has('java') || !has('javac')) return null;
  const classes = join(folder, 'java');
  execFileSync('javac', ['-d', classes, here('contenders/Contender.java')]);
  return classes;
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
    return Boolean(execFileSync('which', [program], { stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return false;
  }
}
