/** A command to copy. */

import { h, setText } from '../view/dom.js';
import { words } from './check-words.js';

/**
 * @param {string} command
 * @param {string} label
 */
export function commandBox(command, label) {
  const said = h('span', { class: 'muted', role: 'status' });
  const copy = h('button', { type: 'button', class: 'quiet', onclick: copyIt }, words.command.copy);
  return h(
    'figure',
    { class: 'command' },
    h('figcaption', { class: 'muted' }, label),
    h('pre', {}, h('code', { 'data-testid': 'check-command' }, command)),
    h('div', { class: 'buttons' }, copy, said),
  );

  async function copyIt() {
    try {
      await navigator.clipboard.writeText(command);
      setText(said, words.command.copied);
    } catch {
      setText(said, words.command.refusedCopy);
    }
  }
}
