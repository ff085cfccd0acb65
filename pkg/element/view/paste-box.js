/** A field to paste into, for who does not know that the whole page takes what is pasted. */

import { fromFiles, fromText } from '../state/collect.js';
import { text } from '../words/text.js';
import { h, icon, setAttribute } from './dom.js';

/** @import { AddedItem } from '../state/items.js' */

/**
 * `toggle` opens and closes it; `put` takes what was pasted.
 * @param {(items: AddedItem[]) => void} put
 */
export function pasteBox(put) {
  const field = h('textarea', {
    rows: 3,
    id: 'paste-text',
    'data-testid': 'paste-text',
    'aria-describedby': 'paste-hint',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    onpaste: (event) => {
      // At once, without another click. Only into the empty field: the person may also paste in pieces.
      if (field.value !== '' || !take(pasted(event.clipboardData))) return;
      event.preventDefault();
    },
  });
  const label = h('label', {}, h('span', {}, text.paste.label), field);
  const node = h(
    'div',
    {
      class: 'paste-box',
      hidden: true,
      onkeydown: (event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault(); // it cancels nothing else
        open(false);
        toggle.focus();
      },
    },
    label,
    h('p', { class: 'muted', id: 'paste-hint' }, text.paste.hint),
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'button', 'data-testid': 'paste-add', onclick: () => take(typed()) }, text.paste.add),
    ),
  );
  const words = h('span', {}, text.welcome.paste);
  const toggle = h(
    'button',
    {
      type: 'button',
      'data-testid': 'paste-key',
      'aria-expanded': 'false',
      onclick: () => {
        open(toggle.getAttribute('aria-expanded') !== 'true');
        if (!node.hidden) field.focus();
      },
    },
    icon('paste'),
    words,
  );

  return { node, toggle, words };

  /** @param {boolean} on */
  function open(on) {
    node.hidden = !on;
    setAttribute(toggle, 'aria-expanded', String(on));
    if (!on) field.value = '';
  }

  function typed() {
    const item = fromText(field.value);
    return item ? [item] : [];
  }

  /** @param {AddedItem[]} items */
  function take(items) {
    if (items.length === 0) return false;
    open(false);
    put(items);
    return true;
  }
}

/**
 * What the clipboard holds: files, or a text.
 * @param {DataTransfer | null} clipboard
 * @returns {AddedItem[]}
 */
export function pasted(clipboard) {
  if (!clipboard) return [];
  const text = fromText(clipboard.getData('text/plain'));
  return [...fromFiles(clipboard.files), ...(text ? [text] : [])];
}
