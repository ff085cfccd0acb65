/** A bar for each dataset of a run: how many of its files were decrypted, copied, and failed. */

import { grouped } from '../../core/grouped.js';
import { Datasets } from '../../drop/datasets.js';
import { printable } from '../words/format.js';
import { text } from '../words/text.js';
import { h } from './dom.js';
import { breakable } from './names.js';

/** @import { DropFile, FileResult } from '../../index.js' */

/** Datasets that get a bar: a delivery rarely has more than twenty. */
const MOST_BARS = 30;

/** @type {FileResult['outcome'][]} */
const OUTCOMES = ['decrypted', 'copied', 'failed'];

/**
 * @param {readonly FileResult[]} results
 * @param {readonly DropFile[]} files of the drop
 */
export function datasetBars(results, files) {
  const roles = new Map(files.map(({ path, role }) => [path, role]));
  const datasets = new Datasets(files);
  const data = results.filter(({ path }) => roles.get(path) === 'encrypted' || roles.get(path) === 'clear');
  const groups = [...grouped(data, ({ path }) => datasets.of(path))];
  if (groups.length === 0) return null;
  const rest = groups.length - MOST_BARS;
  return h(
    'div',
    { class: 'dataset-bars' },
    h('h3', {}, text.summary.byDataset),
    h('ul', {}, ...groups.slice(0, MOST_BARS).map(([name, group]) => bar(name, group))),
    rest > 0 && h('p', { class: 'muted' }, text.summary.moreDatasets(rest)),
  );
}

/**
 * @param {string} name
 * @param {FileResult[]} results
 */
function bar(name, results) {
  const counts = OUTCOMES.map((outcome) => results.filter((result) => result.outcome === outcome).length);
  const parts = OUTCOMES.map((outcome, index) => {
    const part = h('span', { class: `part-${outcome}`, hidden: counts[index] === 0 });
    part.style.flexGrow = String(counts[index]);
    return part;
  });
  const [decrypted, copied, failed] = counts;
  return h(
    'li',
    { 'data-name': name },
    h('bdi', { class: 'name' }, ...breakable(name === '' ? text.summary.noFolder : printable(name))),
    h('span', { class: 'outcome-bar', 'aria-hidden': 'true' }, ...parts),
    h('span', { class: 'muted', dir: 'auto' }, text.summary.outcomes({ decrypted, copied, failed })),
  );
}
