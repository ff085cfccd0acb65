/** The policy's command, or why there is none, and Microsoft's validator. */

import { h } from '../view/dom.js';
import { words } from './check-words.js';
import { commandBox } from './command-box.js';
import { exactly, refusalOf, toCheck } from './said.js';

/**
 * @import { KeyCheck } from '../../check.js'
 * @import { CheckSession } from './check-session.js'
 */

/** @param {CheckSession} session */
export function policyPart(session) {
  const body = h('div', { class: 'part' });
  const node = h(
    'section',
    { class: 'card', hidden: true, 'data-testid': 'policy' },
    h('h2', {}, words.command.title),
    body,
  );
  /** @type {unknown} */
  let shown = null;

  return {
    node,
    render() {
      const { result } = session;
      if (result === shown) return;
      shown = result;
      const { command, validator, refused = [], checkList = [], findings = [] } = result ?? {};
      node.hidden = !command && refused.length === 0;
      body.replaceChildren(
        ...[
          refused.length > 0 && h('p', { class: 'problem-text' }, words.command.refused),
          refused.length > 0 && h('ul', {}, ...refused.map(refusal)),
          checkList.length > 0 && h('p', {}, words.command.checkList),
          checkList.length > 0 &&
            h('ul', { class: 'check-list' }, ...checkList.map((one) => h('li', {}, toCheck(one, findings)))),
          validator && h('p', {}, words.command.validator),
          validator && commandBox(validator, words.command.shells.powershell),
          command && commandBox(command, words.command.shells.powershell),
        ].filter((part) => part instanceof Node),
      );
    },
  };
}

/** @param {NonNullable<KeyCheck['refused']>[number]} refused */
function refusal(refused) {
  const { said, exact } = refusalOf(refused);
  return h('li', {}, h('strong', {}, refused.rule), ` ${said}`, exact && exactly(exact));
}
