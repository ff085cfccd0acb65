/**
 * A process that runs the command line many times: it evaluates pkg/cli.js anew for each run, as a process does, but
 * what that imports is loaded once. A start takes 0.2 s of CPU, and a run of a small drop 0.02 s. See cli.mjs.
 */

import { pathToFileURL } from 'node:url';

/** @typedef {{ args: string[], cwd: string }} Wanted */

const cli = process.argv[2];
const real = { argv: process.argv.slice(0, 1), cwd: process.cwd() };
let number = 0;

process.on('message', (/** @type {Wanted} */ wanted) => void run(wanted).then((ran) => process.send?.(ran)));

/** @param {Wanted} wanted */
async function run({ args, cwd }) {
  const said = { stdout: '', stderr: '' };
  const streams = /** @type {const} */ (['stdout', 'stderr']);
  const writes = streams.map((name) => process[name].write);
  for (const name of streams) {
    process[name].write = (text, ...rest) => {
      said[name] += typeof text === 'string' ? text : Buffer.from(text).toString();
      const done = rest.find((each) => typeof each === 'function');
      if (done) queueMicrotask(() => done());
      return true;
    };
  }
  process.argv = [...real.argv, cli, ...args];
  process.exitCode = undefined;
  process.chdir(cwd);
  try {
    await import(`${pathToFileURL(cli)}?run=${(number += 1)}`);
    return { ...said, status: Number(process.exitCode ?? 0) };
  } catch (error) {
    // As Node ends a process.
    return { stdout: said.stdout, stderr: `${said.stderr}${/** @type {Error} */ (error).stack}\n`, status: 1 };
  } finally {
    for (const [index, name] of streams.entries()) {
      process[name].write = writes[index];
      process[name].removeAllListeners('error');
    }
    for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal);
    process.exitCode = undefined;
    process.chdir(real.cwd);
  }
}
