/** The options of a run, behind a button: resume, a report in the output, salvage; and notes about the two ways. */

import { text } from '../words/text.js';
import { h, icon, setText } from './dom.js';
import { popover } from './popover.js';

/** What is to be shown. @typedef {{ obstacle: string | null, held: string }} Shown */

/** @param {() => void} onchange */
export function saveOptions(onchange) {
  const button = h(
    'button',
    {
      type: 'button',
      class: 'square',
      'data-testid': 'options',
      'aria-label': text.ways.options,
      title: text.ways.options,
    },
    icon('options'),
  );
  const resume = check('resume', text.ways.resume, text.ways.resumeHint);
  const report = check('report-in-output', text.ways.report, text.ways.reportHint);
  const salvage = check('salvage', text.ways.salvage, text.ways.salvageHint);
  const folderNote = h('p', { class: 'muted' });
  const zipNote = h('p', { class: 'muted' });
  const { panel } = popover(
    button,
    text.ways.options,
    h('h3', {}, text.ways.options),
    report.node,
    salvage.node,
    resume.node,
    folderNote,
    zipNote,
  );
  return {
    button,
    panel,
    get resume() {
      return resume.field.checked;
    },
    /** For Session.decrypt. */
    get chosen() {
      return { report: report.field.checked, salvage: salvage.field.checked };
    },
    /** @param {Shown} shown */
    render({ obstacle, held }) {
      resume.node.hidden = obstacle !== null;
      setText(folderNote, obstacle ?? (resume.field.checked ? text.ways.folderHintResume : text.ways.folderHint));
      setText(zipNote, held);
      zipNote.hidden = held === '';
    },
  };

  /**
   * @param {string} name
   * @param {string} label
   * @param {string} hint
   */
  function check(name, label, hint) {
    const field = h('input', {
      type: 'checkbox',
      'data-testid': name,
      'data-kept': name,
      'aria-describedby': `${name}-hint`,
      onchange,
    });
    const node = h(
      'div',
      { class: 'option' },
      h('label', { class: 'check' }, field, label),
      h('p', { class: 'muted', id: `${name}-hint` }, hint),
    );
    return { field, node };
  }
}
