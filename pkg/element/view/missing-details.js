/** The card for a delivery without its encryptionKeyDetails.json: where the file is, and a button to add it. */

import { text } from '../words/text.js';
import { fileButton, h, icon, setAttribute } from './dom.js';
import { breakable } from './names.js';
import { MISSING } from './problem.js';

/** @import { Session } from '../state/session.js' */

/** @param {Session} session */
export function missingDetails(session) {
  const choose = fileButton(text.keyStep.missingChoose, 'file', 'add-key-details', (items) => session.add(items));
  const node = h(
    'div',
    { class: 'missing', hidden: true },
    h('h3', {}, text.keyStep.missingTitle),
    h('p', {}, text.keyStep.missingText),
    tree(text.keyStep.missingPath),
    h('div', { class: 'buttons' }, choose.node, h('p', { class: 'muted' }, text.keyStep.missingFolder)),
  );
  return {
    node,
    /** @param {boolean} isMissing */
    render(isMissing) {
      node.hidden = !isMissing;
      setAttribute(node, 'data-testid', isMissing ? 'problem' : null);
      setAttribute(node, 'data-code', isMissing ? MISSING : null);
    },
  };
}

/**
 * Nested lists, so that a screen reader tells what is inside what.
 * @param {string[]} path
 * @returns {HTMLElement}
 */
function tree([name, ...rest]) {
  const isFile = rest.length === 0;
  return h(
    'ul',
    { class: 'tree' },
    h(
      'li',
      {},
      h(
        'span',
        { class: isFile ? 'wanted' : null },
        icon(isFile ? 'file' : 'folder'),
        h('bdi', {}, ...breakable(name)),
      ),
      !isFile && tree(rest),
    ),
  );
}
