/** What `make bench` is asked for: `make bench NAME=value …`. docs/performance.md lists the names. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** The tasks that are timed. P3, memory, is asked for by MEMORY=1. */
export const TASKS = ['P1', 'P2', 'P4', 'P5'];
const PLACES = ['chromium', 'firefox', 'node'];

/** @param {NodeJS.ProcessEnv} env */
export function readOptions(env) {
  return {
    size: count(env, 'SIZE', 64),
    files: count(env, 'FILES', 500),
    rounds: count(env, 'ROUNDS', 3),
    tasks: env.ONLY === 'none' ? [] : names(env, 'ONLY', TASKS),
    places: names(env, 'PLACES', PLACES),
    other: checkout(env.OTHER),
    memory: Boolean(env.MEMORY),
    growth: env.GROWTH ? sizes(env.GROWTH) : null,
    model: env.MODEL || null,
  };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} name
 * @param {number} otherwise
 */
function count(env, name, otherwise) {
  const value = Number(env[name] || otherwise);
  if (!(Number.isInteger(value) && value > 0)) throw new Error(`${name}=${env[name]}: expected a whole number over 0`);
  return value;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} name
 * @param {string[]} all
 */
function names(env, name, all) {
  const wanted = env[name]?.split(/[\s,]+/).filter(Boolean) ?? [];
  const unknown = wanted.filter((one) => !all.includes(one));
  if (unknown.length > 0) throw new Error(`${name}=${env[name]}: expected some of ${all.join(', ')}`);
  return wanted.length > 0 ? all.filter((one) => wanted.includes(one)) : all;
}

/** @param {string | undefined} path */
function checkout(path) {
  if (!path) return null;
  const root = resolve(path);
  const built = ['pkg/cli.js', 'pkg/wasm/embedded.js'].every((file) => existsSync(`${root}/${file}`));
  if (!built) throw new Error(`OTHER=${path}: expected a checkout in which \`make build\` has run`);
  return root;
}

/** In MiB. `1` asks for those of the targets. @param {string} text */
function sizes(text) {
  if (text === '1') return [64, 1024, 8192];
  const list = text.split(',').map(Number);
  if (!list.every((size) => Number.isInteger(size) && size >= 8 && size % 8 === 0))
    throw new Error(`GROWTH=${text}: expected 1, or sizes in MiB, each a multiple of 8`);
  return list;
}
