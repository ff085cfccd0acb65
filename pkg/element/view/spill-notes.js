/** Shows which decrypted copies are in the browser's private storage, and deletes them at the person's request. */

import { spilled, sweep, watchSpilled } from '../save/spill.js';
import { text } from '../words/text.js';
import { h, icon, keyed } from './dom.js';

/** @import { Spilled } from '../save/spill.js' */

/**
 * `onready` is called when it is known whether there is such storage.
 * @param {() => void} onready
 */
export function spillNotes(onready) {
  const node = h('div', { class: 'problems' });
  const show = keyed(node, ({ handle }) => handle.name, note);
  const render = () => show(spilled());

  return {
    node,
    /** @param {AbortSignal} signal */
    connect(signal) {
      watchSpilled(render, signal);
      render();
      sweep().then(onready);
    },
  };
}

/** @param {Spilled} temporary */
function note(temporary) {
  const words = h('p', {}, text.spilled.note(temporary.size));
  const remove = async () => {
    try {
      await temporary.remove();
    } catch {
      words.textContent = text.spilled.busy;
    }
  };
  const button = h('button', { type: 'button', 'data-testid': 'remove-copy', onclick: remove }, text.spilled.remove);
  return {
    node: h('div', { class: 'hint', 'data-testid': 'spilled' }, icon('info'), h('div', {}, words, button)),
    render() {},
  };
}
