/** What one service says: accepts, refuses or cannot be told; broken rules first, what is kept folded. */

import { VERDICTS } from '../../check/key-report.js';
import { h, icon, setAttribute, setIcon, setText } from '../view/dom.js';
import { words } from './check-words.js';
import { commandBox } from './command-box.js';
import { exactly, saidOf } from './said.js';

/**
 * @import { Finding, ServiceReadiness } from '../../check.js'
 * @import { CheckSession } from './check-session.js'
 */

/** @type {Record<ServiceReadiness['verdict'], { tone: string, mark: import('../view/dom.js').IconName }>} */
const LOOKS = {
  accepts: { tone: 'good', mark: 'check' },
  refuses: { tone: 'bad', mark: 'cross' },
  'cannot-tell': { tone: 'warn', mark: 'info' },
};

/** @param {CheckSession} session */
export function serviceCard(session) {
  const mark = icon('info');
  const standing = h('strong', {});
  const title = h('h2', {});
  const note = h('p', { class: 'muted' });
  const groups = h('div', { class: 'groups' });
  const node = h(
    'section',
    { class: 'card service', 'data-testid': 'service' },
    h('div', { class: 'card-head' }, title, h('span', { class: 'standing' }, mark, standing)),
    note,
    groups,
  );
  /** @type {unknown} */
  let shown = null;

  return {
    node,
    /** @param {ServiceReadiness} readiness */
    render({ service, title: name, verdict }) {
      if (shown === session.result) return;
      shown = session.result;
      setAttribute(node, 'data-service', service);
      setAttribute(node, 'data-verdict', verdict);
      setAttribute(node, 'data-tone', LOOKS[verdict].tone);
      setIcon(mark, LOOKS[verdict].mark);
      setText(title, name);
      setText(standing, words.standing[verdict]);
      setText(note, words.standingNote[verdict]);
      const own = (session.result?.findings ?? []).filter((finding) => finding.service === service);
      const isNamed = (session.result?.keys.length ?? 0) > 1;
      groups.replaceChildren(...VERDICTS.flatMap((kind) => group(kind, own, isNamed)));
    },
  };
}

/**
 * @param {Finding['verdict']} verdict
 * @param {readonly Finding[]} findings
 * @param {boolean} isNamed
 */
function group(verdict, findings, isNamed) {
  const own = findings.filter((finding) => finding.verdict === verdict);
  if (own.length === 0) return [];
  const title = words.groups.count(words.groups.titles[verdict], own.length);
  const list = h('ul', { class: 'findings' }, ...own.map((finding) => findingRow(finding, isNamed)));
  const isOpen = verdict === 'fail' || verdict === 'warn' || verdict === 'not-visible';
  const details = h('details', { class: 'findings-group', 'data-verdict': verdict }, h('summary', {}, title), list);
  details.open = isOpen;
  return [details];
}

/**
 * @param {Finding} finding
 * @param {boolean} isNamed
 */
function findingRow(finding, isNamed) {
  const { rule, verdict, source, section, command, key } = finding;
  const { demand, outcome, remedy, exact } = saidOf(finding);
  return h(
    'li',
    { class: 'finding', 'data-testid': 'finding', 'data-rule': rule, 'data-verdict': verdict },
    h('h3', {}, h('span', { class: 'rule' }, rule), ' ', demand),
    h('p', {}, isNamed && key ? h('bdi', { class: 'name' }, words.groups.about(key)) : null, outcome),
    remedy && h('p', { class: 'remedy' }, remedy),
    exact && exactly(exact),
    ...commands(command ?? {}),
    h('p', { class: 'muted source' }, words.groups.source(section), h('bdi', { class: 'address' }, source)),
  );
}

/** @param {{ az?: string, powershell?: string }} command */
function commands({ az, powershell }) {
  return [
    az && commandBox(az, words.command.shells.az),
    powershell &&
      h(
        'details',
        { class: 'other-shell' },
        h('summary', { class: 'muted' }, words.command.shells.powershell),
        commandBox(powershell, words.command.shells.powershell),
      ),
  ];
}
