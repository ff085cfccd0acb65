/** Hands the report of a run on: as a document, as JSON, as Markdown. */

import { reportAs } from '../../index.js';
import { download } from '../save/save.js';
import { text } from '../words/text.js';
import { h, setText } from './dom.js';

/** @import { Report } from '../../index.js' */

const TYPES = /** @type {const} */ ({
  html: ['text/html', 'html'],
  json: ['application/json', 'json'],
  markdown: ['text/markdown', 'md'],
});

/** @param {Report} report */
export function reportButtons(report) {
  const hasHashes = report.files.every(({ output, sha256 }) => output === null || sha256 !== undefined);
  const copying = button(text.summary.reportMarkdown, 'report-markdown', async () => {
    try {
      await navigator.clipboard.writeText(reportAs(report, 'markdown'));
      setText(copying, text.summary.reportCopied);
    } catch {
      // There is no clipboard on http:// and in some frames.
      save('markdown');
    }
  });
  return h(
    'div',
    {},
    h(
      'div',
      { class: 'buttons' },
      button(text.summary.report, 'report', () => save('html')),
      button(text.summary.reportJson, 'report-json', () => save('json')),
      copying,
    ),
    !hasHashes && h('p', { class: 'muted' }, text.summary.reportHint),
  );

  /** @param {keyof typeof TYPES} format */
  function save(format) {
    const [type, ending] = TYPES[format];
    download(new Blob([reportAs(report, format)], { type }), `${text.summary.reportName}.${ending}`);
  }
}

/**
 * @param {string} label
 * @param {string} id
 * @param {() => void} onclick
 */
function button(label, id, onclick) {
  return h('button', { type: 'button', 'data-testid': id, onclick }, label);
}
