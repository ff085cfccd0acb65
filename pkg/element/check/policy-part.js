/** The policy's command, or why there is none, and Microsoft's validator. */

import { h } from '../view/dom.js';
import { words } from './check-words.js';
import { commandBox } from './command-box.js';

/** @import { CheckSession } from './check-session.js' */

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
      const { command, validator, refused = [], checkList = [] } = result ?? {};
      node.hidden = !command && refused.length === 0;
      body.replaceChildren(
        ...[
          refused.length > 0 && h('p', { class: 'problem-text' }, words.command.refused),
          refused.length > 0 &&
            h('ul', {}, ...refused.map(({ rule, message }) => h('li', {}, h('strong', {}, rule), ` ${message}`))),
          checkList.length > 0 && h('p', {}, words.command.checkList),
          checkList.length > 0 && h('ul', { class: 'check-list' }, ...checkList.map((one) => h('li', {}, one))),
          validator && h('p', {}, words.command.validator),
          validator && commandBox(validator, words.command.shells.powershell),
          command && commandBox(command, words.command.shells.powershell),
        ].filter((part) => part instanceof Node),
      );
    },
  };
}
