#!/usr/bin/env node
/**
 * The command line: the same package and the same wasm, in Node.
 *
 * What decrypts is one script, made by .ci/bundle.mjs of pkg/node/main.js and all that it imports: Node 20 loads it in
 * 25 ms less than those 70 modules. The other commands are loaded as modules.
 */

/** Each in a module of its own: what only one of them needs is not loaded for the others. */
const COMMANDS = new Map([
  ['check-key', () => import('./node/check-key.js')],
  ['preview', () => import('./node/preview.js')],
  ['rehearse', () => import('./node/rehearse.js')],
]);

const args = process.argv.slice(2);
const load = COMMANDS.get(args[0]);
const { run } = await (load ? import('./node/main.js') : import('./wasm/cli.js'));
await run(args, load && (await load()));
