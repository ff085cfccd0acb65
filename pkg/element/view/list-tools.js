/** What is above the list: search, order, status filters, and how much is chosen. */

import { ORDERS } from '../state/listing.js';
import { FILTERS } from '../state/status.js';
import { text } from '../words/text.js';
import { h, setText } from './dom.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { Order, View } from '../state/listing.js'
 * @import { Tally } from '../state/overview.js'
 * @import { Session } from '../state/session.js'
 * @import { Filter } from '../state/status.js'
 */

/**
 * What there is to say. `matches`: the files that are shown if the list is narrowed; `isWarned`: whether a file that
 * needs a look has only a warning.
 *
 * @typedef {object} Facts
 * @property {Tally} all
 * @property {readonly DropFile[] | null} matches
 * @property {number} delivered how many of the matches are delivered
 * @property {boolean} isWarned
 * @property {boolean} isWeighed
 * @property {number} chosenBytes
 * @property {boolean} isFolded whether every dataset is folded
 */

/**
 * `narrow` is called when the person asked for something else; `fold(on)` folds or unfolds all.
 * @param {Session} session
 * @param {{ narrow: () => void, fold: (on: boolean) => void }} host
 */
export function listTools(session, { narrow, fold }) {
  const search = h('input', {
    type: 'search',
    'data-kept': 'search',
    autocomplete: 'off',
    spellcheck: 'false',
    'data-testid': 'find-file',
    'aria-label': text.review.find,
    placeholder: text.review.findHint,
    oninput: narrow,
  });
  const order = h(
    'select',
    { 'data-testid': 'sort-files', 'data-kept': 'sort', 'aria-label': text.review.sort, onchange: narrow },
    ...ORDERS.map((value) => h('option', { value }, text.review.orders[value])),
  );
  const filters = FILTERS.map((value) => filterOption(value, narrow));
  const filterPart = h(
    'fieldset',
    { class: 'filters' },
    h('legend', { class: 'visually-hidden' }, text.review.filter),
    ...filters.map(({ node }) => node),
  );
  const all = h('input', {
    type: 'checkbox',
    'data-testid': 'choose-all',
    onchange: ({ currentTarget }) => session.choose(session.files, currentTarget.checked),
  });
  const chosen = h('span', { class: 'chosen', 'data-testid': 'chosen' });
  const onlyShown = h('button', {
    type: 'button',
    class: 'small',
    'data-testid': 'only-shown',
    hidden: true,
    onclick: () => shown && session.chooseOnly(shown),
  });
  const foldAll = h('button', {
    type: 'button',
    class: 'small quiet',
    'data-testid': 'fold-all',
    onclick: () => fold(!folded),
  });
  const matches = h('p', { class: 'muted matches', role: 'status' });
  const node = h(
    'div',
    { class: 'list-tools' },
    h('div', { class: 'search-line' }, search, order),
    filterPart,
    h(
      'div',
      { class: 'choosing' },
      h('label', { class: 'check' }, all, h('span', {}, text.review.chooseAll)),
      chosen,
      matches,
      onlyShown,
      foldAll,
    ),
  );
  /** @type {readonly DropFile[] | null} */
  let shown = null;
  let folded = false;

  return {
    node,
    render,
    clear() {
      search.value = '';
      filters[0].input.checked = true;
    },
    /** @returns {View} */
    get view() {
      return {
        search: search.value.trim(),
        filter: filters.find(({ input }) => input.checked)?.value ?? 'all',
        order: /** @type {Order} */ (order.value),
      };
    },
  };

  /** @param {Facts} facts */
  function render({ all: tally, matches: found, delivered, isWarned, isWeighed, chosenBytes, isFolded }) {
    const { files } = session.totals;
    for (const filter of filters) {
      const n =
        filter.value === 'all' ? files : filter.value === 'problem' ? tally.problems : tally.count[filter.value];
      filter.render(n, files, isWarned);
    }
    all.checked = tally.chosen === files && files > 0;
    all.indeterminate = tally.chosen > 0 && tally.chosen < files;
    all.disabled = session.phase === 'running';
    setText(chosen, text.review.chosen(tally.chosen, files, isWeighed ? chosenBytes : null));
    shown = found;
    folded = isFolded;
    onlyShown.hidden = !found || delivered === 0;
    onlyShown.disabled = session.phase === 'running';
    setText(onlyShown, onlyShown.hidden ? '' : text.review.onlyShown(delivered));
    foldAll.hidden = found !== null;
    setText(foldAll, isFolded ? text.review.unfold : text.review.fold);
    setText(matches, found ? matching(found, delivered) : '');
  }

  /**
   * How many files match. As everywhere, only delivered files are counted. Empty if only other files match.
   * @param {readonly DropFile[]} found
   * @param {number} delivered
   */
  function matching(found, delivered) {
    const wanted = search.value.trim();
    if (found.length === 0) return wanted === '' ? text.review.noneLeft : text.review.noMatch(wanted);
    return delivered > 0 ? text.review.matching(delivered, session.totals.files) : '';
  }
}

/**
 * @param {Filter} value
 * @param {() => void} narrow
 */
function filterOption(value, narrow) {
  const input = h('input', {
    type: 'radio',
    name: 'filter',
    value,
    checked: value === 'all',
    'data-kept': `show-${value}`,
    'data-testid': value === 'problem' ? 'only-failing' : `show-${value}`,
    onchange: narrow,
  });
  const words = h('span', {});
  const node = h('label', { class: 'filter', 'data-filter': value }, input, words);
  return {
    node,
    input,
    value,
    /** @type {(n: number, files: number, isWarned: boolean) => void} */
    render(n, files, isWarned) {
      // A filter that would show all or nothing is not offered, unless it is on.
      node.hidden = value !== 'all' && !input.checked && (n === 0 || n === files);
      const key = value === 'problem' && isWarned ? 'warned' : value;
      setText(words, node.hidden ? '' : text.review.filterCount(text.review.filters[key], n));
    },
  };
}
