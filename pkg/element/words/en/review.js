/** English: the step “Review”: datasets and their files, and what is chosen. */

import { bytes, number } from '../format.js';
import { count, files } from './counts.js';

/** @import { Totals } from '../shapes.js' */

/** @type {Record<string, string>} */
const STATES = {
  done: 'finished',
  ready: 'ready',
  clear: 'not encrypted',
  locked: 'locked',
  damaged: 'damaged',
  failed: 'failed',
};

export const review = {
  title: 'Review',
  /** @type {(totals: Totals, datasets: number) => string} */
  summary: (totals, datasets) =>
    [
      datasets > 0 && count(datasets, 'dataset', 'datasets'),
      files(totals.files),
      totals.bytes !== null && bytes(totals.bytes),
    ]
      .filter(Boolean)
      .join(' · '),
  metadata: 'Metadata',
  apart: 'Not saved',
  /** @param {number} n */
  apartState: (n) => `${files(n)} · key details, and what is not data`,
  loose: 'Files outside a dataset folder',
  outside: 'Other files',
  /** A dataset's files, and how many are in each state. @type {(n: number, states: string[]) => string} */
  groupState: (n, states) => [files(n), ...states].join(' · '),
  /** @type {(status: string, n: number, all: number) => string} */
  state: (status, n, all) => (n === all ? STATES[status] : `${number(n)} ${STATES[status]}`),
  /** The same as a heading, or in a legend. @type {Record<string, string>} */
  status: {
    done: 'Finished',
    ready: 'Ready',
    clear: 'Not encrypted',
    locked: 'Locked',
    damaged: 'Damaged',
    failed: 'Failed',
  },
  only: 'Only this',
  /** @param {string} name */
  choose: (name) => `Choose ${name}`,
  /** It begins with the words on the button. @param {string} name */
  onlyThis: (name) => `Only this: ${name}`,
  chooseAll: 'Choose all',
  /** `size` is null until it is known. @type {(chosen: number, all: number, size: number | null) => string} */
  chosen(chosen, all, size) {
    const much = size === null ? '' : `, ${bytes(size)}`;
    if (chosen === all) return all === 1 ? `The file is chosen${much}` : `All ${files(all)} are chosen${much}`;
    return `${number(chosen)} of ${files(all)} ${chosen === 1 ? 'is' : 'are'} chosen${chosen === 0 ? '' : much}`;
  },
  /** @param {number} n */
  onlyShown: (n) => (n === 1 ? 'Choose only the file shown' : `Choose only the ${number(n)} files shown`),
  find: 'Find files',
  findHint: 'Part of the path',
  /** @type {(n: number, all: number) => string} */
  matching: (n, all) => `${number(n)} of ${files(all)} shown`,
  /** @param {string} wanted */
  noMatch: (wanted) => `No path contains “${wanted}”.`,
  noneLeft: 'No file is in this state.',
  sort: 'Sort by',
  orders: { path: 'Name', size: 'Size, biggest first', status: 'Status, problems first' },
  filter: 'Show',
  filters: {
    all: 'All',
    ready: 'Ready',
    problem: 'Failed or locked',
    warned: 'Failed, locked or with a warning',
    locked: 'Locked',
    clear: 'Not encrypted',
    done: 'Finished',
  },
  /** @type {(words: string, n: number) => string} */
  filterCount: (words, n) => `${words} (${number(n)})`,
  fold: 'Fold all',
  unfold: 'Unfold all',
  bar: {
    title: 'Size by dataset',
    /** @type {(name: string, size: number, share: string, n: number) => string} */
    segment: (name, size, share, n) => `${name}: ${bytes(size)} (${share}), ${files(n)}`,
    table: 'Show as a table',
    /** @param {number} n */
    others: (n) => count(n, 'other dataset', 'other datasets'),
    dataset: 'Dataset',
    files: 'Files',
    size: 'Size',
  },
  bytes,
  number,
  /** @param {number} n */
  notPrinted: (n) => `The list of ${files(n)} is too long to print. The report of a run names every file.`,
};
