/** After “Clear all”: the way back, for ten seconds. */

import { text } from '../words/text.js';
import { h, icon } from './dom.js';

/** @param {() => void} onundo */
export function undoPart(onundo) {
  const button = h(
    'button',
    { type: 'button', class: 'quiet', 'data-testid': 'undo', onclick: onundo },
    icon('undo'),
    text.undo.restore,
  );
  const node = h('div', { class: 'undo', hidden: true }, h('p', {}, text.undo.cleared), button);
  return {
    node,
    focus: () => button.focus({ preventScroll: true }),
    /** @param {boolean} isPossible */
    render(isPossible) {
      node.hidden = !isPossible;
    },
  };
}
