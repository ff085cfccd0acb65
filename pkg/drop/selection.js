/** Which files of a drop a run is for: exact paths, or patterns and datasets. */

import { MgdcDecryptError } from '../core/errors.js';
import { grouped } from '../core/grouped.js';
import { Datasets, isData } from './datasets.js';
import { isDelivered } from './left-out.js';
import { pathTest } from './patterns.js';

/** @import { Dataset, DropDecryptOptions, DropFile, FileSelection } from '../index.js' */

/** @typedef {Pick<DropFile, 'path'>} Placed */

/**
 * The datasets of a drop, by name. Data files that lie in no folder belong to none.
 * @param {readonly DropFile[]} files
 * @returns {Dataset[]}
 */
export function datasetsOf(files) {
  const places = new Datasets(files);
  const groups = grouped(files, (file) => (isData(file) ? places.of(file.path) : ''));
  groups.delete('');
  return [...groups].map(([name, members]) => ({
    name,
    files: members.length,
    // Read only when needed, as in DropFile.
    get bytes() {
      return members.reduce((sum, { size }) => sum + size, 0);
    },
  }));
}

/**
 * What a run is for: `includes(file)` tells whether a file is wanted, `chosen` is for the report. Null for the whole
 * drop.
 * @throws ERR_USAGE for a pattern or dataset that fits nothing
 * @param {readonly DropFile[]} files
 * @param {DropDecryptOptions['files']} wanted
 */
export function selection(files, wanted) {
  if (wanted === undefined || wanted === null) return null;
  if (typeof wanted !== 'object') throw new TypeError('files: expected a list of paths, or { only, datasets }');
  if (Symbol.iterator in wanted) {
    const paths = new Set(wanted);
    return { includes: (/** @type {Placed} */ { path }) => paths.has(path), chosen: { paths: paths.size } };
  }
  const [only, datasets] = [list('only', wanted.only), list('datasets', wanted.datasets)];
  const tests = [byPattern(files, only), byDataset(files, datasets)].filter((test) => test !== null);
  if (tests.length === 0) return null;
  const includes = (/** @type {Placed} */ { path }) => tests.every((test) => test(path));
  if (!files.some((file) => isDelivered(file) && includes(file)))
    throw usage('no file of these datasets matches one of these patterns');
  return { includes, chosen: { ...(only.length > 0 && { only }), ...(datasets.length > 0 && { datasets }) } };
}

/**
 * @param {readonly DropFile[]} files
 * @param {string[]} patterns
 */
function byPattern(files, patterns) {
  const delivered = files.filter(isDelivered);
  const tests = patterns.map((pattern) => {
    const test = testOf(pattern);
    if (delivered.some(({ path }) => test(path))) return test;
    const inOtherCase = delivered.filter(({ path }) => pathTest(pattern, 'i')(path)).length;
    const remedy = inOtherCase
      ? `it would match ${inOtherCase} with other capital letters`
      : 'a pattern with / is compared with the whole path in the drop, any other with the name of a file or folder';
    throw usage(`the pattern ${quoted(pattern)} matches no file of the drop: ${remedy}`);
  });
  return tests.length === 0 ? null : (/** @type {string} */ path) => tests.some((test) => test(path));
}

/** @param {string} pattern */
function testOf(pattern) {
  try {
    return pathTest(pattern);
  } catch {
    throw usage(`the pattern ${quoted(pattern)} has a class in [ ] that cannot be read: write \\[ for a [ itself`);
  }
}

/**
 * @param {readonly DropFile[]} files
 * @param {string[]} names
 */
function byDataset(files, names) {
  if (names.length === 0) return null;
  const places = new Datasets(files);
  const known = datasetsOf(files).map(({ name }) => name);
  const folders = names.flatMap((name) => {
    const wanted = name.normalize().replace(/\/$/, ''); // which shells add
    // A drop of several deliveries has the same dataset in several folders.
    const found = known.filter((one) => `/${one.normalize()}`.endsWith(`/${wanted}`));
    if (wanted !== '' && found.length > 0) return found;
    const there = known.length > 0 ? `its datasets are ${known.slice(0, MOST_NAMED).join(', ')}` : 'it has no datasets';
    const more = known.length > MOST_NAMED ? `, and ${known.length - MOST_NAMED} more` : '';
    throw usage(`the drop has no dataset ${quoted(name)}: ${there}${more}`);
  });
  const chosen = new Set(folders);
  return (/** @type {string} */ path) => chosen.has(places.of(path));
}

/** Datasets that an error names. */
const MOST_NAMED = 20;

/**
 * @param {keyof FileSelection} name
 * @param {Iterable<string>} [values]
 */
function list(name, values = []) {
  const all = typeof values === 'string' ? [values] : [...values];
  if (all.every((value) => typeof value === 'string' && value !== '')) return all;
  throw new TypeError(`files.${name}: expected strings that are not empty`);
}

/** @param {string} text */
const quoted = (text) => JSON.stringify(text);

/** @param {string} message */
const usage = (message) => new MgdcDecryptError('ERR_USAGE', message);
