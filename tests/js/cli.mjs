/** Runs the command line: in processes that are used again, or in one of its own. */

import { execFile, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** @import { ChildProcess } from 'node:child_process' */

/** What a run of the command line did. @typedef {{ status: number, stdout: string, stderr: string }} Ran */

/** Another command line may be held to the tests of tests/cases. */
export const CLI = process.env.MGDC_CLI ?? fileURLToPath(new URL('../../pkg/cli.js', import.meta.url));
const LANE = fileURLToPath(new URL('cli-lane.mjs', import.meta.url));

/** Long enough for a loaded machine. */
const SECONDS = 60;

/** @type {ChildProcess[]} */
const free = [];
let lanes = 0;
/** @type {((lane: ChildProcess) => void)[]} */
const waiting = [];

/**
 * The command line with these arguments, in a process that ran it before.
 * @param {string[]} args
 * @param {{ cwd?: string }} [options]
 * @returns {Promise<Ran>}
 */
export async function runInLane(args, { cwd = process.cwd() } = {}) {
  const lane = await take();
  lane.ref();
  lane.channel?.ref();
  const clock = setTimeout(() => lane.kill('SIGKILL'), SECONDS * 1000);
  try {
    return await new Promise((resolve, reject) => {
      const ended = (/** @type {number | null} */ status, /** @type {string | null} */ signal) =>
        reject(new Error(`the command line ended its process: ${status ?? signal}, with ${JSON.stringify(args)}`));
      lane.once('exit', ended);
      lane.once('message', (ran) => {
        lane.off('exit', ended);
        resolve(/** @type {Ran} */ (ran));
      });
      lane.send({ args, cwd });
    });
  } finally {
    clearTimeout(clock);
    giveBack(lane);
  }
}

/**
 * The command line with these arguments, in a process of its own.
 * @param {string[]} args
 * @param {{ cwd?: string }} [options]
 * @returns {Promise<Ran>}
 */
export function runAlone(args, { cwd } = {}) {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], { cwd, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

/** @returns {Promise<ChildProcess>} */
async function take() {
  const lane = free.pop();
  if (lane) return lane;
  if (lanes === availableParallelism()) return new Promise((resolve) => waiting.push(resolve));
  lanes += 1;
  return fork(LANE, [CLI], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

/** Idle, it does not keep this process alive, and ends with it. @param {ChildProcess} lane */
function giveBack(lane) {
  if (lane.exitCode !== null || lane.signalCode !== null) {
    lanes -= 1;
    const next = waiting.shift();
    if (next) take().then(next);
    return;
  }
  const next = waiting.shift();
  if (next) return next(lane);
  lane.unref();
  lane.channel?.unref();
  free.push(lane);
}
