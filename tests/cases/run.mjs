/** Builds the cases, runs the command line on one, and says how what it did differs from what the case expects. */

import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLI, runInLane } from '../js/cli.mjs';
import { python } from '../js/python.mjs';
import { differences } from './differences.mjs';
import { remedied } from './remedy.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
/** Long enough for a loaded machine; a case that is about time says its own. */
const SECONDS = 60;

/** Builds the cases of these names or kinds, or all, into `target`; returns them as `{ name, folder, ...expected }`. */
export function build(target, names = []) {
  const built = execFileSync(python(), [here('build.py'), target, ...names], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  return built
    .trim()
    .split('\n')
    .map((name) => {
      const folder = join(target, name);
      return { name, folder, ...JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) };
    });
}

/** What is wrong, in words; nothing where all is as expected. */
export async function check(one) {
  const temporary = mkdtempSync(join(tmpdir(), 'mgdc-case-'));
  const out = one.out ? join(one.folder, one.out) : join(temporary, 'out');
  try {
    const ran = await run(one, [...one.args, '--out', out, '--json']);
    const did = { ...ran, lines: parsed(ran.stdout), outputs: outputs(out) };
    if (one.remedy && ran.status === 2) {
      return await remedied(one, did, (key) =>
        check({ ...one, remedy: null, args: one.args.with(one.args.indexOf('--key') + 1, key) }),
      );
    }
    const wrong = differences(one, did);
    if (one.untouched && readdirSync(join(one.folder, one.untouched)).length > 0)
      wrong.push('something was written outside of the target');
    return wrong;
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

/** Whether the case is only about arguments and files. Then a process that was used can run it: some are used anyway. */
function isPlain({ name, powerless, pipe, redirect, cpu, seconds }) {
  const isAnyway = createHash('sha256').update(name).digest()[0] % 8 === 0;
  return !(powerless || pipe || redirect || cpu || seconds || isAnyway);
}

/** @returns {Promise<import('../js/cli.mjs').Ran & { status: number | null, limit?: string }>} */
function run(one, args) {
  return isPlain(one) ? runInLane(args, { cwd: one.folder }) : runAlone(one, args);
}

/** A process of its own. A limit of time kills the whole group: of a shell, its children, too. */
function runAlone({ folder, powerless, pipe, redirect, cpu, seconds = SECONDS }, args) {
  let command = [process.execPath, CLI, ...args];
  // Root reads everything, until it has none of its powers.
  if (powerless && process.getuid?.() === 0)
    command = ['setpriv', '--inh-caps=-all', '--bounding-set=-all', ...command];
  const quoted = command.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  // Of all its threads together, and however loaded the machine is: the kernel kills what takes more.
  if (cpu) command = ['bash', '-c', `ulimit -t ${cpu}; exec ${quoted}`];
  if (pipe) command = ['bash', '-c', `${quoted} | ${pipe}; exit \${PIPESTATUS[0]}`];
  if (redirect) command = ['bash', '-c', `${quoted} > ${redirect}`];
  return new Promise((resolve, reject) => {
    const child = spawn(command[0], command.slice(1), {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ran = { stdout: '', stderr: '', status: null, late: false };
    for (const stream of ['stdout', 'stderr'])
      child[stream].setEncoding('utf8').on('data', (text) => (ran[stream] += text));
    const clock = setTimeout(() => {
      ran.late = true;
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    }, seconds * 1000);
    child.on('error', reject);
    child.on('close', (status) => {
      clearTimeout(clock);
      resolve({ ...ran, status, limit: status === null && !ran.late ? `${cpu} s of CPU` : `${seconds} s` });
    });
  });
}

function parsed(stdout) {
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Path → bytes' SHA-256 and whether a private key is in them. */
function outputs(out) {
  if (!existsSync(out)) return [];
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      const bytes = readFileSync(path);
      const isKey = bytes.includes('PRIVATE KEY') || bytes.includes('LS0tLS1CRUdJTi');
      return { path: relative(out, path), sha256: createHash('sha256').update(bytes).digest('hex'), isKey };
    });
}
