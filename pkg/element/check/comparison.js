/** Several services or several keys beside each other, and what no key can keep at once. */

import { VERDICTS } from '../../check/key-report.js';
import { h } from '../view/dom.js';
import { ruleWords, words } from './check-words.js';

/**
 * @import { Finding, KeyCheck } from '../../check.js'
 * @import { CheckSession } from './check-session.js'
 */

/** @param {CheckSession} session */
export function comparison(session) {
  const clashes = h('ul', {});
  const clashPart = h('div', { class: 'hint-block' }, h('h3', {}, words.contradictions), clashes);
  const place = h('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': words.table.title });
  const node = h('section', { class: 'card', hidden: true }, h('h2', {}, words.table.title), clashPart, place);
  /** @type {KeyCheck | null} */
  let shown = null;

  return {
    node,
    render() {
      const { result } = session;
      if (result === shown) return;
      shown = result;
      const isWorth =
        result !== null && result.keys.length > 0 && (result.keys.length > 1 || result.services.length > 1);
      node.hidden = !isWorth;
      if (!result || !isWorth) return;
      clashPart.hidden = result.contradictions.length === 0;
      clashes.replaceChildren(
        ...result.contradictions.map(({ rules, message }) =>
          h('li', {}, ruleWords()?.contradictions[rules.join(' ')] ?? message),
        ),
      );
      place.replaceChildren(table(result));
    },
  };
}

/** A row for each rule, a column for each key. @param {KeyCheck} result */
function table({ keys, services, findings }) {
  const columns = keys.length > 1 ? keys.map(({ label }) => label) : [words.table.all];
  const head = h('tr', {}, h('th', {}, words.table.rule), ...columns.map((name) => h('th', {}, h('bdi', {}, name))));
  const body = services.map(({ service, title }) => {
    const own = findings.filter((finding) => finding.service === service);
    const rules = [...new Set(own.map(({ rule }) => rule))];
    const rows = rules.map((rule) => {
      const of = own.filter((finding) => finding.rule === rule);
      const cells = columns.map((_name, index) => cell(of, keys.length > 1 ? index : null));
      return h('tr', {}, h('th', {}, rule), ...cells);
    });
    const caption = h('th', { class: 'service-name' }, title);
    caption.setAttribute('colspan', String(columns.length + 1));
    return h('tbody', {}, h('tr', {}, caption), ...rows);
  });
  return h('table', { class: 'comparison' }, h('thead', {}, head), ...body);
}

/**
 * The worst verdict about a key. What concerns all keys together stands in each column.
 * @param {readonly Finding[]} findings
 * @param {number | null} index
 */
function cell(findings, index) {
  const own = findings.filter(({ keyIndex }) => index === null || keyIndex === undefined || keyIndex === index);
  const verdict = VERDICTS.find((one) => own.some((finding) => finding.verdict === one));
  return h('td', { 'data-verdict': verdict ?? null }, verdict ? words.table.cells[verdict] : '–');
}
