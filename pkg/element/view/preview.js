/** A look at the beginning of one file: as a table, as JSON, or by its columns. */

import { MOST_ROWS } from '../state/preview.js';
import { printable } from '../words/format.js';
import { plainly } from '../words/plain.js';
import { sentence, text } from '../words/text.js';
import { h, icon, isVisible, setAttribute, setText } from './dom.js';
import { setName } from './names.js';
import { previewColumns, previewJson } from './preview-lists.js';
import { previewTable } from './preview-table.js';
import { swap, technicalDetails } from './problem.js';

/**
 * @import { DropFile, Preview } from '../../index.js'
 * @import { Session } from '../state/session.js'
 */

const TABS = /** @type {const} */ (['table', 'json', 'columns']);

/**
 * `back(file)` is called when the person returns to the list, on a small screen.
 * @param {Session} session
 * @param {(file: DropFile) => void} back
 */
export function previewPane(session, back) {
  const backButton = h(
    'button',
    { type: 'button', class: 'quiet small back', 'data-testid': 'preview-back', onclick: goBack },
    icon('back'),
    text.preview.back,
  );
  const name = h('bdi', {});
  const heading = h('h3', { id: 'preview-title' }, name);
  const hint = h('p', { class: 'muted preview-hint' }, text.preview.choose);
  const note = h('p', { class: 'muted preview-note', 'data-testid': 'preview-note' });
  const problem = h('p', { class: 'preview-problem', 'data-testid': 'preview-problem' });
  const reading = h('progress', { class: 'reading', 'aria-label': text.preview.reading });
  const views = { table: previewTable(), json: previewJson(), columns: previewColumns() };
  const tabs = TABS.map((tab) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `preview-tab-${tab}`,
        class: 'tab small',
        'aria-controls': 'preview-panel',
        'data-testid': `preview-tab-${tab}`,
        onclick: () => choose(tab),
      },
      text.preview.tabs[tab],
    ),
  );
  const tabList = h(
    'div',
    { role: 'tablist', class: 'preview-tabs', 'aria-label': text.preview.title, onkeydown: onTabKey },
    ...tabs,
  );
  const panel = h(
    'div',
    { class: 'preview-panel', role: 'tabpanel', id: 'preview-panel', tabindex: 0 },
    ...TABS.map((tab) => views[tab].node),
  );
  const figures = h('p', { class: 'muted', 'data-testid': 'preview-figures' });
  const more = h(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'preview-more', onclick: () => session.preview.more() },
    text.preview.more,
  );
  const details = h('div', {});
  const setDetails = swap(details);
  const notes = h('ul', { class: 'preview-notes' });
  const foot = h('div', { class: 'preview-foot' }, figures, more);
  const node = h(
    'section',
    { class: 'card preview', part: 'preview', 'data-testid': 'preview', 'aria-labelledby': 'preview-title' },
    backButton,
    heading,
    hint,
    note,
    problem,
    details,
    reading,
    tabList,
    panel,
    notes,
    foot,
  );
  /** @type {typeof TABS[number]} */
  let chosen = 'table';
  /** @type {Preview | null} */
  let shown = null;
  render();

  return { node, render, focus: () => (isVisible(backButton) ? backButton : heading).focus() };

  function render() {
    const { file, result, error, obstacle, isReading } = session.preview;
    const label = file ? printable(file.path) : text.preview.title;
    setName(name, label);
    heading.title = label;
    setAttribute(node, 'data-path', file?.path);
    setAttribute(node, 'data-state', state());
    setAttribute(node, 'aria-busy', isReading ? 'true' : null);
    hint.hidden = file !== null;
    // The bar appears with a delay, in a place that is kept for it.
    reading.style.visibility = isReading ? 'visible' : 'hidden';
    reading.hidden = file === null || obstacle !== null;
    const why = error ?? result?.error ?? null;
    const words = obstacle ? text.preview.obstacles[obstacle] : why ? trouble(result, plainly(why)) : '';
    setText(problem, words);
    problem.hidden = words === '';
    setAttribute(problem, 'data-tone', obstacle ? 'calm' : 'bad');
    setAttribute(problem, 'data-code', why?.code);
    setDetails(obstacle ? null : why, () => !obstacle && why && technicalDetails(why));
    note.hidden = !result;
    setText(note, result ? text.preview.note(result.bytesRead < result.bytesTotal) : '');
    const isRows = result !== null && result.rows.length > 0;
    const isTabular = isRows && ['json', 'csv', 'parquet'].includes(result.content ?? '');
    tabList.hidden = !isTabular;
    panel.hidden = !isRows;
    foot.hidden = !result;
    setText(figures, result ? figuresOf(result) : '');
    more.hidden = !session.preview.hasMore;
    setAttribute(more, 'aria-disabled', isReading ? 'true' : null);
    if (result !== shown) notes.replaceChildren(...(result?.notes ?? []).map((words) => h('li', {}, sentence(words))));
    notes.hidden = !result || result.notes.length === 0;
    show(isTabular ? chosen : 'table', result);
  }

  function state() {
    const { file, result, error, obstacle } = session.preview;
    if (!file) return 'empty';
    if (obstacle) return obstacle;
    if (error) return 'failed';
    return result ? (result.error ? 'damaged' : 'shown') : 'reading';
  }

  /**
   * @param {typeof TABS[number]} tab
   * @param {Preview | null} result
   */
  function show(tab, result) {
    for (const [index, each] of TABS.entries()) {
      setAttribute(tabs[index], 'aria-selected', each === tab ? 'true' : 'false');
      setAttribute(tabs[index], 'tabindex', each === tab ? 0 : -1);
      views[each].node.hidden = each !== tab;
      // What is not shown is not kept.
      if (!result || each !== tab) views[each].clear();
    }
    setAttribute(panel, 'aria-labelledby', tabList.hidden ? 'preview-title' : `preview-tab-${tab}`);
    if (result?.path !== shown?.path) panel.scrollTo(0, 0);
    shown = result;
    if (result) views[tab].show(result);
  }

  /** @param {typeof TABS[number]} tab */
  function choose(tab) {
    chosen = tab;
    panel.scrollTo(0, 0);
    show(tab, session.preview.result);
  }

  /** @param {KeyboardEvent} event */
  function onTabKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const onward = getComputedStyle(node).direction === 'rtl' ? -step : step;
    const next = (TABS.indexOf(chosen) + onward + TABS.length) % TABS.length;
    choose(TABS[next]);
    tabs[next].focus();
  }

  function goBack() {
    const { file } = session.preview;
    session.preview.close();
    if (file) back(file);
  }
}

/**
 * @param {Preview | null} result
 * @param {string} reason
 */
function trouble(result, reason) {
  return result && result.rows.length > 0 ? text.preview.rowsBefore(result.rows.length, reason) : reason;
}

/** @param {Preview} result */
function figuresOf({ rows, rowsTotal, content, bytesRead, bytesTotal, stoppedBy, cut, more }) {
  if (content === 'empty') return text.preview.empty;
  if (rows.length === 0 && cut !== null) return text.preview.rowTooLong;
  const isAtEnd = more && rows.length >= MOST_ROWS;
  return text.preview.figures({ rows: rows.length, rowsTotal, content, bytesRead, bytesTotal, stoppedBy, isAtEnd });
}
