/** The files of the drop: the list, and the controls to filter it. */

import { isDelivered } from '../../drop/left-out.js';
import { isFailing, isProblem } from '../state/file-state.js';
import { text } from '../words/text.js';
import { h, setText } from './dom.js';
import { fileRow } from './file-row.js';
import { ALL_ROWS, rowView } from './row-view.js';

/**
 * @import { DropFile } from '../../index.js'
 * @import { Session } from '../state/session.js'
 */

/** Up to this many files are found at a glance. */
const FEW = 10;

/**
 * `save(file)` is called by a row's button; `onnarrow(shown)` when other files are shown, with null for all.
 * @param {Session} session
 * @param {(file: DropFile) => void} save
 * @param {(shown: readonly DropFile[] | null) => void} onnarrow
 */
export function fileList(session, save, onnarrow) {
  const summary = h('span', { class: 'muted' });
  const onlyFailing = h('input', { type: 'checkbox', 'data-testid': 'only-failing', onchange: render });
  const failingWords = h('span', {});
  const failingLabel = h('label', { class: 'check', hidden: true }, onlyFailing, failingWords);
  const search = h('input', {
    type: 'search',
    autocomplete: 'off',
    spellcheck: 'false',
    'data-testid': 'find-file',
    oninput: render,
  });
  const hint = h('span', { class: 'muted' }, text.files.findHint);
  const searchLabel = h('label', { class: 'find', hidden: true }, h('span', {}, text.files.find), search, hint);
  const matches = h('p', { class: 'muted matches', role: 'status' });
  const rows = rowView(text.files.list, () => fileRow(session, save));
  const head = h('div', { class: 'card-head' }, h('h2', {}, text.files.title, ' ', summary), failingLabel);
  const node = h('section', { class: 'card', hidden: true }, head, searchLabel, matches, rows.node);

  /** `session.files` as of the last render. @type {readonly DropFile[]} */
  let known = [];
  /** @type {Map<string, DropFile> | null} */
  let byPath = null;
  /** @type {Set<DropFile>} */
  let problems = new Set();

  return { node, render, progress };

  function render() {
    if (known !== session.files) {
      known = session.files;
      byPath = null;
      search.value = '';
    }
    node.hidden = known.length === 0;
    setText(summary, text.files.summary(session.totals));
    problems = new Set(known.filter((file) => isProblem(file, session)));
    searchLabel.hidden = known.length <= FEW;
    hint.hidden = known.length <= ALL_ROWS;
    label();
    narrow();
  }

  /**
   * Call it when some files have changed. The cost depends only on these, not on the length of the list.
   * @param {string[]} paths
   */
  function progress(paths) {
    byPath ??= new Map(known.map((file) => [file.path, file]));
    const before = problems.size;
    for (const path of paths) {
      const file = byPath.get(path);
      if (file && isProblem(file, session)) problems.add(file);
    }
    if (problems.size > before) label();
    if (problems.size > before && onlyFailing.checked) narrow();
    else rows.refresh(new Set(paths));
  }

  /**
   * How many files match. As everywhere, only delivered files are counted. Empty if only other files match.
   * @param {readonly DropFile[]} shown
   */
  function matching(shown) {
    const delivered = shown.filter(isDelivered).length;
    return delivered > 0 || shown.length === 0 ? text.files.matching(delivered, session.totals.files) : '';
  }

  function label() {
    failingLabel.hidden = problems.size === 0 || problems.size === known.length;
    if (failingLabel.hidden) onlyFailing.checked = false;
    const isWarned = [...problems].some((file) => !isFailing(file, session));
    setText(failingWords, text.files.onlyProblems(problems.size, isWarned));
  }

  function narrow() {
    const wanted = searchLabel.hidden ? '' : search.value.trim().toLowerCase();
    let shown = onlyFailing.checked ? [...problems] : known;
    if (wanted !== '') shown = shown.filter(({ path }) => path.toLowerCase().includes(wanted));
    setText(
      matches,
      shown === known
        ? ''
        : shown.length === 0 && wanted !== ''
          ? text.files.noMatch(search.value.trim())
          : matching(shown),
    );
    rows.show(shown);
    onnarrow(shown === known ? null : shown);
  }
}
