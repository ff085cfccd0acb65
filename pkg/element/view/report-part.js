/** The report of a run: to look at, copy, print and save. */

import { reportAs } from '../../api.js';
import { markdown } from '../../report/markdown.js';
import { outline } from '../../report/outline.js';
import { handOver } from '../save/hand-over.js';
import { number, printable } from '../words/format.js';
import { text } from '../words/text.js';
import { h, icon, setAttribute, setText } from './dom.js';
import { breakable } from './names.js';

/**
 * @import { Report } from '../../index.js'
 * @import { Cell, Table } from '../../report/outline.js'
 */

/** Rows of a table that are shown here: the saved report has all of them. */
const MOST_ROWS = 200;
const TYPES = { html: 'text/html', json: 'application/json', markdown: 'text/markdown' };
const ENDINGS = { html: 'html', json: 'json', markdown: 'md' };

/** @param {Report} report */
export function reportPart(report) {
  const said = h('span', { class: 'muted', role: 'status' });
  const page = h('article', { class: 'report', 'aria-label': text.report.title, hidden: true });
  const toggle = h(
    'button',
    { type: 'button', 'data-testid': 'report', 'aria-expanded': 'false', onclick: () => show(page.hidden !== false) },
    icon('file'),
    text.report.open,
  );
  return { toggle, page };

  /** @param {boolean} on */
  function show(on) {
    if (page.childElementCount === 0) page.append(bar(), noHashes() || '', ...content(report));
    page.hidden = !on;
    setAttribute(toggle, 'aria-expanded', String(on));
    if (on) page.scrollIntoView({ block: 'nearest' });
  }

  function bar() {
    /** @param {keyof typeof TYPES} format */
    const save = (format) =>
      button(`report-${format}`, text.report.save[format], () =>
        handOver(
          new Blob([written(report, format)], { type: TYPES[format] }),
          `mgdc-decrypt-report.${ENDINGS[format]}`,
          page,
        ),
      );
    return h(
      'div',
      { class: 'buttons' },
      button('report-copy', text.report.copy, copy),
      button('report-print', text.report.print, () => printOnly(page)),
      save('html'),
      save('markdown'),
      save('json'),
      said,
    );
  }

  /** @returns {false | HTMLElement} */
  function noHashes() {
    const written = report.files.filter(({ output }) => output !== null);
    const isMissing = written.some(({ sha256 }) => sha256 === undefined);
    return isMissing && h('p', { class: 'muted' }, text.report.noHashes);
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(written(report, 'markdown'));
      setText(said, text.report.copied);
    } catch {
      // There is no clipboard on http:// and in some frames.
      setText(said, text.report.copyFailed);
    }
  }
}

/**
 * @param {string} testId
 * @param {string} words
 * @param {() => unknown} onclick
 */
function button(testId, words, onclick) {
  return h('button', { type: 'button', 'data-testid': testId, onclick }, words);
}

/**
 * Prints one part: the styles leave out everything else.
 * @param {HTMLElement} part
 */
function printOnly(part) {
  const shell = part.closest('.shell');
  shell?.setAttribute('data-print', 'report');
  print();
  shell?.removeAttribute('data-print');
}

/**
 * Markdown, which people paste where they write, is in the language of the page. HTML and JSON are files to keep:
 * English, as the command line writes them.
 * @param {Report} report
 * @param {keyof typeof TYPES} format
 */
function written(report, format) {
  return format === 'markdown' ? markdown(outline(report, text.report.page)) : reportAs(report, format);
}

/** @param {Report} report */
function content(report) {
  const { title, said, tables, note } = outline(report, text.report.page);
  return [h('h3', {}, title), h('p', {}, said), ...tables.map(table), h('p', { class: 'muted' }, note)];
}

/** @param {Table} table */
function table({ title, columns, rows }) {
  const rest = rows.length - MOST_ROWS;
  const head = columns && h('thead', {}, h('tr', {}, ...columns.map((name) => h('th', { scope: 'col' }, name))));
  const body = rows
    .slice(0, MOST_ROWS)
    .map((row) => h('tr', {}, ...row.map((value, index) => cell(value, !columns && index === 0))));
  return h(
    'div',
    { class: 'report-table', tabindex: '0', role: 'group', 'aria-label': title },
    h('h4', {}, title),
    h('table', {}, head, h('tbody', {}, ...body)),
    rest > 0 && h('p', { class: 'muted' }, text.report.more(rest)),
  );
}

/**
 * @param {Cell} value
 * @param {boolean} isName
 */
function cell(value, isName) {
  if (isName) return h('th', { scope: 'row' }, String(value));
  if (typeof value === 'number') return h('td', { class: 'number' }, number(value));
  if (typeof value === 'string') return h('td', { dir: 'auto' }, value);
  return h('td', { dir: 'ltr' }, h('code', {}, ...breakable(printable('hash' in value ? value.hash : value.path))));
}
