/** Handing the result on: on paper, as JSON, as Markdown. */

import { keyCheckAs } from '../../check.js';
import { handOver } from '../save/hand-over.js';
import { h } from '../view/dom.js';
import { words } from './check-words.js';

/** @import { CheckSession } from './check-session.js' */

/** @param {CheckSession} session */
export function reportButtons(session) {
  const node = h(
    'div',
    { class: 'buttons report-buttons', hidden: true },
    button(words.report.print, 'check-print', () => globalThis.print()),
    button(words.report.json, 'check-json', () => save('json', 'application/json', 'json')),
    button(words.report.markdown, 'check-markdown', () => save('markdown', 'text/markdown', 'md')),
  );

  return {
    node,
    render() {
      node.hidden = !session.result || session.result.findings.length === 0;
    },
  };

  /**
   * @param {'json' | 'markdown'} form
   * @param {string} type
   * @param {string} ending
   */
  function save(form, type, ending) {
    if (!session.result) return;
    handOver(new Blob([keyCheckAs(session.result, form)], { type }), `${words.report.name}.${ending}`, node);
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
